import type { Snapshot } from '#kernel';
import type { Category } from '#domain';
import { academicYearOf, daysAfter, periodOn, REVIEW_TAKES_DAYS } from '#domain';
import type { AllowanceLine } from './allowances';
import { allowancesOf } from './allowances';
import type { AskedOf } from './consultations';
import { consultationsOf } from './consultations';
import type { RegisterPeriod } from './register';
import { periodsOf } from './register';
import type { YearOfVisits } from './school-visits';
import { visitsOf } from './school-visits';
import { dayInWords } from './sentences/words';
import type { Stage } from './why';
import { whyOf } from './why';
import type { ProposalStage, Work } from './worklist';
import { worklist } from './worklist';

/*
 * The headteacher's questions in one answer: what is our category, since when, why, what may we have and have left; and how
 * do we respond or ask for a review, by when? In plain words, from what is on record.
 */

/** Something the school can do, and whether it can do it now. */
export type WayToRespond = {
  readonly what:
    'discuss' | 'represent' | 'ask-for-review' | 'await-review' | 'answer-consultation';
  readonly says: string;
  readonly open: boolean;
  /** The last day for it; absent where none is laid down. */
  readonly by?: string;
  readonly consultationId?: string;
};

export type SchoolStanding = {
  readonly today: string;
  readonly academicYear: string;
  readonly says: string;
  readonly category?: Category;
  readonly since?: string;
  /** A category that is decided and not in force yet. */
  readonly coming?: { readonly category: Category; readonly from: string };
  /** What the decision rests on, stage by stage; absent where nothing was decided. */
  readonly because?: readonly {
    readonly stage: Stage;
    readonly says: string;
    readonly on: string;
  }[];
  readonly changeId?: string;
  readonly allowance?: AllowanceLine;
  readonly visits?: YearOfVisits;
  /** A proposal on the table. */
  readonly proposal?: {
    readonly to: Category;
    readonly stage: ProposalStage;
    readonly since: string;
    readonly says: string;
  };
  readonly review?: { readonly decideBy: string };
  readonly respond: readonly WayToRespond[];
};

/** What of a decision a school is told in brief: the readings are a page of their own. */
const inBrief: readonly Stage[] = [
  'trigger',
  'score',
  'hard-rules',
  'judgement',
  'moderation',
  'letter',
  'discussion',
  'representation',
  'review',
  'decision',
];

export async function standingOf(
  snapshot: Snapshot,
  { schoolId, today }: { readonly schoolId: string; readonly today: string },
): Promise<SchoolStanding> {
  const academicYear = academicYearOf(today);
  const [periods, work, allowances, visits, consulted] = await Promise.all([
    periodsOf(snapshot, { schoolId }),
    snapshot.get<Work>(worklist, schoolId),
    allowancesOf(snapshot, { schoolId }),
    visitsOf(snapshot, { schoolId, today }),
    consultationsOf(snapshot, { schoolId, today, limit: 1 }),
  ]);
  const now = periodOn({ periods }, today) as RegisterPeriod | undefined;
  const next = periods.find(({ from }) => from > today);
  const why =
    now === undefined
      ? undefined
      : await whyOf(snapshot, { school: schoolId, change: now.changeId });
  // What was said twice on a day, as a proposal that was withdrawn and made again, is told once.
  const told = (why?.stages ?? [])
    .filter(({ stage }) => inBrief.includes(stage))
    .flatMap(({ stage, lines }) => lines.map(({ says, effectiveOn: on }) => ({ stage, says, on })));
  const because = told.filter(
    ({ says, on }, i) => told.findIndex((one) => one.says === says && one.on === on) === i,
  );
  const { proposal, review } = work?.body ?? {};
  const allowance = allowances.find((one) => one.academicYear === academicYear);
  const year = visits.years.find((one) => one.academicYear === academicYear);
  return {
    ...{ today, academicYear, says: standingInWords(now, next) },
    ...(now === undefined
      ? {}
      : { category: now.category, since: now.from, changeId: now.changeId, because }),
    ...(next === undefined ? {} : { coming: { category: next.category, from: next.from } }),
    ...(allowance === undefined ? {} : { allowance }),
    ...(year === undefined ? {} : { visits: year }),
    ...(proposal === undefined
      ? {}
      : { proposal: { ...toldOf(proposal), says: proposalInWords(proposal) } }),
    ...(review === undefined ? {} : { review: { decideBy: review.decideBy } }),
    respond: waysToRespond({ today, decided: now !== undefined, proposal, review }, consulted.open),
  };
}

const toldOf = ({ to, stage, since }: NonNullable<Work['proposal']>) => ({ to, stage, since });

const standingInWords = (
  now: RegisterPeriod | undefined,
  next: RegisterPeriod | undefined,
): string =>
  (now === undefined
    ? 'No category has been decided for this school.'
    : `This school is in ${now.category}, since ${dayInWords(now.from)}.`) +
  (next === undefined ? '' : ` From ${dayInWords(next.from)} it will be in ${next.category}.`);

const stagesOfProposal: Readonly<Record<ProposalStage, string>> = {
  proposed: 'The letter that tells you so has not gone out yet.',
  'letter-issued': 'The letter has gone out.',
  'tried-to-reach': 'The team has tried to discuss it with you.',
  discussed: 'It has been discussed with you.',
};
const proposalInWords = ({ to, stage, since }: NonNullable<Work['proposal']>): string =>
  `${to} is proposed. ${stagesOfProposal[stage]} It stands so since ${dayInWords(since)}, and is not in force until a named person confirms it.`;

interface OpenMatters {
  readonly today: string;
  /** A category is in force. */
  readonly decided: boolean;
  readonly proposal: Work['proposal'];
  readonly review: Work['review'];
}

/**
 * What the school can do now, and by when where a day is laid down. No public source lays one down for an answer or for
 * asking for a review [G domain dossier, 1.7]; a review that was asked for has its day.
 */
export function waysToRespond(
  { today, decided, proposal, review }: OpenMatters,
  consultations: readonly AskedOf[],
): readonly WayToRespond[] {
  const onTable = proposal !== undefined;
  return [
    {
      what: 'discuss',
      open: onTable,
      says: onTable
        ? 'Discuss the proposal with your adviser, by phone or on a visit, before it is decided. No last day is laid down.'
        : 'No proposal is on the table, so there is none to discuss.',
    },
    {
      what: 'represent',
      open: onTable,
      says: onTable
        ? 'Answer the proposal in writing, as head or chair or both. It is taken as long as the proposal is not decided; no other last day is laid down.'
        : 'An answer in writing is taken while a proposal is on the table. None is.',
    },
    ...(review === undefined
      ? [askForReview(today, onTable ? 'proposal' : decided ? 'category' : undefined)]
      : [
          {
            what: 'await-review' as const,
            open: false,
            by: review.decideBy,
            says: `You asked for a review. Somebody who took no part decides it by ${dayInWords(review.decideBy)}; until then the category in force stands.`,
          },
        ]),
    ...consultations.map(({ consultationId, about, until, answered }) => ({
      ...{ what: 'answer-consultation' as const, open: true, by: until, consultationId },
      says:
        answered === undefined
          ? `You are asked what you say to ${about}, by ${dayInWords(until)}.`
          : `You answered on ${dayInWords(answered.answeredOn)} what you say to ${about}; you can answer again until ${dayInWords(until)}.`,
    })),
  ];
}

function askForReview(today: string, of: 'proposal' | 'category' | undefined): WayToRespond {
  const what = 'ask-for-review';
  if (of === undefined)
    return {
      ...{ what, open: false },
      says: 'There is nothing to review yet: no category is proposed or decided.',
    };
  const decided = dayInWords(daysAfter(today, REVIEW_TAKES_DAYS));
  const matter = of === 'proposal' ? 'the proposal' : 'the category in force';
  return {
    ...{ what, open: true },
    says: `Ask for a review of ${matter} by somebody who took no part, and say why. No last day is laid down for asking. If you ask today it is decided by ${decided}, ${REVIEW_TAKES_DAYS} days on, unless another day is agreed.`,
  };
}
