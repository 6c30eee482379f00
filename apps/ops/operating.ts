import { constants, existsSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config, Finding } from '#platform';
import type { Api } from './api';
import { notDone } from './api';
import { accepted, health, importAnswer, signedIn } from './answers';
import { findingsInWords } from './findings';
import { importInWords, statusInWords } from './plain';
import { allSchools } from './reading';
import type { Report } from './report';

export interface ImportWishes {
  readonly dryRun?: true;
  readonly evenIfOlder?: true;
  readonly asAt?: string;
}

/** Brings a national file in. Not in order when a row had a fault, although the others went in. */
export async function importFile(
  api: Api,
  kind: string,
  file: string,
  wishes: ImportWishes,
): Promise<Report> {
  await readable(file);
  const fields = {
    kind,
    ...(wishes.dryRun === undefined ? {} : { dryRun: 'true' }),
    ...(wishes.evenIfOlder === undefined ? {} : { evenIfOlder: 'true' }),
    ...(wishes.asAt === undefined ? {} : { asAt: wishes.asAt }),
  };
  process.stderr.write(`Reading ${file}.\n`);
  const { body } = await api.upload('/api/v1/imports', fields, file);
  const report = importAnswer.parse(body);
  return { ok: report.faults.length === 0, report: body, plain: importInWords(file, report) };
}

async function readable(file: string): Promise<void> {
  try {
    await access(file, constants.R_OK);
  } catch {
    throw notDone(
      'No such file',
      `${file} is not a file that can be read. Check its name and who may read it.`,
    );
  }
}

export async function backup(api: Api, file: string): Promise<Report> {
  const to = resolve(file);
  process.stderr.write(`Copying the log to ${to}; the service goes on meanwhile.\n`);
  const { body } = await api.post('/api/v1/operations/backup', { file: to });
  return { ok: true, report: body, plain: `The log was copied to ${to}.` };
}

export async function status(api: Api): Promise<Report> {
  const { status: code, body } = await api.look('/health/ready');
  return { ok: code === 200, report: body, plain: statusInWords(health.parse(body)) };
}

/** Gives one command, as the operator or, where the demo sign-in is on, as an invented person with a role. */
export async function give(
  api: Api,
  command: string,
  { data = '{}', key, as, urn }: { data?: string; key?: string; as?: string; urn?: string },
): Promise<Report> {
  const fields = fieldsFrom(data.startsWith('@') ? await textOf(data.slice(1)) : data);
  const asker = as === undefined ? api : api.as(await tokenFor(api, as, urn));
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  const { body } = await asker.post(`/api/v1/${command}`, fields, headers);
  const { position, recorded, repeated } = accepted.parse(body);
  const what =
    recorded.length === 0
      ? 'It was so already: nothing was recorded.'
      : `Recorded: ${recorded.map(({ type }) => type).join(', ')}.`;
  return {
    ok: true,
    report: body,
    plain: `${what} Position ${position}.${repeated ? ' This very request had been answered before.' : ''}`,
  };
}

async function tokenFor(api: Api, role: string, urn: string | undefined): Promise<string> {
  const { body } = await api.post('/api/v1/demo/sign-in', {
    role,
    ...(urn === undefined ? {} : { urn }),
  });
  return signedIn.parse(body).token;
}

async function textOf(file: string): Promise<string> {
  await readable(file);
  return readFile(file, 'utf8');
}

function fieldsFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notDone(
      'Not JSON',
      `The command's fields must be JSON, e.g. {"schoolId": "…"}: ${error instanceof Error ? error.message : ''}.`,
    );
  }
}

/** Is everything in order in what the settings name? That a service answers at all has shown that both stores could be opened. */
export async function check(api: Api, config: Config): Promise<Report> {
  const findings = [
    ...(config.EVENTSTORE_URL === undefined && config.SERVICE_URL === undefined
      ? [await folderCheck(config.DATA_DIR)]
      : []),
    await lagCheck(api),
    await urnCheck(api),
  ];
  return findingsInWords(findings);
}

async function folderCheck(folder: string): Promise<Finding> {
  const at = resolve(folder);
  try {
    await access(at, constants.R_OK | constants.W_OK);
    return {
      check: 'data folder',
      ok: true,
      says: `${at} can be read and written, and both stores in it could be opened`,
    };
  } catch {
    return {
      check: 'data folder',
      ok: false,
      says: existsSync(at) ? `${at} cannot be written` : `${at} is not there`,
    };
  }
}

async function lagCheck(api: Api): Promise<Finding> {
  const { status: code, body } = await api.look('/health/ready');
  return {
    check: 'read models',
    ok: code === 200,
    says: statusInWords(health.parse(body)).replaceAll('\n', ';'),
  };
}

/** A URN leads to one school: two that claim it would make every answer about it a guess. */
async function urnCheck(api: Api): Promise<Finding> {
  const schools = await allSchools(api, { closed: 'true' });
  const holders = Map.groupBy(
    schools.flatMap(({ urns, name }) =>
      [...new Set(urns.map(({ urn }) => urn))].map((urn) => ({ urn, name })),
    ),
    ({ urn }) => urn,
  );
  const twice = [...holders].filter(([, names]) => names.length > 1);
  const says =
    twice.length === 0
      ? `${schools.length} schools, ${holders.size} URNs, each of one school`
      : twice
          .map(
            ([urn, names]) => `${urn} is claimed by ${names.map(({ name }) => name).join(' and ')}`,
          )
          .join('; ');
  return { check: 'URNs', ok: twice.length === 0, says };
}
