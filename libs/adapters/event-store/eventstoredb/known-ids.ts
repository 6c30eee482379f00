import type { AppendRequest } from '../append-request';

/** Ids remembered at most; the oldest go first. Each takes about 150 bytes. */
const KEPT = 300_000;

interface Stands {
  readonly stream: string;
  readonly revision: number;
}

/** Where the ids of an append stand already, if they do. */
export type Standing =
  | { readonly is: 'new' }
  /** These very events, in this order, where this append would put them. */
  | { readonly is: 'here'; readonly revision: number }
  | ({ readonly is: 'elsewhere'; readonly id: string } & Stands);

/**
 * The ids of events this process has read or written, and up to which revision it knows all of a stream's. The server
 * keeps an id from being written twice at one place only; that it is not written again at another is seen to here.
 */
export class KnownIds {
  readonly #where = new Map<string, Stands>();
  readonly #next = new Map<string, number>();

  /** The revision up to which all ids of a stream are known, exclusive; undefined when nothing is. */
  next(stream: string): number | undefined {
    return this.#next.get(stream);
  }

  /** The stream an id stands in, as far as is known. */
  streamOf(id: string): string | undefined {
    return this.#where.get(id)?.stream;
  }

  /** Events of a stream in order, read or just written. */
  add(stream: string, events: readonly { readonly id: string; readonly revision: number }[]): void {
    const [first] = events;
    const last = events.at(-1);
    if (first === undefined || last === undefined) return;
    const next = this.#next.get(stream) ?? 0;
    for (const { id, revision } of events) this.#where.set(id, { stream, revision });
    if (first.revision <= next) this.#next.set(stream, Math.max(next, last.revision + 1));
    this.#forget();
  }

  /** A stream that has no events. */
  empty(stream: string): void {
    if (!this.#next.has(stream)) this.#next.set(stream, 0);
  }

  standing({ stream, expected, events }: AppendRequest): Standing {
    const places = events.map(({ id }) => ({ id, at: this.#where.get(id) }));
    const known = places.find(({ at }) => at !== undefined);
    if (known?.at === undefined) return { is: 'new' };
    const [first] = places;
    const begins = first?.at?.revision ?? -1;
    const inOrder = places.every(
      ({ at }, i) => at?.stream === stream && at.revision === begins + i,
    );
    if (inOrder && (expected === 'any' || expected === begins - 1))
      return { is: 'here', revision: begins + events.length - 1 };
    return { is: 'elsewhere', id: known.id, ...known.at };
  }

  #forget(): void {
    while (this.#where.size > KEPT) {
      const [oldest] = this.#where;
      if (oldest === undefined) return;
      const [id, { stream }] = oldest;
      this.#where.delete(id);
      this.#next.delete(stream);
    }
  }
}
