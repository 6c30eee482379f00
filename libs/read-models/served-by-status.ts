import type { Snapshot } from '#kernel';
import type { MaintenanceStatus } from '#domain';
import { daysOf, statuses } from '#domain';
import type { AllowanceEntry } from './allowances';
import { allowances } from './allowances';
import type { Counts } from './board';
import { countsOf } from './board';
import type { Claim } from './claims';
import { claims } from './claims';
import type { Deployment } from './deployments';
import { deployments } from './deployments';
import type { DurationsOf } from './durations';
import { durations, DURATIONS_METHOD } from './durations';
import type { HeadlineVisit } from './headline-visits';
import { headlineVisitRows } from './headline-visits';
import { registerOn } from './register';
import type { SchoolCard } from './schools';
import { schools } from './schools';
import { percentOf } from './spread';

/** What schools of one status got in a year. Counts only. */
export type Served = {
  readonly status: MaintenanceStatus;
  readonly schools: number;
  /** Of those whose number of pupils is on record. */
  readonly pupils: number;
  readonly counts: Counts;
  readonly support: {
    /** Half-days granted by the offer and approved above it, of both kinds. */
    readonly halfDaysGranted: number;
    readonly deployments: number;
    readonly schoolsSupported: number;
    /** Of all schools of the status, one decimal. */
    readonly percentSupported?: number;
    readonly halfDaysAgreed: number;
    readonly halfDaysUsed: number;
    /** Deployments by who pays. */
    readonly payer: { readonly authority: number; readonly split: number; readonly school: number };
  };
  readonly visits: { readonly byChampions: number; readonly headline: number };
  /** Of claims that were not rejected, by the year of their last visit; in whole pence. */
  readonly funding: { readonly authorityPence: number; readonly schoolPence: number };
  readonly durations: DurationsOf;
};

export type ServedByStatus = {
  readonly academicYear: string;
  /** The day up to which it is counted: the last of the year, or the day asked about. */
  readonly today: string;
  readonly statuses: readonly Served[];
  readonly says: string;
};

export const SERVED_METHOD =
  'By the status a school has now: what an academy got while it was maintained counts as an academy’s. Categories are those in force on the last day counted; deployments, visits and half-days those of the year; spells and decisions those that ended or were taken in it. Academies buy support where the offer pays nothing for them, so that fewer half-days are granted to them by rule. ' +
  DURATIONS_METHOD;

/** Are academies served differently? Support, visits, funding and durations of a year by status. Names no school. */
export async function servedByStatus(
  snapshot: Snapshot,
  { academicYear, today: asked }: { readonly academicYear: string; readonly today: string },
): Promise<ServedByStatus> {
  const { first, last } = daysOf(academicYear) ?? { first: asked, last: asked };
  const today = asked > last ? last : asked;
  const [cards, lines, granted, work, visits, claimed, took] = await Promise.all([
    snapshot.list<SchoolCard>(schools),
    registerOn(snapshot, today),
    snapshot.list<AllowanceEntry>(allowances, { filter: { academicYear } }),
    snapshot.list<Deployment>(deployments, { filter: { academicYear } }),
    snapshot.list<HeadlineVisit>(headlineVisitRows, {
      filter: { academicYear, state: 'completed' },
    }),
    snapshot.list<Claim>(claims, {
      filter: { lastVisitOn: { $gte: first, $lte: last }, stage: { $ne: 'rejected' } },
    }),
    durations(snapshot, { today, from: first, to: last }),
  ]);
  const statusOf = new Map(cards.map(({ body }) => [body.schoolId, body.status]));
  const pupilsOf = new Map(cards.map(({ body }) => [body.schoolId, body.pupils ?? 0]));
  const served = (status: MaintenanceStatus): Served => {
    const own = <T extends { readonly schoolId: string }>(
      found: readonly { readonly body: T }[],
    ): readonly T[] =>
      found.map(({ body }) => body).filter(({ schoolId }) => statusOf.get(schoolId) === status);
    const register = lines.filter(({ school }) => school.status === status);
    return {
      status,
      schools: register.length,
      pupils: sum(register, ({ school }) => pupilsOf.get(school.schoolId) ?? 0),
      counts: countsOf(register),
      support: supportOf(own(work), own(granted), register.length),
      visits: {
        byChampions: sum(own(work), (one) => Object.keys(one.visits).length),
        headline: own(visits).length,
      },
      funding: {
        authorityPence: sum(own(claimed), ({ authorityPence }) => authorityPence),
        schoolPence: sum(own(claimed), ({ schoolPence }) => schoolPence),
      },
      durations: took.byStatus.find(({ of }) => of.status === status) ?? took.county,
    };
  };
  return { academicYear, today, statuses: statuses.map(served), says: SERVED_METHOD };
}

const sum = <T>(of: readonly T[], figure: (one: T) => number): number =>
  of.reduce((total, one) => total + figure(one), 0);

function supportOf(
  work: readonly Deployment[],
  granted: readonly AllowanceEntry[],
  ofAll: number,
): Served['support'] {
  const schoolsSupported = new Set(work.map(({ schoolId }) => schoolId)).size;
  const percentSupported = percentOf(schoolsSupported, ofAll);
  const paidBy = (kind: 'authority' | 'split' | 'school'): number =>
    work.filter(({ payer }) => payer?.kind === kind).length;
  return {
    halfDaysGranted: sum(
      granted,
      ({ pots: { sspc, sslc } }) => sspc.granted + sspc.extra + sslc.granted + sslc.extra,
    ),
    deployments: work.length,
    schoolsSupported,
    ...(percentSupported === undefined ? {} : { percentSupported }),
    halfDaysAgreed: sum(work, ({ halfDaysAgreed }) => halfDaysAgreed),
    halfDaysUsed: sum(work, ({ halfDaysUsed }) => halfDaysUsed),
    payer: {
      authority: paidBy('authority'),
      split: paidBy('split'),
      school: paidBy('school'),
    },
  };
}
