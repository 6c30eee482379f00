import type { CommandClasses, Decide, Evolve, Refusal } from '#kernel';
import { asDeclared, evolved, isRefusal, newIdInSpecs } from '#kernel';
import fc from 'fast-check';
import { qualityObjects } from '../shared/quality-policy';
import { daysAfter } from '../shared/working-days';
import type { AreaEvent, ReviewEvent, StandingEvent } from './events';
import { areaEvents, closings, escalationDecisions, standingEvents } from './events';
import {
  area,
  decider as reviews,
  deploymentId,
  known,
  objectiveIds,
  reviewId,
  schoolId,
  subjects,
  uuid,
} from './history-in-specs';
import { decider as bareAreas } from './improvement-area';
import { isBelowEffective, scales, verdicts } from './scales';
import { decider as bareStandings } from './standing';

/*
 * The state machines of this context, from any legal history: made of commands drawn at random, each a little later than
 * the one before. A command is accepted or refused with a reason; a second time it is silent; what was accepted keeps the
 * rules, told here once more from the events alone; and whatever is open has somebody who can bring it to its end.
 */
const areas = asDeclared(areaEvents, bareAreas);
const standings = asDeclared(standingEvents, bareStandings);

interface Step {
  readonly does: string;
  readonly command: object;
  readonly person: string;
  readonly role: 'adviser' | 'team-leader' | 'head-of-service';
  readonly days: number;
}
type AnyEvent = { readonly type: string; readonly data: unknown };
interface Machine<S, E extends AnyEvent> {
  readonly initial: S;
  readonly evolve: Evolve<S, E>;
  readonly decide: Decide<S, CommandClasses, E, Refusal, unknown>;
}

/** Plays the steps on a machine; `each` is told of every accepted command. */
function play<S, E extends AnyEvent>(
  machine: { readonly initial: S },
  steps: readonly Step[],
  each: (events: readonly E[], by: string) => void = () => undefined,
) {
  // The tables are called by name, with commands drawn for that name.
  const { initial, evolve, decide } = machine as unknown as Machine<S, E>;
  const history: E[] = [];
  const refusals: Refusal[] = [];
  let state = initial;
  let today = '2026-09-01';
  const give = ({ does, command, person: id, role }: Step, n: number) => {
    const actor = { id, role };
    const given = { now: `${today}T09:00:00.000Z`, today, actor, known };
    const newId = (m: number) => newIdInSpecs(1_000_000 + n * 100 + m);
    const named = decide[does];
    if (named === undefined) throw new Error(`There is no ${does}.`);
    return named(state, command, { ...given, newId });
  };
  steps.forEach((step, n) => {
    today = daysAfter(today, step.days);
    const decision = give(step, n);
    if (isRefusal(decision)) {
      refusals.push(decision);
      return;
    }
    history.push(...decision);
    for (const event of decision) state = evolved(evolve, state, event);
    each(decision, step.person);
    expect(give(step, n)).toEqual([]);
  });
  return { history, refusals, state, today };
}

const someone = {
  person: fc.oneof(
    { weight: 4, arbitrary: fc.constant('person-a') },
    {
      weight: 3,
      arbitrary: fc.constantFrom('person-b', 'person-c', 'person-broker', 'person-assessor'),
    },
  ),
  role: fc.constantFrom('adviser', 'team-leader', 'head-of-service'),
  days: fc.nat(20),
} as const;
const step = (does: string, command: fc.Arbitrary<object>): fc.Arbitrary<Step> =>
  fc.record({ does: fc.constant(does), command, ...someone });
/** A field that may be left out. */
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const without = (command: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  command.map((fields) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
  );
const due = fc.integer({ min: 0, max: 500 }).map((n) => daysAfter('2026-11-20', n));
const day = fc.nat(30).map((n) => daysAfter('2026-09-01', n));
const words = fc.constantFrom('one', 'two', 'three');

describe('a review', () => {
  const named = fc.array(fc.record({ what: words, ownerId: fc.constant('person-owner'), due }), {
    maxLength: 2,
  });
  const objectives = fc
    .constantFrom(...scales.deployment)
    .map((verdict) => objectiveIds.map((objectiveId) => ({ objectiveId, verdict })));
  const criteria = fc.record({
    timely: fc.boolean(),
    evaluative: fc.boolean(),
    evidence: fc.boolean(),
    nextSteps: fc.boolean(),
  });
  const ofObject = (object: (typeof qualityObjects)[number]) => {
    const verdict = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...scales[object]) },
      { weight: 1, arbitrary: fc.constantFrom(...verdicts) },
    );
    const begin = step(
      'BeginQualityReview',
      without(
        fc.record({
          ...{
            reviewId: fc.constant(reviewId),
            occasion: fc.constantFrom('cause', 'cause', 'cause', 'sample'),
          },
          ...Object.fromEntries(
            Object.entries(subjects[object]).map(([name, value]) => [name, fc.constant(value)]),
          ),
          cause: fc.option(words, { nil: undefined, freq: 8 }),
          begunOn: maybe(day),
        }),
      ),
    );
    const complete = step(
      'CompleteQualityReview',
      without(
        fc.record({
          reviewId: fc.constant(reviewId),
          verdict,
          evidence: words,
          improvementAreas: named,
          objectives: object === 'deployment' ? objectives : fc.constant(undefined),
          criteria: object === 'visit-record' ? criteria : fc.constant(undefined),
          completedOn: maybe(day),
        }),
      ),
    );
    const moderate = step(
      'ModerateQualityReview',
      without(
        fc.record({
          reviewId: fc.constant(reviewId),
          verdict,
          reason: maybe(words),
          improvementAreas: maybe(named),
          moderatedOn: maybe(day),
        }),
      ),
    );
    const abandon = step(
      'AbandonQualityReview',
      fc.record({ reviewId: fc.constant(reviewId), reason: words }),
    );
    return fc.array(
      fc.oneof(
        { weight: 4, arbitrary: begin },
        { weight: 6, arbitrary: complete },
        { weight: 4, arbitrary: moderate },
        { weight: 1, arbitrary: abandon },
      ),
      { minLength: 10, maxLength: 40 },
    );
  };
  const steps = fc.constantFrom(...qualityObjects).chain(ofObject);

  it('goes from beginning to verdict to moderation, each by another person, and never back', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const people: string[] = [];
        const { history, refusals } = play<object, ReviewEvent>(reviews, drawn, (events, by) =>
          people.push(...events.map(() => by)),
        );
        expect(history.map(({ type }) => type).join(' ')).toMatch(
          /^(QualityReviewBegun( (QualityReviewAbandoned|QualityReviewCompleted( QualityReviewModerated)?))?)?$/,
        );
        for (const { detail } of refusals) expect(detail).toMatch(/\w{3} .*\.$/);
        const at = (type: string) => history.findIndex((event) => event.type === type);
        if (at('QualityReviewCompleted') >= 0) expect(people[1]).toBe(people[0]);
        if (at('QualityReviewModerated') >= 0) expect(people[2]).not.toBe(people[0]);
        const { object } = history[0]?.data ?? {};
        if (object === 'deployment') expect(people).not.toContain('person-broker');
        if (object === 'assessment') expect(people).not.toContain('person-assessor');
      }),
      { numRuns: 300 },
    );
  });

  it('never leaves a verdict below effective without what is to become better', () => {
    let below = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        const { history } = play<object, ReviewEvent>(reviews, drawn);
        const verdict = history.findLast((event) => 'verdict' in event.data)?.data;
        if (verdict === undefined || !('verdict' in verdict)) return;
        if (!isBelowEffective(verdict.verdict)) return;
        below += 1;
        const all = history.flatMap(({ data }) =>
          'improvementAreas' in data ? data.improvementAreas : [],
        );
        expect(all.length).toBeGreaterThan(0);
        expect(new Set(all.map(({ areaId }) => areaId)).size).toBe(all.length);
      }),
      { numRuns: 300 },
    );
    expect(below).toBeGreaterThan(3);
  });

  it('has an end for whoever leads the team, also when the reviewer has gone', () => {
    let open = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        const begun = drawn.filter(({ does }) => does === 'BeginQualityReview');
        const last: Step = {
          does: 'AbandonQualityReview',
          command: { reviewId, reason: 'x' },
          person: 'person-z',
          role: 'team-leader',
          days: 0,
        };
        const before = play<{ readonly stage: string }, ReviewEvent>(reviews, begun);
        if (before.state.stage !== 'begun') return;
        open += 1;
        const { state } = play<{ readonly stage: string }, ReviewEvent>(reviews, [...begun, last]);
        expect(state.stage).toBe('abandoned');
      }),
    );
    expect(open).toBeGreaterThan(20);
  });

  it('is drawn widely enough: every event happens, and refusals do', () => {
    const played = fc
      .sample(steps, { numRuns: 300, seed: 4 })
      .map((drawn) => play<object, ReviewEvent>(reviews, drawn));
    const seen = new Set(played.flatMap(({ history }) => history.map(({ type }) => type)));
    expect([...seen].toSorted()).toEqual(Object.keys(reviews.evolve).toSorted());
    const codes = new Set(played.flatMap((one) => one.refusals.map(({ refused }) => refused)));
    expect(codes.size).toBeGreaterThan(10);
  });
});

describe('an area for improvement', () => {
  const { areaId } = area;
  const steps = fc.array(
    fc.oneof(
      step(
        'IdentifyImprovementArea',
        without(
          fc.record({
            ...{ areaId: fc.constant(areaId), schoolId: fc.constant(schoolId) },
            ...{ what: words, ownerId: fc.constant('person-owner'), due, identifiedOn: maybe(day) },
          }),
        ),
      ),
      step(
        'ReassignImprovementArea',
        without(
          fc.record({
            areaId: fc.constant(areaId),
            ownerId: maybe(someone.person),
            due: maybe(due),
            reason: words,
          }),
        ),
      ),
      step(
        'CloseImprovementArea',
        without(
          fc.record({
            areaId: fc.constant(areaId),
            outcome: fc.constantFrom(...closings),
            evidence: words,
            closedOn: maybe(day),
          }),
        ),
      ),
    ),
    { minLength: 5, maxLength: 30 },
  );

  it('is named first and closed last, and whatever is open can be closed', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(steps, (drawn) => {
        const { history, state, refusals } = play<{ readonly stage: string }, AreaEvent>(
          areas,
          drawn,
        );
        for (const { type } of history) seen.add(type);
        expect(history.map(({ type }) => type).join(' ')).toMatch(
          /^(ImprovementAreaIdentified( ImprovementAreaReassigned)*( ImprovementAreaClosed)?)?$/,
        );
        for (const { detail } of refusals) expect(detail).toMatch(/\w{3} .*\.$/);
        if (state.stage !== 'open') return;
        const last: Step = {
          does: 'CloseImprovementArea',
          command: { areaId, outcome: 'not-achieved', evidence: 'x' },
          person: 'person-z',
          role: 'adviser',
          days: 0,
        };
        const end = play<{ readonly stage: string }, AreaEvent>(areas, [...drawn, last]);
        expect(end.state.stage).toBe('closed');
      }),
      { numRuns: 300 },
    );
    expect([...seen].toSorted()).toEqual(Object.keys(areas.evolve).toSorted());
  });
});

describe('the standing of a school', () => {
  const of = { schoolId: fc.constant(schoolId), becauseOf: fc.constant(uuid(7)) };
  const one = fc.integer({ min: 1, max: 6 }).map(uuid);
  const steps = fc.array(
    fc.oneof(
      step(
        'NotePoorVerdict',
        fc.record({
          ...of,
          reviewId: one,
          deploymentId: fc.constant(deploymentId),
          verdict: fc.constantFrom('partly-effective', 'not-effective'),
          foundOn: fc.nat(400).map((n) => daysAfter('2026-05-01', n)),
        }),
      ),
      step('WithdrawPoorVerdict', fc.record({ ...of, reviewId: one })),
      step(
        'AnswerEscalation',
        fc.record({
          schoolId: of.schoolId,
          escalationId: fc.nat(40).map((n) => newIdInSpecs(1_000_000 + n * 100)),
          decision: fc.constantFrom(...escalationDecisions),
          reason: words,
        }),
      ),
    ),
    { minLength: 10, maxLength: 40 },
  );

  it('is with the head of service whenever two poor verdicts of a year count and none was answered since', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(steps, (drawn) => {
        const { history } = play<object, StandingEvent>(standings, drawn);
        const counting = new Map<string, string>();
        let open: string | undefined;
        for (const { type, data } of history) {
          seen.add(type);
          if (type === 'PoorVerdictNoted') counting.set(data.reviewId, data.academicYear);
          if (type === 'PoorVerdictWithdrawn') counting.delete(data.reviewId);
          if (type === 'EscalationAnswered') {
            expect(data.escalationId).toBe(open);
            open = undefined;
          }
          if (type !== 'EscalatedToHeadOfService') continue;
          expect(open).toBeUndefined();
          open = data.escalationId;
          expect(data.reviewIds.length).toBeGreaterThanOrEqual(2);
          for (const id of data.reviewIds) expect(counting.get(id)).toBe(data.academicYear);
        }
        // A dead end would be one that nobody can answer.
        if (open === undefined) return;
        const last: Step = {
          does: 'AnswerEscalation',
          command: { schoolId, escalationId: open, decision: 'end', reason: 'x' },
          person: 'person-z',
          role: 'head-of-service',
          days: 0,
        };
        const end = play<object, StandingEvent>(standings, [...drawn, last]);
        expect(end.history.at(-1)?.type).toBe('EscalationAnswered');
      }),
      { numRuns: 300 },
    );
    expect([...seen].toSorted()).toEqual(Object.keys(standings.evolve).toSorted());
  });
});
