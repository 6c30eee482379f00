import type { FourPointGrade } from '../imports/files/inspection-outcomes';
import { InspectionNumbers, Inspections } from './inspection-history';
import type { PublishedOutcome } from './model';
import type { Random } from './random';
import type { BareSchool } from './schools';

/** Which inspection is a school's latest; the shares are those to be expected in November 2026. */
type Latest = 'report-card' | 'graded-without-overall' | 'ungraded' | 'graded' | 'none';

const REPORT_CARDS = 52;
const WITHOUT_OVERALL = 42;
const UNGRADED = 44;
/** Among schools whose last word is an older overall grade, or an ungraded inspection that confirmed one. */
const OLDER_SHARES = { outstanding: 0.22, requiresImprovement: 0.07 };
const REGRADED = 3;
const STUCK = 3;
interface Inspected {
  readonly school: BareSchool;
  /** In standard deviations: the higher, the worse the grades. */
  readonly strain: number;
}

/** Inspections of every school up to a day, by school, in the order of publication. */
export function makeInspections(
  inspected: readonly Inspected[],
  asAt: string,
  random: Random,
): Map<string, PublishedOutcome[]> {
  const latest = latestShapes(inspected, random);
  const numbers = new InspectionNumbers();
  // Schools that became academies lately were good or better; the others are graded by rank, so that the shares hold.
  const older = inspected
    .filter(({ school }) => ['graded', 'ungraded'].includes(latest.get(school.id) ?? ''))
    .filter(({ school }) => isOpen(school) && !isRecentAcademy(school))
    .map(({ school, strain }) => ({ school, felt: strain + random.normal(0, 0.5) }))
    .sort((a, b) => a.felt - b.felt);
  const grades = new Map(
    older.map(({ school }, rank) => [school.id, olderGrade(rank, older.length)]),
  );
  const stuck = new Set(
    older
      .filter(({ school }) => grades.get(school.id) === 3)
      .slice(-STUCK)
      .map(({ school }) => school.id),
  );
  const cards = inspected.filter(({ school }) => latest.get(school.id) === 'report-card');
  const worst = cards.reduce((a, b) => (b.strain > a.strain ? b : a));
  const regraded = new Set(cards.filter((each) => each !== worst).slice(0, REGRADED));

  return new Map(
    inspected.map((each): [string, PublishedOutcome[]] => {
      const { school, strain } = each;
      const make = new Inspections(school, strain, numbers, random);
      const grade = grades.get(school.id) ?? (make.fourPoint(0.4) === 1 ? 1 : 2);
      const planned = latest.get(school.id) ?? 'none';
      // Only good and outstanding schools had ungraded inspections.
      const last = planned === 'ungraded' && grade > 2 ? 'graded' : planned;
      make.earlier(stuck.has(school.id));
      switch (last) {
        case 'none':
          break;
        case 'graded':
          make.graded(grade, ...windowOf(school, '2021-09-14', '2024-06-30'));
          break;
        case 'ungraded':
          make.graded(grade, ...windowOf(school, '2017-09-14', '2019-12-01'));
          make.ungraded(grade, '2022-09-14', '2025-06-30');
          break;
        case 'graded-without-overall':
          make.withoutOverall('2024-09-14', '2025-10-14');
          break;
        case 'report-card': {
          make.graded(make.fourPoint(0.4), '2018-01-10', '2022-06-30');
          if (regraded.has(each)) make.regrade();
          else make.reportCard(each === worst ? 'worst' : 'usual', '2026-09-15');
          break;
        }
      }
      return [school.id, make.published.filter(({ publishedOn }) => publishedOn < asAt)];
    }),
  );
}

/** Ten academies keep their predecessor's inspection; the school merged in 2025 has had none. */
function latestShapes(inspected: readonly Inspected[], random: Random): Map<string, Latest> {
  const shapes = new Map<string, Latest>();
  const free: string[] = [];
  for (const { school } of random.shuffled(inspected)) {
    const opened = school.establishments.at(-1)?.openedOn ?? '';
    if (!isOpen(school)) shapes.set(school.id, 'graded');
    else if (opened >= '2025-01-01' && school.plan.part === 'merged-into')
      shapes.set(school.id, 'none');
    else if (opened >= '2023-01-01' && school.plan.part === 'merged-into')
      shapes.set(school.id, 'report-card');
    else if (isRecentAcademy(school)) shapes.set(school.id, 'graded');
    else free.push(school.id);
  }
  free.forEach((id, at) => {
    if (at < REPORT_CARDS - 1) shapes.set(id, 'report-card');
    else if (at < REPORT_CARDS - 1 + WITHOUT_OVERALL) shapes.set(id, 'graded-without-overall');
    else if (at < REPORT_CARDS - 1 + WITHOUT_OVERALL + UNGRADED) shapes.set(id, 'ungraded');
    else shapes.set(id, 'graded');
  });
  return shapes;
}

/** The strained end of the ranking requires improvement, the last of all is inadequate, the other end outstanding. */
function olderGrade(rank: number, schools: number): FourPointGrade {
  if (rank === schools - 1) return 4;
  if (rank >= schools * (1 - OLDER_SHARES.requiresImprovement) - 1) return 3;
  return rank < schools * OLDER_SHARES.outstanding ? 1 : 2;
}

/** While the school had the URN that the inspection is to belong to: a recent academy's is its predecessor's. */
function windowOf(school: BareSchool, from: string, to: string): [string, string] {
  const opened = school.establishments.at(-1)?.openedOn ?? '';
  const closed = school.establishments.at(-1)?.closedOn ?? '9999';
  if (opened >= '2021-09-01')
    return ['2018-01-10', opened < '2023-01-01' ? '2019-12-01' : '2022-07-01'];
  return closed < to ? ['2018-01-10', '2019-12-01'] : [from, to];
}

const isOpen = (school: BareSchool): boolean =>
  school.establishments.at(-1)?.closedOn === undefined;

/** Not inspected since it became an academy. */
const isRecentAcademy = (school: BareSchool): boolean =>
  school.establishments.length > 1 &&
  (school.establishments.at(-1)?.openedOn ?? '') >= '2021-09-01';
