import type { RefusalsOf } from '#kernel';
import { refusing } from '#kernel';
import type { InterestNature } from './events';

/** Every no about a champion, with what to do about it. */
export const championRefusals = {
  ChampionNotRegistered: {
    kind: 'missing',
    says: 'There must be such a champion.',
    detail: () => 'No champion is registered under this id. Register them first, or check the id.',
    pointer: '/championId',
  },
  ChampionRegisteredAlready: {
    kind: 'conflict',
    says: 'A champion is registered once; what changes later is an update.',
    detail: () =>
      'A champion with other particulars is registered under this id. Update that record, or give another id.',
    pointer: '/championId',
  },
  PersonIsChampion: {
    kind: 'conflict',
    says: 'A person has one champion record, for good.',
    detail: (championId: string) =>
      `This person has a champion record: ${championId}. Use that one; if they had stopped, resume it.`,
    pointer: '/personRef',
  },
  HomeSchoolNotRegistered: {
    kind: 'missing',
    says: 'A champion belongs to a school of our register.',
    detail: () => 'The home school is not registered. Register it first, or check its id.',
    pointer: '/homeSchoolId',
  },
  HomeSchoolClosed: {
    kind: 'conflict',
    says: 'A champion belongs to a school that is open.',
    detail: () => 'The home school is closed. Give the school the champion works at now.',
    pointer: '/homeSchoolId',
  },
  HomeSchoolIsAnother: {
    kind: 'conflict',
    says: 'The champion works at the school that is named as their home school.',
    detail: () =>
      'The champion’s home school is another one. Look up where they work now; its head speaks for their time.',
    pointer: '/homeSchoolId',
  },
  NotThemselves: {
    kind: 'forbidden',
    says: 'A champion speaks for nobody but themselves.',
    detail: () => 'This is another champion’s record. Give your own id.',
    pointer: '/championId',
  },
  InTheFuture: {
    kind: 'invalid',
    says: 'What has happened has a day that is not in the future.',
    detail: (field: string, day: string, today: string) =>
      `${field} is ${day}, after today (${today}). Give the day on which it happened.`,
  },
  BeforeTheLast: {
    kind: 'invalid',
    says: 'A champion’s pauses, returns and moves are recorded in the order they happened.',
    detail: (field: string, day: string, last: string) =>
      `${field} is ${day}, before ${last}, the day of the last change on record. Check the day.`,
  },
  VettingPeriodUnfit: {
    kind: 'invalid',
    says: 'Vetting is confirmed for a time that begins when it was confirmed and ends within ten years.',
    detail: (vettedOn: string, vettedUntil: string) =>
      `Vetting confirmed on ${vettedOn} cannot last until ${vettedUntil}: it ends on that day at the earliest, and ten years later at the latest.`,
    pointer: '/vettedUntil',
  },
  VettingLapsed: {
    kind: 'conflict',
    says: 'A champion works within the time their vetting is confirmed for.',
    detail: (vettedUntil: string, day: string) =>
      `The champion’s vetting is confirmed until ${vettedUntil}, and it is wanted until ${day}. Have it confirmed again, or end earlier.`,
  },
  ChampionIsRetired: {
    kind: 'conflict',
    says: 'Whoever has stopped being a champion is neither paused nor available.',
    detail: (since: string) =>
      `This champion stopped on ${since}. Resume them first if they work as one again.`,
    pointer: '/championId',
  },
  TeamsToResume: {
    kind: 'forbidden',
    says: 'A home head ends the pauses a home head made, and no others.',
    detail: () =>
      'The team paused or retired this champion, so the team resumes them. Ask an adviser.',
    pointer: '/championId',
  },
  DaysStillReserved: {
    kind: 'conflict',
    says: 'A champion moves when nothing is booked through the school they leave.',
    detail: (halfDays: number) =>
      `${inWords(halfDays)} ${halfDays === 1 ? 'is' : 'are'} still booked through the school they leave. End those deployments first.`,
  },
  YearOutOfReach: {
    kind: 'invalid',
    says: 'Days are counted in years from five before this one to two after it.',
    detail: (year: string, first: string, last: string) =>
      `${year} is out of reach: give a year from ${first} to ${last}.`,
    pointer: '/academicYear',
  },
  OutsideYear: {
    kind: 'invalid',
    says: 'A period lies in its academic year, and begins before it ends.',
    detail: (from: string, to: string, year: string, first: string, last: string) =>
      `${from} to ${to} is no period of ${year}, which runs from ${first} to ${last}. Give days in that order within it, or the other year.`,
  },
  MoreThanThereIs: {
    kind: 'invalid',
    says: 'Nobody has more half-days than there are: two a day, ten a week.',
    detail: (halfDays: number, most: number, per: 'week' | 'period') =>
      `${halfDays} half-days are more than ${per === 'week' ? `a week has, which is ${most}` : `the period has, which is ${most}`}. Give fewer.`,
    pointer: '/halfDays',
  },
  InterestIdTaken: {
    kind: 'conflict',
    says: 'An interest’s identity is used once.',
    detail: () =>
      'Another interest of this champion has that identity. Leave interestId out to get a new one.',
    pointer: '/interestId',
  },
  InterestUnknown: {
    kind: 'missing',
    says: 'There must be such an interest.',
    detail: () => 'This champion has no such interest on record. Look at those on their page.',
    pointer: '/interestId',
  },
  CounterpartyNotRegistered: {
    kind: 'missing',
    says: 'An interest is in schools of our register.',
    detail: (schools: readonly string[]) =>
      `Not registered: ${schools.join(', ')}. Check the ids, so that the interest is found when it matters.`,
    pointer: '/counterpartyIds',
  },
  OtherInterestInWords: {
    kind: 'invalid',
    says: 'An interest of another nature is put in words.',
    detail: () => 'The nature other says nothing by itself. Put it in words (note).',
    pointer: '/note',
  },
  OwnInterest: {
    kind: 'forbidden',
    says: 'Nobody resolves an interest that is theirs or that they declared.',
    detail: () =>
      'You declared this interest, or it is your own. Ask a colleague of the team to resolve it.',
    pointer: '/interestId',
  },
  CapBelowReserved: {
    kind: 'conflict',
    says: 'A cap is not set below what is reserved.',
    detail: (halfDays: number, held: number, year: string) =>
      `${inWords(held)} of ${year} ${held === 1 ? 'is' : 'are'} reserved, more than ${halfDays}. End deployments first, or set a higher cap.`,
    pointer: '/halfDays',
  },
  ReservationIdTaken: {
    kind: 'conflict',
    says: 'A reservation’s identity is used once.',
    detail: () => 'This reservation is on record with other terms. Give a new reservationId.',
    pointer: '/reservationId',
  },
  ReservationReleased: {
    kind: 'conflict',
    says: 'A reservation that was released is not made again.',
    detail: () => 'This reservation was released. Reserve anew under a new reservationId.',
    pointer: '/reservationId',
  },
  ReservationUnknown: {
    kind: 'missing',
    says: 'Days are used of a reservation there is.',
    detail: () => 'This champion has no such reservation. Reserve the days first.',
    pointer: '/reservationId',
  },
  ReservationUsedUp: {
    kind: 'conflict',
    says: 'No more days are used than were reserved.',
    detail: (left: number, halfDays: number) =>
      `${inWords(left)} of the reservation ${left === 1 ? 'is' : 'are'} left for this visit, ${halfDays} needed. Reserve more first.`,
    pointer: '/halfDays',
  },
  ChampionNotActive: {
    kind: 'conflict',
    says: 'Days are reserved of an active champion.',
    detail: (status: 'paused' | 'retired', since: string) =>
      `This champion has been ${status} since ${since}. Resume them first, or choose another.`,
    pointer: '/championId',
  },
  HomeSchoolNotSupported: {
    kind: 'conflict',
    says: 'A champion supports other schools than their own.',
    detail: () => 'The supported school is the champion’s home school. Choose another champion.',
    pointer: '/supportedSchoolId',
  },
  InterestInTheWay: {
    kind: 'conflict',
    says: 'A champion does not work where an interest bars them or is not resolved.',
    detail: (nature: InterestNature, resolved: boolean) =>
      resolved
        ? `A declared interest (${nature}) bars this champion from the school. Choose another champion.`
        : `A declared interest (${nature}) in the school is not resolved. Have it resolved first, or choose another champion.`,
    pointer: '/supportedSchoolId',
  },
  CapReached: {
    kind: 'conflict',
    says: 'A champion gives no more days in a year than their cap.',
    detail: (left: number, cap: number, year: string, halfDays: number) =>
      `${inWords(left)} left of ${cap} for ${year}, ${halfDays} needed. Ask for fewer, choose another champion or have the cap raised.`,
    pointer: '/halfDays',
  },
} as const;

/** 1 → "1 half-day". */
function inWords(halfDays: number): string {
  return `${halfDays} half-day${halfDays === 1 ? '' : 's'}`;
}

export const refuse = refusing(championRefusals);
export type ChampionRefusal = RefusalsOf<typeof championRefusals>;
