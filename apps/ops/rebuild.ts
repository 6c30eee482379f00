import { readFile } from 'node:fs/promises';
import { placeOf } from '#kernel';
import type { Position } from '#kernel';
import type { z } from 'zod';
import type { Api } from './api';
import { notDone } from './api';
import type { Difference } from './answers';
import {
  comparing,
  difference,
  dropped,
  failed,
  paceLine,
  rebuilt,
  refusedLine,
  switched,
} from './answers';
import { progressOf } from './progress';
import type { Report } from './report';

export interface RebuildWishes {
  /** `none`, `any`, or the name of a file that declares what may change. */
  readonly expect?: string;
  readonly rate?: number;
  readonly resume?: true;
  readonly dryRun?: true;
  readonly undo?: true;
  readonly finish?: true;
}

/** Builds every read model anew while the present ones go on answering; or takes the last switch back, or ends it. */
export async function rebuild(api: Api, wishes: RebuildWishes): Promise<Report> {
  const { expect = 'none', rate, resume, dryRun, undo, finish } = wishes;
  const others = [undo, finish, resume ?? dryRun].filter((one) => one === true).length;
  if (others > 1)
    throw notDone(
      'One at a time',
      '--undo and --finish stand alone: give one of them, or what a rebuild takes.',
    );
  if (undo === true) return undone(api);
  if (finish === true) return finished(api);
  return built(api, {
    expect: await expectation(expect),
    ...(rate === undefined ? {} : { rate }),
    ...(resume === undefined ? {} : { resume }),
    ...(dryRun === undefined ? {} : { dryRun }),
  });
}

async function expectation(given: string): Promise<unknown> {
  if (given === 'none' || given === 'any') return given;
  try {
    return JSON.parse(await readFile(given, 'utf8'));
  } catch (error) {
    throw notDone(
      'No such declaration',
      `--expect takes none, any, or a file with JSON such as {"register": ["periods"], "journey": "added"}; ${given} cannot be read as that: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

async function built(api: Api, wishes: object): Promise<Report> {
  const progress = progressOf('rebuilding');
  let found: Difference | undefined;
  try {
    for await (const line of api.lines('/api/v1/operations/rebuild', wishes)) {
      const made = paceLine.safeParse(line).data;
      if (made !== undefined)
        progress.at(placeOf(made.position as Position), placeOf(made.end as Position));
      if (comparing.safeParse(line).success) {
        progress.end();
        process.stderr.write('comparing with what people see now\n');
      }
      found = difference.safeParse(line).data?.difference ?? found;
      const end = endOf(line, found);
      if (end !== undefined) return end;
    }
  } finally {
    progress.end();
  }
  throw notDone(
    'Rebuild broken off',
    'The service ended before the rebuild did. The read models are as they were; go on with --resume.',
  );
}

/** The report of a line that is the last one. */
function endOf(line: unknown, found: Difference | undefined): Report | undefined {
  const why = failed.safeParse(line).data;
  if (why !== undefined) throw notDone('Rebuild failed', why.failed);
  const differs = found === undefined ? [] : [differenceInWords(found)];
  const refused = refusedLine.safeParse(line).data;
  if (refused !== undefined) {
    const plain = [...differs, `Not switched. ${refused.refused}`].join('\n');
    return { ok: false, report: { ...refused, difference: found }, plain };
  }
  const done = rebuilt.safeParse(line).data;
  if (done === undefined) return undefined;
  const { events, generation, kept } = done;
  const end = done.switched
    ? `Rebuilt from ${events} events; generation ${generation} is the one people see now. ` +
      `${kept ?? 'The one before'} is kept: --undo goes back to it, --finish drops it.`
    : `Rebuilt from ${events} events into ${generation}; a dry run, so nothing was switched. --resume goes on with it, --finish drops it.`;
  const plain = [...differs, end].join('\n');
  return { ok: true, report: { ...done, difference: found }, plain };
}

async function undone(api: Api): Promise<Report> {
  const { body } = await api.post('/api/v1/operations/undo', {});
  const { generation, kept } = switched.parse(body);
  const plain = `Generation ${generation} is the one people see again; ${kept} is kept beside it.`;
  return { ok: true, report: body, plain };
}

async function finished(api: Api): Promise<Report> {
  const { body } = await api.post('/api/v1/operations/finish', {});
  const names = dropped.parse(body).dropped;
  const plain =
    names.length === 0
      ? 'Nothing was kept beside what people see.'
      : `Dropped: ${names.join(', ')}.`;
  return { ok: true, report: body, plain };
}

type DocumentChange = z.infer<typeof difference>['difference']['documents'][number];

/** Counts for each collection, then by school what is not the same. */
function differenceInWords({
  compared,
  collections,
  documents,
  more,
  position,
}: Difference): string {
  const head = `Compared ${compared.toLocaleString('en-GB')} documents at position ${position}`;
  if (Object.keys(collections).length === 0) return `${head}, and earlier: no difference.`;
  const counts = Object.entries(collections).map(([name, { inThePast, ...now }]) => {
    const parts = [
      ...(['added', 'removed', 'changed'] as const).map((what) => ({ n: now[what], what })),
      { n: inThePast, what: 'otherwise at an earlier position' },
    ];
    const told = parts.filter(({ n }) => n > 0).map(({ n, what }) => `${n} ${what}`);
    return `  ${name}: ${told.join(', ')} (of ${now.compared})`;
  });
  const schools = Map.groupBy(documents, ({ school }) =>
    school === undefined
      ? 'of no one school'
      : [school.urn ?? school.schoolId, school.name].filter((one) => one !== undefined).join(' '),
  );
  const listed = [...schools].flatMap(([name, changes]) => [
    `  ${name}`,
    ...changes.flatMap((change) => changeInWords(change, position)),
  ]);
  return [
    `${head}:`,
    ...counts,
    ...listed,
    ...(more === 0 ? [] : [`  and ${more} more that differ`]),
  ].join('\n');
}

function changeInWords(one: DocumentChange, position: number): string[] {
  const { collection, key, change, fields, moreFields, at, declared } = one;
  const notes = [
    ...(at === position ? [] : [`at position ${at}`]),
    ...(declared ? ['as declared'] : []),
  ];
  const note = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  return [
    `    ${collection} ${key}: ${change}${note}`,
    ...fields.map(
      ({ field, before = 'nothing', after = 'nothing' }) => `      ${field}: ${before} → ${after}`,
    ),
    ...(moreFields === 0 ? [] : [`      and ${moreFields} more fields`]),
  ];
}
