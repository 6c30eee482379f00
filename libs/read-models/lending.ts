import type { Snapshot } from '#kernel';
import type { RateCard } from '#domain';
import { academicYearOf, daysOf } from '#domain';
import type { Capacity, Champion } from './champions';
import { capacityIn, champions } from './champions';
import type { Claim } from './claims';
import { claims } from './claims';
import type { DeploymentStage } from './deployment-stages';
import { stagesInWords, supporting } from './deployment-stages';
import type { DeploymentVisit } from './deployment-visits';
import { deploymentVisits } from './deployment-visits';
import type { Deployment } from './deployments';
import { deployments } from './deployments';
import { listRateCards, rateOn } from './rate-cards';
import type { NamedSchool } from './schools-named';
import { schoolsNamed } from './schools-named';
import { poundsInWords } from './sentences/money';
import { daysInWords } from './sentences/support';

/*
 * The home head's question: how many days is my colleague out, and what am I owed? Of one school and one academic year: its
 * champions and where they work, the visits month by month, and what was claimed, approved and paid for them. Of the
 * supported schools nothing but their names.
 */

export type LentDeployment = {
  readonly deploymentId: string;
  readonly school: NamedSchool;
  readonly stage: DeploymentStage;
  readonly stageInWords: string;
  readonly role: Deployment['role'];
  readonly from?: string;
  readonly to?: string;
  readonly halfDays: { readonly agreed: number; readonly used: number; readonly left: number };
  readonly visits: readonly { readonly visitedOn: string; readonly halfDays: number }[];
};

export type LentChampion = Pick<Champion, 'championId' | 'personRef' | 'roles' | 'status'> & {
  readonly capacity: Capacity;
  /** Half-days of the year: those agreed, those used by visits, those still to come. */
  readonly out: { readonly agreed: number; readonly used: number; readonly toCome: number };
  readonly deployments: readonly LentDeployment[];
};

/** A month of the year: the days on which somebody was out. */
export type LendingMonth = {
  readonly month: string;
  readonly halfDays: number;
  readonly visits: readonly {
    readonly visitedOn: string;
    readonly halfDays: number;
    readonly championId: string;
    readonly school: NamedSchool;
  }[];
};

/** What visits of the year come to, apart by how far their claims are. Whole pence. */
export type Owed = {
  /** Not in a claim that stands, at the rate of the day of each visit. */
  readonly notClaimed: {
    readonly visits: number;
    readonly halfDays: number;
    readonly amountPence: number;
    /** Visits of which no rate is on record: they are not in the amount. */
    readonly withoutRate: number;
  };
  readonly claimedPence: number;
  readonly approvedPence: number;
  readonly paidPence: number;
  /** Claimed or approved and not paid. */
  readonly owedPence: number;
};

export type Lending = {
  readonly academicYear: string;
  readonly says: string;
  readonly champions: readonly LentChampion[];
  readonly calendar: readonly LendingMonth[];
  readonly owed: Owed;
  /** Claims with visits in the year, those of the latest visits first. */
  readonly claims: readonly (Omit<Claim, 'schoolId' | 'visits' | 'claimantId' | 'approverId'> & {
    readonly school: NamedSchool;
    readonly visits: number;
  })[];
  readonly method: string;
};

export const lendingMethod =
  'Days out are half-days of visits that are recorded, by the day of the visit. Owed is what is claimed or approved and not paid. ' +
  'What is not claimed is worked out by the rate card in force on the day of each visit, and nobody has approved it.';

export interface LendingGround {
  readonly champions: readonly Champion[];
  readonly deployments: readonly Deployment[];
  readonly visits: readonly DeploymentVisit[];
  readonly claims: readonly Claim[];
  readonly rates: readonly RateCard[];
  readonly named: (schoolId: string) => NamedSchool;
}

/** What one school lends in a year. */
export async function lendingOf(
  snapshot: Snapshot,
  { schoolId: homeSchoolId, academicYear }: { schoolId: string; academicYear: string },
): Promise<Lending> {
  const [own, lent, claimed, rates] = await Promise.all([
    snapshot.list<Champion>(champions, { filter: { homeSchoolId }, sort: { personRef: 1 } }),
    snapshot.list<Deployment>(deployments, { filter: { homeSchoolId }, sort: { from: 1 } }),
    snapshot.list<Claim>(claims, { filter: { homeSchoolId }, sort: { lastVisitOn: -1 } }),
    listRateCards(snapshot),
  ]);
  const ids = lent.map(({ key }) => key);
  const visits =
    ids.length === 0
      ? []
      : await snapshot.list<DeploymentVisit>(deploymentVisits, {
          filter: { deploymentId: { $in: ids } },
          sort: { visitedOn: 1 },
        });
  const named = await schoolsNamed(
    snapshot,
    [...lent, ...claimed].map(({ body }) => body.schoolId),
  );
  return lendingFrom(
    {
      champions: own.map(({ body }) => body),
      deployments: lent.map(({ body }) => body),
      visits: visits.map(({ body }) => body),
      claims: claimed.map(({ body }) => body),
      ...{ rates, named },
    },
    academicYear,
  );
}

const inYear =
  (academicYear: string) =>
  (day: string): boolean =>
    academicYearOf(day) === academicYear;

export function lendingFrom(ground: LendingGround, academicYear: string): Lending {
  const isThen = inYear(academicYear);
  const visits = ground.visits.filter(({ visitedOn }) => isThen(visitedOn));
  const lent = ground.deployments.filter((one) =>
    one.academicYear === undefined ? isThen(one.identifiedOn) : one.academicYear === academicYear,
  );
  const claimed = ground.claims.filter((one) => one.visits.some((v) => isThen(v.visitedOn)));
  // Somebody who moved to another school since is out for this one all the same.
  const known = new Map(ground.champions.map((one) => [one.championId, one]));
  const about = { lent, visits, academicYear, named: ground.named };
  const owed = owedFor(ground, { visits, isThen });
  const strangers = lent.filter(({ championId = '' }) => !known.has(championId));
  const halfDays = visits.reduce((sum, visit) => sum + visit.halfDays, 0);
  return {
    academicYear,
    says: lendingInWords({ academicYear, halfDays, owed }),
    champions: [
      ...ground.champions.map((one) => lentBy(one, about)),
      ...goneSince(strangers, about),
    ],
    calendar: calendarOf(visits, { academicYear, named: ground.named }),
    owed,
    claims: claimed.map(
      ({ schoolId, visits: lines, claimantId: _c, approverId: _a, ...claim }) => ({
        ...claim,
        school: ground.named(schoolId),
        visits: lines.length,
      }),
    ),
    method: lendingMethod,
  };
}

interface Lent {
  readonly lent: readonly Deployment[];
  readonly visits: readonly DeploymentVisit[];
  readonly academicYear: string;
  readonly named: (schoolId: string) => NamedSchool;
}

function lentBy(champion: Champion, { lent, academicYear, ...rest }: Lent): LentChampion {
  const { championId, personRef, roles, status } = champion;
  const theirs = deploymentsLent(championId, { lent, academicYear, ...rest });
  return {
    ...{ championId, personRef, roles, status, capacity: capacityIn(champion, academicYear) },
    out: outOf(theirs),
    deployments: theirs,
  };
}

/** Champions who belong to another school by now: what they did for this one in the year. */
function goneSince(strangers: readonly Deployment[], about: Lent): readonly LentChampion[] {
  const byChampion = Map.groupBy(
    strangers.filter(({ championId }) => championId !== undefined),
    ({ championId = '' }) => championId,
  );
  return [...byChampion].map(([championId, of]) => {
    const theirs = deploymentsLent(championId, about);
    const { academicYear } = about;
    const [first] = of;
    return {
      championId,
      personRef: first?.championPersonRef ?? '',
      roles: [...new Set(of.map(({ role }) => role))],
      status: 'retired',
      capacity: { academicYear, cap: 0, reserved: 0, consumed: 0, left: 0 },
      out: outOf(theirs),
      deployments: theirs,
    };
  });
}

const deploymentsLent = (
  championId: string,
  { lent, visits, named }: Lent,
): readonly LentDeployment[] =>
  lent
    .filter((one) => one.championId === championId)
    .map(({ deploymentId, schoolId, stage, role, from, to, halfDaysAgreed, halfDaysUsed }) => ({
      ...{ deploymentId, school: named(schoolId), stage, stageInWords: stagesInWords[stage], role },
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      halfDays: {
        agreed: halfDaysAgreed,
        used: halfDaysUsed,
        left: supporting.includes(stage) ? halfDaysAgreed - halfDaysUsed : 0,
      },
      visits: visits
        .filter((visit) => visit.deploymentId === deploymentId)
        .map(({ visitedOn, halfDays }) => ({ visitedOn, halfDays })),
    }));

const outOf = (of: readonly LentDeployment[]): LentChampion['out'] =>
  of.reduce(
    (sum, { halfDays: { agreed, used, left } }) => ({
      agreed: sum.agreed + agreed,
      used: sum.used + used,
      toCome: sum.toCome + left,
    }),
    { agreed: 0, used: 0, toCome: 0 },
  );

function calendarOf(
  visits: readonly DeploymentVisit[],
  { academicYear, named }: Pick<Lent, 'academicYear' | 'named'>,
): readonly LendingMonth[] {
  const starts = Number((daysOf(academicYear)?.first ?? academicYear).slice(0, 4));
  const byMonth = Map.groupBy(visits, ({ visitedOn }) => visitedOn.slice(0, 7));
  return Array.from({ length: 12 }, (_, i): LendingMonth => {
    const n = ((i + 8) % 12) + 1;
    const month = `${n >= 9 ? starts : starts + 1}-${String(n).padStart(2, '0')}`;
    const of = byMonth.get(month) ?? [];
    return {
      month,
      halfDays: of.reduce((sum, { halfDays }) => sum + halfDays, 0),
      visits: of.map(({ visitedOn, halfDays, championId, schoolId }) => ({
        ...{ visitedOn, halfDays, championId, school: named(schoolId) },
      })),
    };
  });
}

/** By visit: those of the year only, though a claim may hold visits of two years. */
function owedFor(
  { claims: all, deployments: lent, rates }: LendingGround,
  { visits, isThen }: { visits: readonly DeploymentVisit[]; isThen: (day: string) => boolean },
): Owed {
  const standing = all.filter(({ stage }) => stage !== 'rejected');
  const claimed = new Set(
    standing.flatMap((claim) => claim.visits.map((v) => `${claim.deploymentId} ${v.visitId}`)),
  );
  const pence = (stage: Claim['stage']): number =>
    standing
      .filter((claim) => claim.stage === stage)
      .flatMap((claim) => claim.visits)
      .reduce((sum, { visitedOn, amountPence }) => sum + (isThen(visitedOn) ? amountPence : 0), 0);
  const roles = new Map(lent.map(({ deploymentId, role }) => [deploymentId, role]));
  const open = visits
    .filter(({ deploymentId, visitId }) => !claimed.has(`${deploymentId} ${visitId}`))
    .map(({ deploymentId, visitedOn: day, halfDays }) => {
      const role = roles.get(deploymentId);
      const rate = role === undefined ? undefined : rateOn(rates, { role, day });
      return { halfDays, amountPence: rate === undefined ? undefined : rate * halfDays };
    });
  const [claimedPence, approvedPence] = [pence('claimed'), pence('approved')];
  return {
    notClaimed: {
      visits: open.length,
      halfDays: open.reduce((sum, { halfDays }) => sum + halfDays, 0),
      amountPence: open.reduce((sum, { amountPence = 0 }) => sum + amountPence, 0),
      withoutRate: open.filter(({ amountPence }) => amountPence === undefined).length,
    },
    ...{ claimedPence, approvedPence, paidPence: pence('paid') },
    owedPence: claimedPence + approvedPence,
  };
}

function lendingInWords({
  academicYear,
  halfDays,
  owed: { notClaimed, owedPence, paidPence },
}: {
  readonly academicYear: string;
  readonly halfDays: number;
  readonly owed: Owed;
}): string {
  if (halfDays === 0)
    return `In ${academicYear} nobody of this school has been out as a champion yet.`;
  const open =
    notClaimed.visits === 0
      ? 'Every visit is claimed'
      : `${notClaimed.visits} visit${notClaimed.visits === 1 ? ' is' : 's are'} not claimed yet, worth ${poundsInWords(notClaimed.amountPence)}`;
  return `In ${academicYear} colleagues have been out for ${daysInWords(halfDays)}. ${open}; ${poundsInWords(owedPence)} is claimed and not paid, and ${poundsInWords(paidPence)} was paid.`;
}
