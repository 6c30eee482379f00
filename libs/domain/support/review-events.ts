import { date, event, id, list, optional, person, record, text, word } from '#kernel';
import { about, between, payerShape, reservationShape } from './deployment-shapes';

/**
 * Why a deployment is to be looked at again; it goes on meanwhile [I domain dossier, 3.5]. That of the home school says
 * nothing of its category: the supported school reads it too.
 */
export const reviewCauses = [
  'home-school',
  'champion-retired',
  'became-academy',
  'school-closing',
  'other',
] as const;
export type ReviewCause = (typeof reviewCauses)[number];
/** `reduce`: fewer visits than were agreed; what they leave goes back when it ends. `end`: somebody ends it next. */
export const reviewOutcomes = ['continue', 'reduce', 'end'] as const;
const ofReview = {
  ...about,
  championId: optional(id('internal')),
  homeSchoolId: optional(id('public')),
  reviewId: id('internal'),
  because: word('internal', reviewCauses),
} as const;

/** What comes of what happens elsewhere and concerns a deployment. */
export const reviewEvents = {
  SupportNeedReopened: event(
    'The champion cannot come after all; before any work began the need is there again, and another is wanted.',
    { ...between, reason: text('confidential'), reservations: list(record(reservationShape)) },
  ),
  DeploymentReviewAsked: event(
    'Something happened for which the deployment is to be looked at again; it goes on until somebody has.',
    {
      ...ofReview,
      /** The event that was the cause, where one was. */
      becauseOf: optional(id('internal')),
      askedOn: date('internal'),
    },
    { effective: 'askedOn' },
  ),
  DeploymentReviewed: event(
    'The deployment was looked at again, and whether it goes on was decided.',
    {
      ...ofReview,
      outcome: word('internal', reviewOutcomes),
      reason: text('confidential'),
      reviewedOn: date('internal'),
      reviewerId: person('internal'),
    },
    { effective: 'reviewedOn' },
  ),
  DeploymentPayerDecided: event(
    'Who pays for the visits from a day on was decided anew.',
    {
      ...between,
      from: date('internal'),
      was: record(payerShape),
      payer: record(payerShape),
      reason: text('confidential'),
      decidedById: person('internal'),
    },
    { effective: 'from' },
  ),
} as const;
