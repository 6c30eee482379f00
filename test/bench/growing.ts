import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import { endOfDayInEngland } from '#platform';
import type { DocumentVersion, Position, ReadStore, Snapshot } from '#kernel';
import { readModels } from '#read-models';
import playTheCounty, { folder as playedFolder } from '../support/played-county';
import type { Sample } from '../support/questions/sample';
import { openSample, SAMPLE_DAY } from '../support/questions/sample';
import type { Question } from '../support/questions/table';
import { questionsTo } from '../support/questions/table';
import type { Figure } from './measuring';
import { inMs } from './measuring';

/*
 * How long people wait for the answers to their questions, and how that grows with the county. A county of more schools is
 * the sample county over and over, every identity and URN in it made another one: as many schools, champions, deployments
 * and visits in proportion.
 */

/** The sample county once, ten times and a hundred times: 24,000 schools are all there are in England. */
export const TIMES_OVER = [1, 10, 100] as const;
/** Each question is asked so often, or for so many seconds; the first answer counts where there is no time for another. */
const ASKED = 60;
const ASKED_FOR_S = 3;
const P95_AT_MOST_MS = 100;
const SCHOOLS = 236;
const PAGE = 5_000;
const ID = /[0-9a-f]{8}(?=(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g;
const URN = /\b9\d{5}\b/g;
/** URNs of the sample county lie within so many numbers. */
const URNS = 500;

/** A row an event: asked for a school at a time, by an index, so that other schools' would only fill the disk. */
const OF_ONE_SCHOOL = 'journey';

/** The sample county in a folder of its own, and besides it the county as of the sample day so many times over, less one. */
export async function makeCounty(folder: string, times: number): Promise<void> {
  await playTheCounty();
  mkdirSync(folder, { recursive: true });
  for (const file of ['events.db', 'read-models.db'])
    cpSync(join(playedFolder(), file), join(folder, file));
  const events = openEmbeddedEventStore({ folder });
  const at = await events.positionAt(endOfDayInEngland(SAMPLE_DAY));
  const end = await events.end();
  await events.close();
  const from = openEmbeddedReadStore({
    ...{ folder: playedFolder(), collections: readModels, readOnly: true },
  });
  const to = openEmbeddedReadStore({ folder, collections: readModels });
  const [active] = (await from.generations()).filter((generation) => generation.active);
  const name = active?.name ?? 'g1';
  const snapshot = await from.snapshot({ at });
  for (const collection of readModels.filter(({ name: of }) => of !== OF_ONE_SCHOOL))
    await multiply(collection.name, snapshot, { to, name, times, end });
  await to.close();
  await from.close();
}

async function multiply(
  collection: string,
  snapshot: Snapshot,
  {
    to,
    name,
    times,
    end,
  }: {
    readonly to: ReadStore;
    readonly name: string;
    readonly times: number;
    readonly end: Position;
  },
): Promise<void> {
  const model = readModels.find((one) => one.name === collection);
  if (model === undefined) return;
  for (let after = '', full = true; full;) {
    const found = await snapshot.list(model, { ...(after === '' ? {} : { after }), limit: PAGE });
    for (let n = 1; n < times; n++) {
      const copies = found
        .map(({ key, knownFrom, body }): DocumentVersion => ({
          ...{ collection, knownFrom, key: another(key, n) },
          body: JSON.parse(another(JSON.stringify(body), n)) as typeof body,
        }))
        // What is of no school or person is there once: a year's round, an offer, a bank holiday.
        .filter(({ key }, i) => key !== found[i]?.key);
      await to.writePage(name, copies, end);
    }
    after = found.at(-1)?.key ?? '';
    full = found.length === PAGE;
  }
}

/** The same text about somebody else: the n-th of those who are like them. */
function another(text: string, n: number): string {
  const mask = Math.imul(n, 0x0100_0193) >>> 0;
  return text
    .replaceAll(ID, (first) =>
      ((Number.parseInt(first, 16) ^ mask) >>> 0).toString(16).padStart(8, '0'),
    )
    .replaceAll(URN, (urn) => String(Number(urn) + n * URNS));
}

/** Ninety-five in a hundred of the answers to one question came within so many seconds. */
async function p95(sample: Sample, { by, path }: Question): Promise<number> {
  if (by === undefined || path === undefined) return 0;
  const took: number[] = [];
  let left = ASKED_FOR_S;
  for (let i = -1; i < ASKED && (left > 0 || took.length === 0); i++) {
    const begun = performance.now();
    const { status } = await sample.ask(by, path);
    if (status !== 200) throw new Error(`${path} was answered ${status}.`);
    const seconds = (performance.now() - begun) / 1000;
    left -= seconds;
    if (i >= 0 || left < 0) took.push(seconds);
  }
  return took.toSorted((a, b) => a - b)[Math.ceil(0.95 * took.length) - 1] ?? NaN;
}

/** Every question of docs/questions.md over HTTP, in counties of growing size. */
export async function growing(folders: readonly string[]): Promise<readonly Figure[]> {
  const waits: { readonly question: Question; readonly seconds: number[] }[] = [];
  for (const folder of folders) {
    const events = openEmbeddedEventStore({ folder });
    const documents = openEmbeddedReadStore({ folder, collections: readModels });
    const sample = await openSample({ events, documents });
    for (const [i, question] of (await questionsTo(sample)).entries()) {
      const seconds = await p95(sample, question);
      (waits[i] ??= { question, seconds: [] }).seconds.push(seconds);
    }
    await sample.close();
    await documents.close();
    await events.close();
  }
  return waits.flatMap(({ question, seconds }) =>
    seconds.map((wait, i): Figure => {
      const schools = SCHOOLS * (TIMES_OVER[i] ?? 1);
      const [first = wait] = seconds;
      return {
        what: `Question ${question.number}, ${schools} schools: ${question.asks}`,
        ours: `p95 ${inMs(wait)}`,
        beside: i === 0 ? '' : `${(wait / first).toFixed(1)} times as long as for ${SCHOOLS}`,
        value: wait * 1000,
        unit: 'ms',
        ...(i === 0 ? { limit: { atMost: P95_AT_MOST_MS } } : {}),
      };
    }),
  );
}
