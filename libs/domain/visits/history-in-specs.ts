import { asDeclared } from '#kernel';
import type { HeadlineVisitEvent, TeamEvent } from './events';
import { headlineVisitEvents, teamEvents } from './events';
import { decider as bareVisits } from './headline-visits';
import type { KnownSchool } from './new-head';
import { decider as bareTeam } from './team-around-school';

/* Facts of one invented school, for the specs of this context. */
type DataFor<E extends { type: string; data: unknown }, T extends E['type']> = Extract<
  E,
  { readonly type: T }
>['data'];
type VisitData<T extends HeadlineVisitEvent['type']> = DataFor<HeadlineVisitEvent, T>;
type TeamData<T extends TeamEvent['type']> = DataFor<TeamEvent, T>;

export const visits = asDeclared(headlineVisitEvents, bareVisits);
export const team = asDeclared(teamEvents, bareTeam);
export const uuid = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
export const schoolId = uuid(900001);
export const visitId = uuid(100);
export const tasId = uuid(200);
export const actionId = uuid(300);
export const adviserId = 'person-adviser';

type Heads = Extract<KnownSchool, { readonly registered: true }>['heads'];
export const school = (
  more: {
    readonly status?: 'maintained' | 'academy';
    readonly closedOn?: string;
    readonly heads?: Heads;
  } = {},
) => ({
  registered: true as const,
  status: more.status ?? ('maintained' as const),
  closedOn: more.closedOn,
  heads: more.heads ?? [],
});
export const unregistered = { registered: false } as const;

/** What a visit knows: a maintained school, three visits granted, the holidays of 2026, the log at 500. */
export const known = (
  more: {
    readonly school?: KnownSchool;
    readonly granted?: number | undefined;
    readonly logEnd?: readonly number[];
    readonly years?: Readonly<Record<string, { readonly days: readonly string[] }>>;
  } = {},
) => ({
  school: more.school ?? school(),
  entitlement: {
    granted:
      'granted' in more && more.granted === undefined
        ? undefined
        : { allowance: { headlineVisits: more.granted ?? 3 } },
  },
  bankHolidays: { years: more.years ?? { '2026': { days: ['2026-08-31', '2026-12-25'] } } },
  logEnd: more.logEnd ?? [500],
});

export const scheduled = (
  more: Partial<VisitData<'HeadlineVisitScheduled'>> = {},
): HeadlineVisitEvent => ({
  type: 'HeadlineVisitScheduled',
  data: {
    ...{ schoolId, visitId, academicYear: '2026/27', kind: 'headline', number: 1, adviserId },
    on: '2026-11-16',
    ...more,
  },
});
export const rescheduled = (
  more: Partial<VisitData<'HeadlineVisitRescheduled'>> = {},
): HeadlineVisitEvent => ({
  type: 'HeadlineVisitRescheduled',
  data: {
    ...{ schoolId, visitId, was: '2026-11-16', on: '2026-11-20', adviserId },
    reason: 'An inspection was announced.',
    ...more,
  },
});
export const cancelled = (
  more: Partial<VisitData<'HeadlineVisitCancelled'>> = {},
): HeadlineVisitEvent => ({
  type: 'HeadlineVisitCancelled',
  data: {
    ...{ schoolId, visitId, academicYear: '2026/27', kind: 'headline', number: 1 },
    reason: 'The adviser is ill.',
    ...more,
  },
});
export const completed = (
  more: Partial<VisitData<'HeadlineVisitCompleted'>> = {},
): HeadlineVisitEvent => ({
  type: 'HeadlineVisitCompleted',
  data: {
    ...{ schoolId, visitId, academicYear: '2026/27', kind: 'headline', number: 1, adviserId },
    visitedOn: '2026-11-16',
    findings: 'Reading has improved.',
    nextSteps: 'Look at mathematics in year 4.',
    dashboardPosition: 420,
    dashboardSnapshotId: uuid(0),
    recordDueOn: '2026-11-23',
    late: false,
    holidaysKnown: true,
    ...more,
  },
});
export const amended = (
  more: Partial<VisitData<'HeadlineVisitRecordAmended'>> = {},
): HeadlineVisitEvent => ({
  type: 'HeadlineVisitRecordAmended',
  data: {
    ...{ schoolId, visitId },
    findings: 'Reading has improved in key stage 1.',
    nextSteps: 'Look at mathematics in year 4.',
    reason: 'The key stage was left out.',
    amendedById: 'person-adviser',
    ...more,
  },
});
export const approved = (
  more: Partial<VisitData<'ExtraHeadlineVisitApproved'>> = {},
): HeadlineVisitEvent => ({
  type: 'ExtraHeadlineVisitApproved',
  data: {
    ...{ schoolId, extraVisitId: uuid(110), academicYear: '2026/27' },
    reason: 'A new head of mathematics.',
    approverId: 'person-head-of-service',
    ...more,
  },
});

export const members = [
  { personId: 'person-adviser', role: 'adviser' },
  { personId: 'person-lead', role: 'lead' },
] as const;
export const convened = (more: Partial<TeamData<'TeamAroundSchoolConvened'>> = {}): TeamEvent => ({
  type: 'TeamAroundSchoolConvened',
  data: {
    ...{ schoolId, tasId, convenedOn: '2026-10-05', members, cadence: 'monthly' },
    reason: 'Leadership has changed three times in a year.',
    ...more,
  },
});
export const met = (more: Partial<TeamData<'TasMeetingHeld'>> = {}): TeamEvent => ({
  type: 'TasMeetingHeld',
  data: {
    ...{ schoolId, tasId, heldOn: '2026-11-02', attendees: ['person-head', 'person-lead'] },
    summary: 'Staffing was gone through.',
    ...more,
  },
});
export const agreed = (more: Partial<TeamData<'TasActionAgreed'>> = {}): TeamEvent => ({
  type: 'TasActionAgreed',
  data: {
    ...{ schoolId, tasId, actionId, ownerId: 'person-lead' },
    ...{ agreedOn: '2026-11-02', due: '2026-12-04' },
    what: 'Advertise the post of deputy head.',
    ...more,
  },
});
export const closed = (more: Partial<TeamData<'TasActionClosed'>> = {}): TeamEvent => ({
  type: 'TasActionClosed',
  data: { schoolId, tasId, actionId, outcome: 'done', closedOn: '2026-11-20', ...more },
});
export const stoodDown = (more: Partial<TeamData<'TasStoodDown'>> = {}): TeamEvent => ({
  type: 'TasStoodDown',
  data: {
    ...{ schoolId, tasId, stoodDownOn: '2026-11-23', handedOver: [] },
    reason: 'Leadership is settled.',
    ...more,
  },
});
