import type { Snapshot } from '#kernel';
import type { ChampionRole, Phase } from '#domain';
import { academicYearOf } from '#domain';
import type { Champion } from './champions';
import { capacityIn, champions } from './champions';
import type { SchoolCard } from './schools';
import { schools } from './schools';
import type { NamedSchool } from './schools-named';

/** What a champion is wanted for. */
export interface Wanted {
  /** The school to be supported, by its id. */
  readonly schoolId: string;
  /** Default: any. */
  readonly role?: ChampionRole;
  /** By its code. */
  readonly specialism?: string;
  /** Default: the phase of the school. */
  readonly phase?: Phase;
  readonly halfDays: number;
  /** First and last day of the work; both in one academic year. */
  readonly from: string;
  readonly to: string;
  /** No further away than this, in miles. */
  readonly within?: number;
}

/** A champion who can do it, and what speaks for them, best first. */
export interface Match {
  readonly championId: string;
  readonly personRef: string;
  readonly home: NamedSchool;
  /** Between the two schools as the crow flies; absent where one of them has no place on record. */
  readonly miles?: number;
  readonly halfDaysLeft: number;
  readonly reasons: readonly string[];
}

/** A champion who cannot, and why. */
export interface Excluded {
  readonly championId: string;
  readonly personRef: string;
  readonly home: NamedSchool;
  readonly because: readonly string[];
}

export interface Matches {
  readonly ranked: readonly Match[];
  readonly excluded: readonly Excluded[];
}

const METRES_IN_A_MILE = 1609.344;

/** What can stand in the way of a champion, each under a word of its own, so that it can be counted. */
export const bars = {
  'not-active': 'paused or retired',
  'other-role': 'work in another role',
  interest: 'have declared an interest in the school',
  vetting: 'are not vetted for so long',
  'own-school': 'come from the school itself',
  'home-closed': 'come from a school that has closed',
  'home-supported': 'come from a school that gets support itself',
  'same-trust': 'belong to the same trust',
  'same-federation': 'belong to the same federation',
  'too-far': 'are too far away',
  'too-few-days': 'have too few days left',
  'not-available': 'are not available in that time',
} as const;
export type BarCode = keyof typeof bars;
export interface Bar {
  readonly code: BarCode;
  readonly says: string;
}

export interface Candidate {
  readonly champion: Champion;
  readonly home: SchoolCard | undefined;
  readonly school: SchoolCard;
  readonly wanted: Wanted & { readonly phase: Phase };
  readonly miles: number | undefined;
  readonly left: number;
  readonly cap: number;
}

/**
 * Champions for a piece of support, ranked, each with the reasons; and those who are excluded, each with all that excludes
 * them [I domain dossier, 3.3 to 3.5]. Undefined when nobody knows the school.
 *
 * The order is by one thing after another: the specialism, the phase, a home school in Enhancement, the nearer one, the one
 * with more of their days left. Nothing is added up to a figure that nobody could explain.
 */
export async function matchesFor(snapshot: Snapshot, wanted: Wanted): Promise<Matches | undefined> {
  const school = (await snapshot.get<SchoolCard>(schools, wanted.schoolId))?.body;
  if (school === undefined) return undefined;
  const cards = await snapshot.list<SchoolCard>(schools);
  const byId = new Map(cards.map(({ key, body }) => [key, body]));
  const all = await snapshot.list<Champion>(champions, { sort: { personRef: 1 } });
  const candidates = all.map(({ body: champion }) =>
    candidateFor(champion, byId.get(champion.homeSchoolId), school, wanted),
  );
  const able = candidates.filter((one) => barsTo(one).length === 0);
  return {
    ranked: able.toSorted(byFit).map((one) => ({
      ...named(one),
      ...(one.miles === undefined ? {} : { miles: one.miles }),
      halfDaysLeft: one.left,
      reasons: reasons(one),
    })),
    excluded: candidates
      .map((one) => ({ ...named(one), because: barsTo(one).map(({ says }) => says) }))
      .filter(({ because }) => because.length > 0),
  };
}

/** A champion held against what is wanted at a school. */
export function candidateFor(
  champion: Champion,
  home: SchoolCard | undefined,
  school: SchoolCard,
  wanted: Wanted,
): Candidate {
  const { left, cap } = capacityIn(champion, academicYearOf(wanted.from));
  const about = { ...wanted, phase: wanted.phase ?? school.phase };
  return { champion, home, school, wanted: about, miles: apart(school, home), left, cap };
}

const named = ({ champion: { championId, personRef, homeSchoolId }, home }: Candidate) => ({
  championId,
  personRef,
  home: { schoolId: homeSchoolId, urn: home?.urn ?? '', name: home?.name ?? homeSchoolId },
});

/** As the crow flies, in miles to one decimal. */
function apart(a: SchoolCard, b: SchoolCard | undefined): number | undefined {
  if (b === undefined) return undefined;
  const [east, north] = [between(a.easting, b.easting), between(a.northing, b.northing)];
  if (east === undefined || north === undefined) return undefined;
  return Math.round((Math.hypot(east, north) / METRES_IN_A_MILE) * 10) / 10;
}

const between = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a - b;

/** Everything that stands in the way, so that whoever reads it knows what would have to change. */
export function barsTo(one: Candidate): readonly Bar[] {
  return [...barsOfChampion(one), ...barsOfHome(one), ...barsOfTime(one)];
}

const bar = (code: BarCode, says: string): Bar => ({ code, says });

function* barsOfChampion({ champion, wanted, school }: Candidate): Generator<Bar> {
  if (champion.status !== 'active') yield bar('not-active', champion.status);
  if (wanted.role !== undefined && !champion.roles.includes(wanted.role))
    yield bar('other-role', `is ${champion.roles.join(' and ')}, not ${wanted.role}`);
  const ties = champion.interests.filter(
    ({ counterpartyIds, outcome }) =>
      counterpartyIds.includes(school.schoolId) && outcome !== 'may-work',
  );
  if (ties.some(({ outcome }) => outcome === undefined))
    yield bar('interest', 'declared interest, not resolved');
  if (ties.some(({ outcome }) => outcome === 'bars')) yield bar('interest', 'declared interest');
  if (champion.vettedUntil < wanted.to)
    yield bar('vetting', `vetting confirmed until ${champion.vettedUntil} only`);
}

/** Of the home school: one that needs support itself lends nobody, and a trust helps its own in its own way. */
function* barsOfHome({ champion, home, school, wanted, miles }: Candidate): Generator<Bar> {
  if (champion.homeSchoolId === school.schoolId) yield bar('own-school', 'own school');
  if (home === undefined) return;
  if (!home.open) yield bar('home-closed', 'home school has closed');
  const category = home.category?.is;
  if (category === 'Prevention' || category === 'Intervention')
    yield bar('home-supported', `home school is in ${category}`);
  if (home.trust !== undefined && home.trust === school.trust)
    yield bar('same-trust', 'same trust');
  if (home.federation !== undefined && home.federation === school.federation)
    yield bar('same-federation', 'same federation');
  if (wanted.within === undefined || champion.homeSchoolId === school.schoolId) return;
  if (miles === undefined) yield bar('too-far', 'distance not known');
  else if (miles > wanted.within) yield bar('too-far', `${miles} miles`);
}

function* barsOfTime({ champion, wanted, left }: Candidate): Generator<Bar> {
  if (left < wanted.halfDays)
    yield bar('too-few-days', `${inHalfDays(left)} left, ${wanted.halfDays} needed`);
  const none = champion.availability.filter(
    ({ from, to, halfDays }) => halfDays === 0 && from <= wanted.from && to >= wanted.to,
  );
  if (none.length > 0) yield bar('not-available', 'not available in that time');
}

const inHalfDays = (n: number): string => `${n} half-day${n === 1 ? '' : 's'}`;

function reasons(one: Candidate): readonly string[] {
  const { champion, home, wanted, miles, left, cap } = one;
  const { specialism } = wanted;
  return [
    ...(specialism === undefined
      ? []
      : [`${specialism} is ${isSpecialist(one) ? 'a specialism' : 'not among their specialisms'}`]),
    champion.phases.includes(wanted.phase)
      ? `works in the ${wanted.phase} phase`
      : `works in another phase: ${champion.phases.join(', ')}`,
    ...(home?.category === undefined ? ['home school has no category'] : []),
    ...(home?.category?.is === 'Enhancement' ? ['home school is in Enhancement'] : []),
    miles === undefined ? 'distance not known' : `${miles} miles away`,
    `${inHalfDays(left)} left of ${cap}`,
  ];
}

const isSpecialist = ({ champion, wanted: { specialism } }: Candidate): boolean =>
  specialism === undefined || champion.specialisms.includes(specialism);

/** The better fit first. */
function byFit(a: Candidate, b: Candidate): number {
  for (const of of criteria) {
    const difference = of(a) - of(b);
    if (difference !== 0) return difference;
  }
  return a.champion.championId < b.champion.championId ? -1 : 1;
}

/** One after another; the smaller is the better. */
const criteria: readonly ((one: Candidate) => number)[] = [
  (one) => (isSpecialist(one) ? 0 : 1),
  ({ champion, wanted }) => (champion.phases.includes(wanted.phase) ? 0 : 1),
  ({ home }) => (home?.category?.is === 'Enhancement' ? 0 : 1),
  ({ miles }) => miles ?? Infinity,
  ({ left, cap }) => (cap === 0 ? 0 : -left / cap),
];
