import type { CollectionSpec, Filter, Snapshot, Sort } from '#kernel';

/** A piece of a list. Every piece of one list is read at the same position, so that nothing moves between two of them. */
export interface Page<T> {
  readonly items: readonly T[];
  /** All that match, not only those on this page. */
  readonly total: number;
  /** Where the next page begins; absent on the last one. */
  readonly next?: number;
}
export interface PageRequest {
  /** How many to leave out from the start; default 0. */
  readonly skip?: number;
  /** At most this many; default 50. */
  readonly limit?: number;
}

export const DEFAULT_LIMIT = 50;

/** One page of a collection. */
export async function pageOf<T>(
  snapshot: Snapshot,
  collection: CollectionSpec,
  {
    filter = {},
    sort = {},
    skip = 0,
    limit = DEFAULT_LIMIT,
  }: { filter?: Filter; sort?: Sort } & PageRequest,
): Promise<Page<T>> {
  const total = await snapshot.count(collection, filter);
  const found = await snapshot.list<T>(collection, { filter, sort, skip, limit });
  return paged(
    found.map(({ body }) => body),
    total,
    skip,
  );
}

/** Wraps what was found as a page. */
export function paged<T>(items: readonly T[], total: number, skip = 0): Page<T> {
  const next = skip + items.length;
  return { items, total, ...(next < total && items.length > 0 ? { next } : {}) };
}
