import type { Position } from '../position';
import type { Json, JsonObject } from './event-store';

/**
 * A read model's documents: a name, and the fields that never change over the life of one document (its school, its
 * place in a feed). Every store may find and order documents by fixed fields without looking into old versions.
 */
export interface CollectionSpec {
  /** Lower case with hyphens, e.g. `journey`. */
  readonly name: string;
  /** In the order they are searched by: equality first, the ordering field last, e.g. `['schoolId', 'position']`. */
  readonly fixed: readonly string[];
}

/** One state of one document, from `knownFrom` until its next version. */
export interface DocumentVersion {
  readonly collection: string;
  readonly key: string;
  readonly knownFrom: Position;
  /** null: from here on the document is no more. */
  readonly body: JsonObject | null;
}

/** MongoDB's filter language, as far as both mingo and MongoDB agree on it. */
export type Filter = { readonly [field: string]: Json };
export type Sort = { readonly [field: string]: 1 | -1 };

export interface ListOptions {
  readonly filter?: Filter;
  /** Default: by key. Ties are broken by key, so that an order is always total. */
  readonly sort?: Sort;
  readonly skip?: number;
  readonly limit?: number;
  /**
   * Only documents whose key comes after this one: how a whole collection is gone through a page at a time, by key, at
   * the same cost for every page. Only in lists without a sort of their own.
   */
  readonly after?: string;
}

export interface Found<T> {
  readonly key: string;
  readonly knownFrom: Position;
  readonly body: T;
}

/** Reading at one position: however long the reader takes, it sees the documents as of `position` and nothing later. */
export interface Snapshot {
  readonly position: Position;
  get<T = JsonObject>(collection: CollectionSpec, key: string): Promise<Found<T> | undefined>;
  list<T = JsonObject>(
    collection: CollectionSpec,
    options?: ListOptions,
  ): Promise<readonly Found<T>[]>;
  count(collection: CollectionSpec, filter?: Filter): Promise<number>;
}

/** Where a generation of read models stands. */
export interface GenerationStatus {
  readonly name: string;
  /** Every event up to here is in its documents. */
  readonly checkpoint: Position;
  readonly active: boolean;
}

/**
 * Versioned documents in named generations side by side. One generation is active and is what readers see; others are
 * being built or kept to go back to. A version's key is (collection, key, knownFrom): writing it again changes nothing.
 */
export interface ReadStore {
  /**
   * Writes one page of versions into a generation and then moves its checkpoint, forwards only: a checkpoint at or
   * behind the present one leaves it where it is. Readers see all of the page or nothing of it.
   */
  writePage(
    generation: string,
    versions: readonly DocumentVersion[],
    checkpoint: Position,
  ): Promise<void>;

  /**
   * The newest versions of these documents at a position, in the order asked; undefined where there is none or it has
   * ended. `at` may lie before or behind the checkpoint: a projector folds from where it stands itself, whatever
   * another one may have written meanwhile.
   */
  latest(
    generation: string,
    collection: string,
    keys: readonly string[],
    at: Position,
  ): Promise<readonly (DocumentVersion | undefined)[]>;

  /**
   * Reads at a position of the active generation (or of the one named), by default at its checkpoint.
   * A position beyond the checkpoint is refused with `NotThereYet`: wait for it first.
   */
  snapshot(options?: { at?: Position; generation?: string }): Promise<Snapshot>;

  /** The active generation's checkpoint (or the named one's); START for one that does not exist. */
  checkpoint(generation?: string): Promise<Position>;

  /** Resolves true when the active generation's checkpoint has reached the position, false when `timeoutMs` ran out before. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;

  generations(): Promise<readonly GenerationStatus[]>;
  /**
   * Makes a generation the active one: one atomic write. Unknown names are refused with a StoreError.
   * @param options `notBehind`: only if, at the moment of that write, its checkpoint is at or beyond the active one's, so
   * that nobody is taken back to before what they have been shown. Else `NotThereYet`, and nothing changes.
   */
  activate(generation: string, options?: { readonly notBehind?: boolean }): Promise<void>;
  /** Forgets a generation that is not active. */
  drop(generation: string): Promise<void>;

  /** A small named value kept outside the generations, e.g. how far the reactor has come; START when never set. */
  mark(name: string): Promise<Position>;
  setMark(name: string, position: Position): Promise<void>;

  /**
   * True when `holder` may do the named work for the next `ms` milliseconds: nobody else holds it, or it held it already.
   * It saves several workers from doing the same; nothing rests on it, for a sleeper may wake after its time.
   */
  lease(name: string, holder: string, ms: number): Promise<boolean>;
  /** Gives the work up before its time; nothing happens when somebody else holds it. */
  release(name: string, holder: string): Promise<void>;

  close(): Promise<void>;
}

/** The read models have not come that far yet. */
export class NotThereYet extends Error {
  override readonly name = 'NotThereYet';
  constructor(
    readonly asked: Position,
    readonly reached: Position,
  ) {
    super(`The read models have reached position ${reached}; position ${asked} is not there yet.`);
  }
}
