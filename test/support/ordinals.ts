import type { EventStore, JsonObject, Position } from '#kernel';
import { START } from '#kernel';
import type { Documents } from './pure-fold';

/** For each event of a log which one it is: 1, 2, 3, … by its position. */
export type Ordinals = ReadonlyMap<number, number>;

export async function ordinalsOf(events: EventStore): Promise<Ordinals> {
  const ordinals = new Map<number, number>();
  for (let after: Position = START, atEnd = false; !atEnd;) {
    const page = await events.readLog(after, { limit: 5000 });
    for (const { position } of page.events) ordinals.set(position, ordinals.size + 1);
    ({ scannedTo: after, atEnd } = page);
  }
  return ordinals;
}

/**
 * Documents with the ordinal of the event wherever they hold its position, in keys too: what read models of one history
 * have in common, whatever its store counts its places in. Every position must be one of an event of the log.
 */
export function canonicalWithOrdinals(documents: Documents, ordinals: Ordinals): Documents {
  const ordinalOf = (position: number): number => {
    const ordinal = ordinals.get(position);
    if (ordinal === undefined) throw new Error(`No event of the log is at position ${position}.`);
    return ordinal;
  };
  const replaced = (value: unknown, field?: string): unknown => {
    if (field === 'position' && typeof value === 'number') return ordinalOf(value);
    if (Array.isArray(value)) return value.map((item) => replaced(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, of]) => [name, replaced(of, name)]),
    );
  };
  // Rows that are kept one per event have its position in their key, padded so that they sort as they happened.
  const keyOf = (key: string): string =>
    key.replace(/(?<![\w-])\d{16}(?![\w-])/, (digits) => String(ordinalOf(Number(digits))));
  return new Map(
    [...documents].map(([key, body]) => [keyOf(key), replaced(body) as JsonObject] as const),
  );
}
