import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import type { AcademicYear } from '../shared/academic-year';
import { academicYearOf } from '../shared/academic-year';
import { standingCommands } from './commands';
import type { DataFor, StandingEvent } from './events';
import { standingEvents } from './events';
import { inTheFuture } from './refusals';

/*
 * How support for one school has been judged. A poor verdict is noted by its review; moderation may find better, and
 * then it counts no more. The second that counts in one academic year goes to the head of service, who decides what
 * becomes of the support; so does each further one of the year after that was answered.
 */
interface Noted {
  readonly academicYear: AcademicYear;
  readonly counts: boolean;
}
interface Escalation {
  readonly reviewIds: readonly string[];
  readonly answered: DataFor<'EscalationAnswered'> | undefined;
}
export interface StandingState {
  /** By review, in the order they were noted. */
  readonly poor: Readonly<Record<string, Noted>>;
  readonly escalations: Readonly<Record<string, Escalation>>;
}

export const standingRefusals = {
  InTheFuture: inTheFuture,
  PoorVerdictUnknown: {
    kind: 'missing',
    says: 'What is withdrawn was noted.',
    detail: () =>
      'No poor verdict of this review is noted for this school. There is nothing to withdraw.',
    pointer: '/reviewId',
  },
  NoSuchEscalation: {
    kind: 'missing',
    says: 'There must be such an escalation.',
    detail: () =>
      'Nothing of that identity has gone to the head of service for this school. Look up the open one.',
    pointer: '/escalationId',
  },
  EscalationAnsweredBefore: {
    kind: 'conflict',
    says: 'An escalation is answered once.',
    detail: (answeredOn: string) =>
      `This was decided on ${answeredOn}. What follows is decided on the support itself.`,
    pointer: '/escalationId',
  },
} as const;
const refuse = refusing(standingRefusals);

/** How many poor verdicts in a year go to the head of service. [I] domain dossier, 4.3: the second. */
const POOR_VERDICTS_TO_ESCALATE = 2;

export const decider: Decider<
  StandingState,
  ClassesOf<typeof standingCommands>,
  StandingEvent,
  RefusalsOf<typeof standingRefusals>
> = {
  initial: { poor: {}, escalations: {} },
  evolve: {
    PoorVerdictNoted: (state, { reviewId, academicYear }) => ({
      ...state,
      poor: { ...state.poor, [reviewId]: { academicYear, counts: true } },
    }),
    PoorVerdictWithdrawn: (state, { reviewId }) => {
      const noted = state.poor[reviewId];
      if (noted === undefined) return state;
      return { ...state, poor: { ...state.poor, [reviewId]: { ...noted, counts: false } } };
    },
    EscalatedToHeadOfService: (state, { escalationId, reviewIds }) => ({
      ...state,
      escalations: { ...state.escalations, [escalationId]: { reviewIds, answered: undefined } },
    }),
    EscalationAnswered: (state, answered) => {
      const escalation = state.escalations[answered.escalationId];
      if (escalation === undefined) return state;
      return {
        ...state,
        escalations: {
          ...state.escalations,
          [answered.escalationId]: { ...escalation, answered },
        },
      };
    },
  },
  decide: {
    NotePoorVerdict: (state, command, { today, newId }) => {
      const { schoolId, reviewId, foundOn } = command;
      if (state.poor[reviewId] !== undefined) return [];
      if (foundOn > today) return refuse.InTheFuture('foundOn', foundOn, today);
      const academicYear = academicYearOf(foundOn);
      const noted = { type: 'PoorVerdictNoted', data: { ...command, academicYear } } as const;
      const reviewIds = [...countingIn(state, academicYear), reviewId];
      if (reviewIds.length < POOR_VERDICTS_TO_ESCALATE || isWithHeadOfService(state))
        return [noted];
      const escalated = {
        schoolId,
        escalationId: newId(0),
        academicYear,
        reviewIds,
        escalatedOn: today,
      };
      return [noted, { type: 'EscalatedToHeadOfService', data: escalated }];
    },

    WithdrawPoorVerdict: (state, command) => {
      const noted = state.poor[command.reviewId];
      if (noted === undefined) return refuse.PoorVerdictUnknown();
      return noted.counts ? [{ type: 'PoorVerdictWithdrawn', data: { ...command } }] : [];
    },

    AnswerEscalation: (state, command, { actor, today }) => {
      const { escalationId, decision, reason, answeredOn = today } = command;
      const escalation = state.escalations[escalationId];
      if (escalation === undefined) return refuse.NoSuchEscalation();
      const { answered } = escalation;
      if (answered !== undefined) {
        return answered.decision === decision && answered.reason === reason
          ? []
          : refuse.EscalationAnsweredBefore(answered.answeredOn);
      }
      if (answeredOn > today) return refuse.InTheFuture('answeredOn', answeredOn, today);
      const data = { ...command, answeredById: actor.id, answeredOn };
      return [{ type: 'EscalationAnswered', data }];
    },
  },
};

/** Reviews of a year whose poor verdict counts, in the order they were noted. */
const countingIn = ({ poor }: StandingState, year: AcademicYear): readonly string[] =>
  Object.entries(poor)
    .filter(([, { academicYear, counts }]) => counts && academicYear === year)
    .map(([reviewId]) => reviewId);

/** What waits for an answer takes further poor verdicts with it. */
const isWithHeadOfService = ({ escalations }: StandingState): boolean =>
  Object.values(escalations).some(({ answered }) => answered === undefined);

export const standing = aggregate({
  context: 'quality',
  name: 'quality-standing',
  is: 'How support for one school has been judged: poor verdicts, and what the head of service decided when there was a second in a year.',
  stream: ({ schoolId }) => `qualityStanding-${String(schoolId)}`,
  events: standingEvents,
  commands: standingCommands,
  refusals: standingRefusals,
  decider,
});
