import type { AnyReadModel } from '#kernel';
import { onDay, headlineVisitRows } from './headline-visits';
import type { HeadlineVisit } from './headline-visits';
import { visitAllowances } from './school-visits';
import { teamActions, teamsAround } from './teams-around-schools';

/* Events in, documents out: the folds about visits and teams, without a store. */
interface Happened {
  readonly type: string;
  readonly data: object;
}
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const schoolId = id(1);

/** The documents of a read model after these events, in the order they are named. */
function folded(model: AnyReadModel, events: readonly Happened[]): readonly unknown[] {
  const documents = new Map<string, unknown>();
  events.forEach((happened, i) => {
    const event = { ...happened, recordedAt: `2026-11-2${i}T09:00:00.000Z`, position: i + 1 };
    const touch = model.touches[event.type];
    for (const key of touch?.keys(event as never) ?? []) {
      const now = touch?.on(documents.get(key) as never, event as never, key);
      if (now === undefined) documents.delete(key);
      else documents.set(key, now);
    }
  });
  return [...documents.values()];
}

const about = { schoolId, visitId: id(2), academicYear: '2026/27', kind: 'headline', number: 1 };
const arranged = {
  type: 'HeadlineVisitScheduled',
  data: { ...about, adviserId: 'person-a', on: '2026-11-16', headId: 'person-h' },
};
const moved = {
  type: 'HeadlineVisitRescheduled',
  data: { schoolId, visitId: id(2), was: '2026-11-16', on: '2026-11-20', adviserId: 'person-b' },
};
const cancelled = { type: 'HeadlineVisitCancelled', data: { ...about, reason: 'x' } };
const made = {
  type: 'HeadlineVisitCompleted',
  data: {
    ...{ ...about, adviserId: 'person-b', visitedOn: '2026-11-20', findings: 'F', nextSteps: 'N' },
    ...{ dashboardPosition: 7, dashboardSnapshotId: id(3), recordDueOn: '2026-11-27' },
    ...{ late: false, holidaysKnown: true },
  },
};
const row = { ...about, adviserId: 'person-a', on: '2026-11-16', state: 'scheduled', moved: 0 };

describe('the rows of headline visits', () => {
  it('follow a visit from its arrangement to its record', () => {
    expect(folded(headlineVisitRows, [arranged])).toEqual([row]);
    const after = { ...row, adviserId: 'person-b', on: '2026-11-20', moved: 1 };
    expect(folded(headlineVisitRows, [arranged, moved])).toEqual([after]);
    expect(folded(headlineVisitRows, [arranged, cancelled])).toEqual([
      { ...row, state: 'cancelled' },
    ]);
    expect(folded(headlineVisitRows, [arranged, moved, made])).toEqual([
      {
        ...after,
        state: 'completed',
        record: {
          ...{ findings: 'F', nextSteps: 'N', recordedAt: '2026-11-22T09:00:00.000Z' },
          ...{ dueOn: '2026-11-27', late: false, holidaysKnown: true },
          ...{ dashboardPosition: 7, dashboardSnapshotId: id(3) },
        },
      },
    ]);
  });

  it('keep what a record said first when it is amended, and how often that was', () => {
    const amended = (findings: string) => ({
      type: 'HeadlineVisitRecordAmended',
      data: { schoolId, visitId: id(2), findings, nextSteps: 'N', reason: 'x', amendedById: 'p' },
    });
    expect(folded(headlineVisitRows, [arranged, made, amended('G'), amended('H')])).toMatchObject([
      {
        record: {
          ...{ findings: 'H', nextSteps: 'N', dashboardPosition: 7 },
          recordedAt: '2026-11-21T09:00:00.000Z',
          amended: {
            ...{ times: 2, lastAt: '2026-11-23T09:00:00.000Z' },
            was: { findings: 'F', nextSteps: 'N' },
          },
        },
      },
    ]);
    expect(folded(headlineVisitRows, [arranged, amended('G')])).toEqual([row]);
  });

  it('take any history: what nobody arranged is no row', () => {
    expect(folded(headlineVisitRows, [moved, made, cancelled])).toEqual([]);
  });

  it.each([
    ['before its day', '2026-11-01', undefined],
    ['on the last day of the term', '2026-11-23', undefined],
    ['a day later', '2026-11-24', 1],
    ['a month later', '2026-12-24', 31],
  ])('know %s whether the record is overdue', (_, today, daysOverdue) => {
    const visit = onDay(row as HeadlineVisit, today, {});
    expect(visit).toMatchObject({ recordDueOn: '2026-11-23' });
    expect(visit.daysOverdue).toBe(daysOverdue);
    // A visit that was made or called off waits for nothing.
    const over = { ...(row as HeadlineVisit), state: 'cancelled' as const };
    expect(onDay(over, today, {}).daysOverdue).toBeUndefined();
  });
});

it('the allowance of a year is the offer’s, as last granted, and what was approved on top', () => {
  const terms = { schoolId, academicYear: '2026/27' };
  const extra = { type: 'ExtraHeadlineVisitApproved', data: terms };
  const granted = { type: 'EntitlementGranted', data: { ...terms, headlineVisits: 3 } };
  const adjusted = { type: 'EntitlementAdjusted', data: { ...terms, now: { headlineVisits: 5 } } };
  expect(folded(visitAllowances, [extra])).toEqual([{ ...terms, extra: 1 }]);
  expect(folded(visitAllowances, [granted, extra, adjusted, extra])).toEqual([
    { ...terms, granted: 5, extra: 2 },
  ]);
});

describe('teams around schools', () => {
  const ofTeam = { schoolId, tasId: id(5) };
  const members = [{ personId: 'person-a', role: 'lead' }];
  const convened = {
    type: 'TeamAroundSchoolConvened',
    data: { ...ofTeam, convenedOn: '2026-10-31', cadence: 'half-termly', reason: 'x', members },
  };
  const met = (heldOn: string) => ({ type: 'TasMeetingHeld', data: { ...ofTeam, heldOn } });
  const down = {
    type: 'TasStoodDown',
    data: {
      ...{ ...ofTeam, stoodDownOn: '2027-03-01', reason: 'x' },
      handedOver: [{ actionId: id(6), toId: 'person-c' }],
    },
  };
  const agreed = (n: number) => ({
    type: 'TasActionAgreed',
    data: {
      ...{ ...ofTeam, actionId: id(n), what: 'x', ownerId: 'person-a' },
      ...{ agreedOn: '2026-11-02', due: '2026-12-04' },
    },
  });

  it('meet next by their cadence, counted from the latest meeting', () => {
    const team = { ...convened.data, meetings: 0, meetsBy: '2026-12-31' };
    expect(folded(teamsAround, [convened])).toEqual([team]);
    const monthly = { ...convened, data: { ...convened.data, cadence: 'monthly' } };
    expect(folded(teamsAround, [monthly])).toMatchObject([{ meetsBy: '2026-11-30' }]);
    // One that is entered late does not take the place of a later one.
    const twice = [convened, met('2026-12-31'), met('2026-11-10')];
    const after = { meetings: 2, lastMetOn: '2026-12-31', meetsBy: '2027-02-28' };
    expect(folded(teamsAround, twice)).toEqual([{ ...team, ...after }]);
    const { meetsBy: _, ...ended } = { ...team, ...after, stoodDownOn: '2027-03-01' };
    expect(folded(teamsAround, [...twice, down])).toEqual([ended]);
    expect(folded(teamsAround, [met('2026-12-31'), down])).toEqual([]);
  });

  it('leave actions that are open, handed over or closed', () => {
    const closed = {
      type: 'TasActionClosed',
      data: { ...ofTeam, actionId: id(7), outcome: 'done', closedOn: '2026-11-20' },
    };
    const actions = folded(teamActions, [agreed(6), agreed(7), closed, down]);
    expect(actions).toEqual([
      { ...agreed(6).data, ownerId: 'person-c', handedOver: true, state: 'open' },
      {
        ...{ ...agreed(7).data, handedOver: false, state: 'closed' },
        ...{ outcome: 'done', closedOn: '2026-11-20' },
      },
    ]);
    expect(folded(teamActions, [closed, down])).toEqual([]);
  });
});
