import { StoreError, type Found, type Json, type JsonObject, type Sort } from '#kernel';

/** Total order of documents in memory, as MongoDB and the columns of the file have it: by the fields, then by key. */
export function byFieldsThenKey(sort: Sort) {
  const fields = Object.entries(sort).map(([path, direction]) => ({ path, direction }));
  return (a: Found<JsonObject>, b: Found<JsonObject>): number => {
    for (const { path, direction } of fields) {
      const order = compareValues(scalarAt(a.body, path), scalarAt(b.body, path));
      if (order !== 0) return order * direction;
    }
    return compareText(a.key, b.key);
  };
}

type SortValue = string | number | boolean | null;

/** The value at a dotted path; null when there is none. */
function scalarAt(body: JsonObject, path: string): SortValue {
  let value: Json | undefined = body;
  for (const name of path.split('.')) {
    if (Array.isArray(value)) break;
    value = isObject(value) ? value[name] : undefined;
  }
  if (typeof value === 'object' && value !== null) {
    throw new StoreError(
      'invalid',
      `Documents can not be sorted by ${path}: it holds a list or an object. Sort by a text, a number or a truth value.`,
    );
  }
  return value ?? null;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** MongoDB's order of types: nothing, numbers, texts, truth values. */
function compareValues(a: SortValue, b: SortValue): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a !== typeof b || a === null || b === null) return rank(a) - rank(b);
  return Number(a) - Number(b);
}

function rank(value: SortValue): number {
  if (value === null) return 0;
  if (typeof value === 'number') return 1;
  return typeof value === 'string' ? 2 : 3;
}

/** By code point, which is also the order of UTF-8 bytes; JavaScript's own `<` goes by UTF-16 units. */
function compareText(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for the code points above U+FFFF, so they come after U+E000 to U+FFFF. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
