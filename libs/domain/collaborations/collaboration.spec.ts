import type { Neighbour, Question } from '#kernel';
import { given } from '#kernel';
import type { CollaborationEvent } from './events';
import {
  about,
  ash,
  beech,
  cedar,
  collaborationId,
  damson,
  decider,
  ended,
  form,
  formed,
  joined,
  known,
  left,
  reviewed,
  uuid,
} from './history-in-specs';
import { collaboration } from './collaboration';

const schools = (...history: readonly CollaborationEvent[]) => given(decider, history, known);

describe('forming a collaboration', () => {
  it('records who works with whom, for what, and by when that is reviewed', () => {
    schools().when('FormCollaboration', form).then([formed()]).again().silent();
  });

  it('may be for one purpose, without an agreement, and begin within a year', () => {
    const { agreementRef: _, area: __, ...bespoke } = form;
    const data = {
      ...bespoke,
      kind: 'bespoke',
      from: '2027-09-01',
      reviewDue: '2028-09-01',
    } as const;
    schools()
      .when('FormCollaboration', data)
      .then([{ type: 'CollaborationFormed', data: { ...data, schoolIds: [...data.schoolIds] } }]);
  });

  it('takes two schools that are open, one of them in the lead', () => {
    schools()
      .when('FormCollaboration', { ...form, schoolIds: [ash] })
      .refused('TwoSchoolsWanted');
    schools()
      .when('FormCollaboration', { ...form, leadSchoolId: damson })
      .refused('LeadNotAmongThem');
    given(decider, [], { ...known, open: [ash, beech] })
      .when('FormCollaboration', form)
      .refused('SchoolsNotOpen', cedar);
  });

  it('takes an agreement where it is formal', () => {
    const { agreementRef: _, ...without } = form;
    schools().when('FormCollaboration', without).refused('AgreementWanted');
  });

  it('has days within sight, in their order', () => {
    const on = (days: object) => schools().when('FormCollaboration', { ...form, ...days });
    on({ from: '1066-10-14' }).refused('DayTooLongAgo', '2000-01-01');
    on({ from: '2027-11-24' }).refused('DayTooFarAhead', '2027-11-23');
    on({ reviewDue: '2026-09-13' }).refused('BeforeItsTime', '2026-09-14');
    on({ reviewDue: '2031-09-15' }).refused('DayTooFarAhead', '2031-09-14');
    on({ from: '2024-02-29', reviewDue: '2029-03-01' }).refused('DayTooFarAhead', '2029-02-28');
  });

  it('is refused under an identity that is taken', () => {
    schools(formed())
      .when('FormCollaboration', { ...form, purpose: 'Another one.' })
      .refused('CollaborationIdTaken');
  });

  it('asks whether the schools are open, and of one that joins', () => {
    const stream = (command: object) =>
      (collaboration.knows['school'] as Neighbour).stream({ ...command }, {});
    const asked = (command: object) =>
      (collaboration.knows['open'] as Question).about({ ...command }, {});
    expect(asked(form)).toEqual({ schools: `${ash},${beech},${cedar}` });
    expect(asked({ ...about, schoolId: ash })).toEqual({});
    expect(stream({ ...about, schoolId: ash })).toBe(`school-${ash}`);
    expect(stream({ ...about, schoolId: ash, reason: 'x' })).toBeUndefined();
    expect(collaboration.stream(form)).toBe(`collaboration-${collaborationId}`);
  });
});

describe('a school that joins', () => {
  const join = { ...about, schoolId: damson, joinedOn: '2026-11-02' };

  it('is one more, and joins once', () => {
    schools(formed()).when('JoinCollaboration', join).then([joined()]).again().silent();
    schools(formed(), joined())
      .when('JoinCollaboration', { ...about, schoolId: damson })
      .silent();
    schools(formed(), joined())
      .when('JoinCollaboration', { ...join, joinedOn: '2026-11-03' })
      .refused('InItAlready', '2026-11-02');
  });

  it('joins today, or on the day a coming one begins', () => {
    schools(formed())
      .when('JoinCollaboration', { ...about, schoolId: damson })
      .then([joined('2026-11-23')]);
    const coming = formed({ from: '2027-01-04' });
    schools(coming)
      .when('JoinCollaboration', { ...about, schoolId: damson })
      .then([joined('2027-01-04')]);
    schools(coming)
      .when('JoinCollaboration', { ...join, joinedOn: '2027-01-05' })
      .refused('DayTooFarAhead', '2027-01-04');
  });

  it('must be open, and join neither before it began nor in the future', () => {
    for (const school of [{ registered: false }, { registered: true, open: false }] as const) {
      given(decider, [formed()], { ...known, school })
        .when('JoinCollaboration', join)
        .refused('SchoolsNotOpen', damson);
    }
    schools(formed())
      .when('JoinCollaboration', { ...join, joinedOn: '2026-09-13' })
      .refused('BeforeItsTime');
    schools(formed())
      .when('JoinCollaboration', { ...join, joinedOn: '2026-11-24' })
      .refused('InTheFuture');
  });

  it('may come back after it left', () => {
    const back = { ...about, schoolId: cedar };
    schools(formed(), left)
      .when('JoinCollaboration', { ...back, joinedOn: '2026-11-19' })
      .refused('BeforeItsTime', '2026-11-20');
    schools(formed(), left)
      .when('JoinCollaboration', { ...back, joinedOn: '2026-11-21' })
      .then([
        {
          type: 'SchoolJoinedCollaboration',
          data: { ...back, schoolIds: [ash, beech, cedar], joinedOn: '2026-11-21' },
        },
      ]);
  });

  it('finds no more room where there are a hundred, and nothing where there is none', () => {
    const many = Array.from({ length: 100 }, (_, i) => uuid(i + 1));
    schools(formed({ schoolIds: many, leadSchoolId: uuid(1) }))
      .when('JoinCollaboration', join)
      .refused('TooManyTogether');
    schools().when('JoinCollaboration', join).refused('CollaborationUnknown');
    schools(formed(), ended)
      .when('JoinCollaboration', join)
      .refused('CollaborationHasEnded', '2026-11-23');
  });
});

describe('a school that leaves', () => {
  const leave = {
    ...about,
    schoolId: cedar,
    leftOn: '2026-11-20',
    reason: 'It reached what it had joined for.',
  };

  it('leaves the others to go on', () => {
    schools(formed()).when('LeaveCollaboration', leave).then([left]).again().silent();
    const { leftOn: _, ...undated } = leave;
    schools(formed(), left).when('LeaveCollaboration', undated).silent();
  });

  it('must be in it', () => {
    schools(formed())
      .when('LeaveCollaboration', { ...leave, schoolId: damson })
      .refused('NotInIt');
    schools(formed(), left)
      .when('LeaveCollaboration', { ...leave, leftOn: '2026-11-21' })
      .refused('NotInIt');
    schools().when('LeaveCollaboration', leave).refused('CollaborationUnknown');
    schools(formed(), ended).when('LeaveCollaboration', leave).refused('CollaborationHasEnded');
  });

  it('does not leave one alone: that is the end', () => {
    schools(formed({ schoolIds: [ash, cedar] }))
      .when('LeaveCollaboration', leave)
      .refused('OneWouldBeLeft', 'EndCollaboration');
  });

  it('hands the lead on, where it has it', () => {
    const lead = { ...leave, schoolId: ash };
    schools(formed()).when('LeaveCollaboration', lead).refused('LeadWanted', 'has the lead');
    schools(formed())
      .when('LeaveCollaboration', { ...lead, leadSchoolId: damson })
      .refused('LeadNotAmongThem');
    schools(formed())
      .when('LeaveCollaboration', { ...leave, leadSchoolId: beech })
      .refused('LeadWanted', 'Leave leadSchoolId out');
    const handed = schools(formed())
      .when('LeaveCollaboration', { ...lead, leadSchoolId: beech })
      .then([
        {
          type: 'SchoolLeftCollaboration',
          data: { ...lead, schoolIds: [beech, cedar], leadSchoolId: beech },
        },
      ]);
    expect(handed.state).toMatchObject({ leadSchoolId: beech });
  });

  it('leaves after it came, and not in the future', () => {
    schools(formed(), joined())
      .when('LeaveCollaboration', { ...leave, schoolId: damson, leftOn: '2026-11-01' })
      .refused('BeforeItsTime', '2026-11-02');
    schools(formed())
      .when('LeaveCollaboration', { ...leave, leftOn: '2026-11-24' })
      .refused('InTheFuture');
  });
});

describe('a review', () => {
  const review = {
    ...about,
    reviewedOn: '2026-11-16',
    achieved: 'Phonics is planned together.',
    continues: true,
    nextReviewDue: '2027-10-31',
  };

  it('says what was achieved, and when it is reviewed again', () => {
    schools(formed()).when('ReviewCollaboration', review).then([reviewed()]).again().silent();
  });

  it('says that it does not go on, and then it can still be ended', () => {
    const { nextReviewDue: _, ...last } = { ...review, continues: false };
    schools(formed())
      .when('ReviewCollaboration', last)
      .then([
        {
          type: 'CollaborationReviewed',
          data: { ...last, schoolIds: [ash, beech, cedar] },
        },
      ])
      .when('EndCollaboration', { ...about, endedOn: '2026-11-23', reason: 'Its purpose is met.' })
      .then([ended]);
  });

  it('names the next one if it goes on, and only then', () => {
    const { nextReviewDue: _, ...without } = review;
    schools(formed()).when('ReviewCollaboration', without).refused('NextReviewWanted', 'by when');
    schools(formed())
      .when('ReviewCollaboration', { ...review, continues: false })
      .refused('NextReviewWanted', 'does not go on');
    schools(formed())
      .when('ReviewCollaboration', { ...review, nextReviewDue: '2026-11-15' })
      .refused('BeforeItsTime');
    schools(formed())
      .when('ReviewCollaboration', { ...review, nextReviewDue: '2031-11-17' })
      .refused('DayTooFarAhead');
  });

  it('comes after the one before it, once a day, while it goes on', () => {
    schools(formed(), reviewed())
      .when('ReviewCollaboration', { ...review, achieved: 'Less.' })
      .refused('ReviewedThatDay', '2026-11-16');
    schools(formed(), reviewed())
      .when('ReviewCollaboration', { ...review, reviewedOn: '2026-11-15' })
      .refused('BeforeItsTime', '2026-11-16');
    schools(formed())
      .when('ReviewCollaboration', { ...review, reviewedOn: '2026-11-24' })
      .refused('InTheFuture');
    schools().when('ReviewCollaboration', review).refused('CollaborationUnknown');
    schools(formed(), ended).when('ReviewCollaboration', review).refused('CollaborationHasEnded');
  });
});

describe('the end', () => {
  const end = { ...about, endedOn: '2026-11-23', reason: 'Its purpose is met.' };

  it('comes once', () => {
    schools(formed()).when('EndCollaboration', end).then([ended]).again().silent();
    schools(formed(), ended)
      .when('EndCollaboration', { ...end, endedOn: '2026-11-22' })
      .refused('CollaborationHasEnded', '2026-11-23');
    schools().when('EndCollaboration', end).refused('CollaborationUnknown');
  });

  it('comes after all that happened in it, and not in the future', () => {
    schools(formed(), left)
      .when('EndCollaboration', { ...end, endedOn: '2026-11-19' })
      .refused('BeforeItsTime', '2026-11-20');
    schools(formed(), reviewed())
      .when('EndCollaboration', { ...end, endedOn: '2026-11-15' })
      .refused('BeforeItsTime', '2026-11-16');
    schools(formed())
      .when('EndCollaboration', { ...end, endedOn: '2026-11-24' })
      .refused('InTheFuture');
  });
});
