import { categories } from '#domain';
import type {
  Counts,
  CountyFlows,
  Durations,
  DurationsOf,
  Flows,
  Outcome,
  PreventionOutcomes,
  Served,
  ServedByStatus,
  Spread,
} from '#read-models';
import { categoryColumns, daysInWords, poundsInWords } from '#read-models';
import { flowSentence } from './board.view';
import type { FiguresTable } from './figures';
import { DASH, figure, share, signed } from './figures';
import { counted, dayInWords, phasesInWords, statusesInWords } from './words';

/* What anybody may see who may see counts. */

/** "County", "Primary", "Maintained". */
const groupName = ({ phase, status }: Flows['of']): string => {
  const named = (table: Readonly<Record<string, string>>, word: string) => table[word] ?? word;
  if (phase !== undefined) return named(phasesInWords, phase);
  return status === undefined ? 'County' : named(statusesInWords, status);
};

const columnName = (column: string): string => (column === 'none' ? 'No category yet' : column);
export const sumOf = (counts: Counts): number =>
  categoryColumns.reduce((sum, column) => sum + counts[column], 0);

export function flowsView({ from, to, county, byPhase, byStatus, says }: CountyFlows) {
  const isThere = ({ before, after }: Flows): boolean => sumOf(before) + sumOf(after) > 0;
  const columns = categoryColumns.filter(
    (column) => column !== 'none' || county.before.none + county.after.none > 0,
  );
  const matrix: FiguresTable = {
    caption: `Schools open on both days: where they were on ${dayInWords(from)}, and on ${dayInWords(to)}`,
    first: 'From',
    columns: columns.map((column) => `To ${columnName(column)}`),
    rows: county.flow.rows
      .filter(({ category }) => columns.includes(category))
      .map(({ category, to: counts }) => ({
        name: columnName(category),
        cells: columns.map((column) => figure(counts[column])),
      })),
  };
  const net: FiguresTable = {
    caption: 'Schools in each category before and after, and the difference',
    first: 'Schools',
    columns: columns.map(columnName),
    rows: [county, ...byStatus, ...byPhase]
      .filter((one) => one === county || isThere(one))
      .map((one) => ({
        name: groupName(one.of),
        cells: columns.map(
          (column) =>
            `${figure(one.before[column])} to ${figure(one.after[column])} (${signed(one.net[column])})`,
        ),
      })),
  };
  const any = isThere(county);
  const sentence = any ? flowSentence(county.flow) : 'No school was on record for either day.';
  return { says, sentence, matrix, net, any };
}

const spreadCells = ({ n, median, p90, mean }: Spread): readonly string[] =>
  [n, median, p90, mean].map(figure);
const SPREAD_COLUMNS = ['How many', 'Median, days', '90th percentile', 'Mean'];

/** The county at a glance; and the same by status and phase, for whoever unfolds it. */
export function durationsView({ county, byPhase, byStatus, says }: Durations) {
  const groups = [...byStatus, ...byPhase].filter(hasAny);
  const glance: FiguresTable = {
    caption: 'The county, in days',
    first: 'What',
    columns: SPREAD_COLUMNS,
    rows: [
      ...county.inCategory.flatMap(({ category, ended, running }) => [
        { name: `${category}: stays that ended`, cells: spreadCells(ended) },
        { name: `${category}: still there, so far`, cells: spreadCells(running) },
      ]),
      { name: 'Trigger to decided category', cells: spreadCells(county.triggerToDecision) },
      { name: 'Proposal to decision', cells: spreadCells(county.proposalToDecision) },
    ],
  };
  const stays = (which: 'ended' | 'running', caption: string): FiguresTable => ({
    caption,
    first: 'Schools and category',
    columns: SPREAD_COLUMNS,
    rows: groups.flatMap((group) =>
      group.inCategory
        .filter((spells) => spells[which].n > 0)
        .map(({ category, ...spells }) => ({
          name: `${groupName(group.of)}: ${category}`,
          cells: spreadCells(spells[which]),
        })),
    ),
  });
  const steps = (
    which: 'triggerToDecision' | 'proposalToDecision',
    caption: string,
  ): FiguresTable => ({
    caption,
    first: 'Schools',
    columns: SPREAD_COLUMNS,
    rows: groups
      .filter((group) => group[which].n > 0)
      .map((group) => ({ name: groupName(group.of), cells: spreadCells(group[which]) })),
  });
  const cut = county.inCategory.reduce((sum, one) => sum + one.cut, 0);
  return {
    says,
    any: hasAny(county),
    cut: cut === 0 ? undefined : `${counted(cut, 'stay')} ended because the school closed.`,
    glance,
    byGroup: [
      stays('ended', 'Stays in a category that ended, in days'),
      stays('running', 'Still in a category, days so far'),
      steps('triggerToDecision', 'From trigger to decided category'),
      steps('proposalToDecision', 'From proposal to decision'),
    ].filter(({ rows }) => rows.length > 0),
  };
}

const hasAny = ({ inCategory, triggerToDecision, proposalToDecision }: DurationsOf): boolean =>
  triggerToDecision.n + proposalToDecision.n > 0 ||
  inCategory.some(({ ended, running }) => ended.n + running.n > 0);

export function outcomesView(outcomes: PreventionOutcomes) {
  const { from, to, prevention, withDeployment, withoutDeployment, like, byPhase } = outcomes;
  const row = (name: string, of: Outcome) => ({
    name,
    cells: [
      ...[of.schools, of.moreSupport, of.same, of.lessSupport, of.gone].map(figure),
      share(of.percentMoreSupport),
      of.scoreChange.median === undefined
        ? DASH
        : `${signed(of.scoreChange.median)} (${figure(of.scoreChange.n)})`,
    ],
  });
  const tableOf = (caption: string, rows: FiguresTable['rows']): FiguresTable => ({
    caption,
    first: `On ${dayInWords(from)}`,
    columns: [
      'Schools',
      'More support',
      'The same',
      'Less support',
      'Closed',
      'Share to more support',
      'Median change of score (schools)',
    ],
    rows,
  });
  const { percentInSamePhases } = like;
  return {
    table: tableOf(`Where schools were on ${dayInWords(to)}`, [
      row('In Prevention', prevention),
      row('of these with a deployment', withDeployment),
      row('of these without one', withoutDeployment),
      row('Like schools, in Enhancement without support', like),
    ]),
    byPhase: tableOf(
      'The same by phase',
      byPhase.flatMap(({ phase, ...of }) => [
        row(`${phasesInWords[phase]}: in Prevention`, of.prevention),
        row(`${phasesInWords[phase]}: like schools`, of.like),
      ]),
    ),
    any: prevention.schools > 0,
    sentence:
      `Of ${counted(prevention.schools, 'school')} in Prevention on ${dayInWords(from)}, ${prevention.moreSupport} came to need more support by ${dayInWords(to)} (${share(prevention.percentMoreSupport)}); ` +
      `of ${like.schools} like schools, ${like.moreSupport} (${share(like.percentMoreSupport)}${percentInSamePhases === undefined ? '' : `, or ${share(percentInSamePhases)} with the same mix of phases`}).`,
    says: outcomes.says,
    caution: outcomes.caution,
  };
}

export function servedView({ academicYear, statuses, says }: ServedByStatus) {
  const line = (name: string, of: (served: Served) => string) => ({
    name,
    cells: statuses.map(of),
  });
  const took = (served: Served, which: 'triggerToDecision' | 'proposalToDecision'): string => {
    const { n, median } = served.durations[which];
    return median === undefined ? DASH : `${figure(median)} (${figure(n)})`;
  };
  const table: FiguresTable = {
    caption: `What schools got in ${academicYear}, by status`,
    first: 'What',
    columns: statuses.map(({ status }) => statusesInWords[status]),
    rows: [
      line('Schools', ({ schools }) => figure(schools)),
      line('Pupils', ({ pupils }) => figure(pupils)),
      ...categories.map((category) =>
        line(`In ${category}`, ({ counts }) => figure(counts[category])),
      ),
      line('Days granted', ({ support }) => daysInWords(support.halfDaysGranted)),
      line('Deployments', ({ support }) => figure(support.deployments)),
      line(
        'Schools with a deployment',
        ({ support: { schoolsSupported, percentSupported } }) =>
          `${figure(schoolsSupported)} (${share(percentSupported)})`,
      ),
      line('Days agreed', ({ support }) => daysInWords(support.halfDaysAgreed)),
      line('Days used', ({ support }) => daysInWords(support.halfDaysUsed)),
      line('Deployments paid by the authority, by both, by the school', ({ support: { payer } }) =>
        [payer.authority, payer.split, payer.school].map(figure).join(', '),
      ),
      line('Visits by champions', ({ visits }) => figure(visits.byChampions)),
      line('Headline visits', ({ visits }) => figure(visits.headline)),
      line('Claimed: the authority’s share', ({ funding }) =>
        poundsInWords(funding.authorityPence),
      ),
      line('Claimed: the schools’ share', ({ funding }) => poundsInWords(funding.schoolPence)),
      line('Trigger to decision: median days (decisions)', (one) => took(one, 'triggerToDecision')),
      line('Proposal to decision: median days (decisions)', (one) =>
        took(one, 'proposalToDecision'),
      ),
    ],
  };
  return { table, says, any: statuses.some(({ schools }) => schools > 0) };
}
