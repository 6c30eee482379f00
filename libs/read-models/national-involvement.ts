import type { ReadModel, Snapshot } from '#kernel';
import type { Category, InvolvementEvent } from '#domain';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, paged } from './page';
import type { SchoolCard } from './schools';
import { schools } from './schools';

type Data<T extends InvolvementEvent['type']> = Extract<
  InvolvementEvent,
  { readonly type: T }
>['data'];

/** One involvement of the Department's RISE teams with one school. */
export type NationalInvolvement = Pick<
  Data<'RiseInvolvementRecorded'>,
  'schoolId' | 'involvementId' | 'kind' | 'from' | 'expectedTo' | 'source'
> & { readonly endedOn?: string };

const keys = ({ data }: { readonly data: InvolvementEvent['data'] }): readonly string[] => [
  `${data.schoolId} ${data.involvementId}`,
];

export const nationalInvolvement: ReadModel<NationalInvolvement, InvolvementEvent> = {
  name: 'national-involvement',
  says: 'With which schools the Department’s RISE teams are or were involved, and how, so that support is not doubled.',
  fixed: ['schoolId'],
  touches: {
    RiseInvolvementRecorded: { keys, on: (_, { data }) => data },
    RiseInvolvementEnded: {
      keys,
      on: (involvement, { data: { endedOn } }) =>
        involvement === undefined ? undefined : { ...involvement, endedOn },
    },
  },
};

/** An involvement as it stands on a day. */
export type InvolvementOn = NationalInvolvement & {
  readonly stage: 'announced' | 'under-way' | 'ended';
  /** It goes on although its end was expected by now. */
  readonly pastExpected: boolean;
};

const involvementOn = (involvement: NationalInvolvement, today: string): InvolvementOn => {
  const { from, endedOn, expectedTo } = involvement;
  const isOver = endedOn !== undefined && endedOn <= today;
  return {
    ...involvement,
    stage: isOver ? 'ended' : from > today ? 'announced' : 'under-way',
    pastExpected: !isOver && expectedTo !== undefined && expectedTo < today,
  };
};

/** All of one school as they stand on a day, the newest first. */
export async function involvementsOf(
  snapshot: Snapshot,
  { schoolId, today }: { schoolId: string; today: string },
): Promise<readonly InvolvementOn[]> {
  const found = await snapshot.list<NationalInvolvement>(nationalInvolvement, {
    filter: { schoolId },
  });
  return found
    .map(({ body }) => involvementOn(body, today))
    .toSorted((a, b) => b.from.localeCompare(a.from));
}

/** A school RISE teams are with, beside what the authority gives it itself. */
export type InvolvementLine = {
  readonly school: Pick<SchoolCard, 'schoolId' | 'urn' | 'name' | 'status'>;
  readonly involvement: InvolvementOn;
  /** The category confirmed last: what support of ours it would double. Absent: none decided. */
  readonly category?: Category;
};

/** Schools RISE teams are with on a day, or are announced to, by name. */
export async function riseSchools(
  snapshot: Snapshot,
  { today, skip = 0, limit = DEFAULT_LIMIT }: PageRequest & { readonly today: string },
): Promise<Page<InvolvementLine>> {
  const found = await snapshot.list<NationalInvolvement>(nationalInvolvement, {
    filter: { $or: [{ endedOn: { $exists: false } }, { endedOn: { $gt: today } }] },
  });
  const lines = await Promise.all(
    found.map(async ({ body }) => {
      const card = (await snapshot.get<SchoolCard>(schools, body.schoolId))?.body;
      return card === undefined ? [] : [lineOf(card, involvementOn(body, today))];
    }),
  );
  const all = lines.flat().toSorted((a, b) => a.school.name.localeCompare(b.school.name, 'en'));
  return paged(all.slice(skip, skip + limit), all.length, skip);
}

const lineOf = (
  { schoolId, urn, name, status, category }: SchoolCard,
  involvement: InvolvementOn,
): InvolvementLine => ({
  school: { schoolId, urn, name, status },
  involvement,
  ...(category === undefined ? {} : { category: category.is }),
});
