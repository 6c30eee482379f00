import { randomUUID } from 'node:crypto';
import { START } from '#kernel';
import type {
  Appended,
  EventStore,
  ExpectedRevision,
  LogFilter,
  NewEvent,
  Position,
  RecordedEvent,
  StoreError,
} from '#kernel';

/** A store made for one test, with whatever it takes to remove it again. */
export interface StoreUnderTest {
  readonly store: EventStore;
  dispose(): Promise<void>;
}

/** A new event with an id of its own. */
export const anEvent = (data: NewEvent['data'] = {}, type = 'SomethingHappened'): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata: { actor: 'adviser-1' },
});

export const someEvents = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, i) => anEvent({ i }));

/** What the writer gave, without what the store added. */
export const given = ({ id, type, data, metadata }: RecordedEvent): NewEvent => ({
  id,
  type,
  data,
  metadata,
});

/** For `toThrow`: a StoreError of this code whose message says this. */
export const refusal = (code: StoreError['code'], says = /./): Error =>
  expect.objectContaining({
    name: 'StoreError',
    code,
    message: expect.stringMatching(says) as unknown,
  }) as Error;

/** One store for each test, and what the tests ask of it. */
export class Ground {
  store!: EventStore;
  /** The end of the log when the test began: what lies before is somebody else's. */
  start: Position = START;
  /** A prefix no other test uses. */
  own = '';
  #made: StoreUnderTest | undefined;

  async begin(makeStore: () => Promise<StoreUnderTest>): Promise<void> {
    this.#made = await makeStore();
    this.store = this.#made.store;
    this.start = await this.store.end();
    this.own = `contract-${randomUUID()}-`;
  }

  async end(): Promise<void> {
    await this.#made?.dispose();
  }

  /** Appends to a stream of this test; a refusal fails the test. */
  async appended(
    name: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    const answer = await this.store.append(this.own + name, expected, events);
    if (!answer.appended) throw new Error(`refused: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The log behind `start`, read page by page; by default this test's streams. */
  async log(
    filter: LogFilter = { streamPrefixes: [this.own] },
    limit = 100,
  ): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    let after = this.start;
    for (;;) {
      const page = await this.store.readLog(after, { filter, limit });
      expect(page.events.length).toBeLessThanOrEqual(limit);
      events.push(...page.events);
      if (page.atEnd) return events;
      expect(page.scannedTo).toBeGreaterThan(after);
      after = page.scannedTo;
    }
  }
}
