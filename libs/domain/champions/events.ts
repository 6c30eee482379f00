import type { EventsOf } from '#kernel';
import { date, event, flag, id, integer, list, optional, person, text, word } from '#kernel';
import { championRoles, phases } from '../shared/words';

/** Ties that may bar a champion from a school [I domain dossier, 3.4]. */
export const interestNatures = [
  'employed-or-governing',
  'family',
  'same-trust',
  'competing-for-pupils',
  'applying-for-a-post',
  'supplier',
  'other',
] as const;
export type InterestNature = (typeof interestNatures)[number];

/** What a declared interest means: the champion is barred from that school, or may work there. */
export const interestOutcomes = ['bars', 'may-work'] as const;
export type InterestOutcome = (typeof interestOutcomes)[number];

export const availabilityMeasures = ['week', 'period'] as const;

const ofChampion = { championId: id('internal'), homeSchoolId: id('public') } as const;
const roles = list(word('internal', championRoles));
/** In short words such as early-reading, so that a need finds them. */
const specialisms = list(text('internal'));
const ofPhases = list(word('internal', phases));
const academicYear = text('internal');
const halfDays = integer('internal');
const ofInterest = { ...ofChampion, interestId: id('internal') } as const;
/**
 * What days are booked for. The supported school stands under a name of its own: the journey of that school tells of the
 * deployment, not of the champion's days.
 */
const booking = {
  ...ofChampion,
  reservationId: id('internal'),
  deploymentId: id('internal'),
  supportedSchoolId: id('public'),
  academicYear,
} as const;

export const championEvents = {
  ChampionRegistered: event(
    'A practitioner of a school was registered as a champion, their vetting confirmed.',
    {
      ...ofChampion,
      personRef: person('internal'),
      roles,
      specialisms,
      phases: ofPhases,
      vettedOn: date('confidential'),
      /** The last day their vetting is confirmed for. */
      vettedUntil: date('confidential'),
      /** At most so many half-days in each year that has no cap of its own. */
      yearlyCapHalfDays: halfDays,
      registeredOn: date('internal'),
    },
    { effective: 'registeredOn' },
  ),
  ChampionUpdated: event(
    'What a champion does, knows or is vetted for changed; what is absent stayed as it was.',
    {
      ...ofChampion,
      roles: optional(roles),
      specialisms: optional(specialisms),
      phases: optional(ofPhases),
      vettedOn: optional(date('confidential')),
      vettedUntil: optional(date('confidential')),
    },
  ),
  ChampionMoved: event(
    'A champion went to work at another school, which is their home school from then on.',
    {
      ...ofChampion,
      fromSchoolId: id('public'),
      /** The school they left and the one they went to. */
      schoolIds: list(id('public')),
      movedOn: date('internal'),
    },
    { effective: 'movedOn' },
  ),
  ChampionPaused: event(
    'A champion takes no new work for the time being.',
    {
      ...ofChampion,
      /** Their own head paused them, and not the team. */
      byHomeSchool: flag('internal'),
      pausedOn: date('internal'),
      reason: text('personal'),
    },
    { effective: 'pausedOn' },
  ),
  ChampionResumed: event(
    'A champion takes new work again.',
    { ...ofChampion, resumedOn: date('internal'), reason: text('personal') },
    { effective: 'resumedOn' },
  ),
  ChampionRetired: event(
    'A champion has stopped being one.',
    { ...ofChampion, retiredOn: date('internal'), reason: text('personal') },
    { effective: 'retiredOn' },
  ),
  AvailabilityDeclared: event(
    'It was said how much of a champion’s time there is in a period, in place of what was said of any part of it before.',
    {
      ...ofChampion,
      academicYear,
      from: date('internal'),
      to: date('internal'),
      halfDays,
      /** Whether so many half-days in each week, or in the whole period. */
      per: word('internal', availabilityMeasures),
    },
    { effective: 'from' },
  ),
  InterestDeclared: event(
    'A tie of a champion to one or more schools was declared.',
    {
      ...ofInterest,
      counterpartyIds: list(id('confidential')),
      nature: word('confidential', interestNatures),
      declaredById: person('internal'),
      declaredOn: date('confidential'),
      note: optional(text('personal')),
    },
    { effective: 'declaredOn' },
  ),
  InterestResolved: event(
    'Somebody who did not declare an interest decided what it means for the champion’s work.',
    {
      ...ofInterest,
      outcome: word('confidential', interestOutcomes),
      resolvedById: person('internal'),
      resolvedOn: date('confidential'),
      reason: text('personal'),
    },
    { effective: 'resolvedOn' },
  ),
  YearlyCapSet: event('A champion’s cap for one year became another.', {
    ...ofChampion,
    academicYear,
    was: halfDays,
    halfDays,
    reason: text('personal'),
  }),
  ChampionDaysReserved: event('Half-days of a champion’s year were reserved for a deployment.', {
    ...booking,
    halfDays,
    from: date('internal'),
    to: date('internal'),
  }),
  ChampionDaysReleased: event(
    'A reservation is over, and the half-days of it that were not used are free again.',
    { ...booking, halfDays },
  ),
  ChampionDaysConsumed: event('A visit took half-days of a reservation.', {
    ...booking,
    visitId: id('internal'),
    halfDays,
  }),
  ChampionDaysAdjusted: event('A visit counts another number of half-days than was recorded.', {
    ...booking,
    visitId: id('internal'),
    was: halfDays,
    now: halfDays,
  }),
} as const;

export type ChampionEvent = EventsOf<typeof championEvents>;
