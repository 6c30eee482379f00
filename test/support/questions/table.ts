import type { RecordedEvent } from '#kernel';
import type { Identity } from '#platform';
import type { Sample } from './sample';
import { SAMPLE_DAY } from './sample';

/** Something real people ask, the one request that answers it, and who may put it. */
export interface Question {
  readonly number: number;
  readonly who: string;
  readonly asks: string;
  /** Both left out: it is not answered here. */
  readonly by?: Identity;
  readonly path?: string;
  /** The part of the answer that is about the question, where there is more in it. */
  readonly shows?: (body: never) => unknown;
  /** What the reader of the answer has to know. */
  readonly note?: string;
}

/** Those about proof, erasure, retention and disclosure. */
export const elsewhere: readonly Question[] = [
  { number: 4, who: 'Auditor', asks: 'Prove that no record was altered.' },
  { number: 6, who: 'Auditor', asks: 'Who looked at the category of a school last term?' },
  { number: 7, who: 'Auditor', asks: 'Which records are past retention and not on hold?' },
  { number: 35, who: 'FOI officer', asks: 'Counts per category on a day; log the release.' },
  { number: 36, who: 'DPO', asks: 'Everything about one person; erase where lawful.' },
];

const somebody = (role: string, schoolId?: string, id = `sample-${role}`): Identity => ({
  ...{ id, role },
  ...(schoolId === undefined ? {} : { schoolId }),
});

const on = (path: string, query: Readonly<Record<string, string>> = {}): string =>
  `/api/v1/${path}?${new URLSearchParams({ ...query, asOf: SAMPLE_DAY }).toString()}`;

/** The questions, about schools and people of the sample county that have a story to tell. */
export async function questionsTo(sample: Sample): Promise<readonly Question[]> {
  const { moved, proposed, visited, supported, championHome, payee } = await storyOf(sample);
  const auditor = somebody('auditor');
  const leader = somebody('head-of-service');
  const adviser = somebody('adviser');
  const scrutiny = somebody('scrutiny');
  const board = somebody('board');
  return [
    {
      ...{ number: 1, who: 'Auditor', by: auditor },
      asks: 'Why did this school move to Intervention on that day?',
      path: on(`schools/${moved.schoolId}/why`, { change: moved.decision }),
    },
    {
      ...{ number: 2, who: 'Auditor', by: auditor },
      asks: 'What did we know on that day, and not what we know now?',
      path: `/api/v1/schools/${moved.schoolId}?asOf=${moved.dayBefore}`,
      note: 'Every question takes `asOf`. What has become known since: question 15 with `since`.',
    },
    {
      ...{ number: 3, who: 'Auditor', by: auditor },
      asks: 'Which decisions were made without a recorded discussion, or by the assessor alone?',
      path: on('decisions/breaches'),
    },
    {
      ...{ number: 5, who: 'Auditor', by: auditor },
      asks: 'Which judgements departed from the score this year, by adviser, direction and reason?',
      path: on('overrides', { year: '2025-26' }),
    },
    {
      ...{ number: 8, who: 'Head of Service', by: leader },
      asks: 'How many schools per category now, a year ago, and net flows?',
      path: on('flows', { from: '2025-11-20', to: SAMPLE_DAY }),
    },
    {
      ...{ number: 9, who: 'Head of Service', by: leader },
      asks: 'How long are schools in Intervention, and how long from trigger to confirmed category?',
      path: on('durations'),
    },
    {
      ...{ number: 10, who: 'Head of Service', by: leader },
      asks: 'What of the entitlement is used, by role, and will we overspend?',
      path: on('allowances'),
    },
    {
      ...{ number: 11, who: 'Head of Service', by: leader },
      asks: 'Which Prevention schools have no deployment or an overdue headline visit?',
      path: on('support-gaps', { category: 'Prevention' }),
    },
    {
      ...{ number: 12, who: 'Head of Service', by: leader },
      asks: 'Which schools would change if a threshold changed?',
      path: on('what-if', { prevention: '25', intervention: '40' }),
    },
    {
      ...{ number: 13, who: 'Head of Service', by: leader },
      asks: 'Do moderated panels agree?',
      path: on('quality/agreement'),
    },
    {
      ...{ number: 14, who: 'Adviser', by: somebody('adviser', undefined, visited.adviserId) },
      asks: 'My schools: what is due this week?',
      path: on('worklist', { adviser: 'me', dueBy: '2026-11-27' }),
    },
    {
      ...{ number: 15, who: 'Adviser', by: adviser },
      asks: 'What changed at this school since the last headline visit?',
      path: on(`schools/${visited.schoolId}/since-last-visit`),
    },
    {
      ...{ number: 16, who: 'Adviser', by: adviser },
      asks: 'Who can help with early reading within 12 miles, with 6 days left and no conflict?',
      path: on(`schools/${supported.schoolId}/matches`, {
        ...{ specialism: 'early-reading', within: '12', halfDays: '12' },
      }),
    },
    {
      ...{ number: 17, who: 'Adviser', by: adviser },
      asks: 'Which readings of this school are missing or suppressed?',
      path: on(`schools/${moved.schoolId}/coverage`),
    },
    {
      ...{ number: 18, who: 'Adviser', by: adviser },
      asks: 'Draft the letter for this school.',
      path: on(`schools/${proposed.schoolId}/letter`),
    },
    {
      ...{ number: 19, who: 'Headteacher', by: somebody('headteacher', supported.schoolId) },
      asks: 'What is my category, since when and why, and what have I left of my entitlement?',
      path: on(`schools/${supported.schoolId}/standing`),
    },
    {
      ...{ number: 20, who: 'Headteacher', by: somebody('headteacher', proposed.schoolId) },
      asks: 'How do I respond or ask for a review, and by when?',
      path: on(`schools/${proposed.schoolId}/standing`),
      shows: (body: { respond: unknown }) => body.respond,
    },
    {
      ...{ number: 21, who: 'Home head', by: somebody('home-head', championHome) },
      asks: 'How many days are my colleagues out, and what am I owed?',
      path: on(`schools/${championHome}/lending`, { year: '2025-26' }),
    },
    {
      ...{ number: 22, who: 'Governor', by: somebody('chair', supported.schoolId) },
      asks: 'Has support had impact?',
      path: on(`schools/${supported.schoolId}/impact`),
    },
    {
      ...{ number: 23, who: 'Chair', by: somebody('chair', supported.schoolId) },
      asks: 'When were we consulted?',
      path: on(`schools/${supported.schoolId}/consultations`),
    },
    {
      ...{ number: 24, who: 'Champion', by: somebody('champion', championHome, 'demo-champion') },
      asks: 'My deployments, objectives and overdue records, and what is left of my days?',
      path: on('champions/me'),
    },
    {
      ...{ number: 25, who: 'Scrutiny', by: scrutiny },
      asks: 'Schools and pupils per category over five years, without names?',
      path: '/api/v1/scrutiny',
    },
    {
      ...{ number: 26, who: 'Scrutiny', by: board },
      asks: 'Did Prevention schools avoid decline?',
      path: on('prevention-outcomes', { from: '2024-11-20', to: '2025-11-20' }),
    },
    {
      ...{ number: 27, who: 'Scrutiny', by: scrutiny },
      asks: 'What does a day, a school and a category cost, and what of it stays with schools here?',
      path: on('costs'),
    },
    {
      ...{ number: 28, who: 'Scrutiny', by: board },
      asks: 'Are academies served differently?',
      path: on('served-by-status', { year: '2025-26' }),
    },
    {
      ...{ number: 29, who: 'Board', by: board },
      asks: 'Deployments against intended outcomes this half-term?',
      path: on('board/deployments'),
    },
    {
      ...{ number: 30, who: 'Board', by: board },
      asks: 'Which needs can no champion meet?',
      path: on('unmet-needs'),
    },
    {
      ...{ number: 31, who: 'Finance', by: leader },
      asks: 'Do claims agree with the days used, for one payee in one period?',
      path: on(`schools/${payee}/reconciliation`, { from: '2025-09-01', to: '2026-08-31' }),
    },
    {
      ...{ number: 32, who: 'Analyst', by: auditor },
      asks: 'The dashboard as it was at the end of 2025?',
      path: '/api/v1/register?asOf=2025-12-31',
      note: 'The header `Position` is the stamp of the version: asked with it as `asOf`, the answer is the same for ever.',
    },
    {
      ...{ number: 33, who: 'Analyst', by: auditor },
      asks: 'All events since a checkpoint?',
      path: '/api/v1/events?after=20000&limit=2',
      note: '`next` is the next checkpoint.',
    },
    {
      ...{ number: 34, who: 'Analyst', by: auditor },
      asks: 'Which projection lags, and by how much?',
      path: '/health/ready',
    },
    {
      ...{ number: 37, who: 'Statutory lead', by: leader },
      asks: 'Which warning notices are live, and when do their compliance periods end?',
      path: on('notices'),
    },
    {
      ...{ number: 38, who: 'Data lead', by: leader },
      asks: 'Which schools changed URN, and is their history joined?',
      path: on('urn-changes'),
    },
  ];
}

/** What happened in the sample county that questions are asked about. */
async function storyOf(sample: Sample) {
  const [moves, proposals, ended, visits, evaluations, champions, claims] = await Promise.all([
    sample.events('CategoryChanged'),
    sample.events('CategoryProposed'),
    sample.events('CategoryConfirmed', 'CategoryChanged', 'ProposalWithdrawn'),
    sample.events('HeadlineVisitCompleted'),
    sample.events('ImpactEvaluated'),
    sample.events('ChampionRegistered'),
    sample.events('ReimbursementClaimed'),
  ]);
  const settled = new Set(ended.map(({ data }) => data['proposalId']));
  const move = last(
    moves.filter(({ data: { from, to } }) => from === 'Enhancement' && to === 'Intervention'),
  );
  const schoolOf = ({ data }: RecordedEvent) => data['schoolId'] as string;
  const home = ({ data }: RecordedEvent) => data['homeSchoolId'] as string;
  const visit = last(visits);
  return {
    moved: {
      ...{ schoolId: schoolOf(move), decision: move.id },
      dayBefore: new Date(Date.parse(move.recordedAt) - DAY_MS).toISOString().slice(0, 10),
    },
    proposed: {
      schoolId: schoolOf(last(proposals.filter(({ data }) => !settled.has(data['proposalId'])))),
    },
    visited: { schoolId: schoolOf(visit), adviserId: visit.data['adviserId'] as string },
    supported: { schoolId: schoolOf(last(evaluations)) },
    championHome: home(last(champions.filter(({ data }) => data['personRef'] === 'demo-champion'))),
    payee: home(last(claims)),
  };
}

const DAY_MS = 86_400_000;

function last(events: readonly RecordedEvent[]): RecordedEvent {
  const found = events.at(-1);
  if (found === undefined) throw new Error('The sample county does not play what is asked about.');
  return found;
}
