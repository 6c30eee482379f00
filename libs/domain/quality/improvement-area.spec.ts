import { asDeclared, given } from '#kernel';
import type { AreaEvent } from './events';
import { areaEvents } from './events';
import { area as named, reviewId, schoolId, uuid } from './history-in-specs';
import { decider as bare, improvementArea } from './improvement-area';

const decider = asDeclared(areaEvents, bare);
const { areaId } = named;
const about = { areaId, schoolId };
const identify = { ...named, schoolId, reviewId, object: 'deployment' as const };
const identified: AreaEvent = {
  type: 'ImprovementAreaIdentified',
  data: { ...identify, identifiedOn: '2026-11-23' },
};
const closed: AreaEvent = {
  type: 'ImprovementAreaClosed',
  data: {
    ...about,
    outcome: 'achieved',
    evidence: 'Four records have them.',
    closedById: 'person-adviser',
    closedOn: '2026-11-23',
  },
};

describe('naming an area for improvement', () => {
  const name = (history: readonly AreaEvent[], more: object = {}) =>
    given(decider, history).when('IdentifyImprovementArea', { ...identify, ...more });

  it('has an owner and a day, and is done once', () => {
    name([]).then([identified]).again().silent();
    name([], { becauseOf: uuid(7), identifiedOn: '2026-11-20' })
      .then([
        {
          type: 'ImprovementAreaIdentified',
          data: { ...identify, becauseOf: uuid(7), identifiedOn: '2026-11-20' },
        },
      ])
      .again()
      .silent();
    name([identified], { what: 'Something else.' }).refused('AreaIdTaken');
    expect(improvementArea.stream(identify)).toBe(`improvementArea-${areaId}`);
  });

  it('is refused with a day that cannot be', () => {
    name([], { identifiedOn: '2026-11-24' }).refused('InTheFuture');
    name([], { due: '2026-11-22' }).refused('AreaDueUnfit', '2026-11-23');
    name([], { due: '2127-01-29' }).refused('AreaDueUnfit', '2027-11-24');
  });

  it('stays as it was named when it was reassigned and closed since', () => {
    const handedOn: AreaEvent = {
      type: 'ImprovementAreaReassigned',
      data: {
        ...about,
        was: { ownerId: named.ownerId, due: named.due },
        now: { ownerId: 'person-b', due: named.due },
        reason: 'x',
      },
    };
    name([identified, handedOn]).silent();
    name([identified, closed]).silent();
  });
});

describe('reassigning', () => {
  const reason = 'The owner is on leave.';
  const reassign = (history: readonly AreaEvent[], more: object) =>
    given(decider, history).when('ReassignImprovementArea', { areaId, reason, ...more });
  const was = { ownerId: named.ownerId, due: named.due };
  const reassigned = (now: typeof was): AreaEvent => ({
    type: 'ImprovementAreaReassigned',
    data: { ...about, was, now, reason },
  });

  it('changes the owner, the day or both, with a reason', () => {
    reassign([identified], { ownerId: 'person-b' })
      .then([reassigned({ ...was, ownerId: 'person-b' })])
      .again()
      .silent();
    reassign([identified], { due: '2027-02-26' })
      .then([reassigned({ ...was, due: '2027-02-26' })])
      .again()
      .silent();
    reassign([identified], {}).silent();
  });

  it('is refused for a day gone by or absurd, and without an open area', () => {
    reassign([identified], { due: '2026-11-22' }).refused('AreaDueUnfit');
    reassign([identified], { due: '2028-01-01' }).refused('AreaDueUnfit');
    reassign([], { ownerId: 'person-b' }).refused('NoSuchArea');
    reassign([identified, closed], { ownerId: 'person-b' }).refused('AreaClosedBefore');
  });

  it('hands over what is overdue as it is', () => {
    given(decider, [identified])
      .when(
        'ReassignImprovementArea',
        { areaId, reason, ownerId: 'person-b' },
        { at: '2027-03-01' },
      )
      .then([reassigned({ ...was, ownerId: 'person-b' })]);
  });
});

describe('closing', () => {
  const close = (history: readonly AreaEvent[], more: object = {}) =>
    given(decider, history).when('CloseImprovementArea', {
      areaId,
      outcome: 'achieved',
      evidence: 'Four records have them.',
      ...more,
    });

  it('says what became of it, once', () => {
    close([identified]).then([closed]).again().silent();
    close([identified, closed], { outcome: 'not-achieved' }).refused(
      'AreaClosedBefore',
      '2026-11-23',
    );
  });

  it('is refused without an area, for a day to come and for one before it was named', () => {
    close([]).refused('NoSuchArea');
    close([identified], { closedOn: '2026-11-24' }).refused('InTheFuture');
    close([identified], { closedOn: '2026-11-22' }).refused('ClosedBeforeNamed', '2026-11-23');
  });
});
