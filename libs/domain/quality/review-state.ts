import type { ClassesOf, Decider } from '#kernel';
import type { reviewCommands } from './commands';
import type { DataFor, NamedArea, ReviewEvent } from './events';
import type { ReviewRefusal } from './refusals';
import type { QualityObject } from '../shared/quality-policy';

type Begun = DataFor<'QualityReviewBegun'>;
type Completed = DataFor<'QualityReviewCompleted'>;
type Moderated = DataFor<'QualityReviewModerated'>;

export type ReviewState =
  | { readonly stage: 'none' }
  | { readonly stage: 'begun'; readonly begun: Begun }
  | { readonly stage: 'abandoned'; readonly begun: Begun }
  | {
      readonly stage: 'completed';
      readonly begun: Begun;
      readonly completed: Completed;
      readonly moderated: Moderated | undefined;
    };

/** What a review must know of its neighbours; only the one its object is on record at is asked. */
export interface KnownToReview {
  readonly risk: {
    readonly finalised: Readonly<
      Record<string, { readonly assessorId: string; readonly moderatorIds: readonly string[] }>
    >;
  };
  readonly deployment: {
    readonly stage: string;
    readonly schoolId?: string | undefined;
    readonly homeSchoolId?: string | undefined;
    readonly championPersonRef?: string | undefined;
    readonly brokerId?: string | undefined;
    readonly objectives: readonly { readonly objectiveId: string }[];
    readonly visits: Readonly<Record<string, { readonly recordedById: string }>>;
  };
  readonly champion:
    | { readonly registered: false }
    | { readonly registered: true; readonly personRef: string; readonly homeSchoolId: string };
  readonly sample: {
    readonly drawn:
      | {
          readonly drawn: readonly {
            readonly object: QualityObject;
            readonly objectId: string;
          }[];
        }
      | undefined;
  };
}

export type ReviewDecider = Decider<
  ReviewState,
  ClassesOf<typeof reviewCommands>,
  ReviewEvent,
  ReviewRefusal,
  KnownToReview
>;

export const initial: ReviewState = { stage: 'none' };

/** What is told of a review that is not on record, as the tests of a fold may, is let be. */
export const evolve: ReviewDecider['evolve'] = {
  QualityReviewBegun: (_, begun) => ({ stage: 'begun', begun }),
  QualityReviewCompleted: (state, completed) =>
    state.stage === 'begun'
      ? { stage: 'completed', begun: state.begun, completed, moderated: undefined }
      : state,
  QualityReviewModerated: (state, moderated) =>
    state.stage === 'completed' ? { ...state, moderated } : state,
  QualityReviewAbandoned: (state) =>
    state.stage === 'begun' ? { stage: 'abandoned', begun: state.begun } : state,
};

/** The areas for improvement a review named so far. */
export const areasOf = ({
  completed,
  moderated,
}: Extract<ReviewState, { readonly stage: 'completed' }>): readonly NamedArea[] => [
  ...completed.improvementAreas,
  ...(moderated?.improvementAreas ?? []),
];
