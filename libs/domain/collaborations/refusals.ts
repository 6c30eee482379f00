import type { RefusalsOf } from '#kernel';
import { refusing } from '#kernel';
import { dayRefusals } from '../shared/recorded-days';
import { schoolsNotOpen } from '../shared/schools-not-open';

/** Every no of a collaboration, with what to do about it. */
export const collaborationRefusals = {
  ...dayRefusals,
  ...schoolsNotOpen,
  CollaborationIdTaken: {
    kind: 'conflict',
    says: 'A collaboration’s identity is used once.',
    detail: () =>
      'A collaboration with other particulars has that identity. Give a new collaborationId, or record what changed by its own command.',
    pointer: '/collaborationId',
  },
  CollaborationUnknown: {
    kind: 'missing',
    says: 'There must be such a collaboration.',
    detail: () => 'No collaboration has that identity. Look it up, or form it first.',
    pointer: '/collaborationId',
  },
  CollaborationHasEnded: {
    kind: 'conflict',
    says: 'Nothing more happens to a collaboration that has ended.',
    detail: (endedOn: string) =>
      `This collaboration ended on ${endedOn}. Form a new one where the schools work together again.`,
    pointer: '/collaborationId',
  },
  TwoSchoolsWanted: {
    kind: 'invalid',
    says: 'It takes two schools to work together.',
    detail: () => 'There is one school only. Name at least two.',
    pointer: '/schoolIds',
  },
  LeadNotAmongThem: {
    kind: 'invalid',
    says: 'The school in the lead is one of the schools that work together.',
    detail: () => 'The school named to lead is not in this collaboration. Name one that is.',
    pointer: '/leadSchoolId',
  },
  AgreementWanted: {
    kind: 'invalid',
    says: 'A formal collaboration rests on an agreement.',
    detail: () =>
      'A formal collaboration rests on an agreement. Say where it is kept (agreementRef), or record it as bespoke.',
    pointer: '/agreementRef',
  },
  TooManyTogether: {
    kind: 'conflict',
    says: 'No more than 100 schools are in one collaboration.',
    detail: () =>
      'There are 100 schools in this collaboration, and no more go in. Form another one.',
    pointer: '/schoolId',
  },
  InItAlready: {
    kind: 'conflict',
    says: 'A school joins once, until it leaves.',
    detail: (joinedOn: string) => `This school has been in it since ${joinedOn}.`,
    pointer: '/schoolId',
  },
  NotInIt: {
    kind: 'conflict',
    says: 'Only a school that is in it leaves.',
    detail: () => 'This school is not in this collaboration. Look up which schools are.',
    pointer: '/schoolId',
  },
  OneWouldBeLeft: {
    kind: 'conflict',
    says: 'With fewer than two schools there is no collaboration left: it ends instead.',
    detail: () =>
      'One school would be left, and one school is no collaboration. A team leader or the head of service ends it instead (EndCollaboration).',
    pointer: '/schoolId',
  },
  LeadWanted: {
    kind: 'invalid',
    says: 'When the lead leaves, another school takes the lead; only then is one named.',
    detail: (leads: boolean) =>
      leads
        ? 'This school has the lead. Say which of the others takes it (leadSchoolId).'
        : 'This school does not have the lead. Leave leadSchoolId out.',
    pointer: '/leadSchoolId',
  },
  ReviewedThatDay: {
    kind: 'conflict',
    says: 'A collaboration is reviewed once a day.',
    detail: (day: string) =>
      `There is a review of ${day} on record, and it says something else. Record what is new as a review of a later day.`,
    pointer: '/reviewedOn',
  },
  NextReviewWanted: {
    kind: 'invalid',
    says: 'A collaboration that goes on is reviewed again, and one that does not is not.',
    detail: (continues: boolean) =>
      continues
        ? 'It goes on, so say by when it is reviewed again (nextReviewDue).'
        : 'It does not go on, so leave nextReviewDue out, and end it.',
    pointer: '/nextReviewDue',
  },
} as const;
export const refuse = refusing(collaborationRefusals);
export type CollaborationRefusal = RefusalsOf<typeof collaborationRefusals>;
