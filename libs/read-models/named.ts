import type { Snapshot } from '#kernel';
import type { SchoolCard } from './schools';
import { schools } from './schools';

/** A school by what people call it, where an answer names several. */
export type NamedSchool = {
  readonly schoolId: string;
  readonly urn: string;
  readonly name: string;
  readonly open: boolean;
};

const cardsOf = async (snapshot: Snapshot, ids: readonly string[]): Promise<SchoolCard[]> => {
  const found = await Promise.all(
    [...new Set(ids)].map((id) => snapshot.get<SchoolCard>(schools, id)),
  );
  return found.flatMap((document) => document?.body ?? []);
};

/** Schools by their ids. One that nobody registered has no name, and is left out. */
export async function schoolsNamed(
  snapshot: Snapshot,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NamedSchool>> {
  const cards = await cardsOf(snapshot, ids);
  return new Map(
    cards.map(({ schoolId, urn, name, open }) => [schoolId, { schoolId, urn, name, open }]),
  );
}

/** By name, those of them that are known. */
export const namedIn = (
  names: ReadonlyMap<string, NamedSchool>,
  ids: readonly string[],
): readonly NamedSchool[] =>
  ids
    .flatMap((id) => names.get(id) ?? [])
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || (a.schoolId < b.schoolId ? -1 : 1));

/** Ids in a question's text. */
export const idsIn = (about: Readonly<Record<string, string>>): readonly string[] =>
  (about['schools'] ?? '').split(',').filter((id) => id !== '');

/** For a decision: of these schools (`schools`, ids with commas between) those that are registered and open. */
export async function openSchoolsAmong(
  snapshot: Snapshot,
  about: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const cards = await cardsOf(snapshot, idsIn(about));
  return cards.filter(({ open }) => open).map(({ schoolId }) => schoolId);
}
