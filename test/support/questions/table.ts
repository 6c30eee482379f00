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
  const { moved, leader, auditor } = await storyOf(sample);
  return [
    {
      ...{ number: 1, who: 'Auditor', by: auditor },
      asks: 'Why did this school move to Intervention on that day?',
      path: on(`schools/${moved.schoolId}/why`, { change: moved.decision }),
    },
    {
      ...{ number: 8, who: 'Head of Service', by: leader },
      asks: 'How many schools per category now, a year ago, and net flows?',
      path: on('board', { from: '2025-11-20', to: SAMPLE_DAY }),
    },
  ];
}

/** What happened in the sample county that questions are asked about. */
async function storyOf(sample: Sample) {
  const changes = await sample.events('CategoryChanged');
  const last = changes.findLast(
    ({ data }) => data['from'] === 'Enhancement' && data['to'] === 'Intervention',
  );
  if (last === undefined) throw new Error('No school of the sample county went to Intervention.');
  return {
    moved: { schoolId: last.data['schoolId'] as string, decision: last.id },
    leader: somebody('head-of-service'),
    auditor: somebody('auditor'),
  };
}
