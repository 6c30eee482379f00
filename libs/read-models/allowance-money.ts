import type { Snapshot } from '#kernel';
import type { ChampionRole, Pot, RateCard } from '#domain';
import { championRoles, daysOf, potOf, pots } from '#domain';
import type { AllowanceEntry } from './allowances';
import { allowances, forecastOf } from './allowances';
import { supporting } from './deployment-stages';
import type { Deployment } from './deployments';
import { deployments } from './deployments';
import { listRateCards, rateOn } from './rate-cards';

/** What the allowances of a year come to for the authority, in whole pence. */
export type PotMoney = {
  /** What the offer grants, were all of it used. */
  readonly grantedPence: number;
  /** What was approved above the offer, were all of it used. */
  readonly extraPence: number;
  /** What visits have used. */
  readonly usedPence: number;
  /** Set aside for deployments that are not over, and not used yet. */
  readonly setAsidePence: number;
  /** Half-days used or set aside at schools beyond what these may have now: their allowance was lowered since. */
  readonly halfDaysBeyond: number;
  /** What will have been used when the year ends, if it goes on as it did. Absent before the year has begun. */
  readonly forecastPence?: number;
  /** By how much that, or what is used and set aside where that is more, exceeds what the offer grants; 0: it does not. */
  readonly overspendPence?: number;
};

export type RoleMoney = {
  readonly role: ChampionRole;
  readonly halfDaysUsed: number;
  readonly halfDaysSetAside: number;
  readonly usedPence: number;
  readonly setAsidePence: number;
};

export type AllowanceMoney = {
  /** The card in force on the day asked about, within the year; absent where there is none, and then no pounds. */
  readonly rateVersion?: string;
  /** True where that card is made up as an example. */
  readonly example?: boolean;
  readonly pots?: Readonly<Record<Pot, PotMoney>>;
  readonly byRole?: readonly RoleMoney[];
  readonly says: string;
};

export const ALLOWANCE_MONEY_METHOD =
  'The authority’s share only, before any claim. Visits cost the rate of the champion’s role on their day; what is set aside and what is granted, the rate on the day asked about, a pupil champion’s for the days that pupil champions and ABLE share. Only deployments paid from an allowance count. The forecast is use so far by the share of the year’s days gone; it knows of no holidays. The overspend is what the forecast, or what is used and set aside where that is more, exceeds the offer by; half-days approved above the offer are no part of what is granted. It is the county’s: one school may hold more than it may have now while others hold less.';

const NO_RATES =
  'There is no rate card for the day asked about, so half-days cannot be told in pounds.';

/** The role by whose rate the days of a pot are told in pounds before anybody has used them. */
const ROLE_OF: Readonly<Record<Pot, ChampionRole>> = { sspc: 'SSPC', sslc: 'SSLC' };

/** Entitlement against use of a year in pounds, by pot and by role, with the overspend to be expected. */
export async function allowanceMoney(
  snapshot: Snapshot,
  { academicYear, today }: { readonly academicYear: string; readonly today: string },
): Promise<AllowanceMoney> {
  const [entries, all, cards] = await Promise.all([
    snapshot.list<AllowanceEntry>(allowances, { filter: { academicYear } }),
    snapshot.list<Deployment>(deployments, {
      filter: { academicYear, 'payer.kind': { $in: ['authority', 'split'] } },
    }),
    listRateCards(snapshot),
  ]);
  return moneyOf(
    {
      entries: entries.map(({ body }) => body),
      deployments: all.map(({ body }) => body),
      cards,
    },
    { academicYear, today },
  );
}

export function moneyOf(
  known: {
    readonly entries: readonly AllowanceEntry[];
    readonly deployments: readonly Deployment[];
    readonly cards: readonly RateCard[];
  },
  { academicYear, today }: { readonly academicYear: string; readonly today: string },
): AllowanceMoney {
  const { first, last } = daysOf(academicYear) ?? { first: today, last: today };
  const day = today < first ? first : today > last ? last : today;
  const card = known.cards.find(({ effectiveFrom }) => effectiveFrom <= day);
  if (card === undefined) return { says: NO_RATES };
  const price = (role: ChampionRole, on: string): number =>
    rateOn(known.cards, { role, day: on }) ?? 0;
  const byRole = championRoles.map((role) =>
    roleMoney(
      role,
      known.deployments.filter((one) => one.role === role),
      { price, day },
    ),
  );
  const potMoney = (pot: Pot): PotMoney => {
    const own = byRole.filter(({ role }) => potOf(role) === pot);
    const spent = {
      usedPence: sumOf(own, ({ usedPence }) => usedPence),
      setAsidePence: sumOf(own, ({ setAsidePence }) => setAsidePence),
    };
    const rate = price(ROLE_OF[pot], day);
    const worth = (of: 'granted' | 'extra'): number =>
      sumOf(known.entries, ({ pots: lines, granted }) =>
        shareOf(lines[pot][of] * rate, granted?.fundedPercent ?? 0),
      );
    const grantedPence = worth('granted');
    return {
      grantedPence,
      extraPence: worth('extra'),
      halfDaysBeyond: sumOf(known.entries, ({ pots: lines }) => {
        const { granted, extra, reserved } = lines[pot];
        return Math.max(0, reserved - granted - extra);
      }),
      ...spent,
      ...forecastFor(spent, grantedPence, academicYear, today),
    };
  };
  return {
    rateVersion: card.version,
    example: card.example,
    pots: Object.fromEntries(pots.map((pot) => [pot, potMoney(pot)])) as Record<Pot, PotMoney>,
    byRole,
    says: ALLOWANCE_MONEY_METHOD,
  };
}

const sumOf = <T>(of: readonly T[], figure: (one: T) => number): number =>
  of.reduce((total, one) => total + figure(one), 0);

/** A share in percent, to the nearest penny. */
const shareOf = (pence: number, percent: number): number => Math.round((pence * percent) / 100);

function roleMoney(
  role: ChampionRole,
  own: readonly Deployment[],
  { price, day }: { readonly price: (role: ChampionRole, on: string) => number; day: string },
): RoleMoney {
  const waiting = ({ stage, halfDaysAgreed, halfDaysUsed }: Deployment): number =>
    supporting.includes(stage) ? halfDaysAgreed - halfDaysUsed : 0;
  const percent = ({ payer }: Deployment): number => payer?.authorityPercent ?? 0;
  return {
    role,
    halfDaysUsed: sumOf(own, ({ halfDaysUsed }) => halfDaysUsed),
    halfDaysSetAside: sumOf(own, waiting),
    usedPence: sumOf(own, (one) =>
      shareOf(
        sumOf(
          Object.values(one.visits),
          ({ halfDays, visitedOn }) => halfDays * price(role, visitedOn),
        ),
        percent(one),
      ),
    ),
    setAsidePence: sumOf(own, (one) => shareOf(waiting(one) * price(role, day), percent(one))),
  };
}

function forecastFor(
  { usedPence, setAsidePence }: { readonly usedPence: number; readonly setAsidePence: number },
  grantedPence: number,
  academicYear: string,
  today: string,
): Pick<PotMoney, 'forecastPence' | 'overspendPence'> {
  const forecast = forecastOf(usedPence, academicYear, today);
  if (forecast === undefined) return {};
  const expected = Math.max(forecast.consumed, usedPence + setAsidePence);
  return {
    forecastPence: forecast.consumed,
    overspendPence: Math.max(0, expected - grantedPence),
  };
}
