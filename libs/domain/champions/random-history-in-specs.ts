import type { Decision } from '#kernel';
import { evolved, isRefusal } from '#kernel';
import type { ChampionEvent } from './events';
import {
  championId,
  decider,
  homeHead,
  homeSchoolId,
  known,
  otherSchoolId,
  particulars,
  personRef,
  policy,
  supportedSchoolId,
  uuid,
} from './history-in-specs';
import type { ChampionRefusal } from './refusals';
import type { ChampionState, KnownToChampion } from './state';

/* Plays commands one after another into the legal history of one champion, for specs that draw them at random. */
export type Name = keyof typeof decider.decide;
export interface Step {
  readonly does: Name;
  readonly by: 'adviser' | 'team-leader' | 'home-head' | 'champion';
  readonly days: number;
  /** One of a few reservations, visits, interests, schools or years. */
  readonly pick: number;
  readonly halfDays: number;
}

export const years = ['2026/27', '2027/28'] as const;
const schools = [supportedSchoolId, uuid(900004)];
const START = '2026-11-23';

export const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const schoolOf = (pick: number) => schools[pick % 2] ?? supportedSchoolId;
const yearOf = (pick: number) => years[pick % 3 === 0 ? 1 : 0];
/** A reservation always has the same terms but for its half-days, as it has in a process that asks again. */
export const bookingOf = (pick: number) => {
  const academicYear = yearOf(pick);
  return {
    reservationId: uuid(600 + pick),
    deploymentId: uuid(700 + pick),
    supportedSchoolId: schoolOf(pick),
    academicYear,
    from: academicYear === '2026/27' ? '2026-12-01' : '2027-09-06',
    to: academicYear === '2026/27' ? '2027-07-16' : '2028-07-14',
  };
};

function commandOf({ does, pick, halfDays }: Step, state: ChampionState): object {
  const home = state.registered ? state.homeSchoolId : homeSchoolId;
  const of = { championId, homeSchoolId: home, reason: 'x' };
  switch (does) {
    case 'RegisterChampion':
      return particulars;
    case 'UpdateChampion':
      return { championId, roles: pick % 2 === 0 ? ['SSLC'] : ['SSLC', 'SSPC'] };
    case 'MoveChampion':
      return { championId, toSchoolId: pick % 2 === 0 ? homeSchoolId : otherSchoolId };
    case 'PauseChampion':
    case 'ResumeChampion':
      return of;
    case 'RetireChampion':
      return { championId, reason: 'x' };
    case 'DeclareAvailability': {
      const { academicYear, from, to } = bookingOf(pick);
      const period = { academicYear, from, to, halfDays: halfDays % 11, per: 'week' };
      return { championId, homeSchoolId: home, ...period };
    }
    case 'DeclareInterest': {
      const interest = { counterpartyIds: [schoolOf(pick)], nature: 'family' };
      return { championId, homeSchoolId: home, interestId: uuid(500 + pick), ...interest };
    }
    case 'ResolveInterest': {
      const outcome = halfDays % 3 === 0 ? 'bars' : 'may-work';
      return { championId, interestId: uuid(500 + pick), outcome, reason: 'x' };
    }
    case 'SetYearlyCap':
      return { championId, academicYear: yearOf(pick), halfDays: 10 + halfDays, reason: 'x' };
    case 'ReserveChampionDays':
      return { championId, homeSchoolId: home, ...bookingOf(pick), halfDays };
    case 'ReleaseChampionDays':
      return { championId, reservationId: uuid(600 + pick) };
    case 'ConsumeChampionDays': {
      // Most visits are of one reservation; now and then one draws on two.
      const visitId = uuid(800 + (halfDays % 2) * 10 + (halfDays % 7 === 0 ? 0 : pick));
      return { championId, reservationId: uuid(600 + pick), visitId, halfDays: halfDays % 5 };
    }
  }
}

type Decide = (
  state: ChampionState,
  command: object,
  given: {
    readonly now: string;
    readonly today: string;
    readonly actor: { readonly id: string; readonly role: string };
    readonly newId: (n: number) => string;
    readonly known: KnownToChampion;
  },
) => Decision<ChampionEvent, ChampionRefusal>;
export const decide = (name: Name, ...args: Parameters<Decide>) =>
  (decider.decide[name] as Decide)(...args);

const actorOf = ({ does, by }: Step) => {
  if (does.endsWith('ChampionDays')) return policy;
  if (by === 'champion') return { id: personRef, role: by };
  return by === 'home-head' ? homeHead : { id: `person-${by}`, role: by };
};

/** Plays the steps; `each` is told of every accepted command, and may give it again once its events are history. */
export function play(
  drawn: readonly Step[],
  each: (
    history: readonly ChampionEvent[],
    state: ChampionState,
    again: () => unknown,
  ) => void = () => undefined,
) {
  const history: ChampionEvent[] = [];
  const refusals: ChampionRefusal[] = [];
  let state = decider.initial;
  let today = START;
  drawn.forEach((step, at) => {
    today = dayAfter(today, step.days);
    const on = {
      now: `${today}T09:00:00.000Z`,
      today,
      actor: actorOf(step),
      newId: (n: number) => uuid(100_000 + at * 10 + n),
      known,
    };
    const command = commandOf(step, state);
    const decision = decide(step.does, state, command, on);
    if (isRefusal(decision)) {
      refusals.push(decision);
      return;
    }
    history.push(...decision);
    for (const event of decision) state = evolved(decider.evolve, state, event);
    each(history, state, () => decide(step.does, state, command, on));
  });
  return { history, state, today, refusals };
}
