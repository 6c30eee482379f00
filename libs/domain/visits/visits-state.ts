import type { ClassesOf, Decider, Evolve } from '#kernel';
import { entryOf } from '../shared/plain';
import type { BankHolidays } from '../shared/working-days';
import type { headlineVisitCommands } from './commands';
import type { HeadlineVisitEvent, VisitKind } from './events';
import type { KnownSchool } from './new-head';
import type { VisitRefusal } from './visit-refusals';

export interface Visit {
  readonly academicYear: string;
  readonly kind: VisitKind;
  readonly number: number;
  readonly adviserId: string;
  /** The day it is arranged for or, once made, was made on. */
  readonly on: string;
  readonly headId: string | undefined;
  /** As it was first arranged: the same request again is known by it. */
  readonly first: { readonly on: string; readonly adviserId: string };
  readonly is: 'scheduled' | 'completed' | 'cancelled';
  /** Of one that was made. */
  readonly dashboardPosition: number | undefined;
  readonly record: { readonly findings: string; readonly nextSteps: string } | undefined;
}
interface ExtraVisit {
  readonly academicYear: string;
  readonly reason: string;
}
export interface HeadlineVisitsState {
  readonly visits: Readonly<Record<string, Visit>>;
  readonly extra: Readonly<Record<string, ExtraVisit>>;
}

/** What a visit must know of its neighbours. */
export interface KnownToVisit {
  readonly school: KnownSchool;
  /** Of the year the command names. */
  readonly entitlement: {
    readonly granted: { readonly allowance: { readonly headlineVisits: number } } | undefined;
  };
  readonly bankHolidays: { readonly years: BankHolidays };
  /** Where the log ends; empty when not asked. */
  readonly logEnd: readonly number[];
}
export type VisitsDecider = Decider<
  HeadlineVisitsState,
  ClassesOf<typeof headlineVisitCommands>,
  HeadlineVisitEvent,
  VisitRefusal,
  KnownToVisit
>;

export const initial: HeadlineVisitsState = { visits: {}, extra: {} };

export const evolve: Evolve<HeadlineVisitsState, HeadlineVisitEvent> = {
  HeadlineVisitScheduled: (state, { visitId, academicYear, kind, number, adviserId, ...data }) =>
    withVisit(state, visitId, {
      ...{ academicYear, kind, number, adviserId },
      on: data.on,
      headId: data.headId,
      first: { on: data.on, adviserId },
      is: 'scheduled',
      dashboardPosition: undefined,
      record: undefined,
    }),
  HeadlineVisitRescheduled: (state, { visitId, on, adviserId }) =>
    changed(state, visitId, { on, adviserId }),
  HeadlineVisitCancelled: (state, { visitId }) => changed(state, visitId, { is: 'cancelled' }),
  HeadlineVisitCompleted: (state, { visitId, visitedOn, dashboardPosition, ...data }) =>
    changed(state, visitId, {
      ...{ is: 'completed', on: visitedOn, dashboardPosition },
      record: { findings: data.findings, nextSteps: data.nextSteps },
    }),
  HeadlineVisitRecordAmended: (state, { visitId, findings, nextSteps }) =>
    changed(state, visitId, { record: { findings, nextSteps } }),
  ExtraHeadlineVisitApproved: (state, { extraVisitId, academicYear, reason }) => ({
    ...state,
    extra: { ...state.extra, [extraVisitId]: { academicYear, reason } },
  }),
};

const withVisit = (
  state: HeadlineVisitsState,
  visitId: string,
  visit: Visit,
): HeadlineVisitsState => ({ ...state, visits: { ...state.visits, [visitId]: visit } });

function changed(
  state: HeadlineVisitsState,
  visitId: string,
  change: Partial<Visit>,
): HeadlineVisitsState {
  const visit = entryOf(state.visits, visitId);
  return visit === undefined ? state : withVisit(state, visitId, { ...visit, ...change });
}
