import type {
  CollectionSpec,
  DocumentVersion,
  JsonObject,
  Position,
  ReadStore,
  StoreError,
} from '#kernel';

/** An empty store made for one test, with whatever it takes to remove it again. */
export interface ReadStoreUnderTest {
  readonly store: ReadStore;
  /** The same documents through a connection of its own, as another process has them. Closed by the test. */
  another(): Promise<ReadStore>;
  dispose(): Promise<void>;
}

/** Small documents of which many versions are written. */
export const notes: CollectionSpec = { name: 'notes', fixed: ['school', 'place'] };
/** Rows that never change. */
export const rows: CollectionSpec = { name: 'journey-rows', fixed: ['school', 'position'] };
/** Found by key alone. */
export const counters: CollectionSpec = { name: 'counters', fixed: [] };
export const collections = [notes, rows, counters];

export const at = (position: number): Position => position as Position;

export const note = (key: string, knownFrom: number, body: JsonObject | null): DocumentVersion => ({
  collection: notes.name,
  key,
  knownFrom: at(knownFrom),
  body: body && { school: 's1', place: 1, ...body },
});

export const counter = (key: string, knownFrom: number, value: number): DocumentVersion => ({
  collection: counters.name,
  key,
  knownFrom: at(knownFrom),
  body: { value },
});

/** Forty counters that all say the position of their page: half a page would show. */
export const pageOfCounters = (position: number): DocumentVersion[] =>
  Array.from({ length: 40 }, (_, i) => counter(`c${i}`, position, position));

/**
 * The page of a history that is always the same: counters that show half a page, a row that stays as it is, and a note
 * that changes, ends and begins again.
 */
export const pageOfHistory = (position: number): DocumentVersion[] => {
  const body = { school: `s${position % 3}`, position };
  const key = `r${String(position).padStart(6, '0')}`;
  return [
    ...pageOfCounters(position),
    { collection: rows.name, key, knownFrom: at(position), body },
    note(`n${position % 7}`, position, position % 5 === 0 ? null : { text: `at ${position}` }),
  ];
};

/** A `StoreError` of this code that says this, for `toThrow` and `toEqual`. */
export const refusal = (code: StoreError['code'], says: RegExp): Error =>
  expect.objectContaining({
    name: 'StoreError',
    code,
    message: expect.stringMatching(says) as unknown,
  }) as Error;

export const textsIn = (found: readonly { readonly body: JsonObject }[]) =>
  found.map(({ body }) => body['text']);
