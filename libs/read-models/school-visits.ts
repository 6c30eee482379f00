import type { ReadModel, Snapshot } from '#kernel';
import type { EntitlementEvent, HeadlineVisitEvent } from '#domain';
import { academicYearOf } from '#domain';
import { holidaysIn } from './bank-holidays';
import type { HeadlineVisit, VisitOnDay } from './headline-visits';
import { headlineVisitRows, onDay } from './headline-visits';
import type { TeamWithActions } from './teams-around-schools';
import { teamsAroundSchool } from './teams-around-schools';

/** How many headline visits a school may have in a year: what the offer grants and what was approved on top. */
export type VisitAllowance = {
  readonly schoolId: string;
  readonly academicYear: string;
  /** Absent while no entitlement was granted. */
  readonly granted?: number;
  readonly extra: number;
};
type AllowanceEvent =
  EntitlementEvent | Extract<HeadlineVisitEvent, { readonly type: 'ExtraHeadlineVisitApproved' }>;

interface OfYear {
  readonly data: { readonly schoolId: string; readonly academicYear: string };
}
const ofYear = ({ data: { schoolId, academicYear } }: OfYear): readonly string[] => [
  `${schoolId} ${academicYear}`,
];
const allowance = (
  before: VisitAllowance | undefined,
  { data: { schoolId, academicYear } }: OfYear,
  more: (extra: number) => Partial<VisitAllowance>,
): VisitAllowance => ({
  ...(before ?? { schoolId, academicYear, extra: 0 }),
  ...more(before?.extra ?? 0),
});

export const visitAllowances: ReadModel<VisitAllowance, AllowanceEvent> = {
  name: 'visit-allowances',
  says: 'How many headline visits each school may have in a year.',
  fixed: ['schoolId'],
  touches: {
    EntitlementGranted: {
      keys: ofYear,
      on: (before, event) =>
        allowance(before, event, () => ({ granted: event.data.headlineVisits })),
    },
    EntitlementAdjusted: {
      keys: ofYear,
      on: (before, event) =>
        allowance(before, event, () => ({ granted: event.data.now.headlineVisits })),
    },
    ExtraHeadlineVisitApproved: {
      keys: ofYear,
      on: (before, event) => allowance(before, event, (extra) => ({ extra: extra + 1 })),
    },
  },
};

/** A year of a school's headline visits: what it may have, and what became of that. */
export type YearOfVisits = {
  readonly academicYear: string;
  readonly granted?: number;
  readonly extra: number;
  readonly scheduled: number;
  readonly completed: number;
  /** Still to arrange; below nought when the offer became less than was arranged. Absent without an entitlement. */
  readonly left?: number;
  /** Visits for a new head, which count beside these. */
  readonly newToHeadship: number;
};

export type SchoolVisits = {
  /** The position this was read at: what a visit's record gives as the dashboard it went by. */
  readonly dashboardPosition: number;
  /** False: no bank holidays are published for this year, and terms leave out weekends only. */
  readonly holidaysKnown: boolean;
  /** The present year and every other one in which there is something, the newest first. */
  readonly years: readonly YearOfVisits[];
  /** Arranged, the day and the term of the record passed: the longest ago first. */
  readonly overdue: readonly VisitOnDay[];
  /** Arranged, and not overdue: the next first. */
  readonly scheduled: readonly VisitOnDay[];
  /** Made and recorded: the latest first. */
  readonly completed: readonly VisitOnDay[];
  /** Called off: the latest first. */
  readonly cancelled: readonly VisitOnDay[];
  readonly teams: readonly TeamWithActions[];
};

/** The visits to one school and the team around it, as they stand on a day. */
export async function visitsOf(
  snapshot: Snapshot,
  { schoolId, today }: { readonly schoolId: string; readonly today: string },
): Promise<SchoolVisits> {
  const [rows, allowances, holidays, teams] = await Promise.all([
    snapshot.list<HeadlineVisit>(headlineVisitRows, { filter: { schoolId }, sort: { on: 1 } }),
    snapshot.list<VisitAllowance>(visitAllowances, { filter: { schoolId } }),
    holidaysIn(snapshot),
    teamsAroundSchool(snapshot, { schoolId }),
  ]);
  const visits = rows.map(({ body }) => onDay(body, today, holidays));
  const are = (state: HeadlineVisit['state']) => visits.filter((visit) => visit.state === state);
  const open = are('scheduled');
  return {
    dashboardPosition: snapshot.position,
    holidaysKnown: holidays[today.slice(0, 4)] !== undefined,
    years: yearsOf(
      visits,
      allowances.map(({ body }) => body),
      academicYearOf(today),
    ),
    overdue: open.filter(({ daysOverdue }) => daysOverdue !== undefined),
    scheduled: open.filter(({ daysOverdue }) => daysOverdue === undefined),
    completed: are('completed').toReversed(),
    cancelled: are('cancelled').toReversed(),
    teams,
  };
}

function yearsOf(
  visits: readonly HeadlineVisit[],
  allowances: readonly VisitAllowance[],
  now: string,
): readonly YearOfVisits[] {
  const named = [...visits, ...allowances].map(({ academicYear }) => academicYear);
  return [...new Set([now, ...named])]
    .toSorted()
    .reverse()
    .map((academicYear) => {
      const { granted, extra = 0 } =
        allowances.find((of) => of.academicYear === academicYear) ?? {};
      const ofThisYear = visits.filter((visit) => visit.academicYear === academicYear);
      const count = (kind: HeadlineVisit['kind'], ...states: HeadlineVisit['state'][]) =>
        ofThisYear.filter((visit) => visit.kind === kind && states.includes(visit.state)).length;
      const [scheduled, completed] = [
        count('headline', 'scheduled'),
        count('headline', 'completed'),
      ];
      const most = (granted ?? 0) + extra;
      return {
        academicYear,
        ...(granted === undefined ? {} : { granted }),
        extra,
        scheduled,
        completed,
        ...(granted === undefined && extra === 0 ? {} : { left: most - scheduled - completed }),
        newToHeadship: count('new-to-headship', 'scheduled', 'completed'),
      };
    });
}
