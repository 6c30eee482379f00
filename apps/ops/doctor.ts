import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  examineEventStoreDb,
  examineKafka,
  examineMongo,
  kafkaIn,
  migrateKafka,
  migrateMongo,
} from '#adapters';
import type { Config, Finding, Program } from '#platform';
import { ConfigFault, configFrom, shownSettings } from '#platform';
import { readModels } from '#read-models';
import { findingsInWords } from './findings';
import type { Report } from './report';

type Environment = Readonly<Record<string, string | undefined>>;

/** Looks at every setting and every engine, starts nothing and changes nothing. */
export async function doctor(environment: Environment): Promise<Report> {
  const settings = settingsOf(environment);
  const usable = settingsIn(environment);
  return findingsInWords([...settings, ...(usable === undefined ? [] : await engines(usable))]);
}

/** Settings that can at least be read; undefined where not even that. */
function settingsIn(environment: Environment): Config | undefined {
  try {
    return configFrom(environment, 'ops');
  } catch (error) {
    if (error instanceof ConfigFault) return undefined;
    throw error;
  }
}

/** The settings as each of the processes would take them: in one process where nothing is shared, or as several. */
function settingsOf(environment: Environment): Finding[] {
  const shared = (environment['MONGODB_URL'] ?? '') !== '';
  const programs: readonly Program[] = shared ? ['api', 'web', 'worker'] : ['standalone'];
  const faults = new Map<string, Program[]>();
  for (const program of programs) {
    try {
      configFrom(environment, program);
    } catch (error) {
      if (!(error instanceof ConfigFault)) throw error;
      for (const fault of error.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim()))
        faults.set(fault, [...(faults.get(fault) ?? []), program]);
    }
  }
  if (faults.size === 0) {
    const shown = Object.entries(shownSettings(configFrom(environment, 'ops')))
      .filter(([name]) => (environment[name] ?? '') !== '')
      .map(([name, value]) => `${name}=${value}`);
    const says = shown.length === 0 ? 'none is set, the defaults hold' : shown.join(', ');
    return [{ check: 'settings', ok: true, says }];
  }
  return [...faults].map(([says, of]) => ({
    check: of.length === programs.length ? 'settings' : `settings of ${of.join(' and ')}`,
    ok: false,
    says,
  }));
}

async function engines(config: Config): Promise<Finding[]> {
  const { MONGODB_URL: url, MONGODB_DATABASE: database } = config;
  const kafka = kafkaIn(config);
  const looking: Promise<readonly Finding[]>[] = [];
  if (config.EVENTSTORE_URL === undefined || url === undefined) looking.push(folder(config));
  if (config.EVENTSTORE_URL !== undefined) looking.push(examineEventStoreDb(config.EVENTSTORE_URL));
  if (url !== undefined) looking.push(examineMongo({ url, database, collections: readModels }));
  if (kafka !== undefined) looking.push(examineKafka(kafka));
  return (await Promise.all(looking)).flat();
}

async function folder({ DATA_DIR }: Config): Promise<readonly Finding[]> {
  const at = resolve(DATA_DIR);
  const check = 'data folder';
  try {
    await access(at, constants.R_OK | constants.W_OK);
    return [{ check, ok: true, says: `${at} can be read and written` }];
  } catch (error) {
    // Where it is not there yet, the first start makes it.
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const says = absent
      ? `${at} is not there yet; the first start makes it`
      : `${at} cannot be written by this user; give it to the one the service runs as`;
    return [{ check, ok: absent, says }];
  }
}

/** Makes what the engines need to have before the first process starts. Run again, it changes nothing. */
export async function migrate(config: Config): Promise<Report> {
  const { MONGODB_URL: url, MONGODB_DATABASE: database } = config;
  const kafka = kafkaIn(config);
  const done: string[] = [];
  if (url !== undefined) {
    const log = (line: string): number => done.push(`MongoDB: ${line}`);
    await migrateMongo({ url, database, collections: readModels, log });
  }
  if (kafka !== undefined) {
    const made = await migrateKafka(kafka);
    done.push(`Kafka: ${made.length === 0 ? 'every topic is there.' : `made ${made.join(', ')}.`}`);
  }
  if (done.length === 0)
    done.push(
      'Nothing to do: the embedded stores make what they need, EventStoreDB needs nothing made.',
    );
  return { ok: true, report: done, plain: done.join('\n') };
}
