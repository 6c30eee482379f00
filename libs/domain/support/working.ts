import { entryOf } from '../shared/plain';
import { same } from '../shared/same';
import type { Use } from './deployment-events';
import type { DeploymentRefusal } from './deployment-refusals';
import { refuse } from './deployment-refusals';
import type { DeploymentDecide, DeploymentState, Visit } from './deployment-state';
import type { Decided, Matched } from './deployment-steps';
import { between, matchedAt, notTheirs, notWithin, reservationsOf } from './deployment-steps';

type Names =
  | 'StartDeployment'
  | 'PauseDeployment'
  | 'ResumeDeployment'
  | 'RecordVisit'
  | 'AmendVisitRecord'
  | 'CompleteDeployment'
  | 'EndDeployment'
  | 'EvaluateImpact'
  | 'CloseDeployment';

/** The champion's work, and what it came to. */
export const workingDecisions: Pick<DeploymentDecide, Names> = {
  StartDeployment: (state, { deploymentId, startedOn: day }, { actor, today }) => {
    const startedOn = day ?? today;
    if (state.stage === 'started' && state.startedOn === startedOn) return [];
    const matched = matchedAt(state, 'confirmed');
    if ('refused' in matched) return matched;
    const no = notTheirs(state, actor, {}) ?? notWithin(matched, 'startedOn', startedOn, today);
    return (
      no ?? [{ type: 'DeploymentStarted', data: { ...between(deploymentId, matched), startedOn } }]
    );
  },

  PauseDeployment: (state, command, { actor, today }) => {
    const { deploymentId, because, reason, pausedOn = today, ...names } = command;
    if (state.stage === 'paused') return [];
    const matched = matchedAt(state, 'started');
    if ('refused' in matched) return matched;
    const later = Object.values(state.visits).find(({ visitedOn }) => visitedOn > pausedOn);
    const no =
      notTheirs(state, actor, names) ??
      notWithin(matched, 'pausedOn', pausedOn, today) ??
      (later && refuse.VisitedSince(pausedOn, later.visitedOn));
    if (no !== undefined) return no;
    if (because === 'other' && reason === undefined) return refuse.ReasonWanted();
    const data = { ...between(deploymentId, matched), pausedOn, because };
    return [{ type: 'DeploymentPaused', data: reason === undefined ? data : { ...data, reason } }];
  },

  ResumeDeployment: (state, { deploymentId, resumedOn: day, ...names }, { actor, today }) => {
    const resumedOn = day ?? today;
    if (state.stage === 'started') return [];
    const matched = matchedAt(state, 'paused');
    if ('refused' in matched) return matched;
    const pausedOn = state.pauses.at(-1)?.from ?? '';
    const no = notTheirs(state, actor, names) ?? notWithin(matched, 'resumedOn', resumedOn, today);
    if (no !== undefined) return no;
    if (resumedOn < pausedOn) return refuse.DaysTheWrongWayRound(pausedOn, resumedOn);
    return [{ type: 'DeploymentResumed', data: { ...between(deploymentId, matched), resumedOn } }];
  },

  RecordVisit: (state, command, { actor, today, newId }) => {
    const {
      deploymentId,
      visitId = newId(0),
      visitedOn,
      halfDays,
      objectiveIds,
      notesRef,
    } = command;
    const there = entryOf(state.visits, visitId);
    if (there !== undefined) {
      const asked = { visitedOn, halfDays, objectiveIds, notesRef };
      return same(recordOf(there), asked) ? [] : refuse.VisitIdTaken();
    }
    const matched = matchedAt(state, 'started', 'paused');
    if ('refused' in matched) return matched;
    return (
      notTheirs(state, actor, {}) ??
      recorded(matched, { visitedOn, halfDays, objectiveIds }, leftOf(matched), today, (uses) => [
        {
          type: 'ChampionVisitRecorded',
          data: {
            ...{ ...between(deploymentId, matched), visitId, visitedOn, halfDays },
            ...{ objectiveIds: [...objectiveIds], notesRef, uses, recordedById: actor.id },
          },
        },
      ])
    );
  },

  AmendVisitRecord: (state, { deploymentId, visitId, reason, ...changes }, { actor, today }) => {
    const there = entryOf(state.visits, visitId);
    const matched = matchedAt(state, 'started', 'paused', 'completed', 'ended-early');
    if ('refused' in matched) return matched;
    const theirs = notTheirs(state, actor, {});
    if (theirs !== undefined) return theirs;
    if (there === undefined) return refuse.VisitUnknown();
    const record = { ...recordOf(there), ...changes };
    if (same(recordOf(there), record)) return [];
    // What was set aside and not used has gone back by then: the visit has what it used.
    const over = matched.stage === 'completed' || matched.stage === 'ended-early';
    const { [visitId]: _, ...visits } = state.visits;
    const left = over ? there.uses : leftOf({ ...matched, visits });
    return recorded(matched, record, left, today, (uses) => [
      {
        type: 'VisitRecordAmended',
        data: {
          ...{ ...between(deploymentId, matched), visitId, ...record },
          objectiveIds: [...record.objectiveIds],
          uses: [...uses, ...noLonger(there.uses, uses)],
          ...{ reason, amendedById: actor.id },
        },
      },
    ]);
  },

  CompleteDeployment: (state, { deploymentId, completedOn: day }, { today }) => {
    const completedOn = day ?? today;
    if (state.stage === 'completed') return [];
    const matched = matchedAt(state, 'started', 'paused');
    if ('refused' in matched) return matched;
    const no = notAnEnd(matched, 'completedOn', completedOn, today);
    if (no !== undefined) return no;
    const data = { ...between(deploymentId, matched), completedOn };
    return [
      { type: 'DeploymentCompleted', data: { ...data, reservations: reservationsOf(matched) } },
    ];
  },

  EndDeployment: (state, { deploymentId, because, reason, endedOn: day }, { today }) => {
    const endedOn = day ?? today;
    if (state.stage === 'ended-early') return [];
    const matched = matchedAt(state, 'started', 'paused');
    if ('refused' in matched) return matched;
    const no = notAnEnd(matched, 'endedOn', endedOn, today);
    if (no !== undefined) return no;
    if (because === 'other' && reason === undefined) return refuse.ReasonWanted();
    const reservations = reservationsOf(matched);
    const data = { ...between(deploymentId, matched), endedOn, because, reservations };
    return [
      { type: 'DeploymentEndedEarly', data: reason === undefined ? data : { ...data, reason } },
    ];
  },

  EvaluateImpact: (state, command, { actor, today }) => {
    const { deploymentId, results, headId, evaluatedOn = today } = command;
    const matched = matchedAt(state, 'started', 'paused', 'completed', 'ended-early');
    if ('refused' in matched) return matched;
    if (evaluatedOn > today) return refuse.InTheFuture('evaluatedOn', evaluatedOn, today);
    const judged = results.map(({ objectiveId }) => objectiveId);
    if (judged.some((id) => !isObjective(matched, id))) return refuse.ObjectiveUnknown();
    const missing = matched.objectives.length - new Set(judged).size;
    if (missing > 0 || judged.length > matched.objectives.length)
      return refuse.EveryObjectiveWanted(missing);
    const data = {
      ...between(deploymentId, matched),
      results: results.map((result) => ({ ...result })),
      evaluatedOn,
      evaluatorId: actor.id,
      ...(headId === undefined ? {} : { headId }),
    };
    return same(state.evaluation, data) ? [] : [{ type: 'ImpactEvaluated', data }];
  },

  CloseDeployment: (state, { deploymentId }, { actor }) => {
    if (state.stage === 'closed') return [];
    const matched = matchedAt(state, 'completed', 'ended-early');
    if ('refused' in matched) return matched;
    if (!state.evaluated) return refuse.EvaluationWanted();
    const data = { ...between(deploymentId, matched), closedById: actor.id };
    return [{ type: 'DeploymentClosed', data }];
  },
};

const recordOf = ({ visitedOn, halfDays, objectiveIds, notesRef }: Visit) => ({
  visitedOn,
  halfDays,
  objectiveIds,
  notesRef,
});

const isObjective = ({ objectives }: DeploymentState, id: string): boolean =>
  objectives.some(({ objectiveId }) => objectiveId === id);

/** A day that has come, and not before the work began; the last day of the deployment it may lie behind. */
function notAnEnd(
  { startedOn = '', to = '' }: DeploymentState,
  field: string,
  day: string,
  today: string,
): DeploymentRefusal | undefined {
  if (day > today) return refuse.InTheFuture(field, day, today);
  return day < startedOn ? refuse.OutsideDeployment(field, day, startedOn, to) : undefined;
}

/** A visit within the deployment's days, its objectives and the half-days left to it; then what it draws on. */
function recorded(
  state: Matched,
  visit: Pick<Visit, 'visitedOn' | 'halfDays' | 'objectiveIds'>,
  left: readonly Use[],
  today: string,
  events: (uses: Use[]) => Decided,
): Decided {
  const { visitedOn, halfDays, objectiveIds } = visit;
  const no = notWithin(state, 'visitedOn', visitedOn, today);
  if (no !== undefined) return no;
  const { startedOn = '', to = '' } = state;
  if (visitedOn < startedOn) return refuse.OutsideDeployment('visitedOn', visitedOn, startedOn, to);
  const pause = state.pauses.find(
    ({ from, until }) => from < visitedOn && (until === undefined || visitedOn < until),
  );
  if (pause !== undefined) return refuse.PausedThen(pause.from);
  if (objectiveIds.some((id) => !isObjective(state, id))) return refuse.ObjectiveUnknown();
  const all = left.reduce((sum, one) => sum + one.halfDays, 0);
  return halfDays > all ? refuse.NoHalfDaysLeft(all, halfDays) : events(drawn(left, halfDays));
}

/** What is set aside and not used by a visit, reservation by reservation, in the order they were made. */
function leftOf({ holdings, visits }: DeploymentState): readonly Use[] {
  const uses = Object.values(visits).flatMap((visit) => visit.uses);
  return holdings.map((holding) => {
    const used = uses.filter(({ reservationId }) => reservationId === holding.reservationId);
    return {
      ...holding,
      halfDays: holding.halfDays - used.reduce((sum, one) => sum + one.halfDays, 0),
    };
  });
}

/** Reservations a visit drew on before and does not any more: of each of these it uses none. */
const noLonger = (before: readonly Use[], now: readonly Use[]): readonly Use[] =>
  before
    .filter(({ reservationId }) => !now.some((use) => use.reservationId === reservationId))
    .map((use) => ({ ...use, halfDays: 0 }));

/** So many half-days, taken from the first that has any. */
function drawn(left: readonly Use[], halfDays: number): Use[] {
  const uses: Use[] = [];
  let wanted = halfDays;
  for (const { reservationId, academicYear, paidBy, halfDays: there } of left) {
    const taken = Math.min(there, wanted);
    if (taken > 0) uses.push({ reservationId, academicYear, paidBy, halfDays: taken });
    wanted -= taken;
  }
  return uses;
}
