import { daysAfter, YEARS } from './days';
import type { Establishment, HeadChange } from './model';
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
  const nextRef = headRefs(random);
  const heads = new Map(
    schools.map(({ id }): [string, HeadChange[]] => [
      id,
      [{ headRef: nextRef(), kind: 'permanent', from: `${random.between(2010, 2021)}-09-01` }],
    ]),
  );
  const open = schools.filter(
    ({ establishments }) => establishments.at(-1)?.closedOn === undefined,
  );
  for (const begins of [...YEARS, 2026]) {
    let changes = 0;
    for (const { id, establishments } of random.shuffled(open)) {
      if (changes >= CHANGES_A_YEAR) break;
      const own = heads.get(id) ?? [];
      const from = dayIn(begins, random.pick(BEGIN));
      if (from <= settledOn(own, establishments)) continue;
      const changed = change(from, random, nextRef);
      own.push(...changed);
      changes += changed.length;
    }
  }
  return new Map([...heads].map(([id, own]) => [id, own.filter(({ from }) => from <= asAt)]));
}

/** The day since which the school is open and has its head. */
const settledOn = (own: readonly HeadChange[], establishments: readonly Establishment[]): string =>
  [own.at(-1)?.from ?? '', establishments[0]?.openedOn ?? ''].sort().at(-1) ?? '';

/** References to people who do not exist, none of them twice. */
function headRefs(random: Random): () => string {
  const given = new Set<string>();
  return function next(): string {
    const ref = `head-${random.between(0x1000_0000, 0xffff_ffff).toString(16)}`;
    if (given.has(ref)) return next();
    given.add(ref);
    return ref;
  };
}

const dayIn = (begins: number, monthAndDay: string): string =>
  `${monthAndDay >= '09-01' ? begins : begins + 1}-${monthAndDay}`;

/** A new head; or one who stands in, and is kept on in two cases of five. */
function change(from: string, random: Random, nextRef: () => string): HeadChange[] {
  const headRef = nextRef();
  if (random.chance(0.78)) return [{ headRef, kind: 'permanent', from }];
  const follows = daysAfter(from, random.between(80, 240));
  return [
    { headRef, kind: random.pick(['interim', 'acting'] as const), from },
    { headRef: random.chance(0.4) ? headRef : nextRef(), kind: 'permanent', from: follows },
  ];
}
