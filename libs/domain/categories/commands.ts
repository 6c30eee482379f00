import type { CommandDeclarations } from '#kernel';
import { ArrayNotEmpty, ArrayUnique, IsIn, Matches } from 'class-validator';
import { IsDay, IsId, IsPersonRef, IsText, Optional } from '../shared/decorators';
import type { Category, ReasonCode } from '../shared/words';
import { categories, reasonCodes } from '../shared/words';
import { discussionModes, letterRecipients, representationFrom, reviewOutcomes } from './events';

/** Asks for another look at the school's category because of something that happened. */
export class FlagTrigger {
  @IsId() schoolId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() triggerId?: string;
  @IsIn(reasonCodes) triggerType: ReasonCode;
  /** The event that is the cause, where it is on record. */
  @Optional() @IsId() sourceEventId?: string;
  /** Left out: today. */
  @Optional() @IsDay() happenedOn?: string;
  /** Wanted with the type OTHER. */
  @Optional() @IsText(2000) note?: string;
}

export class DismissTrigger {
  @IsId() schoolId: string;
  @IsId() triggerId: string;
  @IsText(2000) reason: string;
}

/** Proposes what a finalised assessment recommends. */
export class ProposeCategory {
  @IsId() schoolId: string;
  @IsId() assessmentId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() proposalId?: string;
  /** Left out: today. */
  @Optional() @IsDay() proposedOn?: string;
}

export class IssueLetter {
  @IsId() schoolId: string;
  @IsId() proposalId: string;
  @IsText(64) templateVersion: string;
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(letterRecipients, { each: true })
  recipients: readonly (typeof letterRecipients)[number][];
  @Matches(/^[0-9a-f]{64}$/, {
    message: '$property must be the SHA-256 of the letter: 64 hexadecimal digits in lower case',
  })
  docHash: string;
  /** Left out: today. */
  @Optional() @IsDay() issuedOn?: string;
}

export class RecordDiscussion {
  @IsId() schoolId: string;
  @IsId() proposalId: string;
  @IsIn(discussionModes) mode: (typeof discussionModes)[number];
  @IsDay() heldOn: string;
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsPersonRef({ each: true })
  attendees: readonly string[];
  @Optional() @IsText() summaryRef?: string;
}

/** An offer of a discussion that came to nothing. */
export class RecordDiscussionAttempt {
  @IsId() schoolId: string;
  @IsId() proposalId: string;
  @IsIn(['declined', 'unreachable']) outcome: 'declined' | 'unreachable';
  @IsIn(discussionModes) mode: (typeof discussionModes)[number];
  @IsDay() attemptedOn: string;
  @Optional() @IsText(2000) note?: string;
}

export class RecordRepresentation {
  @IsId() schoolId: string;
  @IsId() proposalId: string;
  @IsIn(representationFrom) from: (typeof representationFrom)[number];
  /** Where the school's paper is kept. */
  @IsText() docRef: string;
  @IsDay() receivedOn: string;
}

/** Asks for a review of the open proposal or, where none is open, of the category in force. */
export class RequestReview {
  @IsId() schoolId: string;
  /** Left out: a new identity is made. */
  @Optional() @IsId() reviewId?: string;
  @IsText(4000) grounds: string;
  /** Left out: today. */
  @Optional() @IsDay() requestedOn?: string;
  /** Left out: four weeks after the request. */
  @Optional() @IsDay() decideBy?: string;
}

export class DecideReview {
  @IsId() schoolId: string;
  @IsId() reviewId: string;
  @IsIn(reviewOutcomes) outcome: (typeof reviewOutcomes)[number];
  /** With `changed`: the category decided on. */
  @Optional() @IsIn(categories) category?: Category;
  /** With `changed`, of a category in force: from when. Left out: the day of the decision. */
  @Optional() @IsDay() effectiveFrom?: string;
  @IsText(4000) reason: string;
  /** Left out: today. */
  @Optional() @IsDay() decidedOn?: string;
}

/** Decides on the open proposal; whoever gives this command is the person who decided. */
export class ConfirmCategory {
  @IsId() schoolId: string;
  @IsId() proposalId: string;
  @IsDay() effectiveFrom: string;
}

export class WithdrawProposal {
  @IsId() schoolId: string;
  @IsId() proposalId: string;
  @IsText(2000) reason: string;
}

/**
 * Puts a wrong record right, from a day until the next recorded category begins. Whoever gives this command approves
 * it; `askedById` is who found the mistake.
 */
export class CorrectCategory {
  @IsId() schoolId: string;
  @IsId() correctsEventId: string;
  /** What the record says of that day; left out when it says nothing. */
  @Optional() @IsIn(categories) was?: Category;
  @IsIn(categories) shouldBe: Category;
  @IsDay() effectiveFrom: string;
  @IsPersonRef() askedById: string;
  @IsText(2000) reason: string;
}

export class HoldTransitionMeeting {
  @IsId() schoolId: string;
  @IsDay() heldOn: string;
  @IsPersonRef() adviserId: string;
  @IsPersonRef() championId: string;
  @IsPersonRef() headId: string;
  @Optional() @IsText() notesRef?: string;
}

export class AgreeTransitionPathway {
  @IsId() schoolId: string;
  /** What support there is on the way, and when it ends. */
  @IsText(2000) taper: string;
  /** By when the school is to be in Enhancement. */
  @IsDay() endsOn: string;
  /** The head it was agreed with. */
  @IsPersonRef() headId: string;
  /** Left out: today. */
  @Optional() @IsDay() agreedOn?: string;
}

export class AgreeNoFurtherNeed {
  @IsId() schoolId: string;
  @IsDay() agreedOn: string;
  /** The head it was agreed with. */
  @IsPersonRef() headId: string;
  @IsText(2000) reason: string;
}

const team = ['adviser', 'team-leader', 'head-of-service'] as const;
const school = ['headteacher', 'chair'] as const;

export const categoryCommands = {
  FlagTrigger: {
    takes: FlagTrigger,
    says: 'Call for another look at a school’s category; a school may ask for itself.',
    by: [...team, ...school, 'policy'],
  },
  DismissTrigger: {
    takes: DismissTrigger,
    says: 'Decide that a trigger needs no review.',
    by: ['team-leader', 'head-of-service'],
  },
  ProposeCategory: {
    takes: ProposeCategory,
    says: 'Propose the category a finalised assessment recommends.',
    by: ['adviser', 'team-leader'],
  },
  IssueLetter: {
    takes: IssueLetter,
    says: 'Record that the letter with the proposed category went to the school.',
    by: team,
  },
  RecordDiscussion: {
    takes: RecordDiscussion,
    says: 'Record that the proposal was discussed with the school.',
    by: team,
  },
  RecordDiscussionAttempt: {
    takes: RecordDiscussionAttempt,
    says: 'Record that the school declined to discuss the proposal or could not be reached.',
    by: team,
  },
  RecordRepresentation: {
    takes: RecordRepresentation,
    alsoCalled: ['Represent'],
    says: 'Record the school’s written answer to the proposal.',
    by: [...team, ...school],
  },
  RequestReview: {
    takes: RequestReview,
    says: 'Ask for a review by someone who took no part.',
    by: [...team, ...school],
  },
  DecideReview: {
    takes: DecideReview,
    says: 'Decide a review one took no part in before.',
    by: ['team-leader', 'head-of-service'],
  },
  ConfirmCategory: {
    takes: ConfirmCategory,
    alsoCalled: ['ChangeCategory'],
    says: 'Decide that the proposed category takes effect.',
    by: ['head-of-service'],
  },
  WithdrawProposal: {
    takes: WithdrawProposal,
    says: 'Take back a proposal before it is decided.',
    by: team,
  },
  CorrectCategory: {
    takes: CorrectCategory,
    says: 'Approve that a wrong category on record is put right.',
    by: ['head-of-service'],
  },
  HoldTransitionMeeting: {
    takes: HoldTransitionMeeting,
    alsoCalled: ['HoldTransition'],
    says: 'Record the meeting about the way out of bespoke support.',
    by: team,
  },
  AgreeTransitionPathway: {
    takes: AgreeTransitionPathway,
    says: 'Record how bespoke support tapers off after the transition meeting, and by when the school is to be in Enhancement.',
    by: team,
  },
  AgreeNoFurtherNeed: {
    takes: AgreeNoFurtherNeed,
    says: 'Record that the head agrees that no further bespoke support is needed.',
    by: team,
  },
} as const satisfies CommandDeclarations;
