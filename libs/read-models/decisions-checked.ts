import type { Snapshot } from '#kernel';
import type { Category } from '#domain';
import { isSoleAssessor, needsDiscussion, wasDiscussed } from '#domain';
import type { CategoryDecision } from './category-decisions';
import { categoryDecisions, decidedBetween } from './category-decisions';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, paged } from './page';
import type { NamedSchool } from './schools-named';
import { schoolsNamed } from './schools-named';

/*
 * The rules a decision on a category keeps, held against every decision on record. Commands refuse what breaks them, so
 * nothing should be found: what is found came in another way, or was decided before there was such a rule.
 */
export const decisionRules = {
  'not-discussed':
    'Prevention, Intervention and any change within the year are discussed with the school before they are decided, or a discussion is offered in vain on two days.',
  'sole-assessor': 'Who alone assessed the school does not decide its category.',
  'not-proposed': 'A category is proposed, on an assessment, before it is decided.',
  'own-correction': 'Nobody approves a correction they asked for.',
} as const;
export type DecisionRule = keyof typeof decisionRules;

/** Decided without a talk, and rightly so. */
export const talkInstead = {
  declined: 'The school declined to discuss it, on two days.',
  unreachable: 'The school could not be reached to discuss it, on two days.',
  'declined-and-unreachable':
    'On one day the school declined to discuss it, on another it could not be reached.',
  review: 'It was decided by a review that the school had asked for.',
  correction: 'It put the record right; the school is told, and there is nothing to discuss.',
} as const;
export type TalkInstead = keyof typeof talkInstead;

type Decided = CategoryDecision & { readonly decided: NonNullable<CategoryDecision['decided']> };

/** Which rules a decision broke, as it is on record. */
export function rulesBroken(decision: Decided): readonly DecisionRule[] {
  const { by, decided, proposed } = decision;
  if (by === 'correction') return decided.askedById === decided.deciderId ? ['own-correction'] : [];
  // A review decides on a proposal that was decided before, and its own rule, that nobody who took part reviews, is kept there.
  if (by === 'review') return [];
  const undiscussed = needsDiscussion(decision, decided.moved) && !wasDiscussed(decision);
  return [
    ...(undiscussed ? (['not-discussed'] as const) : []),
    ...(proposed === undefined
      ? (['not-proposed'] as const)
      : isSoleAssessor(decided.deciderId, proposed)
        ? (['sole-assessor'] as const)
        : []),
  ];
}

/** What stands in the place of a talk, where there was none and one was wanted. */
export function insteadOfTalk(decision: Decided): TalkInstead | undefined {
  const { by, decided, discussions, attempts } = decision;
  if (by !== 'proposal') return by;
  const inVain = discussions.length === 0 && wasDiscussed(decision);
  if (!inVain || !needsDiscussion(decision, decided.moved)) return undefined;
  const outcomes = new Set(attempts.map(({ outcome }) => outcome));
  return outcomes.size === 1 ? attempts[0]?.outcome : 'declined-and-unreachable';
}

/** A decision that broke a rule, or was taken without a talk. */
export type CheckedDecision = {
  readonly school: NamedSchool;
  readonly by: CategoryDecision['by'];
  readonly from?: Category;
  readonly to: Category;
  /** The event that decided it: ask why by it. */
  readonly changeId: string;
  readonly decidedOn: string;
  readonly effectiveFrom: string;
  readonly deciderId: string;
  readonly broke: readonly { readonly rule: DecisionRule; readonly says: string }[];
  readonly instead?: { readonly of: TalkInstead; readonly says: string };
};

export type DecisionsChecked = Page<CheckedDecision> & {
  /** How many decisions were looked at. */
  readonly decisions: number;
  readonly breaches: number;
  /** Without a talk of its own, and as the rules allow. */
  readonly withoutTalk: number;
  readonly says: string;
};

/** Every decision between two days against the rules: breaches first, then those without a talk; each newest first. */
export async function decisionsChecked(
  snapshot: Snapshot,
  about: PageRequest & { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<DecisionsChecked> {
  const { skip = 0, limit = DEFAULT_LIMIT } = about;
  const found = await snapshot.list<Decided>(categoryDecisions, { filter: decidedBetween(about) });
  const checked = found
    .map(({ body }) => ({ body, broke: rulesBroken(body), instead: insteadOfTalk(body) }))
    .filter(({ broke, instead }) => broke.length > 0 || instead !== undefined)
    .toSorted(
      (a, b) =>
        Number(b.broke.length > 0) - Number(a.broke.length > 0) ||
        b.body.decided.on.localeCompare(a.body.decided.on),
    );
  const breaches = checked.filter(({ broke }) => broke.length > 0).length;
  const page = checked.slice(skip, skip + limit);
  const named = await schoolsNamed(
    snapshot,
    page.map(({ body }) => body.schoolId),
  );
  const lines = page.map(({ body: { schoolId, by, from, to, decided }, broke, instead }) => ({
    school: named(schoolId),
    by,
    ...(from === undefined ? {} : { from }),
    to,
    changeId: decided.eventId,
    decidedOn: decided.on,
    effectiveFrom: decided.effectiveFrom,
    deciderId: decided.deciderId,
    broke: broke.map((rule) => ({ rule, says: decisionRules[rule] })),
    ...(instead === undefined ? {} : { instead: { of: instead, says: talkInstead[instead] } }),
  }));
  const counts = {
    decisions: found.length,
    breaches,
    withoutTalk: checked.length - breaches,
  };
  return { ...counts, says: inWords(counts), ...paged(lines, checked.length, skip) };
}

const inWords = ({
  decisions,
  breaches,
  withoutTalk,
}: Pick<DecisionsChecked, 'decisions' | 'breaches' | 'withoutTalk'>): string => {
  if (decisions === 0) return 'No category was decided in this time.';
  const broke = breaches === 0 ? 'none broke a rule' : `${breaches} broke a rule`;
  return `Of ${decisions} decisions ${broke}; ${withoutTalk} ${withoutTalk === 1 ? 'was' : 'were'} taken without a talk, as the rules allow.`;
};
