import type { ChampionEvent } from '#domain';
import type { SentencesFor } from './words';
import { counted, dayInWords, on } from './words';

const days = (halfDays: number): string => counted(halfDays, 'half-day');

export const championSentences: SentencesFor<ChampionEvent> = {
  ChampionRegistered: ({ roles, registeredOn }) =>
    `One of its staff was registered as a champion (${roles.join(', ')})${on(registeredOn)}.`,
  ChampionUpdated: ({ roles, specialisms, phases, vettedOn, vettedUntil }) => {
    const changed = {
      roles,
      specialisms,
      phases,
      vetting: vettedOn ?? vettedUntil,
    };
    const names = Object.entries(changed).flatMap(([name, now]) =>
      now === undefined ? [] : [name],
    );
    return `What is recorded of its champion changed: ${names.join(', ')}.`;
  },
  ChampionMoved: ({ movedOn }) => `A champion moved to another home school${on(movedOn)}.`,
  ChampionPaused: ({ pausedOn, byHomeSchool }) =>
    `Its champion was paused by ${byHomeSchool ? 'the school' : 'the team'}${on(pausedOn)}: no new work for the time being.`,
  ChampionResumed: ({ resumedOn }) =>
    `Its champion takes new work again, from ${dayInWords(resumedOn)}.`,
  ChampionRetired: ({ retiredOn }) => `Its champion stopped being one${on(retiredOn)}.`,
  AvailabilityDeclared: ({ from, to, halfDays, per }) =>
    `Its champion has ${halfDays === 0 ? 'no time' : `${days(halfDays)} ${per === 'week' ? 'a week' : 'in all'}`} from ${dayInWords(from)} to ${dayInWords(to)}.`,
  InterestDeclared: ({ counterpartyIds, declaredOn }) =>
    `An interest of its champion in ${counterpartyIds.length === 1 ? 'another school' : 'other schools'} was declared${on(declaredOn)}.`,
  InterestResolved: ({ outcome, resolvedOn }) =>
    `A declared interest of its champion was resolved${on(resolvedOn)}: ${outcome === 'bars' ? 'it bars them from that school' : 'they may work there'}.`,
  YearlyCapSet: ({ academicYear, was, halfDays }) =>
    `Its champion’s cap for ${academicYear} is ${days(halfDays)}, before ${was}.`,
  ChampionDaysReserved: ({ academicYear, halfDays }) =>
    `${days(halfDays)} of its champion in ${academicYear} ${halfDays === 1 ? 'was' : 'were'} reserved for another school.`,
  ChampionDaysReleased: ({ academicYear, halfDays }) =>
    `A reservation of its champion’s days in ${academicYear} ended with ${halfDays === 0 ? 'nothing' : days(halfDays)} left, free again.`,
  ChampionDaysConsumed: ({ academicYear, halfDays }) =>
    `A visit took ${days(halfDays)} of its champion in ${academicYear}.`,
  ChampionDaysAdjusted: ({ was, now }) =>
    `A visit of its champion counts ${days(now)}, not ${was} as recorded before.`,
};
