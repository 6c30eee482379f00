import { setTimeout as pause } from 'node:timers/promises';
import { randomBytes, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApplicationModule, Asking, EventCodec, Rebuilding, Worker } from '#application';
import type { NotDone, Rebuilt, RebuildLine } from '#application';
import type { AnySchoolEvent } from '#domain';
import { aggregates, schoolsConcerned } from '#domain';
import type { AnyReadModel, EventStore, JsonObject, Position, ReadStore } from '#kernel';
import { configFrom, logTo, tokensFrom } from '#platform';
import { listSchools, questions, readModels } from '#read-models';
import { chain, eventId } from '../support/small-county';
import { digestOf, documentsIn, pureFold } from '../support/pure-fold';

/** Stores to cut over on: a log, and as many ways into the same read models as there are processes. */
export interface CutOverStores {
  readonly name: string;
  /** Opened once: a process of the drill has its own, where the store lets several write. */
  readonly events: EventStore;
  another(): Promise<ReadStore>;
  dispose(): Promise<void>;
}

const log = logTo(process.env['DRILL_LOG'] ?? 'silent');
const clock = { now: () => Date.now() };
const TOKENS = tokensFrom(randomBytes(32).toString('base64'));

/** The parts of one process over shared stores. */
async function processOver(
  events: EventStore,
  documents: ReadStore,
  models: readonly AnyReadModel[] = readModels,
): Promise<INestApplicationContext> {
  // As where the engines are: every process is a holder of its own.
  const config = { ...configFrom({ DATA_DIR: '.', SEED: 'none' }), EVENTSTORE_URL: 'esdb://here' };
  const outside = { eventStore: events, readStore: documents, clock, log, config, tokens: TOKENS };
  const inside = { aggregates, policies: [], readModels: models, questions };
  return NestFactory.createApplicationContext(ApplicationModule.over(outside, inside), {
    logger: false,
    abortOnError: false,
  });
}

export interface Reading {
  reads: number;
  writes: number;
  /** Reads and writes that failed, in words. */
  errors: string[];
  /** Answers of an earlier position than one that had been shown before they were asked for. */
  wentBack: number;
}

/** Two workers, two processes that answer and one that rebuilds, over a small county that goes on being written to. */
export class CutOvers {
  readonly found: Reading = { reads: 0, writes: 0, errors: [], wentBack: 0 };
  private readonly contexts: INestApplicationContext[] = [];
  private readonly opened: ReadStore[] = [];
  private workers: Worker[] = [];
  private answering: Asking[] = [];
  private running: Promise<unknown> = Promise.resolve();
  private stopping = false;
  private shown = 0 as Position;
  private early = false;
  private codec: EventCodec;
  rebuilding: Rebuilding;
  documents: ReadStore;

  private constructor(private readonly stores: CutOverStores) {}

  static async over(stores: CutOverStores): Promise<CutOvers> {
    const one = new CutOvers(stores);
    one.documents = await one.another();
    const first = await one.context(readModels, one.documents);
    one.codec = first.get(EventCodec);
    one.rebuilding = first.get(Rebuilding);
    one.answering = [first.get(Asking), (await one.context()).get(Asking)];
    one.workers = [(await one.context()).get(Worker), (await one.context()).get(Worker)];
    for (const [i, [, role, event]] of chain.entries()) {
      if (role !== 'import' && !one.early) {
        one.early = true;
        await one.record(randomUUID(), early);
      }
      await one.record(eventId(i), event);
    }
    for (const event of more) await one.record(randomUUID(), event);
    await Promise.all(one.workers.map((worker) => worker.start()));
    await one.caughtUp();
    return one;
  }

  /** A rebuild by a process whose folds are these. */
  async rebuiltWith(
    models: readonly AnyReadModel[],
    told: (line: RebuildLine) => void,
  ): Promise<Rebuilt | NotDone> {
    const context = await this.context(models);
    return context.get(Rebuilding).rebuild({ expected: 'none' }, told);
  }

  async caughtUp(): Promise<void> {
    const end = await this.stores.events.end();
    if (!(await this.documents.waitFor(end, 60_000)))
      throw new Error(`The read models did not come to ${end}.`);
  }

  /** Readers who never rest, half of them at each process, and writers who read what they wrote. */
  start(readers = 4, writers = 2): void {
    this.running = Promise.all([
      ...Array.from({ length: readers }, (_, i) => this.reader(i)),
      ...Array.from({ length: writers }, (_, i) => this.writer(i)),
    ]);
  }

  async rest(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  /** Every generation that is kept up holds exactly what the log says. */
  async equalPureFold(): Promise<boolean> {
    await this.caughtUp();
    const end = await this.stores.events.end();
    const folded = digestOf(await pureFold(this.stores.events, readModels, end));
    for (const { name } of await this.documents.generations()) {
      for (const until = Date.now() + 30_000; (await this.documents.checkpoint(name)) < end;) {
        if (Date.now() > until) throw new Error(`${name} did not come to ${end}.`);
        await pause(20);
      }
      const snapshot = await this.documents.snapshot({ at: end, generation: name });
      if (digestOf(await documentsIn(snapshot, readModels)) !== folded) return false;
    }
    return true;
  }

  async end(): Promise<void> {
    await this.rest();
    await Promise.all(this.workers.map((worker) => worker.stop()));
    for (const context of this.contexts) await context.close();
    for (const store of this.opened) await store.close();
    await this.stores.dispose();
  }

  /** A worker that sleeps and one that takes its place: for what must not rest on who does the work. */
  async changeWorkers(): Promise<void> {
    const [first, ...rest] = this.workers;
    await first?.stop();
    const next = (await this.context()).get(Worker);
    await next.start();
    this.workers = [...rest, next];
  }

  private async another(): Promise<ReadStore> {
    const store = await this.stores.another();
    this.opened.push(store);
    return store;
  }

  private async context(
    models: readonly AnyReadModel[] = readModels,
    documents?: ReadStore,
  ): Promise<INestApplicationContext> {
    const context = await processOver(
      this.stores.events,
      documents ?? (await this.another()),
      models,
    );
    this.contexts.push(context);
    return context;
  }

  private async reader(n: number): Promise<void> {
    for (let turn = n; !this.stopping; turn += 1) {
      await this.read(this.answering[turn % this.answering.length]);
      await pause(1);
    }
  }

  private async read(asking: Asking | undefined, atLeast?: Position): Promise<void> {
    if (asking === undefined) throw new Error('Nobody answers.');
    const shown = Math.max(this.shown, atLeast ?? 0);
    const when = atLeast === undefined ? {} : { atLeast: String(atLeast) };
    try {
      const answer = await asking.ask(listSchools, { limit: 5 }, when);
      this.found.reads += 1;
      if (!answer.answered) {
        this.found.errors.push(answer.detail);
        return;
      }
      if (answer.value.items.length !== 5) this.found.errors.push('A list was not whole.');
      if (answer.position < shown) this.found.wentBack += 1;
      this.shown = Math.max(this.shown, answer.position) as Position;
    } catch (error) {
      this.found.errors.push(String(error));
    }
  }

  private async writer(n: number): Promise<void> {
    for (let turn = 0; !this.stopping; turn += 1) {
      try {
        const schoolId = (chain[n]?.[2].data as { schoolId: string }).schoolId;
        const pupils = 100 + turn;
        const position = await this.record(randomUUID(), {
          type: 'PupilNumbersRecorded',
          data: { schoolId, asAt: '2026-10-01', pupils },
        });
        this.found.writes += 1;
        await this.read(this.answering[turn % this.answering.length], position);
      } catch (error) {
        this.found.errors.push(String(error));
      }
      await pause(5);
    }
  }

  private async record(id: string, event: AnySchoolEvent): Promise<Position> {
    const [schoolId] = schoolsConcerned(event.data);
    const actor = { id: 'person-adviser', role: 'adviser' };
    const metadata = { actor, commandId: id, correlationId: id };
    const plain = event as { type: string; data: JsonObject };
    const stored = this.codec.toStore(`school-${schoolId}`, plain, id, metadata);
    const answer = await this.stores.events.append(`school-${schoolId}`, 'any', [stored]);
    if (!answer.appended) throw new Error(`${event.type} was not appended.`);
    return answer.position;
  }
}

const of = (n: number): { schoolId: string } => ({
  schoolId: (chain[n]?.[2].data as { schoolId: string }).schoolId,
});
/** Known long before another number takes its place. */
const early = {
  type: 'PupilNumbersRecorded',
  data: { ...of(3), pupils: 210, asAt: '2025-10-01' },
} as AnySchoolEvent;
/** So that every field a wrong projection may get wrong is there, and some of it had been otherwise before. */
const more: readonly AnySchoolEvent[] = [
  {
    type: 'SchoolRenamed',
    data: {
      ...of(2),
      name: 'Renamed Invented School',
      was: 'Invented School 00',
      asAt: '2025-09-01',
    },
  },
  { type: 'PupilNumbersRecorded', data: { ...of(3), pupils: 214, asAt: '2026-10-01' } },
  {
    type: 'SchoolAddressChanged',
    data: { ...of(4), town: 'Exampleton', postcode: 'ZZ1 1AA', asAt: '2025-10-01' },
  },
  {
    type: 'IndicatorRecorded',
    data: { ...chain.find(([, , { type }]) => type === 'IndicatorRecorded')?.[2].data, ...of(6) },
  },
  { type: 'SchoolClosed', data: { ...of(5), closedOn: '2026-08-31', successorIds: [] } },
] as readonly AnySchoolEvent[];

export interface CutOverVerdict extends Omit<Reading, 'errors'> {
  readonly cutOvers: number;
  readonly undos: number;
  readonly errors: number;
  /** What they were, the first few. */
  readonly said: readonly string[];
  readonly slowestRebuildMs: number;
  readonly readModelsEqualPureFold: boolean;
}

/** So many rebuilds that are switched to, each undone, and every other one done again, under readers and writers. */
export async function cutOversUnderLoad(
  ground: CutOvers,
  times: number,
  random: () => number,
): Promise<CutOverVerdict> {
  let [cutOvers, undos, slowest] = [0, 0, 0];
  ground.start();
  for (let n = 0; n < times; n += 1) {
    const begun = performance.now();
    const made = await ground.rebuilding.rebuild({ expected: 'none' }, () => undefined);
    if (!made.done) throw new Error(made.detail);
    cutOvers += 1;
    slowest = Math.max(slowest, performance.now() - begun);
    await pause(30 * random());
    const back = await ground.rebuilding.undo();
    if (!back.done) throw new Error(back.detail);
    undos += 1;
    await pause(30 * random());
    if (random() < 0.3) {
      const again = await ground.rebuilding.undo();
      if (!again.done) throw new Error(again.detail);
      undos += 1;
    }
    if (random() < 0.2) await ground.changeWorkers();
  }
  await ground.rest();
  const { errors, ...found } = ground.found;
  return {
    ...{ cutOvers, undos, ...found },
    errors: errors.length,
    said: errors.slice(0, 5),
    slowestRebuildMs: Math.round(slowest),
    readModelsEqualPureFold: await ground.equalPureFold(),
  };
}

export const isRight = ({ errors, wentBack, readModelsEqualPureFold }: CutOverVerdict): boolean =>
  errors + wentBack === 0 && readModelsEqualPureFold;
