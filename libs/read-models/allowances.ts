import type { ReadModel, Recorded, Snapshot, Touch } from '#kernel';
import type { Allowance, EntitlementEvent, Ledger, Pot } from '#domain';
import {
  allowanceOf,
  consumed,
  daysBetween,
  daysOf,
  emptyLedger,
  grantedIn,
  heldIn,
  leftIn,
  pots,
  released,
  reserved,
  usedIn,
} from '#domain';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, paged } from './page';
import type { SchoolCard } from './schools';
import { schools } from './schools';
import type { NamedSchool } from './schools-named';

/**
 * Half-days of one pot. What is granted and approved above that is set aside or left; what is set aside is used or waits.
 * What was not used of a reservation and went back is counted beside them: it may have been set aside anew.
 */
export type PotLine = {
  readonly granted: number;
  readonly extra: number;
  readonly reserved: number;
  readonly consumed: number;
  readonly released: number;
  readonly left: number;
};

type ByPot<T> = Readonly<Record<Pot, T>>;

/** What one school may have in one academic year and what became of it. The ledger is the domain's own; the figures follow from it. */
export type AllowanceEntry = {
  readonly schoolId: string;
  readonly academicYear: string;
  /** By which offer, and from when; absent: nothing has been granted. */
  readonly granted?: Allowance & { readonly offerVersion: string; readonly effectiveFrom: string };
  readonly ledger: Ledger;
  /** What went back so far. */
  readonly wentBack: ByPot<number>;
  readonly pots: ByPot<PotLine>;
  /** What was neither used nor set aside when the year ended. */
  readonly lapsed?: ByPot<number>;
};

type Event = EntitlementEvent;
type Data<T extends Event['type']> = Extract<Event, { readonly type: T }>['data'];
type On<T extends Event['type']> = Touch<AllowanceEntry, Extract<Event, { readonly type: T }>>;
type Changed = Partial<Omit<AllowanceEntry, 'schoolId' | 'academicYear' | 'pots'>>;

const byPot = <T>(of: (pot: Pot) => T): ByPot<T> =>
  Object.fromEntries(pots.map((pot) => [pot, of(pot)])) as ByPot<T>;

function change<T extends Event['type']>(
  to: (data: Data<T>, before: AllowanceEntry) => Changed,
): On<T> {
  return {
    keys: (event) => {
      const { schoolId, academicYear } = (event as Recorded<Event>).data;
      return [`${schoolId} ${academicYear}`];
    },
    on: (there, event) => {
      const { schoolId, academicYear } = (event as Recorded<Event>).data;
      const before = there ?? nothing(schoolId, academicYear);
      return counted({ ...before, ...to((event as Recorded<Event>).data as Data<T>, before) });
    },
  };
}

const nothing = (schoolId: string, academicYear: string): AllowanceEntry =>
  counted({ schoolId, academicYear, ledger: emptyLedger, wentBack: byPot(() => 0) });

const counted = (entry: Omit<AllowanceEntry, 'pots'>): AllowanceEntry => ({
  ...entry,
  pots: byPot((pot) => {
    const { granted, ledger, wentBack } = entry;
    const offered = granted?.[`${pot}HalfDays`] ?? 0;
    return {
      granted: offered,
      extra: grantedIn(granted, ledger, pot) - offered,
      reserved: heldIn(ledger, pot),
      consumed: usedIn(ledger, pot),
      released: wentBack[pot],
      left: leftIn(granted, ledger, pot),
    };
  }),
});

const terms = (
  { offerVersion, effectiveFrom }: Data<'EntitlementGranted'> | Data<'EntitlementAdjusted'>,
  allowance: Allowance,
): Changed => ({
  granted: {
    ...allowanceOf(allowance),
    ...{ offerVersion, effectiveFrom },
  },
});

export const allowances: ReadModel<AllowanceEntry, Event> = {
  name: 'allowances',
  says: 'What each school may have in each academic year: half-days granted, set aside, used, given back, left and lapsed.',
  fixed: ['schoolId', 'academicYear'],
  touches: {
    EntitlementGranted: change((data) => terms(data, data)),
    EntitlementAdjusted: change((data) => terms(data, data.now)),
    ExtraDaysApproved: change(({ approvalId, pot, halfDays }, { ledger }) => ({
      ledger: { ...ledger, extra: { ...ledger.extra, [approvalId]: { pot, halfDays } } },
    })),
    DaysReserved: change((data, { ledger }) => ({ ledger: reserved(ledger, data) })),
    DaysReleased: change((data, { ledger, wentBack }) => {
      const pot = ledger.reservations[data.reservationId]?.pot;
      return {
        ledger: released(ledger, data),
        ...(pot === undefined
          ? {}
          : { wentBack: { ...wentBack, [pot]: wentBack[pot] + data.halfDays } }),
      };
    }),
    DaysConsumed: change((data, { ledger }) => ({ ledger: consumed(ledger, data) })),
    DaysConsumedAmended: change((data, { ledger }) => ({
      ledger: consumed(ledger, data),
    })),
    EntitlementLapsed: change(({ sspcHalfDays: sspc, sslcHalfDays: sslc }, { ledger }) => ({
      ledger: { ...ledger, lapsed: true },
      lapsed: { sspc, sslc },
    })),
  },
};

/** An allowance as it is told. */
export type AllowanceLine = Omit<AllowanceEntry, 'ledger' | 'wentBack' | 'schoolId'>;

export const allowanceLine = ({
  ledger: _l,
  wentBack: _w,
  schoolId: _s,
  ...told
}: AllowanceEntry): AllowanceLine => told;

/** All years of a school, the last first. */
export async function allowancesOf(
  snapshot: Snapshot,
  { schoolId }: { readonly schoolId: string },
): Promise<readonly AllowanceLine[]> {
  const found = await snapshot.list<AllowanceEntry>(allowances, {
    filter: { schoolId },
    sort: { academicYear: -1 },
  });
  return found.map(({ body }) => allowanceLine(body));
}

/** What will have been used when the year ends, if it goes on as it did: use so far by the share of the year's days gone. */
export type Forecast = {
  readonly consumed: number;
  /** Days of the year gone, the day itself counted, and all its days. */
  readonly daysGone: number;
  readonly daysOfYear: number;
  readonly says: string;
};

export type CountyAllowances = Page<
  { readonly school: NamedSchool } & Omit<AllowanceLine, 'academicYear'>
> & {
  readonly academicYear: string;
  /** All schools' together. Absent before the year has begun: the forecast. */
  readonly county: ByPot<PotLine & { readonly lapsed: number; readonly forecast?: Forecast }>;
};

/** Granted, set aside, used and left in a year: for the county, and school by school by name. */
export async function countyAllowances(
  snapshot: Snapshot,
  about: PageRequest & { readonly academicYear: string; readonly today: string },
): Promise<CountyAllowances> {
  const { academicYear, today, skip = 0, limit = DEFAULT_LIMIT } = about;
  const [found, cards] = await Promise.all([
    snapshot.list<AllowanceEntry>(allowances, { filter: { academicYear } }),
    snapshot.list<SchoolCard>(schools),
  ]);
  const names = new Map(cards.map(({ body }) => [body.schoolId, body]));
  const lines = found
    .map(({ body }) => {
      const { schoolId } = body;
      const { urn = '', name = schoolId } = names.get(schoolId) ?? {};
      const { academicYear: _, ...line } = allowanceLine(body);
      return { school: { schoolId, urn, name }, ...line };
    })
    .toSorted((a, b) => a.school.name.localeCompare(b.school.name, 'en'));
  return {
    academicYear,
    county: byPot((pot) => {
      const sum = summed(lines, pot);
      const forecast = forecastOf(sum.consumed, academicYear, today);
      return { ...sum, ...(forecast === undefined ? {} : { forecast }) };
    }),
    ...paged(lines.slice(skip, skip + limit), lines.length, skip),
  };
}

type Summed = PotLine & { readonly lapsed: number };
const none: Summed = {
  ...{ granted: 0, extra: 0, reserved: 0, consumed: 0, released: 0, left: 0 },
  lapsed: 0,
};

const summed = (lines: readonly Pick<AllowanceLine, 'pots' | 'lapsed'>[], pot: Pot): Summed =>
  lines.reduce((sum: Summed, { pots: { [pot]: line }, lapsed }) => {
    const now = { ...line, lapsed: lapsed?.[pot] ?? 0 };
    return Object.fromEntries(
      (Object.keys(none) as (keyof Summed)[]).map((field) => [field, sum[field] + now[field]]),
    ) as Summed;
  }, none);

export function forecastOf(
  used: number,
  academicYear: string,
  today: string,
): Forecast | undefined {
  const { first, last } = daysOf(academicYear) ?? { first: '', last: '' };
  const daysOfYear = daysBetween(first, last) + 1;
  const daysGone = Math.min(daysOfYear, daysBetween(first, today) + 1);
  if (!(daysGone > 0)) return undefined;
  const says =
    daysGone === daysOfYear
      ? `The year is over: ${used} half-days were used.`
      : `${used} half-days used in ${daysGone} of ${daysOfYear} days of the academic year, ` +
        'carried on at the same rate to its end. It knows of no holidays and of nothing planned.';
  return { consumed: Math.round((used * daysOfYear) / daysGone), daysGone, daysOfYear, says };
}

/** For a policy: entitlements of years before one (`before`, an academic year) that were granted and have not lapsed. */
export async function entitlementsNotLapsed(
  snapshot: Snapshot,
  about: Readonly<Record<string, string>>,
): Promise<readonly Pick<AllowanceEntry, 'schoolId' | 'academicYear'>[]> {
  const filter = {
    academicYear: { $lt: about['before'] ?? '' },
    granted: { $exists: true },
    lapsed: { $exists: false },
  };
  const found = await snapshot.list<AllowanceEntry>(allowances, { filter });
  return found.map(({ body: { schoolId, academicYear } }) => ({ schoolId, academicYear }));
}
