import { createHash, randomUUID } from 'node:crypto';
import { START } from '#kernel';
import type { Audience, ChainEnd, OutgoingMessage, Position, Publisher, StoreError } from '#kernel';

/** A message as a reader outside sees it. */
export interface Heard {
  readonly audience: Audience;
  readonly key: string;
  readonly text: string;
}

/** A publisher made for one test, with the eyes of a reader outside. */
export interface PublisherUnderTest {
  readonly publisher: Publisher;
  /** Another one on the same outside: a second process, or the first after it was started again. */
  another(): Promise<Publisher>;
  /** Everything that stands outside, per key in the order it is read. */
  heard(): Promise<readonly Heard[]>;
  /** What a new reader is told of each key: the last record of it that stands outside, null where it has ended. */
  snapshots(): Promise<ReadonlyMap<string, string | null>>;
  dispose(): Promise<void>;
}

export const at = (position: number): Position => position as Position;

/** For `toThrow` and `toEqual`: a StoreError of this code whose message says this. */
export const refusal = (code: StoreError['code'], says = /./): Error =>
  expect.objectContaining({
    name: 'StoreError',
    code,
    message: expect.stringMatching(says) as unknown,
  }) as Error;

/** What a message tells of: enough to make it from. */
export interface Told {
  readonly audience?: Audience;
  readonly key: string;
  readonly position: number;
  readonly endsKey?: boolean;
  /** Characters to make it larger by. */
  readonly padding?: number;
}

/** A log as the chains see it: the same told twice makes the same messages, character for character. */
export class Chains {
  private readonly ends = new Map<string, ChainEnd>();
  private grown = new Map<string, ChainEnd>();

  /** Goes on from what was found outside. */
  constructor(ends: readonly ChainEnd[] = []) {
    for (const end of ends) this.ends.set(`${end.audience} ${end.key}`, end);
  }

  /** The next message; undefined when its chain has come further already. */
  message(told: Told): OutgoingMessage | undefined {
    const { audience = 'public', key, position, endsKey = false, padding = 0 } = told;
    const chain = `${audience} ${key}`;
    const before = this.ends.get(chain);
    if (before !== undefined && position <= before.position) return undefined;
    const sequence = (before?.sequence ?? 0) + 1;
    const previousHash = before?.hash ?? '';
    const id = `event-${position}`;
    const bare = { id, audience, key, position, sequence, previousHash, pad: 'x'.repeat(padding) };
    const hash = createHash('sha256').update(JSON.stringify(bare)).digest('hex');
    const text = JSON.stringify({ ...bare, hash });
    const end: ChainEnd = {
      ...{ audience, key, position: at(position), id },
      ...(endsKey ? { sequence: 0, hash: '', snapshot: null } : { sequence, hash, snapshot: text }),
    };
    this.ends.set(chain, end);
    this.grown.set(chain, end);
    return {
      ...{ id, audience, key, position: at(position), sequence, previousHash, hash, text, endsKey },
      type: 'something.happened.v1',
      time: '2026-11-23T09:00:00.000Z',
      data: {},
    };
  }

  messages(all: readonly Told[]): OutgoingMessage[] {
    return all.flatMap((told) => this.message(told) ?? []);
  }

  /** The ends that have grown since they were last taken. */
  taken(): readonly ChainEnd[] {
    const ends = [...this.grown.values()];
    this.grown = new Map();
    return ends;
  }
}

/** Tells all of it in one batch, ends included. */
export async function publishAll(
  publisher: Publisher,
  chains: Chains,
  all: readonly Told[],
): Promise<void> {
  const messages = chains.messages(all);
  await publisher.publish({
    messages,
    upTo: at(all.at(-1)?.position ?? START),
    ends: chains.taken(),
  });
}

/** Schools in turn, one event each: positions `from` and on. */
export const round = (from: number, count: number, schools = 7, padding = 0): Told[] =>
  Array.from({ length: count }, (_, i) => ({
    key: `school-${(from + i) % schools}`,
    position: from + i,
    padding,
  }));

/**
 * Goes on as the product does, over a log of `length` events told by `tell`, in batches, ends with every third of them.
 * Resolves when all is outside.
 */
export async function relay(
  publisher: Publisher,
  tell: readonly Told[],
  options: { readonly batch?: number; readonly seen?: (position: number) => void } = {},
): Promise<void> {
  const { batch = 50, seen } = options;
  const { after, ends } = await publisher.resume();
  const chains = new Chains(ends);
  const rest = tell.filter(({ position }) => position > after);
  for (let i = 0, n = 1; i < rest.length; i += batch, n++) {
    const some = rest.slice(i, i + batch);
    const upTo = some.at(-1)!.position;
    const messages = chains.messages(some);
    const flush = n % 3 === 0 || i + batch >= rest.length;
    await publisher.publish({
      messages,
      upTo: at(upTo),
      ...(flush ? { ends: chains.taken() } : {}),
    });
    seen?.(upTo);
  }
}

/** Goes on through every failure, as the worker does. */
export async function relayThrough(
  publisher: Publisher,
  tell: readonly Told[],
  options: {
    readonly batch?: number;
    readonly seen?: (position: number) => void;
    readonly failed?: (error: unknown) => void;
  } = {},
): Promise<void> {
  for (;;) {
    try {
      await relay(publisher, tell, options);
      return;
    } catch (error) {
      if ((error as { name?: unknown }).name !== 'StoreError') throw error;
      if ((error as StoreError).code === 'closed') return;
      options.failed?.(error);
    }
  }
}

/** What is wrong with what a reader was told, measured against the whole log. */
export interface Verdict {
  readonly missing: number;
  /** Told again, and recognisable: the very same characters. */
  readonly repeated: number;
  /** Told again in other words, out of order, or never true. */
  readonly wrong: readonly string[];
}

/** Reads as every consumer may: keeps the last sequence of each chain, passes over what it has had, and proves the rest. */
export function verdictOn(heard: readonly Heard[], tell: readonly Told[]): Verdict {
  const chains = new Chains();
  const expected = Map.groupBy(chains.messages(tell), ({ audience, key }) => `${audience} ${key}`);
  const next = new Map<string, number>();
  const wrong: string[] = [];
  let repeated = 0;
  for (const { audience, key, text } of heard) {
    const chain = `${audience} ${key}`;
    const due = next.get(chain) ?? 0;
    const all = expected.get(chain) ?? [];
    if (all[due]?.text === text) next.set(chain, due + 1);
    else if (all.slice(0, due).some((known) => known.text === text)) repeated++;
    else wrong.push(text.slice(0, 200));
  }
  let missing = 0;
  for (const [chain, all] of expected) missing += all.length - (next.get(chain) ?? 0);
  return { missing, repeated, wrong };
}

export const aPrefix = (): string => `test-${randomUUID()}`;
