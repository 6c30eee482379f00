import { aggregate } from '#kernel';
import type { Category } from '../shared/words';
import type { CorrectCategory } from './commands';
import { categoryCommands } from './commands';
import { dialogueDecisions, failedDays, letterOf, openProposal } from './dialogue';
import { faultOfEffect, moved } from './effect';
import { categoryEvents } from './events';
import { categoryOn, periodOn } from './periods';
import { proposingDecisions } from './proposing';
import type { CategoryRefusal } from './refusals';
import { categoryRefusals, refuse } from './refusals';
import { reviewDecisions } from './reviews';
import type {
  CategorisationDecide,
  CategorisationDecider,
  CategorisationState,
  OpenProposal,
} from './state';
import { evolve, initial, occasionOf } from './state';
import { triggerDecisions } from './triggers';

const CATEGORISATION =
  'The category of one school through time: what called for another look, what was proposed on which assessment, ' +
  'how the school was told and heard, who decided what from when, and what was put right afterwards. ' +
  'A category is proposed, told, discussed and then confirmed by someone who is not the sole assessor.';

const decide: CategorisationDecide = {
  ...triggerDecisions,

  ...proposingDecisions,
  ...dialogueDecisions,
  ...reviewDecisions,

  ConfirmCategory: (state, { schoolId, proposalId, effectiveFrom }, { actor, today }) => {
    if (state.decided[proposalId]?.effectiveFrom === effectiveFrom) return [];
    const proposal = openProposal(state, proposalId);
    if ('refused' in proposal) return proposal;
    const { to } = proposal;
    const from = state.periods.at(-1)?.category ?? to;
    const no =
      undecidable(state, proposal, from) ??
      notFor(actor.id, proposal) ??
      faultOfEffect(state, to, effectiveFrom, today);
    if (no !== undefined) return no;
    const { assessmentId, offerVersion } = proposal;
    const decision = {
      schoolId,
      proposalId,
      assessmentId,
      ...occasionOf(proposal),
      offerVersion,
      effectiveFrom,
      deciderId: actor.id,
    };
    return from === to
      ? [{ type: 'CategoryConfirmed', data: { ...decision, category: to } }]
      : moved(state, { ...decision, from, to });
  },

  CorrectCategory: (state, command, { actor }) => {
    const { was, shouldBe, effectiveFrom } = command;
    if (isCorrected(state, command)) return [];
    const recorded = categoryOn(state, effectiveFrom);
    if (recorded !== was || recorded === shouldBe) {
      return refuse.RecordSaysOtherwise(effectiveFrom, recorded);
    }
    if (command.askedById === actor.id) return refuse.OwnCorrection();
    return [{ type: 'CategoryCorrected', data: { ...command, approverId: actor.id } }];
  },
};

/** Why a proposal cannot be decided yet; each has its way on. */
function undecidable(
  { review }: CategorisationState,
  proposal: OpenProposal,
  from: Category,
): CategoryRefusal | undefined {
  if (letterOf(proposal) === undefined) return refuse.LetterNotIssued(proposal.to);
  if (review !== undefined) return refuse.ReviewIsOpen(review.decideBy);
  return needsDiscussion(proposal, from !== proposal.to) && !wasDiscussed(proposal)
    ? refuse.DiscussionWanted(failedDays(proposal))
    : undefined;
}

/**
 * Before Prevention and Intervention, and before any move outside the annual round, there is a discussion. What the
 * public offer asks for is the talk about proposed Prevention and Intervention [S domain dossier, 7.1].
 */
export const needsDiscussion = (
  { to, cycle }: Pick<OpenProposal, 'to' | 'cycle'>,
  moves: boolean,
): boolean => to !== 'Enhancement' || (cycle === undefined && moves);

/** Discussed, or offered in vain on two different days. */
export const wasDiscussed = (proposal: Pick<OpenProposal, 'discussions' | 'attempts'>): boolean =>
  proposal.discussions.length > 0 || failedDays(proposal) >= 2;

/** Nobody but this person looked at the assessment. */
export const isSoleAssessor = (
  person: string,
  { assessorId, moderatorIds }: Pick<OpenProposal, 'assessorId' | 'moderatorIds'>,
): boolean => moderatorIds.length === 0 && assessorId === person;

/** Who alone assessed the school does not decide. */
const notFor = (person: string, proposal: OpenProposal) =>
  isSoleAssessor(person, proposal) ? refuse.SoleAssessor() : undefined;

const isCorrected = (
  state: CategorisationState,
  { correctsEventId, effectiveFrom, shouldBe }: Readonly<CorrectCategory>,
): boolean => {
  const period = periodOn(state, effectiveFrom);
  return (
    period?.from === effectiveFrom &&
    period.correctsEventId === correctsEventId &&
    period.category === shouldBe
  );
};

export const decider: CategorisationDecider = { initial, evolve, decide };

export const categorisation = aggregate({
  context: 'categories',
  name: 'categorisation',
  is: CATEGORISATION,
  stream: ({ schoolId }) => `categorisation-${String(schoolId)}`,
  events: categoryEvents,
  commands: categoryCommands,
  refusals: categoryRefusals,
  decider,
  // Only a proposal, which alone carries an assessment, asks its neighbours.
  knows: {
    risk: {
      of: 'risk',
      stream: ({ assessmentId, schoolId }) =>
        assessmentId === undefined ? undefined : `risk-${String(schoolId)}`,
    },
    cycles: {
      of: 'cycle',
      stream: ({ assessmentId }) => (assessmentId === undefined ? undefined : 'cycle-annual'),
    },
    offers: {
      of: 'policy-offer',
      stream: ({ assessmentId }) => (assessmentId === undefined ? undefined : 'policy-offer'),
    },
  },
});
