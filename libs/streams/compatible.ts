import type { Json, JsonObject } from '#kernel';
import { canonical } from '#kernel';

/** What says something to people and nothing to programs. */
const WORDS = ['description', 'title'];

/**
 * Why readers of a published schema could not read what follows another one, or could not read what was sent before,
 * each as "where: what". A field may be added that may be left out; everything else stays.
 */
export function breaks(published: JsonObject, now: JsonObject, at = ''): readonly string[] {
  const here = at === '' ? 'message' : at;
  const before = propertiesOf(published);
  const after = propertiesOf(now);
  const rest = (schema: JsonObject) =>
    Object.fromEntries(
      Object.entries(schema).filter(
        ([name]) => !['properties', 'required', 'items', ...WORDS].includes(name),
      ),
    );
  return [
    ...(canonical(rest(published)) === canonical(rest(now)) ? [] : [`${here}: is of another kind`]),
    ...Object.keys(before).flatMap((name) => {
      const [was, is] = [before[name], after[name]];
      if (was === undefined) return [];
      return is === undefined ? [`${at}/${name}: is gone`] : breaks(was, is, `${at}/${name}`);
    }),
    ...requiredOf(now)
      .filter((name) => !requiredOf(published).includes(name))
      .map((name) => `${at}/${name}: must be there now`),
    ...requiredOf(published)
      .filter((name) => !requiredOf(now).includes(name))
      .map((name) => `${at}/${name}: may be left out now`),
    ...itemsBreak(published['items'], now['items'], `${at}/*`),
  ];
}

function itemsBreak(published: Json | undefined, now: Json | undefined, at: string) {
  if (published === undefined || now === undefined)
    return published === now ? [] : [`${at}: is of another kind`];
  return breaks(published as JsonObject, now as JsonObject, at);
}

const propertiesOf = (schema: JsonObject) =>
  (schema['properties'] ?? {}) as Readonly<Record<string, JsonObject>>;
const requiredOf = (schema: JsonObject) => (schema['required'] ?? []) as readonly string[];
