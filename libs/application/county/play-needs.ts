import type { Category, ChampionRole } from '#domain';
import { academicYear, daysAfter } from './days';
import { officeDay, schoolDay, schoolEntryDay } from './play-calendar';
import type { PlayedChampion } from './play-champions';
import { ableFor } from './play-matching';
import { headOfService, statusOn } from './play-people';
import { isOpen } from './play-round';
import type { PlayedSchool, Stage } from './play-stage';
import type { Theme } from './play-wording';
import { THEMES } from './play-wording';
import type { Random } from './random';

/** Who bears what a piece of support costs. */
export type Payer = 'authority' | 'split' | 'school';

/** One piece of support as it will be if nothing comes between. */
export interface Plan {
  readonly matter: string;
  readonly school: PlayedSchool;
  readonly category: Category;
  readonly year: string;
  readonly role: ChampionRole;
  readonly theme: Theme;
  readonly halfDays: number;
  /** Further half-days that are asked for on the way; the champion and the allowance have them. */
  readonly further: number;
  readonly payer: Payer;
  readonly identified: string;
  readonly confirmed: string;
  readonly from: string;
  readonly to: string;
  /** The best fit, and who is proposed in their stead when that one is declined. */
  readonly champion: PlayedChampion | undefined;
  readonly other: PlayedChampion | undefined;
}

/** Days within a school year on which the team looks at who needs what: month and day. */
const LOOKS = ['09-14', '11-05', '01-11', '02-26', '04-22'] as const;
/** The last academies whose support the authority shares the cost of are agreed in winter 2022/23. */
const SHARED_UNTIL = '2023-02-01';
/** Work with a school ends some days before its year does. */
const LAST_DAYS = '07-08';

interface Piece {
  readonly role: ChampionRole;
  readonly halfDays: number;
}
/** Half-days of a school's year that are planned, by what they are taken from. */
interface Planned {
  readonly sspc: number;
  readonly sslc: number;
}
const NOTHING: Planned = { sspc: 0, sslc: 0 };
/** Years in which one school gets more than the offer grants, at which look, and how much. */
const MORE_IN: readonly number[] = [2023, 2025];
const MORE_AT = 3;
const MORE: Piece = { role: 'SSPC', halfDays: 8 };

/** What is looked for at the n-th look of a year: about three fifths of what there could be [I domain dossier, 9.3]. */
function wantedOf(
  category: Category | undefined,
  look: number,
  { sspc, sslc }: Planned,
  random: Random,
): readonly Piece[] {
  const small = (): Piece => ({
    role: random.chance(0.75) ? 'SSPC' : 'ABLE',
    halfDays: random.between(10, 13),
  });
  switch (category) {
    case undefined:
    case 'Enhancement':
      return look < 3 && random.chance(0.006) ? [{ role: 'SSPC', halfDays: 6 }] : [];
    case 'Prevention':
      return sspc === 0 && random.chance(IN_PREVENTION[look] ?? 0) ? [small()] : [];
    case 'Intervention': {
      const halfDays = look < 3 ? random.between(18, 24) : 10;
      const leading: readonly Piece[] = sslc === 0 ? [{ role: 'SSLC', halfDays }] : [];
      const further = sspc === 0 || (sspc < 20 && look > 1 && random.chance(0.55));
      return [...leading, ...(further ? [small()] : [])];
    }
  }
}
const IN_PREVENTION = [0.62, 0.3, 0.4, 0.25, 0.15];

/** A year's needs: at each look schools are gone through in order, so that who comes first has the choice. */
export async function lookForNeeds(
  stage: Stage,
  champions: readonly PlayedChampion[],
  begins: number,
  play: (plan: Plan) => Promise<void>,
): Promise<void> {
  const planned = new Map<string, Planned>();
  for (const [look, day] of LOOKS.entries()) {
    await stage.days.until(officeDay(`${day >= '09' ? begins : begins + 1}-${day}`));
    const { today } = stage.days;
    const schools = stage.inOrder().filter((school) => mayHaveSupport(school, today, begins));
    for (const school of schools) {
      const random = stage.chance(`needs ${today} ${school.model.id}`);
      const before = planned.get(school.model.id) ?? NOTHING;
      for (const [n, piece] of piecesFor(school, today, look, before, random).entries()) {
        const matter = `support ${today} ${school.model.id} ${n}`;
        const plan = planOf(stage, champions, { ...{ school, matter, begins }, ...piece });
        stage.days.begin(() => play(plan));
        planned.set(school.model.id, withPlan(planned.get(school.model.id) ?? NOTHING, plan));
      }
    }
    if (look !== MORE_AT || !MORE_IN.includes(begins)) continue;
    const most = schools.find(
      (school) =>
        school.category === 'Intervention' &&
        payerOf(school, today) === 'authority' &&
        (planned.get(school.model.id) ?? NOTHING).sspc > 9,
    );
    if (most === undefined)
      throw new Error(`No school of ${today} is to get more than is offered.`);
    const matter = `support beyond ${today} ${most.model.id}`;
    const plan = planOf(stage, champions, { ...{ school: most, matter, begins }, ...MORE });
    stage.days.begin(async () => {
      await grantMore(stage, plan);
      await play(plan);
    });
  }
}

/** Open for all of the year; and whoever is about to become an academy settles that first. */
const mayHaveSupport = (school: PlayedSchool, today: string, begins: number): boolean =>
  statusOn(school.model, today) === statusOn(school.model, daysAfter(today, 60)) &&
  isOpen(school, `${begins + 1}-08-30`);

/** A school that pays for itself asks once a year, if at all. */
function piecesFor(
  school: PlayedSchool,
  today: string,
  look: number,
  before: Planned,
  random: Random,
): readonly Piece[] {
  const pays = payerOf(school, today);
  const pieces = (): readonly Piece[] => wantedOf(school.category, look, before, random);
  if (pays === 'authority') return pieces();
  if (before !== NOTHING || !random.chance(pays === 'split' ? 0.6 : 0.2)) return [];
  return pays === 'split' ? pieces() : pieces().slice(0, 1);
}

const grantMore = (stage: Stage, { matter, school, year, halfDays, further }: Plan) =>
  stage.give(headOfService, matter, 'ApproveExtraDays', {
    ...{ schoolId: school.schoolId, academicYear: year, approvalId: stage.id(`more ${matter}`) },
    ...{ pot: 'sspc', halfDays: halfDays + further },
    reason: 'Half of the staff are new since Christmas (invented example).',
  });

const withPlan = ({ sspc, sslc }: Planned, { role, halfDays, further }: Plan): Planned =>
  role === 'SSLC'
    ? { sspc, sslc: sslc + halfDays + further }
    : { sspc: sspc + halfDays + further, sslc };

function payerOf({ model, category }: PlayedSchool, today: string): Payer {
  if (category === undefined || category === 'Enhancement') return 'school';
  if (statusOn(model, today) === 'maintained') return 'authority';
  return today < SHARED_UNTIL ? 'split' : 'school';
}

interface Asked extends Piece {
  readonly school: PlayedSchool;
  readonly matter: string;
  readonly begins: number;
}

function planOf(
  stage: Stage,
  champions: readonly PlayedChampion[],
  { school, matter, begins, role, halfDays }: Asked,
): Plan {
  const random = stage.chance(matter);
  const { today } = stage.days;
  const identified = officeDay(daysAfter(today, random.between(0, 11)));
  const confirmed = officeDay(daysAfter(identified, random.between(20, 26)));
  const from = schoolEntryDay(daysAfter(confirmed, random.between(3, 9)));
  const weeks = Math.ceil(halfDays / 2) * random.between(2, 3) + 2;
  const end = daysAfter(from, 7 * weeks);
  const last = `${begins + 1}-${LAST_DAYS}`;
  const to = schoolDay(end < last ? end : last);
  const theme = random.pick(THEMES[role]);
  const year = academicYear(begins);
  const further = random.chance(0.08) ? 2 : 0;
  const all = halfDays + further;
  const { specialism } = theme;
  const wanted = { school, role, specialism, year, halfDays: all, asked: today, to };
  const able = ableFor(champions, wanted);
  // Whoever signs in to the demo as a champion finds work of every year.
  const shown = able.find(({ n, booked }) => n === 1 && !booked.has(year));
  const [best, other] = [...(shown ? [shown] : []), ...able.filter((one) => one !== shown)];
  if (best !== undefined) best.booked.set(year, (best.booked.get(year) ?? 0) + all);
  const { category = 'Enhancement' } = school;
  return {
    ...{ matter, school, category, year, role, theme, halfDays, further },
    ...{ identified, confirmed, from, to, other },
    payer: payerOf(school, today),
    champion: best,
  };
}
