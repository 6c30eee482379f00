import type { CollectionSpec } from '#kernel';
import type { DocumentChange } from './difference';

/** What may change by collection: documents that come or go, whatever it is, or these fields and nothing else. */
export type Declaration = Readonly<Record<string, 'added' | 'removed' | 'any' | readonly string[]>>;
/** What a rebuild is expected to change. */
export type Expectation = 'none' | 'any' | Declaration;

/** An expectation as it was given, or what is wrong with it. */
export function expectationFrom(
  given: unknown,
  collections: readonly CollectionSpec[],
): { readonly expected: Expectation } | { readonly fault: string } {
  if (given === undefined || given === 'none' || given === 'any')
    return { expected: given ?? 'none' };
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return {
      fault:
        'expect must be none, any, or by collection what may change, e.g. {"register": ["periods"], "journey": "added"}.',
    };
  const names = collections.map(({ name }) => name);
  for (const [collection, may] of Object.entries(given)) {
    if (!names.includes(collection))
      return {
        fault: `expect names ${collection}, which is no collection; there are ${names.join(', ')}.`,
      };
    if (!isUnderstood(may))
      return {
        fault: `expect says of ${collection} neither added, removed or any, nor a list of fields such as ["category.is"].`,
      };
  }
  return { expected: given as Declaration };
}

function isUnderstood(may: unknown): boolean {
  if (may === 'added' || may === 'removed' || may === 'any') return true;
  if (!Array.isArray(may) || may.length === 0) return false;
  return may.every((field) => typeof field === 'string' && field !== '');
}

/** Whether a document may differ as it does. */
export function isDeclared(
  expected: Expectation,
  { collection, change, fields }: Pick<DocumentChange, 'collection' | 'change' | 'fields'>,
): boolean {
  if (typeof expected === 'string') return expected === 'any';
  const may = expected[collection];
  if (may === undefined) return false;
  if (typeof may === 'string') return may === 'any' || may === change;
  // `periods` is all that is in it too: periods[0].category.
  const isIn = (field: string, named: string): boolean =>
    field === named || field.startsWith(`${named}.`) || field.startsWith(`${named}[`);
  return change === 'changed' && fields.every(({ field }) => may.some((one) => isIn(field, one)));
}
