import type { Json } from '#kernel';

/**
 * The one door every personal value passes on its way into the store and out again (design decision 5).
 * `seal` gets what is personal in an event before it is appended; `open` gets what was sealed, for a reader who may.
 */
export interface Sealing {
  seal(value: Json, stream: string): Json;
  open(value: Json, stream: string): Json;
}

/** Leaves values as they are. Until persons have keys of their own, this is the door, and it stands open. */
export const openDoor: Sealing = { seal: (value) => value, open: (value) => value };

/** The stream of the guide's directory, in which a published name was sealed. */
const DIRECTORY = 'guide-directory';

/** An entry with the name in it opened: the council has decided that everybody may read it. */
export const withNameOpened =
  (sealing: Sealing) =>
  <T extends { readonly publishedName?: string }>(entry: T): T =>
    entry.publishedName === undefined
      ? entry
      : { ...entry, publishedName: sealing.open(entry.publishedName, DIRECTORY) as string };
