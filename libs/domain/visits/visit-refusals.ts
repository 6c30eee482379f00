import type { RefusalsOf } from '#kernel';
import { refusing } from '#kernel';

/** Every no about a headline visit, with what to do about it. */
export const visitRefusals = {
  NotRegistered: {
    kind: 'missing',
    says: 'The school is not in our register.',
    detail: () => 'This school is not registered. Register it first.',
    pointer: '/schoolId',
  },
  SchoolHasClosed: {
    kind: 'conflict',
    says: 'The school had closed by then.',
    detail: (day: string, closedOn: string) =>
      `${day} is after ${closedOn}, the day the school closed. Choose an earlier day, or call the visit off.`,
    pointer: '/schoolId',
  },
  VisitOutsideYear: {
    kind: 'invalid',
    says: 'A visit takes place within the academic year it counts for.',
    detail: (field: string, day: string, academicYear: string) =>
      `${field} is ${day}, which does not lie in ${academicYear}, the year of the visit. Choose a day of that year; for another year arrange another visit.`,
  },
  PlannedTooFarAhead: {
    kind: 'invalid',
    says: 'What is planned lies by the end of the next academic year.',
    detail: (what: string, last: string) =>
      `${what} is too far ahead. Plan for ${last} at the latest; check the year.`,
  },
  NoVisitsGranted: {
    kind: 'conflict',
    says: 'Headline visits go with the entitlement of a year.',
    detail: (academicYear: string) =>
      `This school has no entitlement for ${academicYear}, so no headline visits. Grant it first, or have an extra visit approved.`,
    pointer: '/academicYear',
  },
  VisitsUsedUp: {
    kind: 'conflict',
    says: 'A school has no more headline visits in a year than the offer grants, unless an extra one is approved.',
    detail: (academicYear: string, granted: number, extra: number) =>
      `For ${academicYear} this school is granted ${granted} headline visits${extra === 0 ? '' : ` and was approved ${extra} more`}, and all of them are arranged or made. Call one off, or ask the head of service to approve an extra one.`,
    pointer: '/academicYear',
  },
  NoNewHead: {
    kind: 'conflict',
    says: 'A new-to-headship visit is for a permanent head in the first year in post.',
    detail: (day: string, head: string) =>
      `On ${day} this school has no permanent head in the first year in post: ${head}. Record the change of head first, or arrange a headline visit.`,
    pointer: '/kind',
  },
  NewHeadHasVisit: {
    kind: 'conflict',
    says: 'A new head has one new-to-headship visit.',
    detail: (on: string) =>
      `The new-to-headship visit of this head is on ${on}. Move that one, or arrange a headline visit.`,
    pointer: '/kind',
  },
  VisitIdTaken: {
    kind: 'conflict',
    says: 'A visit’s identity is used once.',
    detail: () =>
      'Another visit of this school has that identity. Leave visitId out to get a new one.',
    pointer: '/visitId',
  },
  VisitOnThatDay: {
    kind: 'conflict',
    says: 'A school has one visit on a day.',
    detail: (day: string, visitId: string) =>
      `Visit ${visitId} of this school is on ${day} already. Choose another day, or move that one.`,
  },
  VisitUnknown: {
    kind: 'missing',
    says: 'There must be such a visit.',
    detail: () => 'This school has no such visit. Look up its visits, or arrange one.',
    pointer: '/visitId',
  },
  VisitCancelled: {
    kind: 'conflict',
    says: 'Nothing more happens to a visit that was called off.',
    detail: () => 'This visit was called off. Arrange another one.',
    pointer: '/visitId',
  },
  VisitCompleted: {
    kind: 'conflict',
    says: 'A visit that was made and recorded is neither moved, called off nor recorded again.',
    detail: (visitedOn: string) =>
      `This visit was made on ${visitedOn} and is recorded. Arrange another one.`,
    pointer: '/visitId',
  },
  NoRecordToAmend: {
    kind: 'conflict',
    says: 'Only the record of a visit that was made is amended.',
    detail: (on: string) =>
      `This visit is arranged for ${on} and has no record yet. Complete it first, with what was found.`,
    pointer: '/visitId',
  },
  NotMadeYet: {
    kind: 'invalid',
    says: 'A visit is recorded once it was made, not before its day.',
    detail: (day: string, today: string) =>
      `The day of this visit is ${day}, after today (${today}). Record it once it was made, or give the day on which it was.`,
    pointer: '/visitedOn',
  },
  VisitBeforeItsDay: {
    kind: 'conflict',
    says: 'A visit is not made before the day it is arranged for.',
    detail: (on: string) =>
      `This visit is arranged for ${on}. If it was made earlier, move it to that day first.`,
    pointer: '/visitedOn',
  },
  DashboardInFuture: {
    kind: 'invalid',
    says: 'The dashboard a visit went by was read from what was on record by then.',
    detail: (position: number, end: number) =>
      `dashboardPosition is ${position}, but the log has come to ${end} only. Take it from the page or the answer the dashboard was read on.`,
    pointer: '/dashboardPosition',
  },
  ExtraVisitIdTaken: {
    kind: 'conflict',
    says: 'The identity of an extra visit is used once.',
    detail: () =>
      'Another extra visit of this school has that identity. Leave extraVisitId out to get a new one.',
    pointer: '/extraVisitId',
  },
} as const;

export const refuse = refusing(visitRefusals);
export type VisitRefusal = RefusalsOf<typeof visitRefusals>;
