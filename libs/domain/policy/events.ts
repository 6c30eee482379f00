import type { EventsOf } from '#kernel';
import { date, event, flag, id, integer, list, person, record, text } from '#kernel';
import { frameworkShape, offerRowShape, offerShape } from '../shared/framework';
import { qualityPolicyShape } from '../shared/quality-policy';
import { letterTemplateShape } from './letter';

export const frameworkEvents = {
  AssessmentFrameworkPublished: event(
    'A version of the assessment framework was published: what is looked at, how it is weighed and from when.',
    {
      ...frameworkShape,
      author: person('internal'),
      /** Someone other than the author. */
      approver: person('internal'),
    },
    { effective: 'effectiveFrom' },
  ),
} as const;
export type FrameworkEvent = EventsOf<typeof frameworkEvents>;

/** Before 26 November 2026 an offer could not say how many half-days a headline visit takes. */
const { halfDaysPerHeadlineVisit: _, ...rowBefore } = offerRowShape;

export const offerEvents = {
  SupportOfferPublished: event(
    'The offer of support for an academic year was published, as the Board had agreed it.',
    offerShape,
    {
      effective: 'effectiveFrom',
      // What it did not say stays unsaid: nothing is taken off by it.
      previously: [
        { data: { ...offerShape, rows: list(record(rowBefore)) }, upcast: (offer) => offer },
      ],
    },
  ),
  SupportOfferSuperseded: event(
    'An offer of support was replaced by another one within its year.',
    {
      version: text('public'),
      supersededBy: text('public'),
      academicYear: text('public'),
      effectiveFrom: date('public'),
    },
    { effective: 'effectiveFrom' },
  ),
} as const;
export type OfferEvent = EventsOf<typeof offerEvents>;

export const qualityPolicyEvents = {
  QualityPolicyPublished: event(
    'It was published how much of the team’s work is reviewed, what is reviewed always, and from when.',
    qualityPolicyShape,
    { effective: 'effectiveFrom' },
  ),
} as const;
export type QualityPolicyEvent = EventsOf<typeof qualityPolicyEvents>;

export const cycleEvents = {
  AssessmentCycleOpened: event(
    'The yearly round of assessing every school began, on one framework and one offer.',
    {
      academicYear: text('public'),
      frameworkVersion: text('public'),
      offerVersion: text('public'),
      openedOn: date('public'),
    },
    { effective: 'openedOn' },
  ),
  AssessmentWaived: event('It was agreed that a school need not be assessed in this round.', {
    academicYear: text('public'),
    schoolId: id('public'),
    reason: text('confidential'),
  }),
  AssessmentCycleClosed: event(
    'The yearly round ended: every open school was assessed or its assessment waived.',
    { academicYear: text('public'), closedOn: date('public') },
    { effective: 'closedOn' },
  ),
} as const;
export type CycleEvent = EventsOf<typeof cycleEvents>;

export const bankHolidayEvents = {
  BankHolidaysPublished: event(
    'The bank holidays of a calendar year were published, or published anew with one more or one less.',
    {
      year: integer('public'),
      days: list(date('public')),
      /** Whose list it is. */
      source: text('public'),
      /** True for days shipped as an example; said wherever they are shown. */
      example: flag('public'),
    },
  ),
} as const;
export type BankHolidayEvent = EventsOf<typeof bankHolidayEvents>;

export const letterTemplateEvents = {
  LetterTemplatePublished: event(
    'A version of the letter with the proposed category was published: its wording, the terms it sets, and from when.',
    letterTemplateShape,
    { effective: 'effectiveFrom' },
  ),
} as const;
export type LetterTemplateEvent = EventsOf<typeof letterTemplateEvents>;
