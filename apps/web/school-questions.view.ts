import type {
  DashboardChanges,
  Lending,
  SchoolImpact,
  SchoolStanding,
  Stage,
  ThenAndNow,
} from '#read-models';
import { daysInWords, poundsInWords, verdictsInWords } from '#read-models';
import { allowanceSentence, potRows } from './support.view';
import type { Cell, Table } from './tables';
import { codeInWords, dayOrNone, numeric, plain } from './tables';
import { counted, dayInWords } from './words';

/*
 * Questions the people around one school ask, in words and tables.
 */
const stagesInWords: Readonly<Record<Stage, string>> = {
  trigger: 'What called for it',
  readings: 'Readings',
  score: 'Score',
  'hard-rules': 'Rules that set a minimum',
  judgement: 'Judgement',
  moderation: 'Check by others',
  letter: 'Proposal and letter',
  discussion: 'Discussion',
  representation: 'Your answer',
  review: 'Review',
  decision: 'Decision',
};
const waysInWords = {
  discuss: 'Discuss it',
  represent: 'Answer in writing',
  'ask-for-review': 'Ask for a review',
  'await-review': 'Your review',
  'answer-consultation': 'Answer a consultation',
} as const;

export const standingView = ({
  allowance,
  visits,
  because = [],
  respond,
  ...told
}: SchoolStanding) => ({
  ...told,
  because: because.map(({ stage, says, on }) => ({ stage: stagesInWords[stage], says, on })),
  ...(allowance === undefined
    ? {}
    : { allowance: { sentence: allowanceSentence(allowance), rows: potRows(allowance.pots) } }),
  ...(visits?.granted === undefined
    ? {}
    : {
        visits:
          `Of ${counted(visits.granted + visits.extra, 'headline visit')} in ${visits.academicYear}, ` +
          `${visits.completed} ${visits.completed === 1 ? 'is' : 'are'} made, ${visits.scheduled} arranged and ${Math.max(0, visits.left ?? 0)} left to arrange.`,
      }),
  respond: respond.map((way) => ({
    ...way,
    name: waysInWords[way.what],
    tag: way.what === 'await-review' ? waiting : way.open ? canNow : cannotNow,
  })),
});
const canNow = { name: 'Open to you', tag: 'green' };
const cannotNow = { name: 'Not now', tag: 'grey' };
const waiting = { name: 'Waits for a decision', tag: 'yellow' };

const resultTags = {
  reached: { name: 'Reached', tag: 'green' },
  partly: { name: 'Partly reached', tag: 'yellow' },
  'not-reached': { name: 'Not reached', tag: 'red' },
} as const;

const signed = (n: number): string => `${n > 0 ? '+' : ''}${n.toLocaleString('en-GB')}`;

export const impactView = ({ says, summary, deployments }: SchoolImpact) => ({
  says,
  reviewed:
    summary.deployments === 0
      ? undefined
      : `Of ${counted(summary.deployments, 'deployment')}, ${summary.reviewed === 0 ? 'none' : summary.reviewed} ${summary.reviewed < 2 ? 'was' : 'were'} reviewed by somebody who had no part in the work.`,
  deployments: deployments.map((one) => ({
    title: codeInWords(one.specialism),
    when: `${one.stageInWords}${one.from === undefined ? '' : `; ${dayInWords(one.from)} to ${dayOrNone(one.to)}`}; ${daysInWords(one.halfDaysUsed)} used.`,
    verdict:
      one.verdict === undefined
        ? 'No review of its quality is on record.'
        : `Its quality was found ${verdictsInWords[one.verdict.verdict]} on ${dayInWords(one.verdict.on)}${one.verdict.moderated ? ', checked by a second person' : ''}.`,
    judged:
      one.evaluation === undefined
        ? undefined
        : `Judged on ${dayInWords(one.evaluation.on)}, ${one.evaluation.withSchool ? 'with the school' : 'not agreed with the school yet'}.`,
    table: {
      caption: 'Objectives: where each began, was to come to, and is now',
      columns: [
        ...['Objective', 'Measure', 'Baseline', 'Target', 'Now', 'Result'].map(plain),
        plain('Reviewer'),
      ],
      rows: one.objectives.map((of): readonly Cell[] => [
        of.what,
        of.measure,
        of.baseline,
        of.target,
        of.now === undefined
          ? 'Not judged yet'
          : of.change === undefined
            ? of.now
            : {
                text: of.now,
                aside: `${signed(of.change.by)}${of.change.unit === '%' ? ' points' : ` ${of.change.unit}`}`,
              },
        of.result === undefined ? 'Not judged yet' : resultTags[of.result],
        of.verdict === undefined ? '–' : codeInWords(of.verdict),
      ]),
    } satisfies Table,
  })),
});

export const lendingView = ({
  says,
  academicYear,
  champions,
  calendar,
  owed,
  claims,
}: Lending) => ({
  says,
  academicYear,
  champions: champions.map(({ personRef, out, capacity, deployments }) => ({
    personRef,
    sentence: `${daysInWords(out.agreed)} agreed in ${academicYear}: ${daysInWords(out.used)} used, ${daysInWords(out.toCome)} to come. ${capacity.cap === 0 ? 'They belong to another school now.' : `${daysInWords(capacity.left)} of the year’s ${daysInWords(capacity.cap)} are not set aside.`}`,
    table: {
      caption: `Where ${personRef} works in ${academicYear}`,
      columns: [
        plain('School'),
        plain('Stage'),
        plain('Dates'),
        numeric('Days agreed'),
        numeric('Used'),
        numeric('To come'),
      ],
      rows: deployments.map((one): readonly Cell[] => [
        one.school.name,
        one.stageInWords,
        one.from === undefined ? '–' : `${dayInWords(one.from)} to ${dayOrNone(one.to)}`,
        days(one.halfDays.agreed),
        days(one.halfDays.used),
        days(one.halfDays.left),
      ]),
    } satisfies Table,
  })),
  months: calendar
    .filter(({ visits }) => visits.length > 0)
    .map(({ month, halfDays, visits }) => ({
      name: monthInWords(month),
      total: daysInWords(halfDays),
      visits: visits.map(
        (visit) =>
          `${dayInWords(visit.visitedOn)}: ${daysInWords(visit.halfDays)} at ${visit.school.name}`,
      ),
    })),
  owed: {
    caption: `What visits of ${academicYear} come to`,
    columns: [plain('Of'), numeric('Amount')],
    rows: [
      [
        {
          text: 'Not claimed yet',
          aside: `${counted(owed.notClaimed.visits, 'visit')}, ${daysInWords(owed.notClaimed.halfDays)}, at the rate of the day${owed.notClaimed.withoutRate === 0 ? '' : `; ${owed.notClaimed.withoutRate} without a rate on record are left out`}`,
        },
        poundsInWords(owed.notClaimed.amountPence),
      ],
      ['Claimed, waits to be approved', poundsInWords(owed.claimedPence)],
      ['Approved, waits to be paid', poundsInWords(owed.approvedPence)],
      ['Owed to the school: claimed or approved', poundsInWords(owed.owedPence)],
      ['Paid', poundsInWords(owed.paidPence)],
    ],
  } satisfies Table,
  claims: {
    caption: 'Claims, those of the latest visits first',
    columns: [
      plain('Claimed on'),
      plain('For'),
      numeric('Days'),
      numeric('Amount'),
      plain('Stage'),
    ],
    rows: claims.map((claim): readonly Cell[] => [
      dayInWords(claim.claimedOn),
      claim.school.name,
      days(claim.halfDays),
      poundsInWords(claim.amountPence),
      claimStage(claim),
    ]),
  } satisfies Table,
});

const days = (halves: number): string => (halves / 2).toLocaleString('en-GB');

export const claimTags = {
  claimed: { name: 'Claimed', tag: 'yellow' },
  approved: { name: 'Approved', tag: 'blue' },
  rejected: { name: 'Rejected', tag: 'red' },
  paid: { name: 'Paid', tag: 'green' },
} as const;

export function claimStage(claim: {
  readonly stage: keyof typeof claimTags;
  readonly approvedOn?: string;
  readonly rejectedOn?: string;
  readonly paidOn?: string;
  readonly reference?: string;
}): Cell {
  const { stage, approvedOn, rejectedOn, paidOn, reference } = claim;
  const on = { claimed: undefined, approved: approvedOn, rejected: rejectedOn, paid: paidOn }[
    stage
  ];
  if (on === undefined) return claimTags[stage];
  const by = stage === 'paid' && reference !== undefined ? `, ${reference}` : '';
  return { ...claimTags[stage], aside: `${dayInWords(on)}${by}` };
}

const months = new Intl.DateTimeFormat('en-GB', {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const monthInWords = (month: string): string => months.format(Date.parse(`${month}-01T00:00:00Z`));

/** What is otherwise than then, one row a change. */
export function changesTable(changes: DashboardChanges): Table {
  const rows = [
    ...both('Name', changes.name, String),
    ...both('Category', changes.category, ({ is, since }) => `${is}, since ${dayInWords(since)}`),
    ...both('Head', changes.head, postInWords),
    ...both('Chair of governors', changes.chair, postInWords),
    ...both('Pupils', changes.pupils, String),
    ...both('Score', changes.score, (score) => `${score} of 100`),
    ...both('What the score suggests', changes.suggested, String),
    ...both('Coverage', changes.coverage, (coverage) => `${coverage}%`),
    ...changes.readings.flatMap((reading) =>
      both(reading.name, reading, ({ period, value, band, absence }) =>
        [
          value === undefined ? (absence ?? 'none').replaceAll('-', ' ') : String(value),
          ...(band === undefined ? [] : [band]),
          ...(period === undefined ? [] : [period]),
        ].join(', '),
      ),
    ),
    ...changes.deployments.flatMap((of) =>
      both(
        `Support: ${codeInWords((of.now ?? of.then)?.specialism ?? '')}`,
        of,
        ({ stageInWords, halfDays }) =>
          halfDays.agreed === 0
            ? stageInWords
            : `${stageInWords}; ${daysInWords(halfDays.used)} of ${daysInWords(halfDays.agreed)} used`,
        'Over',
      ),
    ),
    ...changes.notices.flatMap((of) =>
      both('Warning notice', of, ({ stage }) => codeInWords(stage), 'Over'),
    ),
  ];
  return { caption: 'Then and now', columns: ['What', 'Then', 'Now'].map(plain), rows };
}

function both<T>(
  name: string,
  of: ThenAndNow<T> | undefined,
  says: (value: T) => string,
  none = 'None',
): readonly (readonly Cell[])[] {
  if (of === undefined) return [];
  return [
    [
      name,
      of.then === undefined ? 'None' : says(of.then),
      of.now === undefined ? none : says(of.now),
    ],
  ];
}

const postInWords = ({ kind, from }: { readonly kind: string; readonly from: string }): string =>
  `${codeInWords(kind)}, since ${dayInWords(from)}`;

export const headingsInWords = {
  category: 'Category',
  assessment: 'Assessment',
  inspections: 'Ofsted inspections',
  leadership: 'Head and chair',
  support: 'Support',
  visits: 'Visits and team',
  quality: 'Quality',
  statutory: 'Warning notices and RISE',
  together: 'With other schools, and consultations',
  money: 'Money',
  register: 'What the register says',
} as const;
