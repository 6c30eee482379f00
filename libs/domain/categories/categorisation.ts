import { aggregate } from '#kernel';
import { academicYearOf } from '../shared/academic-year';
import { categoryCommands } from './commands';
import { dialogueDecisions, failedDays, letterOf, openProposal } from './dialogue';
import { faultOfEffect } from './effect';
import { categoryEvents } from './events';
import { categoryOn, periodOn } from './periods';
import { categoryRefusals, refuse } from './refusals';
import { reviewDecisions } from './reviews';
import type {
  CategorisationDecide,
  CategorisationDecider,
  CategorisationState,
  KnownToCategorisation,
  OpenProposal,
} from './state';
import { evolve, initial } from './state';
import { triggerDecisions } from './triggers';

const CATEGORISATION =
  'The category of one school through time: what called for another look, what was proposed on which assessment, ' +
  'how the school was told and heard, who decided what from when, and what was put right afterwards. ' +
  'A category is proposed, told, discussed and then confirmed by someone who is not the sole assessor.';

const decide: CategorisationDecide = {
  ...triggerDecisions,

  ProposeCategory: (state, command, { actor, today, known, newId }) => {
    const { schoolId, assessmentId, proposedOn = today } = command;
    const { proposal } = state;
    if (proposal !== undefined) {
      const { proposalId = proposal.proposalId } = command;
      const already = proposal.proposalId === proposalId && proposal.assessmentId === assessmentId;
      return already ? [] : refuse.ProposalOpen(proposal.proposalId);
    }
    const { proposalId = newId(0) } = command;
    if (state.decided[proposalId] !== undefined) return refuse.ProposalIdTaken();
    const assessment = known.risk.finalised[assessmentId];
    if (assessment === undefined) return refuse.AssessmentNotFinalised();
    if (assessment.supersededBy !== undefined)
      return refuse.AssessmentSuperseded(assessment.supersededBy);
    if (wasDecidedOn(state, assessmentId)) return refuse.AssessmentDecided();
    const { cycle, triggerId, assessorId } = assessment;
    const trigger = triggerId === undefined ? undefined : state.triggers[triggerId];
    if (triggerId !== undefined && trigger === undefined) return refuse.TriggerNotOpen();
    if (proposedOn > today) return refuse.InTheFuture('proposedOn', proposedOn, today);
    const offerVersion = offerFor(known, cycle, proposedOn);
    if (offerVersion === undefined) return refuse.NoOffer(cycle ?? academicYearOf(proposedOn));
    const from = state.periods.at(-1)?.category;
    const data = {
      schoolId,
      proposalId,
      ...(from === undefined ? {} : { from }),
      to: assessment.recommended,
      assessmentId,
      ...(cycle === undefined ? {} : { cycle }),
      ...(triggerId === undefined ? {} : { triggerId }),
      reasonCode: trigger?.triggerType ?? 'ANNUAL_ROUND',
      offerVersion,
      assessorId,
      moderatorIds: [...assessment.moderatorIds],
      proposerId: actor.id,
      proposedOn,
    };
    return [{ type: 'CategoryProposed', data }];
  },

  ...dialogueDecisions,
  ...reviewDecisions,

  ConfirmCategory: (state, { schoolId, proposalId, effectiveFrom }, { actor, today }) => {
    if (state.decided[proposalId]?.effectiveFrom === effectiveFrom) return [];
    const proposal = openProposal(state, proposalId);
    if ('refused' in proposal) return proposal;
    const { assessmentId, cycle, triggerId, reasonCode, offerVersion, to } = proposal;
    const from = state.periods.at(-1)?.category;
    if (letterOf(proposal) === undefined) return refuse.LetterNotIssued(to);
    if (state.review !== undefined) return refuse.ReviewIsOpen(state.review.decideBy);
    if (needsDiscussion(proposal, from !== to) && !wasDiscussed(proposal)) {
      return refuse.DiscussionWanted(failedDays(proposal));
    }
    if (actor.id === soleAssessorOf(proposal)) return refuse.SoleAssessor();
    const no = faultOfEffect(state, to, effectiveFrom, today);
    if (no !== undefined) return no;
    const decision = {
      schoolId,
      proposalId,
      assessmentId,
      ...(cycle === undefined ? {} : { cycle }),
      ...(triggerId === undefined ? {} : { triggerId }),
      reasonCode,
      offerVersion,
      effectiveFrom,
      deciderId: actor.id,
    };
    return from === undefined || from === to
      ? [{ type: 'CategoryConfirmed', data: { ...decision, category: to } }]
      : [{ type: 'CategoryChanged', data: { ...decision, from, to } }];
  },

  CorrectCategory: (state, command, { actor }) => {
    const { correctsEventId, was, shouldBe, effectiveFrom, askedById } = command;
    const period = periodOn(state, effectiveFrom);
    if (
      period?.from === effectiveFrom &&
      period.correctsEventId === correctsEventId &&
      period.category === shouldBe
    ) {
      return [];
    }
    const recorded = categoryOn(state, effectiveFrom);
    if (recorded !== was || recorded === shouldBe) {
      return refuse.RecordSaysOtherwise(effectiveFrom, recorded);
    }
    if (askedById === actor.id) return refuse.OwnCorrection();
    return [{ type: 'CategoryCorrected', data: { ...command, approverId: actor.id } }];
  },
};

const wasDecidedOn = ({ decided }: CategorisationState, assessmentId: string): boolean =>
  Object.values(decided).some(
    (past) => past.assessmentId === assessmentId && past.effectiveFrom !== undefined,
  );

/** The round has fixed its offer; in the year it is the one in force on the day. */
function offerFor(
  { cycles, offers }: KnownToCategorisation,
  cycle: string | undefined,
  day: string,
): string | undefined {
  if (cycle !== undefined) return cycles.cycles[cycle]?.offerVersion;
  return Object.values(offers.versions)
    .filter((offer) => offer.academicYear === academicYearOf(day) && offer.effectiveFrom <= day)
    .toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom))
    .at(-1)?.version;
}

/**
 * Before Prevention and Intervention, and before any move outside the annual round, there is a discussion. What the
 * public offer asks for is the talk about proposed Prevention and Intervention [S domain dossier, 7.1].
 */
const needsDiscussion = ({ to, cycle }: OpenProposal, moves: boolean): boolean =>
  to !== 'Enhancement' || (cycle === undefined && moves);

/** Discussed, or offered in vain on two different days. */
const wasDiscussed = (proposal: OpenProposal): boolean =>
  proposal.discussions.length > 0 || failedDays(proposal) >= 2;

const soleAssessorOf = ({ assessorId, moderatorIds }: OpenProposal): string | undefined =>
  moderatorIds.length === 0 ? assessorId : undefined;

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
