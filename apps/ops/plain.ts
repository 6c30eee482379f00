import type { Problem } from './api';
import type { Health, Imported, JourneyLine, School, Why } from './answers';

/** "1 school", "3 schools". */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

export function problemInWords({ title, detail, errors }: Problem): string {
  const more = (errors ?? [])
    .filter((fault) => fault.detail !== detail)
    .map((fault) => `  ${fault.pointer || '(the whole request)'}: ${fault.detail}`);
  return [`${title}: ${detail}`, ...more].join('\n');
}

const line = ({ says, by, effectiveOn, recordedAt, position, type }: JourneyLine): string =>
  `${says}\n      ${by.role}; true from ${effectiveOn}; recorded ${recordedAt}; position ${position}, ${type}`;

export function journeyInWords(entries: readonly JourneyLine[]): string {
  return (
    entries.map((entry) => `${entry.eventId}  ${line(entry)}`).join('\n') || 'Nothing is on record.'
  );
}

const fromTo = ({ from, to }: { from?: string | undefined; to: string }): string =>
  from === undefined ? to : `${from} to ${to}`;

/** The chain behind one decision, in its order: each line with role, both times and the place in the log it stands on. */
export function whyInWords({ school, change, stages, others }: Why): string {
  const head = `${school.name} (URN ${school.urn}): ${fromTo(change)}, in force from ${change.effectiveFrom}; recorded ${change.recordedAt}, position ${change.position}`;
  const body = stages.map(({ stage, lines, absent }, i) => {
    const said = lines.flatMap((one) => [
      `   - ${line(one)}`,
      ...(stage === 'score' ? (one.data.steps ?? []).map(({ how }) => `        ${how}`) : []),
    ]);
    const title = stage.charAt(0).toUpperCase() + stage.slice(1).replaceAll('-', ' ');
    return [
      `${i + 1}. ${title}`,
      ...(said.length > 0 ? said : [`   ${absent ?? 'Nothing is on record.'}`]),
    ].join('\n');
  });
  const rest =
    others.length === 0
      ? []
      : [
          'Other decisions on this school (ask with --change ID):',
          ...others.map(
            (one) => `   ${one.eventId}  ${fromTo(one)}, in force from ${one.effectiveFrom}`,
          ),
        ];
  return [head, '', ...body, '', ...rest].join('\n').trimEnd();
}

export function schoolsInWords(schools: readonly School[]): string {
  const rows = schools.map(({ urn, name, phase, status, open, category }) =>
    [
      urn,
      name,
      `${phase}, ${status}${open ? '' : ', closed'}`,
      category === undefined ? 'no category' : `${category.is} from ${category.effectiveFrom}`,
    ].join('  '),
  );
  return [...rows, counted(schools.length, 'school')].join('\n');
}

export function importInWords(file: string, report: Imported): string {
  const { rowsRead, rowsOfAuthority, schoolsChanged, eventsAppended, faults, warnings } = report;
  const would = report.dryRun === true;
  return [
    `${file}: ${report.kind}${report.fileDate === undefined ? '' : ` of ${report.fileDate}`}${would ? ' (dry run: nothing was recorded)' : ''}`,
    `  ${counted(rowsRead, 'row')} read, ${rowsOfAuthority.toLocaleString('en-GB')} of this authority`,
    `  ${counted(schoolsChanged, 'school')} ${would ? 'would change' : 'changed'}, ${counted(eventsAppended, 'event')} ${would ? 'would be recorded' : 'recorded'}`,
    ...Object.entries(report.leftOut ?? {}).map(
      ([what, n]) => `  left out on purpose: ${n.toLocaleString('en-GB')} ${what}`,
    ),
    ...warnings.map((warning) => `  warning: ${warning}`),
    faults.length === 0
      ? '  every row went in'
      : `  ${counted(faults.length, 'fault')}; the rest of the file went in:`,
    ...faults.map(
      ({ line: at, column, value, reason }) =>
        `    line ${at}${column === undefined ? '' : `, ${column}`}${value === undefined ? '' : `, "${value}"`}: ${reason}`,
    ),
  ].join('\n');
}

export function statusInWords({ status, followers }: Health): string {
  return [
    status,
    ...followers.map(
      ({ name, position, behindEvents, behindSeconds, fault }) =>
        `  ${name}: at position ${position}, ${counted(behindEvents, 'event')} and ${Math.round(behindSeconds)} s behind${fault === undefined ? '' : `; stands still: ${fault}`}`,
    ),
  ].join('\n');
}
