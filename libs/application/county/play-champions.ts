import type { Actor } from '#kernel';
import type { ChampionRole, InterestNature, Phase } from '#domain';
import { academicYear, daysAfter } from './days';
import type { CountySchool } from './model';
import { officeDay, workingDaysLater } from './play-calendar';
import { adviserOf, championRef, headRefOn, teamLeader } from './play-people';
import { isOpen } from './play-round';
import type { PlayedSchool, Stage } from './play-stage';
import { THEMES } from './play-wording';
import type { Random } from './random';

/** Home schools and champions: about 70 from about 50 schools [I domain dossier, 9.3]. */
const HOMES = 50;
const WITH_TWO = 20;
/** Half-days a year where nobody said otherwise: what the product takes for a cap. */
const USUAL_CAP = 30;
/** The n-th of them stopped being one at the end of a school year. */
const RETIRING: Readonly<Record<number, number>> = {
  9: 2023,
  23: 2024,
  31: 2024,
  44: 2025,
  58: 2026,
};
/** The n-th of them had to rest for some weeks. */
const RESTING: Readonly<Record<number, readonly [from: string, to: string]>> = {
  6: ['2023-02-24', '2023-05-12'],
  17: ['2023-11-10', '2024-01-19'],
  28: ['2024-05-10', '2024-09-13'],
  39: ['2025-03-07', '2025-05-16'],
  62: ['2026-10-16', '9999'],
};
/** The n-th of them went to work at another school. */
const MOVING: Readonly<Record<number, string>> = { 14: '2024-08-29' };

export interface PlayedChampion {
  readonly n: number;
  readonly championId: string;
  readonly personRef: string;
  home: PlayedSchool;
  readonly roles: readonly ChampionRole[];
  readonly specialisms: readonly string[];
  readonly phases: readonly Phase[];
  readonly from: string;
  /** Their last day as a champion. */
  readonly until: string;
  readonly resting: readonly [from: string, to: string] | undefined;
  readonly vettedUntil: string;
  /** At most so many half-days a year. */
  readonly cap: number;
  /** Schools they have a tie to, by the model's ids, whether it bars them or is not resolved. */
  readonly tiedTo: readonly string[];
  /** Half-days by academic year. */
  readonly booked: Map<string, number>;
}

/** Who may help: known from the first day, though most come on the register later. */
export function recruit(stage: Stage): readonly PlayedChampion[] {
  const random = stage.chance('champions');
  const homes = homesIn(stage, random);
  const of = [...homes, ...homes.slice(0, WITH_TWO)];
  return of.map((home, i) => champion(stage, home, i + 1, random));
}

/** Schools that do well enough to lend somebody, and are there for all the years. */
function homesIn(stage: Stage, random: Random): readonly PlayedSchool[] {
  const years = [2022, 2023, 2024, 2025].map(academicYear);
  const strain = ({ model }: PlayedSchool): number =>
    Math.max(...years.map((year) => model.strain[year] ?? 0));
  const steady = stage
    .inOrder()
    .filter((school) => school.model.kind !== 'nursery' && isOpen(school, '2026-12-31'))
    .filter((school) => isOpen(school, '2022-09-01') && strain(school) < 0.6);
  const [secondary, primary] = [true, false].map((wanted) =>
    random.shuffled(steady.filter(({ model }) => isSecondary(model) === wanted)),
  );
  return [...(secondary ?? []).slice(0, 14), ...(primary ?? [])].slice(0, HOMES);
}

const isSecondary = ({ kind }: CountySchool): boolean =>
  ['grammar', 'upper', 'all-through', 'special', 'pru-ap'].includes(kind);

function champion(stage: Stage, home: PlayedSchool, n: number, random: Random): PlayedChampion {
  const roles: readonly ChampionRole[] =
    n === 1
      ? ['SSLC', 'SSPC', 'ABLE']
      : random.pick([['SSLC'], ['SSLC', 'SSPC'], ['SSPC'], ['SSPC'], ['SSPC', 'ABLE'], ['ABLE']]);
  const known = roles.flatMap((role) => THEMES[role].map(({ specialism }) => specialism));
  const first = n <= 52 ? 2022 : 2023 + (n % 3);
  const from = officeDay(
    daysAfter(`${first}-09-${first === 2022 ? '06' : '10'}`, random.between(0, 7)),
  );
  const retires = RETIRING[n];
  return {
    ...{ n, home, roles, from },
    championId: stage.id(`champion ${n}`),
    personRef: championRef(n),
    specialisms: random.shuffled(known).slice(0, random.between(2, 3)),
    phases: phasesOf(home.model, random),
    until: retires === undefined ? '9999' : officeDay(`${retires}-07-20`),
    resting: RESTING[n],
    vettedUntil: `${first + 5}-08-31`,
    cap: n % 11 === 0 ? 40 : n % 9 === 0 ? 20 : USUAL_CAP,
    tiedTo: n % 6 === 1 ? tiesOf(stage, home, random) : [],
    booked: new Map(),
  };
}

function phasesOf({ kind }: CountySchool, random: Random): readonly Phase[] {
  switch (kind) {
    case 'nursery':
    case 'infant':
      return ['nursery', 'primary'];
    case 'junior':
    case 'primary':
      return random.chance(0.2) ? ['primary', 'special'] : ['primary'];
    case 'grammar':
    case 'upper':
      return ['secondary'];
    case 'all-through':
      return ['primary', 'secondary', 'all-through'];
    case 'special':
      return ['special', 'primary', 'secondary'];
    case 'pru-ap':
      return ['pru-ap', 'secondary'];
  }
}

const tiesOf = (stage: Stage, home: PlayedSchool, random: Random): readonly string[] => {
  const near = stage
    .inOrder()
    .filter(({ model }) => model.liaisonGroup === home.model.liaisonGroup);
  return random
    .shuffled(near.filter(({ model }) => model.id !== home.model.id && model.kind !== 'nursery'))
    .slice(0, 1)
    .map(({ model }) => model.id);
};

/** What becomes of one champion in the years. */
export async function playChampion(stage: Stage, one: PlayedChampion): Promise<void> {
  const { days } = stage;
  const { championId, n } = one;
  const adviser = adviserOf(one.home.model);
  const random = stage.chance(`champion ${n}`);
  await days.until(one.from);
  await stage.give(adviser, `champion ${n}`, 'RegisterChampion', {
    ...{ championId, personRef: one.personRef, homeSchoolId: one.home.schoolId },
    ...{ roles: one.roles, specialisms: one.specialisms, phases: one.phases },
    vettedOn: daysAfter(one.from, -random.between(5, 60)),
    vettedUntil: one.vettedUntil,
  });
  if (one.cap !== USUAL_CAP) days.begin(() => agreeCaps(stage, one));
  if (one.tiedTo.length > 0) days.begin(() => declareTie(stage, one, random));
  if (one.resting !== undefined) days.begin(() => rest(stage, one));
  days.begin(() => move(stage, one));
  days.begin(() => renewVetting(stage, one));
  for (let year = Number(one.from.slice(0, 4)); ; year += 1) {
    const day = officeDay(`${year}-09-${14 + (n % 5)}`);
    if (day > one.until) break;
    await days.until(day);
    await declareTime(stage, one, year);
  }
  await retire(stage, one);
}

/** Who speaks for the school a champion works at. */
export const homeHeadOf = (stage: Stage, { home }: PlayedChampion): Actor => ({
  id: headRefOn(home.model, stage.days.today),
  role: 'home-head',
  schoolId: home.schoolId,
});

export const asChampion = ({ personRef, home }: PlayedChampion): Actor => ({
  id: personRef,
  role: 'champion',
  schoolId: home.schoolId,
});

async function declareTime(stage: Stage, one: PlayedChampion, year: number): Promise<void> {
  const [from, to] = [`${year}-09-19`, `${year + 1}-07-17`];
  const by = one.n % 2 === 0 ? asChampion(one) : homeHeadOf(stage, one);
  await stage.give(by, `time ${one.n} ${year}`, 'DeclareAvailability', {
    ...{ championId: one.championId, homeSchoolId: one.home.schoolId },
    ...{ academicYear: academicYear(year), from, to },
    ...(one.n % 3 === 0 ? { halfDays: one.cap, per: 'period' } : { halfDays: 2, per: 'week' }),
  });
}

/** Another cap than the usual is set anew for every year. */
async function agreeCaps(stage: Stage, { n, championId, cap, from, until }: PlayedChampion) {
  for (let year = Number(from.slice(0, 4)); `${year}-09-13` < until; year += 1) {
    await stage.days.until(officeDay(`${year}-09-13`));
    await stage.give(teamLeader, `cap ${n} ${year}`, 'SetYearlyCap', {
      ...{ championId, academicYear: academicYear(year), halfDays: cap },
      reason: 'As agreed with the home school for this year (invented example).',
    });
  }
}

const NATURES: readonly InterestNature[] = [
  'employed-or-governing',
  'family',
  'competing-for-pupils',
];

/** A tie is declared soon, and resolved by somebody else some days later; one in four waits for that still. */
async function declareTie(stage: Stage, one: PlayedChampion, random: Random): Promise<void> {
  const { championId, n } = one;
  await stage.days.until(officeDay(workingDaysLater(one.from, 4)));
  const counterpartyIds = one.tiedTo.flatMap((id) => stage.schools.get(id)?.schoolId ?? []);
  const interestId = stage.id(`interest ${n}`);
  await stage.give(asChampion(one), `tie ${n}`, 'DeclareInterest', {
    ...{ championId, interestId, counterpartyIds },
    nature: random.pick(NATURES),
  });
  if (random.chance(0.25)) return;
  await stage.days.until(officeDay(workingDaysLater(stage.days.today, random.between(5, 15))));
  await stage.give(teamLeader, `tie ${n}`, 'ResolveInterest', {
    ...{ championId, interestId, outcome: 'bars' },
    reason: 'The tie is close; another champion is found for that school (invented example).',
  });
}

async function rest(stage: Stage, one: PlayedChampion): Promise<void> {
  const { championId, n, resting: [from, to] = ['9999', '9999'] } = one;
  await stage.days.until(officeDay(from));
  const byHome = n % 2 === 0;
  const pausing = byHome ? homeHeadOf(stage, one) : adviserOf(one.home.model);
  await stage.give(pausing, `rest ${n}`, 'PauseChampion', {
    championId,
    ...(byHome ? { homeSchoolId: one.home.schoolId } : {}),
    reason: 'Needed at the home school until a post is filled (invented example).',
  });
  await stage.days.until(to === '9999' ? to : officeDay(to));
  await stage.give(adviserOf(one.home.model), `rest ${n}`, 'ResumeChampion', {
    championId,
    reason: 'The post at the home school is filled (invented example).',
  });
}

/** Whoever changes to another school does so in the holidays, when nothing is booked through the old one. */
async function move(stage: Stage, one: PlayedChampion): Promise<void> {
  const day = MOVING[one.n];
  if (day === undefined) return;
  await stage.days.until(day);
  const { model } = one.home;
  const others = stage
    .inOrder()
    .filter((school) => school.model.kind === model.kind && school.model.id !== model.id)
    .filter((school) => isOpen(school, '2026-12-31') && school.category === 'Enhancement');
  const to = stage.chance(`move ${one.n}`).pick(others);
  await stage.give(adviserOf(model), `move ${one.n}`, 'MoveChampion', {
    championId: one.championId,
    toSchoolId: to.schoolId,
  });
  one.home = to;
}

/** Whoever learns something new, or has been vetted anew, is recorded so. */
async function renewVetting(stage: Stage, one: PlayedChampion): Promise<void> {
  const { n, championId, from } = one;
  if (n % 8 !== 3) return;
  await stage.days.until(officeDay(`${Number(from.slice(0, 4)) + 2}-02-${10 + (n % 5)}`));
  await stage.give(adviserOf(one.home.model), `vetting ${n}`, 'UpdateChampion', {
    championId,
    vettedOn: daysAfter(stage.days.today, -7),
    vettedUntil: one.vettedUntil,
    specialisms: [...one.specialisms, 'coaching'],
  });
}

async function retire(stage: Stage, one: PlayedChampion): Promise<void> {
  if (one.until === '9999') return;
  await stage.days.until(one.until);
  await stage.give(adviserOf(one.home.model), `retires ${one.n}`, 'RetireChampion', {
    championId: one.championId,
    reason: 'Leaves the profession at the end of the school year (invented example).',
  });
}
