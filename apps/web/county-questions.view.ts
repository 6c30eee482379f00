import type {
  BoardDeployments,
  ChampionWork,
  CountyImpact,
  ImpactOf,
  SupportGap,
  Task,
  TaskKind,
  UnmetNeeds,
} from '#read-models';
import { verdictsInWords } from '#read-models';
import { capacitySentence } from './champions.view';
import { deploymentView } from './support.view';
import type { Cell, Table } from './tables';
import { codeInWords, dayOrNone, numeric, plain, schoolCell } from './tables';
import { championRolesInWords, counted, dayInWords } from './words';

/*
 * Questions about the whole county, in words and tables: what waits to be done, where support is missing and what it
 * achieved; and a champion's own work.
 */
export const taskKindsInWords: Readonly<Record<TaskKind, string>> = {
  assessment: 'Assessment',
  proposal: 'Proposal or letter',
  review: 'Review the school asked for',
  trigger: 'Trigger',
  deployment: 'Deployment',
  visit: 'Headline visit',
  record: 'Record of a visit',
  'improvement-area': 'Area for improvement',
  action: 'Action of a team',
  'team-meeting': 'Team around a school',
  consultation: 'Consultation',
  notice: 'Warning notice',
};

const overdue = (days: number): { readonly name: string; readonly tag: string } => ({
  name: `${counted(days, 'day')} overdue`,
  tag: 'red',
});

export const tasksTable = (tasks: readonly Task[]): Table => ({
  caption: 'What waits, the longest waiting first',
  columns: ['School', 'What', 'Kind', 'Waits since', 'Due by', 'Sees to it'].map(plain),
  rows: tasks.map(({ school, task, kind, since, by, daysOverdue, owner }): readonly Cell[] => [
    school === undefined ? 'Several schools' : schoolCell(school),
    task,
    taskKindsInWords[kind],
    dayInWords(since),
    daysOverdue !== undefined && daysOverdue > 0
      ? { ...overdue(daysOverdue), aside: dayOrNone(by) }
      : dayOrNone(by),
    owner ?? '–',
  ]),
});

export const gapsTable = (gaps: readonly SupportGap[]): Table => ({
  caption: 'Schools with a gap in their support, those with an overdue visit first',
  columns: ['School', 'Category', 'Without a deployment', 'On its way', 'Overdue visit'].map(plain),
  rows: gaps.map(({ school, category, deployment, visits }): readonly Cell[] => [
    schoolCell(school, '/support'),
    category ?? '–',
    deployment === undefined
      ? 'Supported'
      : {
          text: counted(deployment.days, 'day'),
          aside: `since ${dayInWords(deployment.without)}`,
        },
    deployment === undefined
      ? '–'
      : deployment.coming.map((one) => one.stageInWords).join('; ') || 'Nothing',
    visits[0] === undefined
      ? 'None'
      : {
          ...overdue(visits[0].daysOverdue ?? 0),
          aside: `Arranged for ${dayInWords(visits[0].on)}, by ${visits[0].adviserId}${visits.length === 1 ? '' : `; ${visits.length} in all`}`,
        },
  ]),
});

/** Areas down, specialisms across: how many of the open needs nobody can meet. */
export const unmetView = (
  { open, unmet, areas, specialisms, cells, method }: UnmetNeeds,
  named: boolean,
) => ({
  method,
  says:
    open === 0
      ? 'No need waits for a champion.'
      : unmet === 0
        ? `${counted(open, 'need waits', 'needs wait')} for a champion, and every one of them can be met.`
        : `${counted(open, 'need waits', 'needs wait')} for a champion; ${unmet === open ? 'none of them' : `${unmet} of them`} can be met by ${unmet === open ? 'anybody' : 'nobody'}.`,
  heat:
    open === 0
      ? undefined
      : {
          specialisms: specialisms.map(codeInWords),
          rows: areas.map((area) => ({
            area,
            cells: specialisms.map((specialism) => {
              const cell = cells.find((one) => one.area === area && one.specialism === specialism);
              if (cell === undefined) return undefined;
              return cell.unmet === 0
                ? { name: `0 of ${cell.open}`, tag: 'green' }
                : {
                    name: `${cell.unmet} of ${cell.open}`,
                    tag: cell.unmet === cell.open ? 'red' : 'yellow',
                  };
            }),
          })),
        },
  reasons: {
    caption: 'Why nobody fits',
    columns: ['Area', 'Specialism', 'Needs', 'What stands in the way of those who have it'].map(
      plain,
    ),
    rows: cells
      .filter((cell) => cell.unmet > 0)
      .map((cell): readonly Cell[] => [
        cell.area,
        codeInWords(cell.specialism),
        named
          ? cell.needs
              .map(
                ({ school, role, identifiedOn }) =>
                  `${school.name} (${championRolesInWords[role]}, since ${dayInWords(identifiedOn)})`,
              )
              .join('; ')
          : String(cell.unmet),
        cell.reasons.map(({ says }) => says).join('; '),
      ]),
  } satisfies Table,
});

const reachedCells = (of: ImpactOf): readonly Cell[] => [
  String(of.objectives),
  String(of.reached),
  String(of.partly),
  String(of.notReached),
  of.changes.length === 0
    ? '–'
    : of.changes
        .map(
          ({ unit, medianChange, objectives }) =>
            `${medianChange > 0 ? '+' : ''}${medianChange.toLocaleString('en-GB')}${unit === '%' ? ' points' : unit === '' ? '' : ` ${unit}`} (of ${objectives})`,
        )
        .join('; '),
  of.way === undefined ? '–' : `${of.way.medianPercent.toLocaleString('en-GB')}%`,
];
const reachedColumns = [
  ...['Objectives', 'Reached', 'In part', 'Not reached'].map(numeric),
  plain('Median change'),
  numeric('Median share of the way'),
];

export const impactTable = (
  caption: string,
  lines: readonly (ImpactOf & { readonly specialism: string })[],
): Table => ({
  caption,
  columns: [plain('About'), ...reachedColumns],
  rows: lines.map((one) => [codeInWords(one.specialism), ...reachedCells(one)]),
});

export const measureTable = ({ byMeasure }: CountyImpact): Table => ({
  caption: 'By measure, as schools and champions wrote it down',
  columns: [plain('Measure'), ...reachedColumns],
  rows: byMeasure.map((one) => [
    { text: one.measure, aside: codeInWords(one.specialism) },
    ...reachedCells(one),
  ]),
});

const exceptionsInWords = {
  'not-reached': { name: 'Not reached', tag: 'red' },
  'poor-verdict': { name: 'Poor verdict', tag: 'red' },
  'ended-early': { name: 'Ended early', tag: 'yellow' },
  overdue: { name: 'Overdue', tag: 'yellow' },
} as const;

export const boardView = (found: BoardDeployments) => ({
  method: found.method,
  says:
    `From ${dayInWords(found.from)} to ${dayInWords(found.to)}, ${counted(found.named, 'need was', 'needs were')} named, ` +
    `${counted(found.started, 'deployment')} started, ${found.completed} ${found.completed === 1 ? 'was' : 'were'} completed and ${found.endedEarly} ended early; ${found.underWay} ${found.underWay === 1 ? 'is' : 'are'} under way at its end or now. ` +
    (found.judged.deployments === 0
      ? 'None was judged.'
      : `${counted(found.judged.deployments, 'deployment was', 'deployments were')} judged, ${found.judged.withSchool} with the school: of ${counted(found.judged.objectives, 'objective')}, ${found.judged.reached} reached, ${found.judged.partly} in part, ${found.judged.notReached} not.`),
  outcomes: impactTable('Outcomes by what the support was about', found.bySpecialism),
  verdicts: {
    caption: 'Verdicts of reviews completed in the time',
    columns: [plain('Verdict'), numeric('Deployments')],
    rows: found.verdicts.map(({ verdict, reviews }) => [
      codeInWords(verdictsInWords[verdict]),
      String(reviews),
    ]),
  } satisfies Table,
  exceptions: {
    caption: 'Exceptions; no school is named',
    columns: ['What', 'About', 'Champion', 'Day'].map(plain),
    rows: found.exceptions.map(({ kind, says, specialism, role, on }): readonly Cell[] => [
      { ...exceptionsInWords[kind], aside: says.replace('ended early: ', '') },
      codeInWords(specialism),
      championRolesInWords[role],
      dayInWords(on),
    ]),
  } satisfies Table,
});

export const workView = ({
  says,
  champions,
  deployments,
  overdue: late,
  recordedLate,
}: ChampionWork) => ({
  says,
  recordedLate:
    recordedLate === 0
      ? undefined
      : `${counted(recordedLate, 'visit was', 'visits were')} recorded after the day by which a record is due.`,
  capacities: champions.map((card) => ({
    home: card.home.name,
    sentence: capacitySentence(card.capacity),
    interests: card.unresolvedInterests,
    vetting: card.vetting,
    vettedUntil: card.vettedUntil,
  })),
  overdue: late.map(({ task, school, by, daysOverdue }) => ({
    task,
    school,
    by,
    tag: overdue(daysOverdue),
  })),
  deployments: deployments.map((one) => {
    const view = deploymentView(one);
    // What is between the team and the school is not for the champion.
    const rows = view.rows.filter(({ key }) => !['Not confirmed', 'Ended because'].includes(key));
    return { ...view, rows, school: one.school.name };
  }),
});
