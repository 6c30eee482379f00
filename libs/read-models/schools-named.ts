import type { Snapshot } from '#kernel';
import type { SchoolCard } from './schools';
import { schools } from './schools';

/** A school as other answers name it. */
export type NamedSchool = Pick<SchoolCard, 'schoolId' | 'urn' | 'name'>;

/** These schools by their ids, as the snapshot knows them; one it does not know has its id for a name. */
export async function schoolsNamed(
  snapshot: Snapshot,
  ids: readonly string[],
): Promise<(schoolId: string) => NamedSchool> {
  const found = await Promise.all(
    [...new Set(ids)].map((id) => snapshot.get<SchoolCard>(schools, id)),
  );
  const byId = new Map(found.flatMap((one) => (one === undefined ? [] : [[one.key, one.body]])));
  return (schoolId) => {
    const { urn, name } = byId.get(schoolId) ?? { urn: '', name: schoolId };
    return { schoolId, urn, name };
  };
}

/** For a decision: of these ids, with spaces between, those of no school we know. */
export async function schoolsNotRegistered(
  snapshot: Snapshot,
  about: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const ids = (about['schools'] ?? '').split(' ').filter((id) => id !== '');
  const found = await Promise.all(ids.map((id) => snapshot.get(schools, id)));
  return ids.filter((_, i) => found[i] === undefined);
}

/** The same as a question of its own. */
export const namedSchools = (
  snapshot: Snapshot,
  { ids }: { readonly ids: readonly string[] },
): Promise<(schoolId: string) => NamedSchool> => schoolsNamed(snapshot, ids);
