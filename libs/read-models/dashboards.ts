import type { Snapshot } from '#kernel';
import type { Category, ChampionRole } from '#domain';
import { periodOn } from '#domain';
import type { Coverage, CoverageLine } from './coverage';
import { coverageOf } from './coverage';
import type { DeploymentStage } from './deployment-stages';
import { openStages, stagesInWords } from './deployment-stages';
import type { Deployment } from './deployments';
import { deployments } from './deployments';
import type { WarningNotice } from './notices';
import { notices } from './notices';
import type { RegisterPeriod } from './register';
import { periodsOf } from './register';
import type { SchoolCard } from './schools';
import { schoolOf } from './schools';

/*
 * A school's dashboard as a visit goes by it: readings, category, leadership, support and notices. Asked of the position a
 * visit's record keeps, it is what the adviser had in front of them; held against the dashboard of today it says what changed.
 */

export type DashboardReading = Pick<
  CoverageLine,
  'indicator' | 'name' | 'period' | 'value' | 'band' | 'absence'
>;
export type DashboardDeployment = {
  readonly deploymentId: string;
  readonly specialism: string;
  readonly role: ChampionRole;
  readonly stage: DeploymentStage;
  readonly stageInWords: string;
  readonly halfDays: { readonly agreed: number; readonly used: number };
};
export type Dashboard = {
  readonly day: string;
  readonly name?: string;
  readonly category?: { readonly is: Category; readonly since: string };
  readonly head?: { readonly kind: string; readonly from: string };
  readonly chair?: { readonly kind: string; readonly from: string };
  readonly pupils?: number;
  readonly score?: number;
  readonly coverage?: number;
  readonly suggested?: string;
  readonly readings: readonly DashboardReading[];
  /** Those that are not over. */
  readonly deployments: readonly DashboardDeployment[];
  readonly notices: readonly Pick<WarningNotice, 'noticeId' | 'givenBy' | 'stage'>[];
};

export async function dashboardOf(
  snapshot: Snapshot,
  { schoolId, day }: { readonly schoolId: string; readonly day: string },
): Promise<Dashboard> {
  const [card, periods, coverage, open, live] = await Promise.all([
    schoolOf(snapshot, { school: schoolId }),
    periodsOf(snapshot, { schoolId }),
    coverageOf(snapshot, { schoolId }),
    snapshot.list<Deployment>(deployments, {
      filter: { schoolId, stage: { $in: openStages } },
      sort: { identifiedOn: -1 },
    }),
    snapshot.list<WarningNotice>(notices, { filter: { schoolId, live: true } }),
  ]);
  const period = periodOn({ periods }, day) as RegisterPeriod | undefined;
  return {
    day,
    ...(period === undefined ? {} : { category: { is: period.category, since: period.from } }),
    ...ofCard(card),
    ...ofCoverage(coverage),
    deployments: open.map(({ body: { deploymentId, specialism, role, stage, ...body } }) => ({
      ...{ deploymentId, specialism, role, stage, stageInWords: stagesInWords[stage] },
      halfDays: { agreed: body.halfDaysAgreed, used: body.halfDaysUsed },
    })),
    notices: live.map(({ body: { noticeId, givenBy, stage } }) => ({ noticeId, givenBy, stage })),
  };
}

function ofCard(card: SchoolCard | undefined) {
  if (card === undefined) return {};
  const { name, head, chair, pupils } = card;
  return {
    name,
    ...(head === undefined ? {} : { head: { kind: head.kind, from: head.from } }),
    ...(chair === undefined ? {} : { chair: { kind: chair.kind, from: chair.from } }),
    ...(pupils === undefined ? {} : { pupils }),
  };
}

function ofCoverage(found: Coverage | undefined) {
  if (found === undefined) return { readings: [] };
  const { score, coverage, suggested, lines } = found;
  return {
    coverage,
    ...(score === undefined ? {} : { score }),
    ...(suggested === undefined ? {} : { suggested }),
    readings: lines.map(({ indicator, name, period, value, band, absence }) => ({
      ...{ indicator, name },
      ...(period === undefined ? {} : { period }),
      ...(value === undefined ? {} : { value }),
      ...(band === undefined ? {} : { band }),
      ...(absence === undefined ? {} : { absence }),
    })),
  };
}

/** What was and what is; a side is absent where there was or is none. */
export type ThenAndNow<T> = {
  readonly then?: T;
  readonly now?: T;
};

export type DashboardChanges = {
  readonly category?: ThenAndNow<NonNullable<Dashboard['category']>>;
  readonly head?: ThenAndNow<NonNullable<Dashboard['head']>>;
  readonly chair?: ThenAndNow<NonNullable<Dashboard['chair']>>;
  readonly name?: ThenAndNow<string>;
  readonly pupils?: ThenAndNow<number>;
  readonly score?: ThenAndNow<number>;
  readonly coverage?: ThenAndNow<number>;
  readonly suggested?: ThenAndNow<string>;
  /** Readings that are others than then, in the order of the dashboard. */
  readonly readings: readonly ({ readonly indicator: string; readonly name: string } & ThenAndNow<
    Omit<DashboardReading, 'indicator' | 'name'>
  >)[];
  readonly readingsUnchanged: number;
  /** Support that began, went on otherwise or ended. */
  readonly deployments: readonly ({ readonly deploymentId: string } & ThenAndNow<
    Omit<DashboardDeployment, 'deploymentId'>
  >)[];
  readonly notices: readonly ({ readonly noticeId: string } & ThenAndNow<
    Omit<Dashboard['notices'][number], 'noticeId'>
  >)[];
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function side<T>(then: T | undefined, now: T | undefined): ThenAndNow<T> {
  return { ...(then === undefined ? {} : { then }), ...(now === undefined ? {} : { now }) };
}

const single = [
  'category',
  'head',
  'chair',
  'name',
  'pupils',
  'score',
  'coverage',
  'suggested',
] as const;

/** What the dashboard of now says otherwise than the one of then. */
export function changesBetween(then: Dashboard, now: Dashboard): DashboardChanges {
  const readings = differing(then.readings, now.readings, ({ indicator }) => indicator);
  const fields = single.flatMap((field) =>
    same(then[field], now[field]) ? [] : [[field, side<unknown>(then[field], now[field])]],
  );
  return {
    ...(Object.fromEntries(fields) as Partial<DashboardChanges>),
    readings: readings.map(({ key: indicator, then: was, now: is }) => {
      const name = (is ?? was)?.name ?? indicator;
      return { indicator, name, ...side(was && toldReading(was), is && toldReading(is)) };
    }),
    readingsUnchanged: now.readings.length - readings.filter((one) => one.now !== undefined).length,
    deployments: differing(
      then.deployments,
      now.deployments,
      ({ deploymentId }) => deploymentId,
    ).map(({ key: deploymentId, ...of }) => ({
      deploymentId,
      ...side(of.then && withoutId(of.then), of.now && withoutId(of.now)),
    })),
    notices: differing(then.notices, now.notices, ({ noticeId }) => noticeId).map(
      ({ key: noticeId, ...of }) => ({
        noticeId,
        ...side(of.then && withoutNotice(of.then), of.now && withoutNotice(of.now)),
      }),
    ),
  };
}

const toldReading = ({ indicator: _i, name: _n, ...told }: DashboardReading) => told;
const withoutId = ({ deploymentId: _, ...told }: DashboardDeployment) => told;
const withoutNotice = ({ noticeId: _, ...told }: Dashboard['notices'][number]) => told;

function differing<T>(then: readonly T[], now: readonly T[], keyOf: (one: T) => string) {
  const was = new Map(then.map((one) => [keyOf(one), one]));
  const is = new Map(now.map((one) => [keyOf(one), one]));
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((key) => ({ key, then: was.get(key), now: is.get(key) }))
    .filter((one) => !same(one.then, one.now));
}
