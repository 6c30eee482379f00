import type { Json, JsonObject } from '#kernel';

/** Texts of the patterns commands ask for, the simplest that fits being taken. */
const texts = ['2026/27', '2026-27-1', 'invented-1', 'early-reading', '900001', 'x'];

/** Some value a schema takes: what a request must hold to be looked at at all. Optional fields stay away. */
export function sampleOf(schema: JsonObject, name = ''): Json {
  const { type, format, enum: words, pattern, minimum, properties, items } = schema;
  if (words !== undefined) return (words as readonly Json[])[0] ?? null;
  if (properties !== undefined) {
    const required = (schema['required'] ?? []) as readonly string[];
    const fields = properties as Readonly<Record<string, JsonObject>>;
    return Object.fromEntries(required.map((field) => [field, sampleOf(fields[field]!, field)]));
  }
  if (items !== undefined) return [sampleOf(items as JsonObject, name)];
  if (type === 'integer' || type === 'number') return (minimum as number | undefined) ?? 1;
  if (type === 'boolean') return true;
  if (format === 'uuid') return '00000000-0000-4000-8000-00000000abcd';
  if (format === 'date') return '2026-11-20';
  if (pattern === undefined) return 'x';
  const fits = texts.find((text) => new RegExp(pattern as string).test(text));
  if (fits === undefined) throw new Error(`${name}: no text here is like ${pattern as string}.`);
  return fits;
}
