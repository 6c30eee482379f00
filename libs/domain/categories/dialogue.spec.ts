import { given } from '#kernel';
import type { CategoryEvent } from './events';
import {
  about,
  assessmentId,
  attempted,
  confirmed,
  decider,
  discussed,
  docHash,
  inYear,
  known,
  lastYear,
  letter,
  proposalId,
  proposed,
  proposedInYear,
  schoolId,
  superseded,
  triggered,
  unmoderated,
  uuid,
} from './history-in-specs';

const school = (...history: readonly CategoryEvent[]) => given(decider, history, known);
const proposer = { id: 'person-proposer', role: 'adviser' };
const withdrawn: CategoryEvent = {
  type: 'ProposalWithdrawn',
  data: { ...about, reason: 'New figures came in.' },
};

describe('proposing a category', () => {
  const propose = { schoolId, assessmentId, proposalId, proposedOn: '2026-11-02' };

  it('proposes what the assessment of the round recommends, by the offer of the round', () => {
    school().when('ProposeCategory', propose, { by: proposer }).then([proposed()]).again().silent();
  });

  it('says from which category', () => {
    school(lastYear('Enhancement'))
      .when('ProposeCategory', propose, { by: proposer })
      .then([proposed({ from: 'Enhancement' })]);
  });

  it('for a trigger gives its reason and takes the offer in force on the day', () => {
    school(triggered())
      .when('ProposeCategory', { ...propose, assessmentId: inYear }, { by: proposer })
      .then([proposedInYear({ offerVersion: 'offer-26b' })]);
  });

  it('makes an identity when none is given', () => {
    school()
      .when('ProposeCategory', { schoolId, assessmentId }, { by: proposer })
      .then([proposed({ proposalId: uuid(0), proposedOn: '2026-11-23' })])
      .again()
      .silent();
  });

  it('is refused on an assessment that is not the newest finalised one, or was decided on', () => {
    const refusedOn = (id: string, ...history: readonly CategoryEvent[]) =>
      school(...history).when('ProposeCategory', { schoolId, assessmentId: id });
    refusedOn(uuid(99)).refused('AssessmentNotFinalised');
    refusedOn(superseded).refused('AssessmentSuperseded', assessmentId);
    refusedOn(assessmentId, confirmed('Prevention', '2026-11-16')).refused('AssessmentDecided');
    refusedOn(inYear).refused('TriggerNotOpen');
  });

  it('is refused while another is open, for a used identity, a day to come and a year without offer', () => {
    school(proposed())
      .when('ProposeCategory', { schoolId, assessmentId: unmoderated })
      .refused('ProposalOpen', proposalId);
    school(proposed(), withdrawn).when('ProposeCategory', propose).refused('ProposalIdTaken');
    school()
      .when('ProposeCategory', { ...propose, proposedOn: '2026-11-24' })
      .refused('InTheFuture');
    given(decider, [], { ...known, cycles: { cycles: {} } })
      .when('ProposeCategory', propose)
      .refused('NoOffer', '2026/27');
    school(triggered())
      .when('ProposeCategory', { ...propose, assessmentId: inYear, proposedOn: '2024-11-01' })
      .refused('NoOffer', '2024/25');
  });

  it('is possible again on the same assessment after a withdrawal', () => {
    school(proposed(), withdrawn)
      .when('ProposeCategory', { ...propose, proposalId: uuid(11) }, { by: proposer })
      .then([proposed({ proposalId: uuid(11) })]);
  });
});

describe('the letter', () => {
  const issue = {
    ...about,
    templateVersion: 'letter-3',
    recipients: ['head', 'chair'] as const,
    docHash,
    issuedOn: '2026-11-04',
  };

  it('says the proposed category; the same letter counts once, another one again', () => {
    school(proposed()).when('IssueLetter', issue).then([letter()]).again().silent();
    school(proposed(), letter())
      .when('IssueLetter', { ...issue, docHash: 'b'.repeat(64) })
      .then([letter({ docHash: 'b'.repeat(64) })]);
  });

  it('is not issued before the proposal, nor in the future', () => {
    school(proposed())
      .when('IssueLetter', { ...issue, issuedOn: '2026-11-01' })
      .refused('TooEarly', '2026-11-02');
    school(proposed())
      .when('IssueLetter', { ...issue, issuedOn: '2026-11-24' })
      .refused('InTheFuture');
  });

  it('needs an open proposal', () => {
    school().when('IssueLetter', issue).refused('ProposalUnknown');
    school(proposed(), withdrawn).when('IssueLetter', issue).refused('ProposalClosed');
  });
});

describe('the discussion', () => {
  const held = discussed.data as Extract<CategoryEvent, { type: 'ProposalDiscussed' }>['data'];
  const attempt = {
    ...about,
    outcome: 'unreachable',
    mode: 'phone',
    attemptedOn: '2026-11-09',
  } as const;

  it('is recorded once', () => {
    school(proposed(), letter()).when('RecordDiscussion', held).then([discussed]).again().silent();
  });

  it('or the attempts at it, each once', () => {
    school(proposed(), letter())
      .when('RecordDiscussionAttempt', attempt)
      .then([
        { type: 'SchoolUnreachable', data: { ...about, mode: 'phone', attemptedOn: '2026-11-09' } },
      ])
      .again()
      .silent()
      .when('RecordDiscussionAttempt', { ...attempt, outcome: 'declined' })
      .then([attempted('2026-11-09', 'DiscussionDeclined')]);
  });

  it('comes after the letter and not in the future', () => {
    school(proposed()).when('RecordDiscussion', held).refused('LetterNotIssued', 'Prevention');
    school(proposed()).when('RecordDiscussionAttempt', attempt).refused('LetterNotIssued');
    const told = school(proposed(), letter());
    told.when('RecordDiscussion', { ...held, heldOn: '2026-11-03' }).refused('TooEarly');
    told.when('RecordDiscussion', { ...held, heldOn: '2026-11-24' }).refused('InTheFuture');
    told
      .when('RecordDiscussionAttempt', { ...attempt, attemptedOn: '2026-11-03' })
      .refused('TooEarly');
  });

  it('needs an open proposal', () => {
    school().when('RecordDiscussion', held).refused('ProposalUnknown');
    school().when('RecordDiscussionAttempt', attempt).refused('ProposalUnknown');
  });
});

describe('the school’s answer', () => {
  const answer = { ...about, from: 'both', docRef: 'paper-7', receivedOn: '2026-11-11' } as const;

  it('is recorded once, while the proposal is open', () => {
    school(proposed())
      .when('RecordRepresentation', answer, { by: 'headteacher' })
      .then([{ type: 'SchoolRepresentationReceived', data: answer }])
      .again()
      .silent();
    school(proposed(), withdrawn).when('RecordRepresentation', answer).refused('ProposalClosed');
    school().when('RecordRepresentation', answer).refused('ProposalUnknown');
    school(proposed())
      .when('RecordRepresentation', { ...answer, receivedOn: '2026-11-01' })
      .refused('TooEarly');
  });
});

describe('withdrawing', () => {
  const withdraw = { ...about, reason: 'New figures came in.' };

  it('closes the proposal and leaves its trigger open', () => {
    school(triggered(), proposedInYear())
      .when('WithdrawProposal', withdraw)
      .then([withdrawn])
      .again()
      .silent()
      .when(
        'ProposeCategory',
        { schoolId, assessmentId: inYear, proposalId: uuid(12) },
        { by: proposer },
      )
      .then([
        proposedInYear({
          proposalId: uuid(12),
          offerVersion: 'offer-26b',
          proposedOn: '2026-11-23',
        }),
      ]);
  });

  it('needs a proposal that is not decided', () => {
    school().when('WithdrawProposal', withdraw).refused('ProposalUnknown');
    school(proposed(), confirmed('Prevention', '2026-11-16'))
      .when('WithdrawProposal', withdraw)
      .refused('ProposalClosed');
  });
});
