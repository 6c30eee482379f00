import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import {
  ApplicationModule,
  EventCodec,
  Follower,
  Generations,
  openDoor,
  Projector,
  Reactor,
  Rebuilding,
  Worker,
} from '#application';
import type { RebuildLine, RebuildWishes } from '#application';
import { aggregates, policies } from '#domain';
import type { EventStore, JsonObject, Position, ReadStore } from '#kernel';
import { configFrom, logTo, tokensFrom } from '#platform';
import { questions, readModels } from '#read-models';
import { copy } from '../support/played-county';
import { digestOf, documentsIn, pureFold } from '../support/pure-fold';
import { brook, chain, eventId } from '../support/small-county';

/* Several workers and rebuilders over the same stores, each as if it were a process of its own. */

const log = logTo('silent');
const clock = { now: () => Date.now() };
const codec = new EventCodec(aggregates, openDoor);
/** As where the engines are: every process is a holder of its own. */
const shared = {
  ...configFrom({ DATA_DIR: '.', SEED: 'none' }),
  EVENTSTORE_URL: 'esdb://here',
};
const tokens = tokensFrom(randomBytes(32).toString('base64'));

let folder: string;
let events: EventStore;
let documents: ReadStore;
let opened: ReadStore[];
let workers: Worker[];

const another = (): ReadStore => {
  const store = openEmbeddedReadStore({ folder, collections: readModels });
  opened.push(store);
  return store;
};
/** The parts of a process over these stores. */
const processOver = async (
  store: ReadStore,
  {
    stopping,
    reacts = false,
    from = events,
  }: { stopping?: AbortSignal; reacts?: boolean; from?: EventStore } = {},
): Promise<INestApplicationContext> => {
  const outside = { eventStore: from, readStore: store, clock, log, config: shared, tokens };
  return NestFactory.createApplicationContext(
    ApplicationModule.over(
      { ...outside, ...(stopping === undefined ? {} : { stopping }) },
      { aggregates, policies: reacts ? policies : [], readModels, questions },
    ),
    { logger: false, abortOnError: false },
  );
};
const worker = async (): Promise<Worker> => {
  const one = (await processOver(another())).get(Worker);
  workers.push(one);
  return one;
};
const rebuilder = async (stopping?: AbortSignal): Promise<Rebuilding> =>
  (await processOver(another(), stopping === undefined ? {} : { stopping })).get(Rebuilding);
const rebuilt = async (wishes: Partial<RebuildWishes>, by?: Rebuilding) => {
  const lines: RebuildLine[] = [];
  const one = by ?? (await rebuilder());
  const answer = await one.rebuild({ expected: 'none', ...wishes }, (line) => lines.push(line));
  return { answer, lines };
};
const record = async (id: string, type: string, data: JsonObject): Promise<Position> => {
  const stream = `school-${data['schoolId'] as string}`;
  const metadata = { actor: { id: 'p', role: 'adviser' }, commandId: id, correlationId: id };
  const answer = await events.append(stream, 'any', [
    codec.toStore(stream, { type, data }, id, metadata),
  ]);
  if (!answer.appended) throw new Error('It was not appended.');
  return answer.position;
};
const pupils = (n: number) =>
  record(eventId(5000 + n), 'PupilNumbersRecorded', {
    schoolId: brook,
    pupils: n,
    asAt: '2026-10-01',
  });
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workers-'));
  events = openEmbeddedEventStore({ folder });
  [opened, workers] = [[], []];
  documents = another();
  for (const [i, [, , event]] of chain.entries()) await record(eventId(i), event.type, event.data);
});
afterEach(async () => {
  await Promise.all(workers.map((one) => one.stop()));
  for (const store of opened) await store.close();
  await events.close();
  rmSync(folder, { recursive: true });
});

const isPureFold = async (generation: string): Promise<boolean> => {
  const snapshot = await documents.snapshot({ generation });
  const folded = await pureFold(events, readModels, snapshot.position);
  return digestOf(await documentsIn(snapshot, readModels)) === digestOf(folded);
};

describe('several workers', () => {
  it('share the work by leases, and another takes over when one has stopped', async () => {
    const [first, second] = [await worker(), await worker()];
    await first.start();
    await second.start();
    expect(await documents.waitFor(await events.end(), 10_000)).toBe(true);
    expect(await documents.lease('projector g1', 'somebody else', 1000)).toBe(false);
    await first.stop();
    expect(await documents.waitFor(await pupils(1), 10_000)).toBe(true);
    await second.stop();
    expect(await documents.lease('projector g1', 'somebody else', 1000)).toBe(true);
    expect(await isPureFold('g1')).toBe(true);
  });

  it('take over within seconds from one that died without a word', async () => {
    await documents.lease('projector g1', 'a process that is dead', 4000);
    const one = await worker();
    await one.start();
    expect(await documents.waitFor(await events.end(), 0)).toBe(false);
    expect(await documents.waitFor(await events.end(), 8_000)).toBe(true);
  });

  it('make the same when they race, and when one slept over all that the other did', async () => {
    const stores = [another(), another(), another()];
    const racing = stores.map((store) => new Projector(events, store, codec, readModels, 'g1'));
    await Promise.all(racing.map((one) => one.catchUp()));
    for (let n = 1; n <= 20; n += 1) await pupils(n);
    // The third slept: what it keeps of before is behind what the others bring about.
    await Promise.all([racing[0]?.catchUp(), racing[1]?.catchUp()]);
    for (let n = 21; n <= 40; n += 1) await pupils(n);
    await racing[2]?.catchUp();
    expect(await documents.checkpoint('g1')).toBe(await events.end());
    expect(await isPureFold('g1')).toBe(true);
  });

  it('stand still at a fault and say so, until it is over', async () => {
    let broken = true;
    const seen = Promise.withResolvers<undefined>();
    const follower = new Follower(
      'projector g1',
      (signal, onward) => {
        if (broken) return Promise.reject(new Error('There is no disk.'));
        onward();
        seen.resolve(undefined);
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            resolve();
          });
        });
      },
      { documents, holder: 'one', log },
    ).start();
    await until(() => Promise.resolve(follower.fault === 'There is no disk.'));
    // Meanwhile somebody else may try.
    expect(await documents.lease('projector g1', 'two', 1)).toBe(true);
    broken = false;
    await seen.promise;
    expect(follower.fault).toBeUndefined();
    await follower.stop();
  });
});

it('the reactor’s mark never goes back through one that slept, and nothing is answered again', async () => {
  // Where policies have answered for years: the county that was played.
  const county = copy();
  const played = openEmbeddedEventStore({ folder: county });
  const store = openEmbeddedReadStore({ folder: county, collections: readModels });
  const end = await played.end();
  const mark = await store.mark('reactor');
  expect(mark).toBeGreaterThan(0);
  // It asked at the very beginning where to go on, and wakes up when all of it has been answered.
  const asked = jest.spyOn(store, 'mark').mockResolvedValueOnce(1 as Position);
  const context = await processOver(store, { reacts: true, from: played });
  const reactor = context.get(Reactor);
  const ending = new AbortController();
  const following = reactor.follow(ending.signal);
  await reactor.caughtUp(mark);
  ending.abort();
  await following;
  expect(asked.mock.calls.length).toBeGreaterThan(1);
  expect(await played.end()).toBe(end);
  expect(await store.mark('reactor')).toBe(mark);
  await context.close();
  await store.close();
  await played.close();
  rmSync(county, { recursive: true });
}, 60_000);

describe('a rebuild', () => {
  beforeEach(async () => {
    await (await worker()).start();
    await documents.waitFor(await events.end(), 10_000);
  });
  const names = async () => (await documents.generations()).map(({ name }) => name);
  const active = async () => (await documents.generations()).find((one) => one.active)?.name;

  it('is undone and done again until it is finished, and kept up meanwhile', async () => {
    const by = await rebuilder();
    const { answer } = await rebuilt({}, by);
    expect(answer).toMatchObject({ done: true, generation: 'g2', kept: 'g1', switched: true });
    const position = await pupils(1);
    await until(async () => (await documents.checkpoint('g1')) >= position);
    expect(await by.undo()).toEqual({ done: true, generation: 'g1', kept: 'g2' });
    expect(await active()).toBe('g1');
    expect(await by.undo()).toEqual({ done: true, generation: 'g2', kept: 'g1' });
    expect(await by.finish()).toEqual({ done: true, dropped: ['g1'] });
    expect(await by.undo()).toMatchObject({ done: false, because: 'NothingToUndo' });
    expect(await names()).toEqual(['g2']);
    expect(await documents.waitFor(await pupils(2), 5_000)).toBe(true);
    expect(await isPureFold('g2')).toBe(true);
    // A name is never given twice: a sleeper may still write to what was dropped.
    expect(await rebuilt({}, by)).toMatchObject({ answer: { generation: 'g3' } });
  });

  it('as a dry run builds and compares and switches nothing; it can be gone on with', async () => {
    const dry = await rebuilt({ dryRun: true });
    expect(dry.answer).toMatchObject({ done: true, generation: 'g2', switched: false });
    expect(await active()).toBe('g1');
    await pupils(1);
    const { answer } = await rebuilt({ resume: true });
    // Only what came since is folded.
    expect(answer).toMatchObject({ done: true, generation: 'g2', switched: true, events: 1 });
    expect(await rebuilt({ resume: true })).toMatchObject({
      answer: { done: false, because: 'NothingToResume' },
    });
  });

  it('that the end of its process broke off is gone on with, or makes room for the next', async () => {
    const stopping = new AbortController();
    const broken = await rebuilder(stopping.signal);
    const answer = await broken.rebuild({ expected: 'none' }, () => {
      stopping.abort();
    });
    expect(answer).toMatchObject({ done: false, because: 'Stopping' });
    expect(await names()).toEqual(['g1', 'g2']);
    expect(await (await rebuilder()).undo()).toMatchObject({
      done: false,
      because: 'NothingToUndo',
    });
    expect(await rebuilt({})).toMatchObject({ answer: { done: true, generation: 'g3' } });
    expect(await names()).toEqual(['g1', 'g3']);
  });

  it('is one at a time, whichever processes are asked', async () => {
    const [one, two, three] = [await rebuilder(), await rebuilder(), await rebuilder()];
    const both = await Promise.all([rebuilt({}, one), rebuilt({}, two), three.undo()]);
    const answers = [both[0].answer, both[1].answer, both[2]];
    expect(answers.filter(({ done }) => done)).toHaveLength(1);
    expect(answers.filter((one) => !one.done && one.because === 'RebuildUnderWay')).toHaveLength(2);
  });

  it('goes no faster than it is told, and says how long it will take', async () => {
    for (let n = 1; n <= 600; n += 1) await pupils(n);
    const begun = performance.now();
    const { answer, lines } = await rebuilt({ rate: 600 });
    expect(answer).toMatchObject({ done: true });
    expect(performance.now() - begun).toBeGreaterThan(1000);
    const paces = lines.filter((line) => 'secondsLeft' in line);
    expect(paces[0]).toMatchObject({
      eventsPerSecond: expect.any(Number) as number,
      secondsLeft: expect.any(Number) as number,
    });
  });

  it('gives up when another began while it slept over its lease', async () => {
    const generations = new Generations(documents);
    const answer = await (
      await rebuilder()
    ).rebuild({ expected: 'any' }, (line) => {
      if ('comparing' in line) void generations.toBuild();
    });
    expect(answer).toMatchObject({ done: false, because: 'TakenOver' });
    expect(await active()).toBe('g1');
  });
});
