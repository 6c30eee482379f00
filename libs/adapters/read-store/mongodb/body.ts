import { StoreError, type Json, type JsonObject } from '#kernel';

/**
 * How a body stands in a document. `body` is the body itself in MongoDB's own form: filters run on it, and nearly
 * always it is read back as it is, numbers, nulls and the order of fields included. Where MongoDB's form can not hold a
 * body exactly (names of fields with dots or dollars, lists nested without end), `body` has the nearest it can hold, so
 * that filters on all the other fields still find it, and `json` has the body word for word.
 */
export interface StoredBody {
  readonly body: JsonObject;
  readonly json?: string;
}

/** MongoDB nests 100 deep; a path in a filter is never near as long as this. */
const DEEPEST = 60;

/**
 * The stored form of a body, and about how many bytes it takes.
 * @throws StoreError 'invalid' for text that is no Unicode: it would come back as another text.
 */
export function stored(of: string, body: JsonObject): { stored: StoredBody; size: number } {
  const looked = new Look(of);
  if (looked.isPlain(body, 0)) return { stored: { body }, size: looked.size };
  const json = JSON.stringify(body);
  return {
    stored: { body: nearest(body, 0) as JsonObject, json },
    size: looked.size * 2 + json.length,
  };
}

/** The body of what `stored` gave. */
export function bodyIn({ body, json }: StoredBody): JsonObject {
  return json === undefined ? body : (JSON.parse(json) as JsonObject);
}

/** One walk over a body. */
class Look {
  /** Upper bound: a UTF-16 unit is at most three bytes, a field has a type and an end. */
  size = 0;

  constructor(private readonly of: string) {}

  /** True when MongoDB gives this back exactly as it is. */
  isPlain(value: Json | undefined, depth: number): boolean {
    if (typeof value === 'string') return this.#text(value);
    this.size += 8;
    if (typeof value === 'number') return Number.isFinite(value);
    if (typeof value !== 'object' || value === null) return true;
    if (depth === DEEPEST) return false;
    let plain = true;
    if (Array.isArray(value)) {
      this.size += value.length * 8;
      for (const item of value as readonly Json[])
        if (!this.isPlain(item, depth + 1)) plain = false;
      return plain;
    }
    for (const [name, item] of Object.entries(value)) {
      this.#text(name);
      if (isOdd(name)) plain = false;
      if (!this.isPlain(item, depth + 1)) plain = false;
    }
    return plain;
  }

  #text(text: string): true {
    if (!text.isWellFormed()) {
      throw new StoreError(
        'invalid',
        `${this.of} has a text with half of a character in it (a lone surrogate), which MongoDB can not hold. Mend the event's upcast or the fold.`,
      );
    }
    this.size += text.length * 3 + 8;
    return true;
  }
}

/** Names that MongoDB reads as a path or an operator, ends at, or that the driver takes for something of its own. */
function isOdd(name: string): boolean {
  return (
    name === '' ||
    name.startsWith('$') ||
    name.includes('.') ||
    name.includes('\0') ||
    name === '_bsontype' ||
    name === '__proto__'
  );
}

/** What no path in a filter can name is named otherwise or left out; everything else stays. */
function nearest(value: Json, depth: number): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) return null;
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item) => nearest(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item], index) => [
      isOdd(name) ? `odd name ${index}` : name,
      nearest(item, depth + 1),
    ]),
  );
}
