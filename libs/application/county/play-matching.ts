import type { ChampionRole } from '#domain';
import type { CountySchool } from './model';
import type { PlayedChampion } from './play-champions';
import { phaseOf } from './play-people';
import type { PlayedSchool } from './play-stage';

/** What somebody is wanted for. */
export interface Wanted {
  readonly school: PlayedSchool;
  readonly role: ChampionRole;
  readonly specialism: string;
  readonly year: string;
  readonly halfDays: number;
  /** The day on which somebody is looked for, and the last day of the work. */
  readonly asked: string;
  readonly to: string;
}

/** Those who can, best first: by the same things, one after another, as the product ranks them. */
export function ableFor(all: readonly PlayedChampion[], wanted: Wanted): readonly PlayedChampion[] {
  const { school, specialism } = wanted;
  const phase = phaseOf(school.model);
  const order = (one: PlayedChampion): readonly number[] => [
    one.specialisms.includes(specialism) ? 0 : 1,
    one.phases.includes(phase) ? 0 : 1,
    Math.round(milesBetween(one.home.model, school.model)),
    one.booked.get(wanted.year) ?? 0,
    one.n,
  ];
  return all
    .filter((one) => isAble(one, wanted))
    .map((one) => ({ one, at: order(one) }))
    .sort((a, b) => compared(a.at, b.at))
    .map(({ one }) => one);
}

function isAble(one: PlayedChampion, wanted: Wanted): boolean {
  const { role, year, halfDays } = wanted;
  return (
    one.roles.includes(role) &&
    isThere(one, wanted) &&
    isFreeFor(one, wanted.school) &&
    (one.booked.get(year) ?? 0) + halfDays <= one.cap
  );
}

/** A champion who is there from now on until it ends. */
function isThere(one: PlayedChampion, { asked, to }: Wanted): boolean {
  const { resting: [away, back] = ['9999', '9999'] } = one;
  const lasts = to <= one.until && to <= one.vettedUntil;
  return one.from <= asked && lasts && (to < away || asked > back);
}

/** A home school that needs nobody itself, and no tie to the school that does. */
function isFreeFor({ home, tiedTo }: PlayedChampion, { model }: PlayedSchool): boolean {
  const [own, its] = [home.model, model].map(({ establishments }) => establishments.at(-1)?.trust);
  return (
    home.category === 'Enhancement' &&
    home.model.id !== model.id &&
    !tiedTo.includes(model.id) &&
    (own === undefined || own.code !== its?.code)
  );
}

const METRES_IN_A_MILE = 1609.344;
const milesBetween = ({ place: a }: CountySchool, { place: b }: CountySchool): number =>
  Math.hypot(a.easting - b.easting, a.northing - b.northing) / METRES_IN_A_MILE;

function compared(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return (a[at] ?? 0) - (b[at] ?? 0);
}
