import type { WhatIf } from '#read-models';
import { suggestedColumns } from '#read-models';
import type { FiguresTable } from './figures';
import { figure } from './figures';
import { capital } from './words';
import { sumOf } from './oversight.view';
import { counted } from './words';

const thresholdsInWords = {
  prevention: 'Prevention from a score of',
  intervention: 'Intervention from a score of',
  minimumCoverage: 'No suggestion below this coverage, in percent',
} as const;

/** The form: a field for each threshold and weight, with what is tried or nothing in it. */
export function whatIfFields(
  { thresholds, weights }: Pick<WhatIf, 'thresholds' | 'weights'>,
  asked: Readonly<Record<string, unknown>>,
  faults: readonly { readonly parameter: string; readonly detail: string }[],
) {
  const field = (name: string, label: string, was: number) => {
    const fault = faults.find(({ parameter }) => parameter === name)?.detail;
    const value = asked[name];
    return {
      name,
      label,
      was: figure(was),
      value: typeof value === 'string' ? value.slice(0, 20) : '',
      ...(fault === undefined ? {} : { fault: capital(fault) }),
    };
  };
  return {
    thresholds: thresholds.map(({ parameter, was }) =>
      field(parameter, thresholdsInWords[parameter], was),
    ),
    /** The weights are folded away until one of them is tried. */
    openWeights: Object.entries(asked).some(
      ([name, value]) => name.startsWith('weight.') && value !== '',
    ),
    domains: [...Map.groupBy(weights, ({ domain }) => domain)].map(([name, own]) => ({
      name,
      fields: own.map(({ code, name: label, was }) => field(`weight.${code}`, label, was)),
    })),
  };
}

const suggestedName = (column: string): string => (column === 'none' ? 'Nothing' : column);

export function whatIfView({
  table,
  schools,
  withoutScore,
  changed,
  moreSupport,
  lessSupport,
  items,
}: WhatIf) {
  const columns = suggestedColumns.filter(
    (column) =>
      column !== 'none' ||
      table.some(({ was, now }) => now.none > 0 || (was === 'none' && sumOf(now) > 0)),
  );
  const unscored =
    withoutScore === 0
      ? ''
      : ` ${counted(withoutScore, 'school has', 'schools have')} no score yet.`;
  const other = changed - moreSupport - lessSupport;
  return {
    sentence:
      schools === 0
        ? 'No school has been scored yet, so there is nothing to try this on.'
        : `Of ${counted(schools, 'school')} with a score, ${changed} would be suggested something else: ${moreSupport} more support, ${lessSupport} less${other === 0 ? '' : `, ${other} from or to no suggestion`}.${unscored}`,
    table: {
      caption: 'What schools would be suggested',
      first: 'As the framework is',
      columns: columns.map((column) => `As tried: ${suggestedName(column)}`),
      rows: table
        .filter(({ was }) => columns.includes(was))
        .map(({ was, now }) => ({
          name: suggestedName(was),
          cells: columns.map((column) => figure(now[column])),
        })),
    } satisfies FiguresTable,
    lines: items.map((line) => ({
      ...line,
      wasInWords: scoreInWords(line.was),
      nowInWords: scoreInWords(line.now),
    })),
  };
}

const scoreInWords = ({ score, coverage, suggested }: WhatIf['items'][number]['was']): string =>
  score === undefined
    ? 'no score'
    : `${suggestedName(suggested)}, score ${score.toFixed(1)}, coverage ${figure(coverage)}%`;
