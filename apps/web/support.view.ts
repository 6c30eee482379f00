import type { ChampionRole, Pot } from '#domain';
import { pots } from '#domain';
import type {
  AllowanceLine,
  CountyAllowances,
  DeploymentAnswer,
  DeploymentLine,
  DeploymentStage,
  PotLine,
  SchoolSupport,
} from '#read-models';
import { daysInWords, stagesInWords } from '#read-models';
import { capital, counted, dayInWords, inDays } from './words';

/*
 * Brokered support in words: what a school may have and has left, what it gets, and what waits to be done.
 */
export const championRolesInWords: Readonly<Record<ChampionRole, string>> = {
  SSLC: 'a leadership champion',
  SSPC: 'a pupil champion',
  ABLE: 'an ABLE specialist',
};
const potsInWords: Readonly<Record<Pot, string>> = {
  sspc: 'pupil champions and ABLE',
  sslc: 'leadership champions',
};
const stageTags: Readonly<Record<DeploymentStage, string>> = {
  needed: 'yellow',
  matched: 'yellow',
  confirming: 'yellow',
  confirmed: 'blue',
  started: 'green',
  paused: 'orange',
  completed: 'blue',
  'ended-early': 'orange',
  closed: 'grey',
  declined: 'grey',
  lapsed: 'grey',
};
const resultsInWords = {
  reached: { name: 'Reached', tag: 'green' },
  partly: { name: 'Partly reached', tag: 'yellow' },
  'not-reached': { name: 'Not reached', tag: 'red' },
} as const;

export const stageTag = (stage: DeploymentStage) => ({
  name: stagesInWords[stage],
  tag: stageTags[stage],
});

/** "For 2026/27 it may have 9 days of pupil champions and ABLE, of which 2 days are used, …" */
export function allowanceSentence(line: AllowanceLine): string {
  const { academicYear, granted, lapsed } = line;
  const paid =
    granted === undefined
      ? ''
      : granted.fundedPercent === 100
        ? ', paid by the authority'
        : granted.fundedPercent === 0
          ? ', at the school’s own cost'
          : `, ${granted.fundedPercent}% paid by the authority`;
  const each = pots.map((pot) => potSentence(line.pots[pot], pot));
  const gone =
    lapsed === undefined
      ? ''
      : ` The year is over: ${daysInWords(lapsed.sspc + lapsed.sslc)} that were neither used nor set aside lapsed.`;
  const visits =
    granted?.headlineVisitHalfDays === undefined
      ? ''
      : ` Its headline visits take ${daysInWords(granted.headlineVisitHalfDays)} more of leadership champions.`;
  return `For ${academicYear} the school may have ${each.join('; and ')}${paid}.${visits}${gone}`;
}

function potSentence({ granted, extra, reserved, consumed, left }: PotLine, pot: Pot): string {
  const all = granted + extra;
  const has = `${daysInWords(all)} of ${potsInWords[pot]}`;
  if (all === 0 && reserved === 0) return has;
  const beyond =
    reserved > all ? `, ${daysInWords(reserved - all)} more than it may have now being agreed` : '';
  return `${has} (${daysInWords(consumed)} used, ${daysInWords(reserved - consumed)} set aside, ${daysInWords(left)} left${beyond})`;
}

/** Row by row, in days: what is granted and approved above it is set aside or left. */
export const potRows = (of: Readonly<Record<Pot, PotLine>>) =>
  pots.map((pot) => {
    const { granted, extra, reserved, consumed, left } = of[pot];
    const cells = [granted, extra, reserved - consumed, consumed, left];
    return { name: capital(potsInWords[pot]), cells: cells.map((halves) => inDays(halves)) };
  });

export interface Row {
  readonly key: string;
  readonly value: string;
}
const row = (key: string, value: string | undefined): readonly Row[] =>
  value === undefined ? [] : [{ key, value }];

/** What a deployment is, line by line. What is not known yet has no line. */
export function deploymentRows(one: DeploymentAnswer): readonly Row[] {
  const { from, to, halfDays, homeSchool, release, evaluation, lastVisitOn, notConfirmed } = one;
  const { agreed, used, left } = halfDays;
  return [
    ...row('Focus', one.focus),
    ...row('Champion from', homeSchool?.name),
    ...row(
      'Released for',
      release === undefined
        ? undefined
        : `${daysInWords(release.halfDays)}, ${dayInWords(release.from)} to ${dayInWords(release.to)}`,
    ),
    ...row(
      'Dates',
      from === undefined || to === undefined
        ? undefined
        : `${dayInWords(from)} to ${dayInWords(to)}`,
    ),
    ...row(
      'Days',
      agreed === 0
        ? undefined
        : `${daysInWords(agreed)} agreed: ${daysInWords(used)} used, ${daysInWords(left)} left`,
    ),
    ...row('Paid', one.payerInWords === undefined ? undefined : capital(one.payerInWords)),
    ...row(
      'Visits',
      lastVisitOn === undefined
        ? undefined
        : `${counted(one.visits.length, 'visit')}, the last on ${dayInWords(lastVisitOn)}`,
    ),
    ...row('Not confirmed', notConfirmed?.why),
    ...row('Ended because', one.endedBecause?.replaceAll('-', ' ')),
    ...row(
      'Evaluated',
      evaluation === undefined
        ? undefined
        : `${dayInWords(evaluation.on)}, ${evaluation.withSchool ? 'with the school' : 'not agreed with the school yet'}`,
    ),
  ];
}

export function deploymentView(one: DeploymentAnswer) {
  return {
    title: `${capital(one.specialism.replaceAll('-', ' '))}, by ${championRolesInWords[one.role]}`,
    stage: stageTag(one.stage),
    since: one.since,
    deploymentId: one.deploymentId,
    championId: one.championId,
    rows: deploymentRows(one),
    next: stepsInWords(one),
    overdue: overdueInWords(one),
    objectives: one.objectives.map(({ result, ...objective }) => ({
      ...objective,
      ...(result === undefined ? {} : { result: resultsInWords[result] }),
    })),
    visits: one.visits.map(({ visitedOn, halfDays, recordedLate, amended }) => ({
      ...{ visitedOn, recordedLate },
      length: daysInWords(halfDays),
      ...(amended === undefined
        ? {}
        : {
            amended: `Amended ${amended.times === 1 ? 'once' : `${amended.times} times`}; first recorded as ${daysInWords(amended.was.halfDays)} on ${dayInWords(amended.was.visitedOn)}`,
          }),
    })),
  };
}

/** "Propose a champion (the adviser or team leader)". */
const stepsInWords = ({ next }: Pick<DeploymentLine, 'next'>): string =>
  next.map(({ what, who }) => `${what} (${who})`).join('; ');

export const overdueInWords = ({ overdue }: Pick<DeploymentLine, 'overdue'>) =>
  overdue.map((late) => ({
    ...late,
    days: late.daysOverdue === 0 ? 'Since today' : `${counted(late.daysOverdue, 'day')} overdue`,
  }));

export const schoolSupportView = ({ allowance, lapsed, deployments, years }: SchoolSupport) => ({
  ...(allowance === undefined
    ? {}
    : { allowance: { sentence: allowanceSentence(allowance), rows: potRows(allowance.pots) } }),
  years: years.map((year) => ({ year, address: year.replace('/', '-') })),
  lapsed: lapsed.map(({ academicYear, sspc, sslc }) => ({
    academicYear,
    says: pots
      .map((pot) => `${daysInWords({ sspc, sslc }[pot])} of ${potsInWords[pot]}`)
      .join(' and '),
  })),
  deployments: deployments.map(deploymentView),
});

/** A line of the county's list of deployments. */
export const lineView = (one: DeploymentLine) => ({
  deploymentId: one.deploymentId,
  school: one.school,
  homeSchool: one.homeSchool,
  what: `${capital(one.specialism.replaceAll('-', ' '))}, by ${championRolesInWords[one.role]}`,
  stage: stageTag(one.stage),
  since: one.since,
  next: stepsInWords(one),
  overdue: overdueInWords(one),
});

export const stageCounts = (
  counts: readonly { readonly stage: DeploymentStage; readonly deployments: number }[],
) => counts.map(({ stage, deployments }) => ({ ...stageTag(stage), stage, deployments }));

/** "9 deployments are confirmed or under way, 3 more are being brokered, and 2 wait to be closed; of 1 something is overdue." */
export function supportSentence(
  counts: readonly { readonly stage: DeploymentStage; readonly deployments: number }[],
  overdue: number,
): string {
  const of = (...stages: readonly DeploymentStage[]): number =>
    counts.reduce((sum, one) => (stages.includes(one.stage) ? sum + one.deployments : sum), 0);
  const working = of('confirmed', 'started', 'paused');
  const brokered = of('needed', 'matched', 'confirming');
  const ended = of('completed', 'ended-early');
  if (working + brokered + ended === 0) return 'No deployment is open.';
  return (
    `${counted(working, 'deployment is', 'deployments are')} confirmed or under way, ` +
    `${brokered} ${brokered === 1 ? 'is' : 'are'} being brokered, and ${ended} ${ended === 1 ? 'has' : 'have'} ended and ` +
    `${ended === 1 ? 'is' : 'are'} not closed. ` +
    (overdue === 0
      ? 'Nothing is overdue.'
      : `Something is overdue of ${counted(overdue, 'deployment')}.`)
  );
}

export const countyAllowanceView = ({ county, total, academicYear }: CountyAllowances) => ({
  academicYear,
  schools: total,
  rows: potRows(county),
  forecasts: pots.flatMap((pot) => {
    const { forecast, granted, extra } = county[pot];
    if (forecast === undefined) return [];
    const all = granted + extra;
    const about = `about ${inDays(forecast.consumed)} of ${inDays(all)} days used by the end of the year`;
    const beyond = forecast.consumed > all ? ', which is more than there are' : '';
    return [`${capital(potsInWords[pot])}: ${about}${beyond}. ${forecast.says}`];
  }),
});
