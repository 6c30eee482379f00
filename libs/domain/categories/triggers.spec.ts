import { given } from '#kernel';
import {
  decider,
  known,
  lastYear,
  meeting,
  proposedInYear,
  schoolId,
  triggerId,
  triggered,
  uuid,
} from './history-in-specs';
import type { CategoryEvent } from './events';

const sourceEventId = uuid(60);
const dismissed: CategoryEvent = {
  type: 'OutOfCycleReviewDismissed',
  data: { schoolId, triggerId, reason: 'Seen at the headline visit.' },
};

describe('flagging a trigger', () => {
  const flag = (history: readonly CategoryEvent[], data: object, by = 'adviser') =>
    given(decider, history, known).when(
      'FlagTrigger',
      { schoolId, triggerType: 'OFSTED_OUTCOME', happenedOn: '2026-11-20', ...data },
      { by },
    );

  it('opens it once', () => {
    flag([], {})
      .then([triggered({ triggerId: uuid(0) })])
      .again()
      .silent();
    const data = { schoolId, triggerId, sourceEventId, note: 'A deficit.' };
    given(decider, [], known)
      .when('FlagTrigger', { ...data, triggerType: 'FINANCE' })
      .then([
        {
          type: 'OutOfCycleReviewTriggered',
          data: { ...data, triggerType: 'FINANCE', happenedOn: '2026-11-23' },
        },
      ])
      .again()
      .silent();
  });

  it('opens another for another type or another cause', () => {
    flag([triggered({ sourceEventId })], { sourceEventId: uuid(61) }).then([
      triggered({ triggerId: uuid(0), sourceEventId: uuid(61) }),
    ]);
    flag([triggered()], { triggerType: 'FINANCE' }).then([
      triggered({ triggerId: uuid(0), triggerType: 'FINANCE' }),
    ]);
  });

  it('does not raise what was answered, when the cause is the same fact; without a fact it may', () => {
    flag([triggered({ sourceEventId }), dismissed], { sourceEventId }).silent();
    flag([triggered(), dismissed], {}).then([triggered({ triggerId: uuid(0) })]);
  });

  it('by a school is its own request', () => {
    flag([], {}, 'headteacher').refused('SchoolsRequestOnly');
    flag([], { triggerType: 'SCHOOL_REQUEST' }, 'chair').then([
      triggered({ triggerId: uuid(0), triggerType: 'SCHOOL_REQUEST' }),
    ]);
  });

  it('is refused without words for OTHER, for a day to come and for a used identity', () => {
    flag([], { triggerType: 'OTHER' }).refused('NoteWanted');
    flag([], { happenedOn: '2026-11-24' }).refused('InTheFuture', '2026-11-24');
    flag([triggered()], { triggerId, triggerType: 'ROLL' }).refused('TriggerIdTaken');
    flag([triggered(), dismissed], { triggerId, triggerType: 'ROLL' }).refused('TriggerIdTaken');
  });
});

describe('dismissing a trigger', () => {
  const dismiss = (history: readonly CategoryEvent[]) =>
    given(decider, history, known).when(
      'DismissTrigger',
      { schoolId, triggerId, reason: 'Seen at the headline visit.' },
      { by: 'team-leader' },
    );

  it('closes it once', () => {
    dismiss([triggered()]).then([dismissed]).again().silent();
  });

  it('is refused for one that is not open and for one that a proposal answers', () => {
    dismiss([]).refused('TriggerNotOpen');
    dismiss([triggered(), proposedInYear()]).refused('TriggerUnderProposal');
  });
});

describe('the way out of support', () => {
  const meet = {
    ...(meeting.data as Extract<CategoryEvent, { type: 'TransitionMeetingHeld' }>['data']),
  };
  const agreed = {
    schoolId,
    agreedOn: '2026-10-20',
    headId: 'person-head',
    reason: 'Aims were met.',
  };

  it('is a meeting of adviser, champion and head, or an agreement with the head', () => {
    const school = given(decider, [lastYear('Intervention')], known);
    school.when('HoldTransitionMeeting', meet).then([meeting]).again().silent();
    school
      .when('AgreeNoFurtherNeed', agreed)
      .then([{ type: 'NoFurtherNeedAgreed', data: { ...agreed, adviserId: 'person-adviser' } }])
      .again()
      .silent();
  });

  it('may taper off: the pathway is agreed after the meeting, and ends with the move to Enhancement', () => {
    const pathway = { schoolId, taper: 'Visits every other week.', endsOn: '2027-03-26' };
    const agree = { ...pathway, headId: 'person-head' };
    const agreedOn = '2026-11-23';
    const event: CategoryEvent = {
      type: 'TransitionPathwayAgreed',
      data: { ...agree, agreedOn, adviserId: 'person-adviser' },
    };
    const supported = [lastYear('Intervention'), meeting];
    const after = given(decider, supported, known)
      .when('AgreeTransitionPathway', agree)
      .then([event]);
    after.again().silent();
    after
      .when('AgreeTransitionPathway', { ...agree, endsOn: '2027-05-28' })
      .then([{ ...event, data: { ...event.data, endsOn: '2027-05-28' } }]);
    given(decider, supported.slice(0, 1), known)
      .when('AgreeTransitionPathway', agree)
      .refused('MeetingWanted');
    given(decider, [lastYear('Enhancement')], known)
      .when('AgreeTransitionPathway', agree)
      .refused('NotSupported');
    const school = given(decider, supported, known);
    school
      .when('AgreeTransitionPathway', { ...agree, agreedOn: '2026-12-01' })
      .refused('InTheFuture');
    school
      .when('AgreeTransitionPathway', { ...agree, agreedOn: '2025-09-01' })
      .refused('TooEarly', 'agreedOn');
    school
      .when('AgreeTransitionPathway', { ...agree, endsOn: '2026-11-22' })
      .refused('TooEarly', 'endsOn');
  });

  it('is for a school that has support, and not on a day to come', () => {
    for (const history of [[], [lastYear('Enhancement')]]) {
      given(decider, history, known).when('HoldTransitionMeeting', meet).refused('NotSupported');
      given(decider, history, known).when('AgreeNoFurtherNeed', agreed).refused('NotSupported');
    }
    const school = given(decider, [lastYear('Prevention')], known);
    school.when('HoldTransitionMeeting', { ...meet, heldOn: '2026-12-01' }).refused('InTheFuture');
    school.when('AgreeNoFurtherNeed', { ...agreed, agreedOn: '2026-12-01' }).refused('InTheFuture');
  });
});
