import { evolved, isRefusal } from '#kernel';
import fc from 'fast-check';
import { deploymentCommands } from './deployment-commands';
import type { DeploymentEvent } from './deployment-events';
import {
  academicYear,
  championId,
  decider,
  deploymentId,
  homeSchoolId,
  known,
  objective,
  result,
  schoolId,
  uuid,
} from './deployment-in-specs';
import type { DeploymentState, Stage } from './deployment-state';
import { decider as entitlement } from './entitlement';
import type { Name, Step as Drawn } from './random-deployment-in-specs';
import { dayAfter, decide, people, play, team } from './random-deployment-in-specs';

/*
 * The state machine of a deployment, from any legal history: made of commands drawn at random, each a little later than
 * the one before. A command is accepted or refused with a reason; visits never use more than is set aside; and until the
 * end there is somebody who can bring it further.
 */
const anything = Object.keys(decider.decide) as Name[];
const steps: fc.Arbitrary<Drawn[]> = fc.array(
  fc.record({
    /** Mostly something that fits, else anything at all. */
    does: fc.oneof(
      { weight: 6, arbitrary: fc.nat(59).map((n) => ({ fits: n })) },
      { weight: 1, arbitrary: fc.constantFrom(...anything) },
    ),
    by: fc.oneof(
      { weight: 3, arbitrary: fc.constant(team) },
      { weight: 1, arbitrary: fc.constantFrom(...people) },
    ),
    pick: fc.constantFrom(0, 0, 1, 1, 2, 2, 3),
    days: fc.nat(3),
    halfDays: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 25, maxLength: 60 },
);
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** What was set aside, and what each visit uses of it, told from the events. */
function accounts(whole: readonly DeploymentEvent[]) {
  // What was set aside with a champion who could not come after all has gone back.
  const reopened = whole.findLastIndex(({ type }) => type === 'SupportNeedReopened');
  const history = whole.slice(reopened + 1);
  const held = history.flatMap(({ type, data }) =>
    type === 'DeploymentConfirmed' || type === 'DeploymentExtended' ? [data] : [],
  );
  const visits = new Map(
    history.flatMap(({ type, data }) =>
      type === 'ChampionVisitRecorded' || type === 'VisitRecordAmended'
        ? [[data.visitId, data] as const]
        : [],
    ),
  );
  return { held, visits: [...visits.values()] };
}

const stages: Readonly<Record<Stage, true>> = {
  ...{ none: true, needed: true, matched: true, confirming: true, confirmed: true, started: true },
  ...{ paused: true, completed: true, 'ended-early': true },
  ...{ closed: true, declined: true, lapsed: true },
};
/** A day behind all that is drawn, or nearly. */
const LATER = '2027-08-31';
const leader = { id: 'person-leader', role: 'team-leader' };
const results = (state: DeploymentState) =>
  state.objectives.map(({ objectiveId }) => result(objectiveId));
const answered = ({ confirming }: DeploymentState) => ({
  deploymentId,
  reservationId: confirming?.reservationId ?? '',
});
type Step = readonly [name: Name, command: object];
const agreeing = { deploymentId, championId, homeSchoolId, schoolId };

/** How somebody of the team ends it from here; the ends themselves, from which nothing goes on, have no way out. */
function wayOut(stage: Stage, state: DeploymentState): Step | undefined {
  switch (stage) {
    case 'none':
      return [
        'IdentifyNeed',
        {
          ...{ deploymentId, schoolId, specialism: 'reading', focus: 'x', priority: 'soon' },
          role: 'SSPC',
        },
      ];
    case 'needed':
    case 'matched':
    case 'confirmed':
      return ['LapseNeed', { deploymentId, reason: 'x' }];
    case 'confirming':
      return ['FailConfirmation', { ...answered(state), refused: 'GivenUp', why: 'x' }];
    case 'started':
    case 'paused':
      return ['EndDeployment', { deploymentId, because: 'relationship' }];
    case 'completed':
    case 'ended-early':
      return state.evaluated
        ? ['CloseDeployment', { deploymentId }]
        : [
            'EvaluateImpact',
            { deploymentId, results: results(state), headId: 'person-headteacher' },
          ];
    case 'closed':
    case 'declined':
    case 'lapsed':
      return undefined;
  }
}

/** How it is brought to its closing, champion and schools willing; `today` is a day on which it may be started. */
function wayOn(state: DeploymentState, today: string): Step | undefined {
  const { stage, release, accepted } = state;
  if (stage === 'needed') return ['ProposeMatch', { ...agreeing, rationale: 'x' }];
  if (stage === 'confirming') return ['CompleteConfirmation', answered(state)];
  if (stage === 'confirmed') return ['StartDeployment', { deploymentId, startedOn: state.from }];
  if (stage === 'started' || stage === 'paused') return ['CompleteDeployment', { deploymentId }];
  if (stage !== 'matched') return wayOut(stage, state);
  const span = { halfDays: 2, from: today, to: today };
  if (accepted === undefined)
    return [
      'AcceptSupport',
      { deploymentId, schoolId, objectives: [objective], headId: 'person-h' },
    ];
  return release?.from === today && release.to === today
    ? ['ConfirmDeployment', { deploymentId, scope: 'x', ...span }]
    : ['AgreeRelease', { deploymentId, homeSchoolId, ...span, homeHeadId: 'person-home-head' }];
}

/** Goes on by steps that each must be accepted, until there is none. */
function walked(
  from: DeploymentState,
  today: string,
  next: (state: DeploymentState) => Step | undefined,
) {
  let state = from;
  for (let at = 0; at < 20; at += 1) {
    const step = next(state);
    if (step === undefined) return state;
    const [name, command] = step;
    const system = name === 'CompleteConfirmation';
    if (!system) expect(deploymentCommands[name].by).toContain(leader.role);
    const decision = decide(name, state, command, {
      ...{ now: '', today, actor: leader, newId: (n: number) => uuid(900_000 + at * 10 + n) },
      known,
    });
    if (isRefusal(decision)) throw new Error(`${name} when ${state.stage}: ${decision.detail}`);
    expect(decision).toHaveLength(1);
    for (const event of decision) state = evolved(decider.evolve, state, event);
  }
  throw new Error(`Does not come to an end from ${from.stage}.`);
}

describe('from any legal history', () => {
  it('the same command twice changes nothing the second time', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        play(drawn, (_state, _events, again) => {
          expect(again()).toEqual([]);
        });
      }),
    );
  });

  it('visits use no more than is set aside, of each reservation and of all', () => {
    let visits = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        const { history, state } = play(drawn, (now) => {
          expect(sum(Object.values(now.visits).map((one) => one.halfDays))).toBeLessThanOrEqual(
            now.halfDays,
          );
        });
        const told = accounts(history);
        expect(state.halfDays).toBe(sum(told.held.map(({ halfDays }) => halfDays)));
        for (const { reservationId, halfDays } of told.held) {
          const uses = told.visits.flatMap((visit) =>
            visit.uses.filter((use) => use.reservationId === reservationId),
          );
          expect(sum(uses.map((use) => use.halfDays))).toBeLessThanOrEqual(halfDays);
        }
        for (const visit of told.visits)
          expect(sum(visit.uses.map(({ halfDays }) => halfDays))).toBe(visit.halfDays);
        visits += told.visits.length;
      }),
    );
    expect(visits).toBeGreaterThan(30);
  });

  it('a visit is recorded within the days of the deployment, and about its objectives', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        play(drawn, ({ from = '', to = '', objectives, visits }) => {
          const ids = objectives.map(({ objectiveId }) => objectiveId);
          const astray = Object.values(visits).filter(
            ({ visitedOn, objectiveIds }) =>
              visitedOn < from || visitedOn > to || objectiveIds.some((id) => !ids.includes(id)),
          );
          expect(astray).toEqual([]);
        });
      }),
    );
  });

  it('the ledger of the school takes whatever is set aside, used and given back', () => {
    let counted = 0;
    fc.assert(
      fc.property(steps, (drawn) => {
        let ledger = {
          ...entitlement.initial,
          granted: {
            allowance: {
              ...{ category: 'Intervention', headlineVisits: 5, fundedPercent: 100 },
              ...{ sspcHalfDays: 36, sslcHalfDays: 36 },
            },
            ...{ status: 'maintained', offerVersion: 'offer-26', effectiveFrom: '2026-09-01' },
          },
        } as typeof entitlement.initial;
        const ask = (name: 'ReserveDays' | 'ConsumeDays' | 'ReleaseDays', command: object) => {
          const decision = (entitlement.decide[name] as (...args: unknown[]) => object)(
            ...[ledger, { schoolId, academicYear, deploymentId, ...command }, {}],
          ) as ReturnType<(typeof entitlement)['decide']['ReserveDays']>;
          if (isRefusal(decision)) throw new Error(`${name}: ${decision.detail}`);
          for (const event of decision) ledger = evolved(entitlement.evolve, ledger, event);
        };
        const { history } = play(drawn);
        for (const { type, data } of history) {
          if (type === 'DeploymentConfirmationBegun' || type === 'DeploymentExtensionBegun')
            ask('ReserveDays', data);
          if ('uses' in data)
            for (const use of data.uses) ask('ConsumeDays', { ...use, visitId: data.visitId });
          if ('reservations' in data)
            for (const { reservationId } of data.reservations)
              ask('ReleaseDays', { reservationId });
        }
        const told = accounts(history);
        const used = Object.values(ledger.ledger.reservations).flatMap((one) =>
          Object.values(one.used),
        );
        expect(sum(used)).toBe(sum(told.visits.map(({ halfDays }) => halfDays)));
        counted += used.length;
      }),
      { numRuns: 300 },
    );
    expect(counted).toBeGreaterThan(100);
  });

  it('the team can bring it to an end, whatever its state', () => {
    const left = new Set<Stage>();
    const leaves = (state: DeploymentState) => {
      const { stage } = walked(state, LATER, (now) => wayOut(now.stage, now));
      expect(['closed', 'declined', 'lapsed']).toContain(stage);
      left.add(state.stage);
    };
    leaves(decider.initial);
    fc.assert(
      fc.property(steps, (drawn) => {
        play(drawn, leaves);
      }),
    );
    // Each of its states was come upon.
    expect([...left].toSorted()).toEqual(Object.keys(stages).toSorted());
  });

  it('it can be brought to its closing, as long as nobody has ended it', () => {
    let closed = 0;
    fc.assert(
      fc.property(steps, fc.nat(70), (drawn, upTo) => {
        const { state, today } = play(drawn.slice(0, upTo));
        if (['none', 'declined', 'lapsed'].includes(state.stage)) return;
        const begins = state.confirming?.from ?? state.from ?? today;
        const then = dayAfter(begins > today ? begins : today, 1);
        expect(walked(state, then, (now) => wayOn(now, then)).stage).toBe('closed');
        closed += 1;
      }),
      { numRuns: 200 },
    );
    expect(closed).toBeGreaterThan(100);
  });

  it('is drawn widely enough: every event happens, and refusals do', () => {
    const played = fc.sample(steps, { numRuns: 300, seed: 4 }).map((drawn) => play(drawn));
    const seen = new Set(played.flatMap(({ history }) => history.map(({ type }) => type)));
    expect([...seen].toSorted()).toEqual(Object.keys(decider.evolve).toSorted());
    const refusals = played.flatMap((life) => life.refusals);
    expect(refusals.length).toBeGreaterThan(1000);
    expect(new Set(refusals.map(({ refused }) => refused)).size).toBeGreaterThan(15);
    // Every one is a sentence.
    expect(refusals.filter(({ detail }) => !/\w{3} .*\.$/.test(detail))).toEqual([]);
  });
});
