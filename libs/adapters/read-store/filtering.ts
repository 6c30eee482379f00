import { Query } from 'mingo';
import { StoreError, type Filter, type JsonObject, type Sort } from '#kernel';

/** The filter as a test of one document. */
export function passing(filter: Filter): (body: JsonObject) => boolean {
  const explained = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new StoreError('invalid', `The filter can not be used: ${reason}`, { cause: error });
    }
  };
  const query = explained(() => new Query(filter, { scriptEnabled: false }));
  return (body) => explained(() => query.test(body));
}

/** Refuses a `skip` or a `limit` that is no number of documents. */
export function refuseUnlessCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new StoreError(
    'invalid',
    `${name} is ${value}; it has to be a whole number of at least 0.`,
  );
}

/** Refuses a place among the keys in a list that is not in their order. */
export function refuseUnlessByKey(sort: Sort): void {
  if (Object.keys(sort).length === 0) return;
  throw new StoreError(
    'invalid',
    'A list behind a key is in the order of the keys: leave the sort out, or the key.',
  );
}
