import type { Decision } from '#kernel';
import { evolved, folded, isRefusal } from '#kernel';
import fc from 'fast-check';
import { academicYearOf } from '../shared/academic-year';
import { daysAfter, workingDaysAfter } from '../shared/working-days';
import type { HeadlineVisitEvent } from './events';
import { visitKinds } from './events';
import { known, school, schoolId, uuid, visits as decider } from './history-in-specs';
import type { VisitRefusal } from './visit-refusals';
import type { HeadlineVisitsState } from './visits-state';

/*
 * The visits to a school, from any legal history: made of commands drawn at random, each a little later than the one
 * before. A command is accepted or refused with a reason; what was accepted keeps the rules, told here once more from
 * the events alone; and no arranged visit is a dead end.
 */
type Name = keyof typeof decider.decide;
const names = Object.keys(decider.decide) as Name[];
const steps = fc.array(
  fc.record({
    does: fc.oneof(
      {
        weight: 2,
        arbitrary: fc.constantFrom<Name[]>('ScheduleHeadlineVisit', 'CompleteHeadlineVisit'),
      },
      { weight: 1, arbitrary: fc.constantFrom(...names) },
    ),
    kind: fc.oneof(
      { weight: 4, arbitrary: fc.constant(visitKinds[0]) },
      fc.constantFrom(...visitKinds),
    ),
    pick: fc.nat(4),
    ahead: fc.integer({ min: -5, max: 60 }),
    days: fc.nat(25),
    granted: fc.constantFrom(undefined, 0, 2, 3),
    position: fc.integer({ min: 1, max: 510 }),
  }),
  { minLength: 20, maxLength: 60 },
);
type Step = (typeof steps extends fc.Arbitrary<infer T> ? T : never)[number];

const heads = [
  { personRef: 'person-first', kind: 'permanent', from: '2024-09-01' },
  { personRef: 'person-second', kind: 'interim', from: '2026-10-01' },
  { personRef: 'person-second', kind: 'permanent', from: '2027-01-01' },
  { personRef: 'person-third', kind: 'permanent', from: '2027-06-01' },
] as const;

function commandOf(
  { does, kind, pick, ahead, position }: Step,
  { visits }: HeadlineVisitsState,
  today: string,
): object {
  const on = daysAfter(today, ahead);
  const ids = Object.keys(visits);
  const about = { schoolId, visitId: ids[pick % Math.max(ids.length, 1)] ?? uuid(1) };
  switch (does) {
    case 'ScheduleHeadlineVisit':
      return { schoolId, academicYear: academicYearOf(on), kind, adviserId: `person-${pick}`, on };
    case 'RescheduleHeadlineVisit':
      return { ...about, on, reason: 'x' };
    case 'CancelHeadlineVisit':
      return { ...about, reason: 'x' };
    case 'CompleteHeadlineVisit': {
      const day = pick === 0 ? { visitedOn: on } : {};
      return { ...about, ...day, findings: 'x', nextSteps: 'x', dashboardPosition: position };
    }
    case 'AmendHeadlineVisitRecord':
      return { ...about, findings: `As seen in ${pick}.`, reason: 'x' };
    case 'ApproveExtraVisit':
      return { schoolId, academicYear: academicYearOf(on), reason: `${pick}` };
  }
}

type Decide = (
  state: HeadlineVisitsState,
  command: object,
  given: object,
) => Decision<HeadlineVisitEvent, VisitRefusal>;
const decide = (name: Name, ...args: Parameters<Decide>) =>
  (decider.decide[name] as Decide)(...args);
const givenOn = (today: string, granted: number | undefined, newId: (n: number) => string) => ({
  now: `${today}T09:00:00.000Z`,
  today,
  actor: { id: 'person-adviser', role: 'adviser' },
  newId,
  known: known({ granted, school: school({ heads }) }),
});

/** Plays the steps; `each` is told of every accepted command, what was granted, and may give it again. */
function play(
  drawn: readonly Step[],
  each: (
    events: readonly HeadlineVisitEvent[],
    granted: number | undefined,
    again: () => unknown,
    today: string,
  ) => void = () => undefined,
) {
  const history: HeadlineVisitEvent[] = [];
  const refusals: VisitRefusal[] = [];
  let state = decider.initial;
  let today = '2026-09-01';
  drawn.forEach((step, at) => {
    today = daysAfter(today, step.days);
    const given = givenOn(today, step.granted, (n) => uuid(1000 + at * 10 + n));
    const command = commandOf(step, state, today);
    const decision = decide(step.does, state, command, given);
    if (isRefusal(decision)) {
      refusals.push(decision);
      return;
    }
    history.push(...decision);
    for (const event of decision) state = evolved(decider.evolve, state, event);
    each(decision, step.granted, () => decide(step.does, state, command, given), today);
  });
  return { history, refusals, today, state };
}

/** The visits that stand after a history, told from the events alone. */
function standing(history: readonly HeadlineVisitEvent[]) {
  const of = new Map<string, { year: string; kind: string; number: number; on: string }>();
  for (const { type, data } of history) {
    if (type === 'HeadlineVisitScheduled') {
      const { academicYear: year, kind, number, on } = data;
      of.set(data.visitId, { year, kind, number, on });
    }
    if (type === 'HeadlineVisitRescheduled') of.get(data.visitId)!.on = data.on;
    if (type === 'HeadlineVisitCompleted') of.get(data.visitId)!.on = data.visitedOn;
    if (type === 'HeadlineVisitCancelled') of.delete(data.visitId);
  }
  return [...of.values()];
}

describe('from any legal history of visits', () => {
  it('the same command twice changes nothing the second time', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        play(drawn, (_, __, again) => {
          expect(again()).toEqual([]);
        });
      }),
    );
  });

  it('no headline visit is arranged beyond what is granted and approved for its year', () => {
    let arranged = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        const history: HeadlineVisitEvent[] = [];
        play(drawn, (events, granted) => {
          history.push(...events);
          for (const { type, data } of events) {
            if (type !== 'HeadlineVisitScheduled' || data.kind !== 'headline') continue;
            const year = data.academicYear;
            const extra = history.filter(
              (past) =>
                past.type === 'ExtraHeadlineVisitApproved' && past.data.academicYear === year,
            );
            const there = standing(history).filter(
              (visit) => visit.year === year && visit.kind === 'headline',
            );
            expect(there.length).toBeLessThanOrEqual((granted ?? 0) + extra.length);
            arranged += 1;
          }
        });
      }),
      { numRuns: 200 },
    );
    expect(arranged).toBeGreaterThan(100);
  });

  it('visits that stand are on different days of their years, under different numbers', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const there = standing(play(drawn).history);
        expect(new Set(there.map(({ on }) => on)).size).toBe(there.length);
        const numbers = there.map(({ year, kind, number }) => `${year} ${kind} ${number}`);
        expect(new Set(numbers).size).toBe(there.length);
        expect(there.filter(({ on, year }) => academicYearOf(on) !== year)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('a record is of a day that has come, by a dashboard that was there, and late when it is', () => {
    let made = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        play(drawn, (events, _, __, today) => {
          for (const { type, data } of events) {
            if (type !== 'HeadlineVisitCompleted') continue;
            made += 1;
            const { visitedOn, recordDueOn, late, dashboardPosition } = data;
            expect(visitedOn <= today).toBe(true);
            expect(dashboardPosition).toBeLessThanOrEqual(500);
            const { years } = known().bankHolidays;
            expect(recordDueOn).toBe(workingDaysAfter(visitedOn, 5, years).day);
            expect(late).toBe(today > recordDueOn);
          }
        });
      }),
      { numRuns: 200 },
    );
    expect(made).toBeGreaterThan(100);
  });

  it('an arranged visit can be called off, and once its day has come be recorded', () => {
    let finished = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        const { history, today } = play(drawn);
        const state = folded(decider, history);
        for (const [visitId, visit] of Object.entries(state.visits)) {
          if (visit.is !== 'scheduled') continue;
          const about = { schoolId, visitId };
          const later = visit.on > today ? visit.on : today;
          const given = givenOn(later, 3, uuid);
          expect(
            decide('CancelHeadlineVisit', state, { ...about, reason: 'x' }, given),
          ).toHaveLength(1);
          const record = { ...about, findings: 'x', nextSteps: 'x', dashboardPosition: 1 };
          expect(decide('CompleteHeadlineVisit', state, record, given)).toHaveLength(1);
          finished += 1;
        }
      }),
    );
    expect(finished).toBeGreaterThan(20);
  });

  it('is drawn widely enough: every event happens, and refusals do', () => {
    const played = fc.sample(steps, { numRuns: 150, seed: 4 }).map((drawn) => play(drawn));
    const seen = new Set(played.flatMap(({ history }) => history.map(({ type }) => type)));
    expect([...seen].toSorted()).toEqual(Object.keys(decider.evolve).toSorted());
    const refusals = played.flatMap((life) => life.refusals);
    expect(refusals.length).toBeGreaterThan(500);
    // Every one is a sentence.
    expect(refusals.filter(({ detail }) => !/\w{3} .*\.$/.test(detail))).toEqual([]);
  });
});
