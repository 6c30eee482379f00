import type { Json, JsonObject } from './ports/event-store';

/** JSON with its fields in order: equal values have equal text, whoever wrote them. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item as Json)).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = value as JsonObject;
  return `{${Object.keys(fields)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(fields[name] ?? null)}`)
    .join()}}`;
}
