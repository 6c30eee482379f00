import { aggregate } from '#kernel';
import { academicYearOf, daysOf, yearsFrom } from '../shared/academic-year';
import { entryOf } from '../shared/plain';
import { workingDaysAfter } from '../shared/working-days';
import { headlineVisitCommands } from './commands';
import type { ScheduleHeadlineVisit } from './commands';
import type { HeadlineVisitEvent, VisitKind } from './events';
import { headlineVisitEvents } from './events';
import { newHeadOn } from './new-head';
import type { VisitRefusal } from './visit-refusals';
import { refuse, visitRefusals } from './visit-refusals';
import type { HeadlineVisitsState, KnownToVisit, Visit, VisitsDecider } from './visits-state';
import { evolve, initial } from './visits-state';

/*
 * The visits the adviser makes to one school, year by year. How many headline visits there are in a year the offer says,
 * by the school's category (for Enhancement too: what the offer calls a programme is a number there); one more takes the
 * head of service. A visit for a new head counts beside them. A visit that was made leaves a record, with the dashboard
 * it went by, frozen: what the log said at one position it says for ever.
 */

/** The record of a visit is due in five working days [S domain dossier, 3.1 and glossary: RecordOfVisit]. */
export const RECORD_DUE_IN_WORKING_DAYS = 5;

type Answer = readonly HeadlineVisitEvent[] | VisitRefusal;

export const decider: VisitsDecider = {
  initial,
  evolve,
  decide: {
    ScheduleHeadlineVisit: (state, command, { known, today, newId }) => {
      const { schoolId, visitId = newId(0), academicYear, kind = 'headline' } = command;
      const { adviserId, on } = command;
      const before = arranged(state, command, kind);
      if (before !== undefined) return before;
      const no =
        faultOfDay(state, known, { field: 'on', day: on, academicYear }) ??
        tooFarAhead('on', on, today);
      if (no !== undefined) return no;
      const head = kind === 'headline' ? undefined : newHeadOn(known.school, on);
      if (head !== undefined && 'none' in head) return refuse.NoNewHead(on, head.none);
      const unfit =
        head === undefined
          ? overEntitlement(state, known, academicYear)
          : visitedBefore(state, head.personRef);
      if (unfit !== undefined) return unfit;
      const data = {
        ...{ schoolId, visitId, academicYear, kind, adviserId, on },
        number: firstFree(state, academicYear, kind),
        ...(head === undefined ? {} : { headId: head.personRef }),
      };
      return [{ type: 'HeadlineVisitScheduled', data }];
    },

    RescheduleHeadlineVisit: (state, command, { known }) => {
      const { schoolId, visitId, on, reason } = command;
      const visit = arrangedVisit(state, visitId);
      if ('refused' in visit) return visit;
      const { adviserId = visit.adviserId } = command;
      if (on === visit.on && adviserId === visit.adviserId) return [];
      const { academicYear, on: was } = visit;
      const no =
        faultOfDay(state, known, { field: 'on', day: on, academicYear, visitId }) ??
        notOfHead(visit, known, on);
      if (no !== undefined) return no;
      const data = { schoolId, visitId, was, on, adviserId, reason };
      return [{ type: 'HeadlineVisitRescheduled', data }];
    },

    CancelHeadlineVisit: (state, { schoolId, visitId, reason }) => {
      if (entryOf(state.visits, visitId)?.is === 'cancelled') return [];
      const visit = arrangedVisit(state, visitId);
      if ('refused' in visit) return visit;
      const { academicYear, kind, number } = visit;
      const data = { schoolId, visitId, academicYear, kind, number, reason };
      return [{ type: 'HeadlineVisitCancelled', data }];
    },

    CompleteHeadlineVisit: (state, command, { known, today, newId }) => {
      const { schoolId, visitId, findings, nextSteps, dashboardPosition } = command;
      if (isRecorded(state, command)) return [];
      const visit = arrangedVisit(state, visitId);
      if ('refused' in visit) return visit;
      const { academicYear, kind, number, adviserId } = visit;
      const { visitedOn = visit.on } = command;
      if (visitedOn > today) return refuse.NotMadeYet(visitedOn, today);
      if (visitedOn < visit.on) return refuse.VisitBeforeItsDay(visit.on);
      const day = { field: 'visitedOn', day: visitedOn, academicYear, visitId };
      const no = faultOfDay(state, known, day) ?? fromTheFuture(dashboardPosition, known);
      if (no !== undefined) return no;
      const { day: recordDueOn, holidaysKnown } = workingDaysAfter(
        visitedOn,
        RECORD_DUE_IN_WORKING_DAYS,
        known.bankHolidays.years,
      );
      const data = {
        ...{ schoolId, visitId, academicYear, kind, number, adviserId, visitedOn },
        ...{ findings, nextSteps, dashboardPosition },
        dashboardSnapshotId: newId(0),
        recordDueOn,
        late: today > recordDueOn,
        holidaysKnown,
      };
      return [{ type: 'HeadlineVisitCompleted', data }];
    },

    AmendHeadlineVisitRecord: (state, { schoolId, visitId, reason, ...changes }, { actor }) => {
      const visit = entryOf(state.visits, visitId);
      if (visit === undefined) return refuse.VisitUnknown();
      if (visit.is === 'cancelled') return refuse.VisitCancelled();
      const was = visit.record;
      if (was === undefined) return refuse.NoRecordToAmend(visit.on);
      const { findings = was.findings, nextSteps = was.nextSteps } = changes;
      if (findings === was.findings && nextSteps === was.nextSteps) return [];
      const data = { schoolId, visitId, findings, nextSteps, reason, amendedById: actor.id };
      return [{ type: 'HeadlineVisitRecordAmended', data }];
    },

    ApproveExtraVisit: (state, command, { actor, today, newId }) => {
      const { schoolId, extraVisitId = newId(0), academicYear, reason } = command;
      const known = entryOf(state.extra, extraVisitId);
      if (known !== undefined) {
        const sameOne = known.academicYear === academicYear && known.reason === reason;
        return sameOne ? [] : refuse.ExtraVisitIdTaken();
      }
      // Without an identity the same approval is told by its reason: a second extra visit has another one.
      const alike = Object.values(state.extra).some(
        (other) => other.academicYear === academicYear && other.reason === reason,
      );
      if (alike && command.extraVisitId === undefined) return [];
      const no = tooFarAhead(
        'academicYear',
        daysOf(academicYear)?.first ?? '',
        today,
        academicYear,
      );
      if (no !== undefined) return no;
      const data = { schoolId, extraVisitId, academicYear, reason, approverId: actor.id };
      return [{ type: 'ExtraHeadlineVisitApproved', data }];
    },
  },
};

/** Whether the request was answered before, by its identity or else by its day; undefined when it is new. */
function arranged(
  { visits }: HeadlineVisitsState,
  { visitId, academicYear, adviserId, on }: Readonly<ScheduleHeadlineVisit>,
  kind: VisitKind,
): Answer | undefined {
  if (visitId === undefined) {
    const again = Object.values(visits).some(
      (visit) =>
        visit.is !== 'cancelled' &&
        visit.on === on &&
        visit.kind === kind &&
        visit.adviserId === adviserId,
    );
    return again ? [] : undefined;
  }
  const visit = entryOf(visits, visitId);
  if (visit === undefined) return undefined;
  const { first } = visit;
  const alike =
    first.on === on &&
    first.adviserId === adviserId &&
    visit.kind === kind &&
    visit.academicYear === academicYear;
  return alike ? [] : refuse.VisitIdTaken();
}

/** A visit that is arranged and neither made nor called off, or why there is none to act on. */
function arrangedVisit({ visits }: HeadlineVisitsState, visitId: string): Visit | VisitRefusal {
  const visit = entryOf(visits, visitId);
  if (visit === undefined) return refuse.VisitUnknown();
  if (visit.is === 'cancelled') return refuse.VisitCancelled();
  return visit.is === 'completed' ? refuse.VisitCompleted(visit.on) : visit;
}

/** Recorded as made, by this dashboard and, where a day is given, on this day. */
function isRecorded(
  { visits }: HeadlineVisitsState,
  command: {
    readonly visitId: string;
    readonly visitedOn?: string;
    readonly dashboardPosition: number;
  },
): boolean {
  const visit = entryOf(visits, command.visitId);
  return (
    visit?.is === 'completed' &&
    visit.dashboardPosition === command.dashboardPosition &&
    visit.on === (command.visitedOn ?? visit.on)
  );
}

/** Why a visit cannot be on that day: outside its year, after the school closed, or another one is on it. */
function faultOfDay(
  { visits }: HeadlineVisitsState,
  { school }: KnownToVisit,
  about: {
    readonly field: string;
    readonly day: string;
    readonly academicYear: string;
    /** The visit that is to be on it, where it is one already. */
    readonly visitId?: string;
  },
): VisitRefusal | undefined {
  const { field, day, academicYear, visitId } = about;
  if (!school.registered) return refuse.NotRegistered();
  if (academicYearOf(day) !== academicYear) {
    return { ...refuse.VisitOutsideYear(field, day, academicYear), pointer: `/${field}` };
  }
  const { closedOn } = school;
  if (closedOn !== undefined && day > closedOn) return refuse.SchoolHasClosed(day, closedOn);
  const other = Object.entries(visits).find(
    ([id, visit]) => id !== visitId && visit.is !== 'cancelled' && visit.on === day,
  );
  return other && { ...refuse.VisitOnThatDay(day, other[0]), pointer: `/${field}` };
}

function tooFarAhead(
  field: string,
  day: string,
  today: string,
  said = day,
): VisitRefusal | undefined {
  const last = daysOf(yearsFrom(academicYearOf(today), 1))?.last ?? today;
  return day > last
    ? { ...refuse.PlannedTooFarAhead(`${field} (${said})`, last), pointer: `/${field}` }
    : undefined;
}

const fromTheFuture = (
  position: number,
  { logEnd: [end] }: KnownToVisit,
): VisitRefusal | undefined =>
  end !== undefined && position > end ? refuse.DashboardInFuture(position, end) : undefined;

/** The visits of a kind in a year that count: those called off do not. */
const standing = ({ visits }: HeadlineVisitsState, academicYear: string, kind: VisitKind) =>
  Object.values(visits).filter(
    (visit) =>
      visit.academicYear === academicYear && visit.kind === kind && visit.is !== 'cancelled',
  );

/** A visit takes the place of one that was called off: the lowest number that none has. */
function firstFree(state: HeadlineVisitsState, academicYear: string, kind: VisitKind): number {
  const taken = new Set(standing(state, academicYear, kind).map(({ number }) => number));
  let number = 1;
  while (taken.has(number)) number += 1;
  return number;
}

function overEntitlement(
  state: HeadlineVisitsState,
  { entitlement: { granted } }: KnownToVisit,
  academicYear: string,
): VisitRefusal | undefined {
  const extra = Object.values(state.extra).filter((of) => of.academicYear === academicYear).length;
  if (granted === undefined && extra === 0) return refuse.NoVisitsGranted(academicYear);
  const offered = granted?.allowance.headlineVisits ?? 0;
  return standing(state, academicYear, 'headline').length < offered + extra
    ? undefined
    : refuse.VisitsUsedUp(academicYear, offered, extra);
}

function visitedBefore({ visits }: HeadlineVisitsState, headId: string): VisitRefusal | undefined {
  const had = Object.values(visits).find(
    (visit) => visit.headId === headId && visit.is !== 'cancelled',
  );
  return had && refuse.NewHeadHasVisit(had.on);
}

/** A visit for a new head stays a visit for that head, while they are new. */
function notOfHead({ kind, headId }: Visit, { school }: KnownToVisit, on: string) {
  if (kind === 'headline') return undefined;
  const head = newHeadOn(school, on);
  if ('none' in head) return refuse.NoNewHead(on, head.none);
  return head.personRef === headId ? undefined : refuse.NoNewHead(on, 'another head is in post');
}

export const headlineVisits = aggregate({
  context: 'visits',
  name: 'headline-visits',
  is: 'The adviser’s visits to one school: arranged within the entitlement of the year, moved, called off, made and recorded with the dashboard they went by.',
  stream: ({ schoolId }) => `headline-visits-${String(schoolId)}`,
  events: headlineVisitEvents,
  commands: headlineVisitCommands,
  refusals: visitRefusals,
  decider,
  knows: {
    school: { of: 'school', stream: ({ schoolId }) => `school-${String(schoolId)}` },
    // Only arranging names a year, and only what makes a record needs bank holidays and the end of the log.
    entitlement: {
      of: 'entitlement',
      stream: ({ schoolId, academicYear }) =>
        typeof academicYear === 'string'
          ? `entitlement-${String(schoolId)}-${academicYear.replace('/', '-')}`
          : undefined,
    },
    bankHolidays: {
      of: 'policy-bank-holidays',
      stream: ({ dashboardPosition }) =>
        dashboardPosition === undefined ? undefined : 'policy-bank-holidays',
    },
    logEnd: {
      asks: 'end-of-log',
      about: ({ dashboardPosition }) =>
        typeof dashboardPosition === 'number' ? { position: String(dashboardPosition) } : {},
    },
  },
});
