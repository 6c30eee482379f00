import type { ReadModel, Snapshot, Touch } from '#kernel';
import type { Category, CategoryDecided, Period } from '#domain';
import { applied, periodOn } from '#domain';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, paged } from './page';
import type { SchoolCard } from './schools';
import { schools } from './schools';

/** A period of the register, with the event that made it. */
export type RegisterPeriod = Pick<Period, 'from' | 'category'> & {
  readonly changeId: string;
  readonly recordedAt: string;
};

/** All categories of one school by the days they were in force, as far as is known. A few a year: small for decades. */
export type RegisterEntry = {
  readonly schoolId: string;
  readonly periods: readonly RegisterPeriod[];
};

const decided: Touch<RegisterEntry, CategoryDecided> = {
  keys: ({ data }) => [data.schoolId],
  on: (entry, event) => {
    const before = entry?.periods ?? [];
    const known = new Map(before.map((period) => [period.from, period]));
    const made = { changeId: event.id, recordedAt: event.recordedAt };
    return {
      schoolId: event.data.schoolId,
      periods: applied(before, event).map(
        ({ from, category }) =>
          (from === event.data.effectiveFrom ? undefined : known.get(from)) ?? {
            from,
            category,
            ...made,
          },
      ),
    };
  },
};

export const register: ReadModel<RegisterEntry, CategoryDecided> = {
  name: 'register',
  says: 'Which category each school is, was or will be in, by the day it was in force and by the day it was known.',
  fixed: [],
  touches: { CategoryConfirmed: decided, CategoryChanged: decided, CategoryCorrected: decided },
};

/** A school's line in the category register on a day. */
export type RegisterLine = {
  readonly school: Pick<SchoolCard, 'schoolId' | 'urn' | 'name' | 'kind' | 'phase' | 'status'>;
  /** Absent: no category had been decided that was in force on that day. */
  readonly category?: Category;
  readonly since?: string;
  readonly changeId?: string;
};

const openOn = ({ openedOn, closedOn }: SchoolCard, day: string): boolean =>
  (openedOn === undefined || openedOn <= day) && (closedOn === undefined || closedOn > day);

/** Every school open on a day, by name, with the category in force on it: what the snapshot knows of that day. */
export async function schoolsOn(
  snapshot: Snapshot,
  day: string,
): Promise<readonly { readonly card: SchoolCard; readonly period: RegisterPeriod | undefined }[]> {
  const [cards, entries] = await Promise.all([
    snapshot.list<SchoolCard>(schools, { sort: { name: 1 } }),
    snapshot.list<RegisterEntry>(register),
  ]);
  const bySchool = new Map(entries.map(({ body }) => [body.schoolId, body]));
  return cards
    .map(({ body }) => body)
    .filter((card) => openOn(card, day))
    .map((card) => ({
      card,
      period: periodOn(bySchool.get(card.schoolId) ?? { periods: [] }, day) as
        RegisterPeriod | undefined,
    }));
}

/** Every school open on a day as a line of the register. */
export async function registerOn(
  snapshot: Snapshot,
  day: string,
): Promise<readonly RegisterLine[]> {
  return (await schoolsOn(snapshot, day)).map(({ card, period }) => {
    const { schoolId, urn, name, kind, phase, status } = card;
    const school = { schoolId, urn, name, kind, phase, status };
    return period === undefined
      ? { school }
      : { school, category: period.category, since: period.from, changeId: period.changeId };
  });
}

export type RegisterRequest = PageRequest & {
  /** The day whose categories are asked for. */
  readonly effectiveAt: string;
  readonly category?: Category | 'none';
};

/** The category register on a day, a page at a time. */
export async function registerPage(
  snapshot: Snapshot,
  { effectiveAt, category, skip = 0, limit = DEFAULT_LIMIT }: RegisterRequest,
): Promise<Page<RegisterLine>> {
  const lines = (await registerOn(snapshot, effectiveAt)).filter(
    (line) => category === undefined || (line.category ?? 'none') === category,
  );
  return paged(lines.slice(skip, skip + limit), lines.length, skip);
}

/** One school's periods, oldest first. */
export async function periodsOf(
  snapshot: Snapshot,
  about: { schoolId: string },
): Promise<readonly RegisterPeriod[]> {
  return (await snapshot.get<RegisterEntry>(register, about.schoolId))?.body.periods ?? [];
}
