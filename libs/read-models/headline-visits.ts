import type { Filter, ReadModel, Recorded, Snapshot, Touch } from '#kernel';
import type { HeadlineVisitEvent, VisitKind } from '#domain';
import { daysBetween, lastDayRunOut, RECORD_DUE_IN_WORKING_DAYS, workingDaysAfter } from '#domain';
import { holidaysIn } from './bank-holidays';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';
import type { SchoolCard } from './schools';
import { schools } from './schools';

/** One visit of the adviser to a school, from its arrangement to its record. */
export type HeadlineVisit = {
  readonly schoolId: string;
  readonly visitId: string;
  readonly academicYear: string;
  readonly kind: VisitKind;
  readonly number: number;
  readonly adviserId: string;
  readonly state: 'scheduled' | 'completed' | 'cancelled';
  /** The day it is arranged for or, once made, was made on. */
  readonly on: string;
  /** How often it was moved or given to somebody else. */
  readonly moved: number;
  /** Of one that was made. */
  readonly record?: {
    readonly findings: string;
    readonly nextSteps: string;
    readonly recordedAt: string;
    readonly dueOn: string;
    readonly late: boolean;
    readonly holidaysKnown: boolean;
    readonly dashboardPosition: number;
    readonly dashboardSnapshotId: string;
    /** Where it was amended: how often, when last, and what it said first. */
    readonly amended?: {
      readonly times: number;
      readonly lastAt: string;
      readonly was: { readonly findings: string; readonly nextSteps: string };
    };
  };
};

type OfVisit = Exclude<HeadlineVisitEvent, { readonly type: 'ExtraHeadlineVisitApproved' }>;
type On<T extends OfVisit['type']> = Touch<HeadlineVisit, Extract<OfVisit, { readonly type: T }>>;

const keys = ({ data }: Recorded<OfVisit>): readonly string[] => [
  `${data.schoolId} ${data.visitId}`,
];

/** What an event changes of a visit; of one nobody arranged there is nothing to change. */
const change = <T extends OfVisit['type']>(
  to: (
    event: Recorded<Extract<OfVisit, { readonly type: T }>>,
    visit: HeadlineVisit,
  ) => Partial<HeadlineVisit>,
): On<T> => ({
  keys: (event) => keys(event),
  on: (visit, event) => (visit === undefined ? undefined : { ...visit, ...to(event, visit) }),
});

export const headlineVisitRows: ReadModel<HeadlineVisit, OfVisit> = {
  name: 'headline-visits',
  says: 'The visits of advisers to schools: arranged for which day, made, recorded, called off.',
  fixed: ['schoolId'],
  touches: {
    HeadlineVisitScheduled: {
      keys,
      on: (_, { data }) => {
        const { headId: _head, ...visit } = data;
        return { ...visit, state: 'scheduled', moved: 0 };
      },
    },
    HeadlineVisitRescheduled: change(({ data: { on, adviserId } }, { moved }) => ({
      on,
      adviserId,
      moved: moved + 1,
    })),
    HeadlineVisitCancelled: change(() => ({ state: 'cancelled' })),
    HeadlineVisitCompleted: change(({ data, recordedAt }) => ({
      state: 'completed',
      on: data.visitedOn,
      record: {
        findings: data.findings,
        nextSteps: data.nextSteps,
        recordedAt,
        dueOn: data.recordDueOn,
        late: data.late,
        holidaysKnown: data.holidaysKnown,
        dashboardPosition: data.dashboardPosition,
        dashboardSnapshotId: data.dashboardSnapshotId,
      },
    })),
    HeadlineVisitRecordAmended: change(({ data, recordedAt: lastAt }, { record }) => {
      if (record === undefined) return {};
      const { findings, nextSteps } = data;
      const { times, was } = record.amended ?? { times: 0, was: recordOf(record) };
      return {
        record: { ...record, findings, nextSteps, amended: { times: times + 1, lastAt, was } },
      };
    }),
  },
};

const recordOf = ({ findings, nextSteps }: NonNullable<HeadlineVisit['record']>) => ({
  findings,
  nextSteps,
});

/** A visit with what a day makes of it. */
export type VisitOnDay = HeadlineVisit & {
  /** The day by which it is recorded, or was to be. */
  readonly recordDueOn: string;
  /** Its day has passed and there is no record in time. */
  readonly daysOverdue?: number;
};
export type VisitAtSchool = VisitOnDay & {
  readonly school: Pick<SchoolCard, 'schoolId' | 'urn' | 'name'>;
};

/** What a day makes of a visit: by when its record is due and whether that day has passed. */
export function onDay(
  visit: HeadlineVisit,
  today: string,
  holidays: Parameters<typeof workingDaysAfter>[2],
): VisitOnDay {
  const recordDueOn =
    visit.record?.dueOn ?? workingDaysAfter(visit.on, RECORD_DUE_IN_WORKING_DAYS, holidays).day;
  return visit.state === 'scheduled' && recordDueOn < today
    ? { ...visit, recordDueOn, daysOverdue: daysBetween(recordDueOn, today) }
    : { ...visit, recordDueOn };
}

export type OpenVisitsRequest = PageRequest & {
  /** The day taken for today. */
  readonly today: string;
  readonly adviser?: string;
  /** Only those whose record is overdue, or only those whose is not. */
  readonly overdue?: boolean;
  /** Only those arranged for a day before this one. */
  readonly dueBefore?: string;
};

/** Visits of the whole county that are arranged and not recorded, those of the earliest day first. */
export async function openVisits(
  snapshot: Snapshot,
  { today, adviser, overdue, dueBefore, ...piece }: OpenVisitsRequest,
): Promise<Page<VisitAtSchool>> {
  const holidays = await holidaysIn(snapshot);
  // The term runs out in the order of the days it began, so that one day divides the overdue from the others.
  const last = lastDayRunOut(today, RECORD_DUE_IN_WORKING_DAYS, holidays);
  const days: Filter = {
    ...(overdue === true ? { $lte: last } : overdue === false ? { $gt: last } : {}),
    ...(dueBefore === undefined ? {} : { $lt: dueBefore }),
  };
  const page = await pageOf<HeadlineVisit>(snapshot, headlineVisitRows, {
    ...piece,
    filter: {
      state: 'scheduled',
      ...(adviser === undefined ? {} : { adviserId: adviser }),
      ...(Object.keys(days).length === 0 ? {} : { on: days }),
    },
    sort: { on: 1 },
  });
  const named = await schoolsOf(snapshot, page.items);
  return { ...page, items: page.items.map((visit) => named(onDay(visit, today, holidays))) };
}

/** For a decision: the visits of a school that are arranged for after a day. */
export async function visitsArrangedAfter(
  snapshot: Snapshot,
  about: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { schoolId = '', after = '' } = about;
  const found = await snapshot.list<HeadlineVisit>(headlineVisitRows, {
    filter: { schoolId, state: 'scheduled', on: { $gt: after } },
    sort: { on: 1 },
  });
  return found.map(({ body }) => body.visitId);
}

/** Adds to rows the schools they are of, looked up once. */
export async function schoolsOf(
  snapshot: Snapshot,
  rows: readonly { readonly schoolId: string }[],
) {
  const ids = [...new Set(rows.map(({ schoolId }) => schoolId))];
  // One by one, by their keys: a list of many ids would be held against every school there is.
  const found = await Promise.all(ids.map((id) => snapshot.get<SchoolCard>(schools, id)));
  const cards = found.flatMap((one) => one ?? []);
  const byId = new Map(cards.map(({ body }) => [body.schoolId, body]));
  return <T extends { readonly schoolId: string }>(row: T) => {
    const { schoolId } = row;
    const { urn = '', name = 'A school that is not registered' } = byId.get(schoolId) ?? {};
    return { ...row, school: { schoolId, urn, name } };
  };
}

/** For a decision: the position the log has come to, which is where its snapshot stands. */
export const endOfLog = (snapshot: Snapshot): Promise<readonly number[]> =>
  Promise.resolve([snapshot.position]);
