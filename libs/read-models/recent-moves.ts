import type { Snapshot } from '#kernel';
import type { Category } from '#domain';
import type { RegisterEntry } from './register';
import { register } from './register';
import type { SchoolCard } from './schools';
import { schools } from './schools';

/** A school's move from one category to another, with the event that decided it. */
export interface Move {
  readonly school: { readonly urn: string; readonly name: string };
  readonly from: Category;
  readonly to: Category;
  readonly effectiveFrom: string;
  readonly recordedAt: string;
  readonly changeId: string;
}

/** The moves recorded last, newest first. Read off the register: its documents are few, however long the history. */
export async function recentMoves(
  snapshot: Snapshot,
  { limit }: { limit: number },
): Promise<readonly Move[]> {
  const [cards, entries] = await Promise.all([
    snapshot.list<SchoolCard>(schools),
    snapshot.list<RegisterEntry>(register),
  ]);
  const cardOf = new Map(cards.map(({ body }) => [body.schoolId, body]));
  return entries
    .flatMap(({ body }) => movesIn(body, cardOf.get(body.schoolId)))
    .toSorted(
      (a, b) =>
        b.recordedAt.localeCompare(a.recordedAt) || a.school.name.localeCompare(b.school.name),
    )
    .slice(0, limit);
}

function movesIn({ periods }: RegisterEntry, card: SchoolCard | undefined): readonly Move[] {
  if (card === undefined) return [];
  const school = { urn: card.urn, name: card.name };
  return periods.flatMap(({ category, from: effectiveFrom, recordedAt, changeId }, i) => {
    const before = periods[i - 1]?.category;
    return before === undefined || before === category
      ? []
      : [{ school, from: before, to: category, effectiveFrom, recordedAt, changeId }];
  });
}
