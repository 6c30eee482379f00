import type { ClassesOf, Decide, Decider, Evolve, Given } from '#kernel';
import type { AcademicYear } from '../shared/academic-year';
import { entryOf, present } from '../shared/plain';
import type { ChampionRole, Phase } from '../shared/words';
import type { championCommands } from './commands';
import type {
  availabilityMeasures,
  ChampionEvent,
  InterestNature,
  InterestOutcome,
} from './events';
import type { ChampionRefusal } from './refusals';
import { refuse } from './refusals';

export interface Interest {
  readonly counterpartyIds: readonly string[];
  readonly nature: InterestNature;
  readonly declaredById: string;
  readonly declaredOn: string;
  readonly resolved: boolean;
  /** What was decided last; absent while it is not resolved. */
  readonly outcome?: InterestOutcome;
}

export interface AvailablePeriod {
  readonly academicYear: AcademicYear;
  readonly from: string;
  readonly to: string;
  readonly halfDays: number;
  readonly per: (typeof availabilityMeasures)[number];
}

/** Days of a champion booked for a deployment. */
export interface Reservation {
  readonly deploymentId: string;
  readonly supportedSchoolId: string;
  readonly academicYear: AcademicYear;
  /** What it holds: what was reserved, less what was released of it. */
  readonly halfDays: number;
  /** What visits took of that. */
  readonly consumed: number;
  /** It is over: it holds what was used of it and no more. */
  readonly released: boolean;
}

/** Visits are counted by reservation: one that came after an extension may draw on two. */
export const countOf = (visitId: string, reservationId: string): string =>
  `${visitId} ${reservationId}`;

export interface RegisteredChampion {
  readonly registered: true;
  readonly championId: string;
  readonly personRef: string;
  readonly homeSchoolId: string;
  /** Since when it is their home school. */
  readonly homeSince: string;
  readonly roles: readonly ChampionRole[];
  readonly specialisms: readonly string[];
  readonly phases: readonly Phase[];
  readonly status: 'active' | 'paused' | 'retired';
  /** The day from which the status holds. */
  readonly since: string;
  /** Paused by their own head, who may end it. */
  readonly pausedByHomeSchool: boolean;
  readonly vettedOn: string;
  readonly vettedUntil: string;
  readonly availability: readonly AvailablePeriod[];
  readonly interests: Readonly<Record<string, Interest>>;
  /** The cap of every year that has none of its own. */
  readonly yearlyCapHalfDays: number;
  readonly caps: Readonly<Record<AcademicYear, number>>;
  readonly reservations: Readonly<Record<string, Reservation>>;
  /** Half-days, by `countOf`. */
  readonly visits: Readonly<Record<string, number>>;
}
export type ChampionState = { readonly registered: false } | RegisteredChampion;

export interface KnownToChampion {
  /** The school a champion is registered at or moves to; not asked of otherwise. */
  readonly school:
    { readonly registered: false } | { readonly registered: true; readonly open: boolean };
  /** Champion records of the person to be registered; empty when not asked. */
  readonly records: readonly string[];
  /** Which of the schools an interest is in are on no register of ours; empty when not asked. */
  readonly strangers: readonly string[];
}

type Classes = ClassesOf<typeof championCommands>;
export type ChampionDecider = Decider<
  ChampionState,
  Classes,
  ChampionEvent,
  ChampionRefusal,
  KnownToChampion
>;
export type ChampionDecide = Decide<
  ChampionState,
  Classes,
  ChampionEvent,
  ChampionRefusal,
  KnownToChampion
>;
export type Answer = readonly ChampionEvent[] | ChampionRefusal;
export type On = Given & { readonly known: KnownToChampion };

/** A decision about a champion who must be registered, and whose home school is the one named, where one is. */
export const ofChampion =
  <C extends { readonly championId: string; readonly homeSchoolId?: string }>(
    decide: (champion: RegisteredChampion, command: C, given: On) => Answer,
  ) =>
  (state: ChampionState, command: C, given: On): Answer => {
    if (!state.registered) return refuse.ChampionNotRegistered();
    const { homeSchoolId = state.homeSchoolId } = command;
    return homeSchoolId === state.homeSchoolId
      ? decide(state, command, given)
      : refuse.HomeSchoolIsAnother();
  };

/** Every event of a champion is on the journey of the school they work at. */
export const about = ({ championId, homeSchoolId }: RegisteredChampion) => ({
  championId,
  homeSchoolId,
});

/** At most so many half-days in a year. */
export const capOf = (
  { caps, yearlyCapHalfDays }: RegisteredChampion,
  year: AcademicYear,
): number => entryOf(caps, year) ?? yearlyCapHalfDays;

/** Half-days held by reservations: those of a year, or all. */
export const heldIn = ({ reservations }: RegisteredChampion, year?: AcademicYear): number =>
  Object.values(reservations)
    .filter(({ academicYear }) => year === undefined || academicYear === year)
    .reduce((sum, { halfDays }) => sum + halfDays, 0);

export const initial: ChampionState = { registered: false };

/** A fact about a champion we know; of one we do not know there is nothing to change. */
const fact =
  <D>(change: (champion: RegisteredChampion, data: D) => Partial<RegisteredChampion>) =>
  (state: ChampionState, data: D): ChampionState =>
    state.registered ? { ...state, ...change(state, data) } : state;

const onReservation = (
  { reservations }: RegisteredChampion,
  reservationId: string,
  change: (reservation: Reservation) => Partial<Reservation>,
): Partial<RegisteredChampion> => {
  const reservation = entryOf(reservations, reservationId);
  return reservation === undefined
    ? {}
    : {
        reservations: {
          ...reservations,
          [reservationId]: { ...reservation, ...change(reservation) },
        },
      };
};

const counted = (
  champion: RegisteredChampion,
  { visitId, reservationId }: { readonly visitId: string; readonly reservationId: string },
  was: number,
  halfDays: number,
): Partial<RegisteredChampion> => ({
  ...onReservation(champion, reservationId, ({ consumed }) => ({
    consumed: consumed - was + halfDays,
  })),
  visits: { ...champion.visits, [countOf(visitId, reservationId)]: halfDays },
});

/** The periods that what is said of a new one leaves standing, and the new one, in order. */
const withPeriod = (
  periods: readonly AvailablePeriod[],
  said: AvailablePeriod,
): readonly AvailablePeriod[] =>
  [...periods.filter(({ from, to }) => to < said.from || from > said.to), said].toSorted((a, b) =>
    a.from < b.from ? -1 : 1,
  );

export const evolve: Evolve<ChampionState, ChampionEvent> = {
  ChampionRegistered: (_, { registeredOn, ...data }) => ({
    registered: true,
    ...data,
    homeSince: registeredOn,
    status: 'active',
    since: registeredOn,
    pausedByHomeSchool: false,
    availability: [],
    interests: {},
    caps: {},
    reservations: {},
    visits: {},
  }),
  ChampionUpdated: fact((_, { roles, specialisms, phases, vettedOn, vettedUntil }) =>
    present({ roles, specialisms, phases, vettedOn, vettedUntil }),
  ),
  ChampionMoved: fact((_, { homeSchoolId, movedOn }) => ({ homeSchoolId, homeSince: movedOn })),
  ChampionPaused: fact((_, { pausedOn, byHomeSchool }) => ({
    status: 'paused',
    since: pausedOn,
    pausedByHomeSchool: byHomeSchool,
  })),
  ChampionResumed: fact((_, { resumedOn }) => ({
    status: 'active',
    since: resumedOn,
    pausedByHomeSchool: false,
  })),
  ChampionRetired: fact((_, { retiredOn }) => ({
    status: 'retired',
    since: retiredOn,
    pausedByHomeSchool: false,
  })),
  AvailabilityDeclared: fact(({ availability }, { academicYear, from, to, halfDays, per }) => ({
    availability: withPeriod(availability, { academicYear, from, to, halfDays, per }),
  })),
  InterestDeclared: fact(
    ({ interests }, { interestId, counterpartyIds, nature, declaredById, declaredOn }) => ({
      interests: {
        ...interests,
        [interestId]: { counterpartyIds, nature, declaredById, declaredOn, resolved: false },
      },
    }),
  ),
  InterestResolved: fact(({ interests }, { interestId, outcome }) => {
    const interest = entryOf(interests, interestId);
    return interest === undefined
      ? {}
      : { interests: { ...interests, [interestId]: { ...interest, resolved: true, outcome } } };
  }),
  YearlyCapSet: fact(({ caps }, { academicYear, halfDays }) => ({
    caps: { ...caps, [academicYear]: halfDays },
  })),
  ChampionDaysReserved: fact(({ reservations }, data) => {
    const { reservationId, deploymentId, supportedSchoolId, academicYear, halfDays } = data;
    const terms = { deploymentId, supportedSchoolId, academicYear, halfDays };
    return {
      reservations: {
        ...reservations,
        [reservationId]: { ...terms, consumed: 0, released: false },
      },
    };
  }),
  ChampionDaysReleased: fact((champion, data) =>
    onReservation(champion, data.reservationId, ({ halfDays }) => ({
      halfDays: halfDays - data.halfDays,
      released: true,
    })),
  ),
  ChampionDaysConsumed: fact((champion, data) => counted(champion, data, 0, data.halfDays)),
  ChampionDaysAdjusted: fact((champion, data) => counted(champion, data, data.was, data.now)),
};
