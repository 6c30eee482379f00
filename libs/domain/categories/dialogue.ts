import type { CategoryRefusal } from './refusals';
import { refuse } from './refusals';
import type { CategorisationDecide, CategorisationState, OpenProposal } from './state';

type Names =
  | 'IssueLetter'
  | 'RecordDiscussion'
  | 'RecordDiscussionAttempt'
  | 'RecordRepresentation'
  | 'WithdrawProposal';

/** What passes between the authority and the school while a proposal is open. */
export const dialogueDecisions: Pick<CategorisationDecide, Names> = {
  IssueLetter: (state, command, { today }) => {
    const { issuedOn = today } = command;
    const proposal = openProposal(state, command.proposalId);
    if ('refused' in proposal) return proposal;
    const { to: proposedCategory, letters, proposedOn } = proposal;
    if (
      letters.some(
        ({ docHash, category }) => docHash === command.docHash && category === proposedCategory,
      )
    ) {
      return [];
    }
    const no = faultOfDay('issuedOn', issuedOn, today, proposedOn);
    if (no !== undefined) return no;
    const data = { ...command, recipients: [...command.recipients], proposedCategory, issuedOn };
    return [{ type: 'ProposalLetterIssued', data }];
  },

  RecordDiscussion: (state, command, { today }) => {
    const { heldOn, mode } = command;
    const proposal = openProposal(state, command.proposalId);
    if ('refused' in proposal) return proposal;
    if (proposal.discussions.some((held) => held.heldOn === heldOn && held.mode === mode))
      return [];
    const no = notAfterLetter(proposal, 'heldOn', heldOn, today);
    if (no !== undefined) return no;
    return [{ type: 'ProposalDiscussed', data: { ...command, attendees: [...command.attendees] } }];
  },

  RecordDiscussionAttempt: (state, { outcome, ...attempt }, { today }) => {
    const { attemptedOn } = attempt;
    const proposal = openProposal(state, attempt.proposalId);
    if ('refused' in proposal) return proposal;
    const { attempts } = proposal;
    if (attempts.some((made) => made.attemptedOn === attemptedOn && made.outcome === outcome))
      return [];
    const no = notAfterLetter(proposal, 'attemptedOn', attemptedOn, today);
    if (no !== undefined) return no;
    return outcome === 'declined'
      ? [{ type: 'DiscussionDeclined', data: attempt }]
      : [{ type: 'SchoolUnreachable', data: attempt }];
  },

  RecordRepresentation: (state, command, { today }) => {
    const { receivedOn } = command;
    const proposal = openProposal(state, command.proposalId);
    if ('refused' in proposal) return proposal;
    if (proposal.representations.includes(command.docRef)) return [];
    const no = faultOfDay('receivedOn', receivedOn, today, proposal.proposedOn);
    if (no !== undefined) return no;
    return [{ type: 'SchoolRepresentationReceived', data: { ...command } }];
  },

  WithdrawProposal: (state, command) => {
    const past = state.decided[command.proposalId];
    if (past !== undefined && past.effectiveFrom === undefined) return [];
    const proposal = openProposal(state, command.proposalId);
    return 'refused' in proposal ? proposal : [{ type: 'ProposalWithdrawn', data: { ...command } }];
  },
};

/** The open proposal of that identity, or why there is none to act on. */
export function openProposal(
  { proposal, decided }: CategorisationState,
  proposalId: string,
): OpenProposal | CategoryRefusal {
  if (proposal?.proposalId === proposalId) return proposal;
  return decided[proposalId] === undefined ? refuse.ProposalUnknown() : refuse.ProposalClosed();
}

/** A letter that names the category proposed now: one issued before a review changed it does not count. */
export const letterOf = ({ letters, to }: OpenProposal) =>
  letters.find(({ category }) => category === to);

/** On how many days a discussion was offered in vain. */
export const failedDays = ({ attempts }: Pick<OpenProposal, 'attempts'>): number =>
  new Set(attempts.map(({ attemptedOn }) => attemptedOn)).size;

function notAfterLetter(
  proposal: OpenProposal,
  field: string,
  day: string,
  today: string,
): CategoryRefusal | undefined {
  const letter = letterOf(proposal);
  if (letter === undefined) return refuse.LetterNotIssued(proposal.to);
  return faultOfDay(field, day, today, letter.issuedOn);
}

const faultOfDay = (
  field: string,
  day: string,
  today: string,
  earliest: string,
): CategoryRefusal | undefined => {
  if (day > today) return refuse.InTheFuture(field, day, today);
  return day < earliest ? refuse.TooEarly(field, day, earliest) : undefined;
};
