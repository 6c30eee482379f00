import { aggregate } from '#kernel';
import { present } from '../shared/plain';
import { same } from '../shared/same';
import type { DeclareAvailability, UpdateChampion } from './commands';
import { championCommands } from './commands';
import { championEvents } from './events';
import { interestDecisions, notOwn } from './interests';
import { ledgerDecisions } from './ledger';
import type { ChampionRefusal } from './refusals';
import { championRefusals, refuse } from './refusals';
import type { ChampionDecide, ChampionDecider, KnownToChampion, RegisteredChampion } from './state';
import { about, evolve, heldIn, initial, ofChampion } from './state';
import { daysIn, faultOfPeriod } from './years';

const CHAMPION =
  'A champion: a practitioner whom their home school lends to others. What they do and know, for how long their vetting ' +
  'is confirmed, when they have time, which schools they have ties to, and how many half-days of each year are ' +
  'reserved and used. One record for a person, for good; people stand in it by reference only.';

/**
 * 15 days a year is what specialist leaders elsewhere are expected to be available for [S domain dossier, 3.2], taken as
 * the cap where nobody set another [I domain dossier, 3.5]. It is recorded with each champion, who may have another.
 */
const DEFAULT_YEARLY_CAP = 30;
/** Vetting that lasts longer than this many years is a slip of the pen. */
const LONGEST_VETTING = 10;

const decide: ChampionDecide = {
  RegisterChampion: (state, command, { today, known }) => {
    const { registeredOn = today, yearlyCapHalfDays = DEFAULT_YEARLY_CAP, ...rest } = command;
    const data = { ...rest, yearlyCapHalfDays, registeredOn };
    if (state.registered) return isAsSaid(state, data) ? [] : refuse.ChampionRegisteredAlready();
    const [record] = known.records;
    if (record !== undefined) return refuse.PersonIsChampion(record);
    const no =
      notAHome(known.school) ??
      inTheFuture('registeredOn', registeredOn, today) ??
      faultOfVetting(command, today);
    return no ?? [{ type: 'ChampionRegistered', data }];
  },

  UpdateChampion: ofChampion((champion, command, { today }) => {
    const changed = changesOf(champion, command);
    if (Object.keys(changed).length === 0) return [];
    const vetting = 'vettedOn' in changed || 'vettedUntil' in changed;
    const no = vetting ? faultOfVetting({ ...champion, ...changed }, today) : undefined;
    return no ?? [{ type: 'ChampionUpdated', data: { ...about(champion), ...changed } }];
  }),

  MoveChampion: ofChampion((champion, command, { today, known }) => {
    const { championId, toSchoolId, movedOn = today } = command;
    const { homeSchoolId: fromSchoolId, homeSince } = champion;
    if (fromSchoolId === toSchoolId) return [];
    const no =
      booked(champion) ??
      notAHome(known.school) ??
      faultOfDay('movedOn', movedOn, homeSince, today);
    const schoolIds = [fromSchoolId, toSchoolId];
    const data = { championId, homeSchoolId: toSchoolId, fromSchoolId, schoolIds, movedOn };
    return no ?? [{ type: 'ChampionMoved', data }];
  }),

  PauseChampion: ofChampion((champion, { reason, pausedOn: day }, { actor, today }) => {
    const { status, since } = champion;
    if (status === 'paused') return [];
    if (status === 'retired') return refuse.ChampionIsRetired(since);
    const pausedOn = day ?? today;
    const byHomeSchool = actor.role === 'home-head';
    const data = { ...about(champion), byHomeSchool, pausedOn, reason };
    return faultOfDay('pausedOn', pausedOn, since, today) ?? [{ type: 'ChampionPaused', data }];
  }),

  ResumeChampion: ofChampion((champion, { reason, resumedOn: day }, { actor, today }) => {
    const { status, since, pausedByHomeSchool } = champion;
    if (status === 'active') return [];
    if (actor.role === 'home-head' && !pausedByHomeSchool) return refuse.TeamsToResume();
    const resumedOn = day ?? today;
    const data = { ...about(champion), resumedOn, reason };
    return faultOfDay('resumedOn', resumedOn, since, today) ?? [{ type: 'ChampionResumed', data }];
  }),

  RetireChampion: ofChampion((champion, { reason, retiredOn: day }, { today }) => {
    const { status, since } = champion;
    if (status === 'retired') return [];
    const retiredOn = day ?? today;
    const data = { ...about(champion), retiredOn, reason };
    return faultOfDay('retiredOn', retiredOn, since, today) ?? [{ type: 'ChampionRetired', data }];
  }),

  DeclareAvailability: ofChampion((champion, command, { actor, today }) => {
    const { academicYear, from, to, halfDays, per } = command;
    const said = { academicYear, from, to, halfDays, per };
    const no = notOwn(champion, actor) ?? faultOfPeriod(command, today) ?? tooMuch(command);
    if (no !== undefined) return no;
    if (champion.status === 'retired') return refuse.ChampionIsRetired(champion.since);
    return champion.availability.some((period) => same(period, said))
      ? []
      : [{ type: 'AvailabilityDeclared', data: { ...about(champion), ...said } }];
  }),

  ...interestDecisions,
  ...ledgerDecisions,
};

const inTheFuture = (field: string, day: string, today: string): ChampionRefusal | undefined =>
  day > today ? refuse.InTheFuture(field, day, today) : undefined;

/** A day on which something happened: not in the future, and not before what happened last. */
const faultOfDay = (
  field: string,
  day: string,
  last: string,
  today: string,
): ChampionRefusal | undefined =>
  inTheFuture(field, day, today) ??
  (day < last ? refuse.BeforeTheLast(field, day, last) : undefined);

/** A home school is registered and open. */
function notAHome(school: KnownToChampion['school']): ChampionRefusal | undefined {
  if (!school.registered) return refuse.HomeSchoolNotRegistered();
  return school.open ? undefined : refuse.HomeSchoolClosed();
}

/** Vetting was confirmed by now, for a time that makes sense and has not passed. */
function faultOfVetting(
  { vettedOn, vettedUntil }: Pick<RegisteredChampion, 'vettedOn' | 'vettedUntil'>,
  today: string,
): ChampionRefusal | undefined {
  const longest = `${Number(vettedOn.slice(0, 4)) + LONGEST_VETTING}${vettedOn.slice(4)}`;
  if (vettedUntil < vettedOn || vettedUntil > longest)
    return refuse.VettingPeriodUnfit(vettedOn, vettedUntil);
  if (vettedUntil < today) return refuse.VettingLapsed(vettedUntil, today);
  return inTheFuture('vettedOn', vettedOn, today);
}

/** Days that are booked and that no visit has taken yet. */
function booked(champion: RegisteredChampion): ChampionRefusal | undefined {
  const used = Object.values(champion.reservations).reduce(
    (sum, { consumed }) => sum + consumed,
    0,
  );
  const unused = heldIn(champion) - used;
  return unused > 0 ? refuse.DaysStillReserved(unused) : undefined;
}

/** Ten half-days a week, two a day. */
function tooMuch({ from, to, halfDays, per }: DeclareAvailability): ChampionRefusal | undefined {
  const inPeriod = 2 * daysIn(from, to);
  const most = per === 'week' ? Math.min(10, inPeriod) : inPeriod;
  return halfDays > most ? refuse.MoreThanThereIs(halfDays, most, per) : undefined;
}

const isAsSaid = (champion: RegisteredChampion, said: RegisteredParticulars): boolean =>
  same(particularsOf(champion), particularsOf(said));

type RegisteredParticulars = Pick<
  RegisteredChampion,
  | 'personRef'
  | 'homeSchoolId'
  | 'roles'
  | 'specialisms'
  | 'phases'
  | 'vettedOn'
  | 'vettedUntil'
  | 'yearlyCapHalfDays'
>;
const particularsOf = (of: RegisteredParticulars): RegisteredParticulars => {
  const { personRef, homeSchoolId, roles, specialisms, phases } = of;
  const { vettedOn, vettedUntil, yearlyCapHalfDays } = of;
  const does = {
    roles: roles.toSorted(),
    specialisms: specialisms.toSorted(),
    phases: phases.toSorted(),
  };
  return { personRef, homeSchoolId, ...does, vettedOn, vettedUntil, yearlyCapHalfDays };
};

/** What an update changes; what it says again is left out. */
function changesOf(
  champion: RegisteredChampion,
  { roles, specialisms, phases, vettedOn, vettedUntil }: UpdateChampion,
) {
  const asked = present({ roles, specialisms, phases, vettedOn, vettedUntil });
  const sorted = (value: string | readonly string[]) =>
    typeof value === 'string' ? value : value.toSorted();
  return Object.fromEntries(
    Object.entries(asked).filter(
      ([name, value]) => !same(sorted(value), sorted(champion[name as keyof typeof asked])),
    ),
  ) as typeof asked;
}

export const decider: ChampionDecider = { initial, evolve, decide };

export const champion = aggregate({
  context: 'champions',
  name: 'champion',
  is: CHAMPION,
  stream: ({ championId }) => `champion-${String(championId)}`,
  events: championEvents,
  commands: championCommands,
  refusals: championRefusals,
  decider,
  whose: (state) => (state.registered ? state : undefined),
  knows: {
    // Only who registers a champion names the person, and only who moves one names the school they go to.
    school: {
      of: 'school',
      stream: ({ personRef, homeSchoolId, toSchoolId }) =>
        typeof toSchoolId === 'string'
          ? `school-${toSchoolId}`
          : personRef === undefined
            ? undefined
            : `school-${String(homeSchoolId)}`,
    },
    records: {
      asks: 'champions-of-person',
      about: ({ personRef }) => (typeof personRef === 'string' ? { personRef } : {}),
    },
    strangers: {
      asks: 'schools-not-registered',
      about: ({ counterpartyIds }) =>
        Array.isArray(counterpartyIds) ? { schools: counterpartyIds.join(' ') } : {},
    },
  },
});
