import type { Decision, Given } from '#kernel';
import { academicYearOf } from '../shared/academic-year';
import type { ProposeCategory } from './commands';
import type { CategoryEvent, Proposed } from './events';
import type { CategoryRefusal } from './refusals';
import { refuse } from './refusals';
import type {
  CategorisationDecide,
  CategorisationState,
  FinalisedAssessment,
  KnownToCategorisation,
  OpenProposal,
} from './state';
import { occasionOf } from './state';

/** What a finalised assessment recommends becomes a proposal: told to the school, not yet in force. */
export const proposingDecisions: Pick<CategorisationDecide, 'ProposeCategory'> = {
  ProposeCategory: (state, command, given) => {
    if (state.proposal !== undefined) return alreadyOpen(state.proposal, command);
    const { proposalId = given.newId(0) } = command;
    if (state.decided[proposalId] !== undefined) return refuse.ProposalIdTaken();
    const assessment = assessmentFor(state, command.assessmentId, given.known);
    if ('refused' in assessment) return assessment;
    const data = proposalOn(assessment, { ...command, proposalId }, state, given);
    return 'refused' in data ? data : [{ type: 'CategoryProposed', data }];
  },
};

/** The same proposal asked for again, or another while one is open. */
const alreadyOpen = (
  open: OpenProposal,
  command: Readonly<ProposeCategory>,
): Decision<CategoryEvent, CategoryRefusal> =>
  (command.proposalId ?? open.proposalId) === open.proposalId &&
  command.assessmentId === open.assessmentId
    ? []
    : refuse.ProposalOpen(open.proposalId);

/** The newest finalised assessment of its round or open trigger that no decision was made on. */
function assessmentFor(
  state: CategorisationState,
  assessmentId: string,
  { risk }: KnownToCategorisation,
): FinalisedAssessment | CategoryRefusal {
  const assessment = risk.finalised[assessmentId];
  if (assessment === undefined) return refuse.AssessmentNotFinalised();
  const { supersededBy, triggerId } = assessment;
  if (supersededBy !== undefined) return refuse.AssessmentSuperseded(supersededBy);
  if (wasDecidedOn(state, assessmentId)) return refuse.AssessmentDecided();
  return triggerId !== undefined && state.triggers[triggerId] === undefined
    ? refuse.TriggerNotOpen()
    : assessment;
}

function proposalOn(
  { cycle, triggerId, ...assessment }: FinalisedAssessment,
  command: Readonly<ProposeCategory> & { readonly proposalId: string },
  { periods, triggers }: CategorisationState,
  { actor, today, known }: Given & { readonly known: KnownToCategorisation },
): Proposed | CategoryRefusal {
  const { schoolId, assessmentId, proposalId, proposedOn = today } = command;
  if (proposedOn > today) return refuse.InTheFuture('proposedOn', proposedOn, today);
  const offerVersion = offerFor(known, cycle, proposedOn);
  if (offerVersion === undefined) return refuse.NoOffer(cycle ?? academicYearOf(proposedOn));
  const from = periods.at(-1)?.category;
  const reasonCode = triggers[triggerId ?? '']?.triggerType ?? 'ANNUAL_ROUND';
  return {
    schoolId,
    proposalId,
    ...(from === undefined ? {} : { from }),
    to: assessment.recommended,
    assessmentId,
    ...occasionOf({ cycle, triggerId, reasonCode }),
    offerVersion,
    assessorId: assessment.assessorId,
    moderatorIds: [...assessment.moderatorIds],
    proposerId: actor.id,
    proposedOn,
  };
}

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
