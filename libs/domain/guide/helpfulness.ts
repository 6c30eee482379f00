import type { ClassesOf, Decider, RefusalsOf } from '#kernel';
import { aggregate, refusing } from '#kernel';
import { same } from '../shared/same';
import { helpfulnessCommands } from './commands';
import type { HelpfulnessEvent } from './events';
import { helpfulnessEvents } from './events';

/*
 * What somebody answered to "Was this page helpful?". Anybody may, and it is not known who did. Each form that was sent is
 * a stream of its own: it counts once however often it comes, and no stream grows with the number of answers.
 */
export interface AnswerState {
  readonly given?: HelpfulnessEvent['data'];
}

const refusals = {
  PageHelpfulnessOnRecord: {
    kind: 'conflict',
    says: 'A form counts once.',
    detail: () =>
      'An answer from this form is on record, and is not changed. To say something else, load the page again and answer there.',
    pointer: '/answerId',
  },
} as const;
const refuse = refusing(refusals);

export const decider: Decider<
  AnswerState,
  ClassesOf<typeof helpfulnessCommands>,
  HelpfulnessEvent,
  RefusalsOf<typeof refusals>
> = {
  initial: {},
  evolve: { PageHelpfulnessGiven: (_, data) => ({ given: data }) },
  decide: {
    GivePageHelpfulness: ({ given }, command) => {
      if (given !== undefined) return same(given, command) ? [] : refuse.PageHelpfulnessOnRecord();
      return [{ type: 'PageHelpfulnessGiven', data: { ...command } }];
    },
  },
};

export const guideAnswer = aggregate({
  context: 'guide',
  name: 'guide-answer',
  is: 'What somebody, it is not known who, answered to “Was this page helpful?” under a page of the public guide.',
  stream: ({ answerId }) => `guide-answer-${String(answerId)}`,
  events: helpfulnessEvents,
  commands: helpfulnessCommands,
  refusals,
  decider,
});
