import { daysAfter, YEARS } from './days';
import type { HeadChange } from './model';
import type { Random } from './random';
import type { BareSchool } from './schools';

/** New heads a year in the whole county, those who only stand in included. */
const CHANGES_A_YEAR = 20;
/** When heads change: term beginnings mostly. */
const BEGIN = ['09-01', '09-01', '09-01', '01-01', '01-01', '04-15', '04-15', '11-03'];

/** Heads of every school since before September 2022, by school. */
export function makeHeads(
  schools: readonly BareSchool[],
  asAt: string,
  random: Random,
): Map<string, HeadChange[]> {
  const refs = new Set<string>();
  const headRef = (): string => {
    const ref = `head-${random.between(0x1000_0000, 0xffff_ffff).toString(16)}`;
    if (refs.has(ref)) return headRef();
    refs.add(ref);
    return ref;
  };
  const heads = new Map(
    schools.map(({ id }): [string, HeadChange[]] => [
      id,
      [{ headRef: headRef(), kind: 'permanent', from: `${random.between(2010, 2021)}-09-01` }],
    ]),
  );
  const open = schools.filter(
    ({ establishments }) => establishments.at(-1)?.closedOn === undefined,
  );
  for (const begins of [...YEARS, 2026]) {
    const days: { school: BareSchool; from: string }[] = random
      .shuffled(open)
      .slice(0, CHANGES_A_YEAR)
      .map((school) => ({ school, from: dayIn(begins, random.pick(BEGIN)) }));
    let changes = 0;
    for (const { school, from } of days) {
      const own = heads.get(school.id) ?? [];
      const opened =
        school.establishments.length === 1 ? (school.establishments[0]?.openedOn ?? '') : '';
      if (changes >= CHANGES_A_YEAR || from < opened || from <= (own.at(-1)?.from ?? '')) continue;
      own.push(change(from, random, headRef()));
      changes += 1;
      const stoodIn = own.at(-1);
      if (stoodIn === undefined || stoodIn.kind === 'permanent') continue;
      // Who stood in is kept on in two cases of five.
      const successor = random.chance(0.4) ? stoodIn.headRef : headRef();
      own.push({
        headRef: successor,
        kind: 'permanent',
        from: daysAfter(from, random.between(80, 240)),
      });
      changes += 1;
    }
  }
  return new Map([...heads].map(([id, own]) => [id, own.filter(({ from }) => from <= asAt)]));
}

const dayIn = (begins: number, monthAndDay: string): string =>
  `${monthAndDay >= '09-01' ? begins : begins + 1}-${monthAndDay}`;

function change(from: string, random: Random, headRef: string): HeadChange {
  const kind = random.chance(0.78) ? 'permanent' : random.pick(['interim', 'acting'] as const);
  return { headRef, kind, from };
}
