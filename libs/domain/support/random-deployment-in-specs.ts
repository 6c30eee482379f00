import type { Actor, Decision } from '#kernel';
import { evolved, isRefusal } from '#kernel';
import type { DeploymentEvent } from './deployment-events';
import { reviewCauses, reviewOutcomes } from './review-events';
import {
  championId,
  decider,
  deploymentId,
  elsewhere,
  homeSchoolId,
  known,
  objective,
  other,
  paying,
  result,
  schoolId,
  uuid,
} from './deployment-in-specs';
import type { DeploymentRefusal } from './deployment-refusals';
import type { DeploymentState, Known, Stage } from './deployment-state';

/* Plays commands one after another into the legal history of one deployment, for specs that draw them at random. */
export type Name = keyof typeof decider.decide;
export interface Step {
  readonly does: Name | { readonly fits: number };
  readonly by: Actor;
  /** Which of a few ways to mean it; the last is often a wrong one. */
  readonly pick: 0 | 1 | 2 | 3;
  readonly days: number;
  readonly halfDays: number;
}
export const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

export const team = { id: 'person-team-leader', role: 'team-leader' };
export const people: readonly Actor[] = [
  { id: 'person-adviser', role: 'adviser' },
  team,
  { id: 'person-headteacher', role: 'headteacher' },
  { id: 'person-home-head', role: 'home-head' },
  { id: 'person-champion', role: 'champion' },
  { id: 'person-other-champion', role: 'champion' },
];
/** What may be meant at a stage, the more often the more often it stands here. */
const fitting: Readonly<Record<Stage, readonly Name[]>> = {
  none: ['IdentifyNeed'],
  needed: ['ProposeMatch'],
  matched: ['AgreeRelease', 'AcceptSupport', 'ConfirmDeployment', 'ConfirmDeployment'],
  confirming: ['CompleteConfirmation', 'CompleteConfirmation', 'FailConfirmation'],
  confirmed: ['StartDeployment', 'StartDeployment', 'ReopenNeed', 'AskDeploymentReview'],
  started: [
    ...([
      'RecordVisit',
      'RecordVisit',
      'RecordVisit',
      'AmendVisitRecord',
      'AmendVisitRecord',
    ] as const),
    ...(['ExtendDeployment', 'CompleteExtension', 'CompleteExtension', 'PauseDeployment'] as const),
    ...(['FailExtension', 'EvaluateImpact', 'CompleteDeployment', 'EndDeployment'] as const),
    ...(['AskDeploymentReview', 'ReviewDeployment', 'ReviewDeployment', 'DecidePayer'] as const),
  ],
  paused: ['ResumeDeployment', 'ResumeDeployment', 'ExtendDeployment', 'RecordVisit'],
  completed: ['AmendVisitRecord', 'AmendVisitRecord', 'EvaluateImpact', 'CloseDeployment'],
  'ended-early': ['AmendVisitRecord', 'AmendVisitRecord', 'EvaluateImpact', 'CloseDeployment'],
  closed: ['CloseDeployment', 'AmendVisitRecord'],
  declined: ['DeclineSupport'],
  lapsed: ['LapseNeed'],
};
const nameOf = ({ does }: Step, { stage }: DeploymentState): Name => {
  if (typeof does === 'string') return does;
  const may = fitting[stage];
  return may[does.fits % may.length] ?? 'LapseNeed';
};

/** The champion may go to the school, but for the last pick; the authority pays all, half or nothing. */
const knownAt = ({ pick }: Step): Known => ({
  ...known,
  champion: { ...known.champion, status: pick === 3 ? 'paused' : 'active' },
  entitlement: paying([100, 100, 50, 0][pick] ?? 0),
});

interface Drawn extends Step {
  readonly state: DeploymentState;
  readonly today: string;
  readonly at: number;
  /** A day that has come, but for the last pick. */
  readonly day: string;
}
const of = { deploymentId };
const reason = 'x';
const own = ({ pick }: Step) => (pick === 3 ? elsewhere : schoolId);
const home = ({ pick }: Step) => (pick === 3 ? elsewhere : homeSchoolId);
/** Whoever speaks for a school names it. */
const names = (drawn: Step) => ({
  ...(drawn.by.role === 'headteacher' ? { schoolId: own(drawn) } : {}),
  ...(drawn.by.role === 'home-head' ? { homeSchoolId: home(drawn) } : {}),
});
const answer = ({ pick, state: { confirming, extending } }: Drawn) => ({
  ...of,
  reservationId: pick === 3 ? uuid(999) : ((confirming ?? extending)?.reservationId ?? uuid(998)),
});
const givenUp = (drawn: Drawn) => ({ ...answer(drawn), refused: 'AllowanceSpent', why: 'x' });

const commands: Readonly<Record<Name, (drawn: Drawn) => object>> = {
  IdentifyNeed: ({ day }) => {
    const need = { specialism: 'reading', focus: 'x', priority: 'soon', role: 'SSPC' };
    return { ...of, schoolId, ...need, identifiedOn: day };
  },
  ProposeMatch: ({ pick }) => ({
    ...of,
    championId: pick === 2 ? uuid(21) : championId,
    rationale: 'x',
  }),
  DeclineMatch: (drawn) => ({ ...of, ...names(drawn), reason }),
  AgreeRelease: (drawn) => {
    const { pick, today } = drawn;
    const span = { from: dayAfter(today, -10 * pick), to: dayAfter(today, 120) };
    const homeHeadId = 'person-home-head';
    return { ...of, homeSchoolId: home(drawn), halfDays: 30, ...span, homeHeadId };
  },
  WithdrawRelease: (drawn) => ({ ...of, homeSchoolId: home(drawn), reason }),
  AcceptSupport: (drawn) => {
    const objectives = [objective, other].slice(0, drawn.pick === 2 ? 2 : 1);
    return { ...of, schoolId: own(drawn), objectives, headId: 'person-headteacher' };
  },
  DeclineSupport: (drawn) => ({ ...of, schoolId: own(drawn), reason }),
  LapseNeed: () => ({ ...of, reason }),
  ConfirmDeployment: ({ pick, halfDays, today, state: { release } }) => {
    const { from = today, to = today } = release ?? {};
    const span = { from: pick === 3 ? dayAfter(from, -1) : from, to: dayAfter(to, -20 * pick) };
    return { ...of, scope: 'x', halfDays: halfDays + 3, ...span, paidBySchool: pick === 1 };
  },
  CompleteConfirmation: answer,
  FailConfirmation: givenUp,
  StartDeployment: ({ pick, day, state: { from = day } }) => ({
    ...of,
    startedOn: pick === 2 ? from : day,
  }),
  PauseDeployment: (drawn) => {
    const because = drawn.pick === 1 ? 'other' : 'inspection';
    return { ...of, ...names(drawn), because, pausedOn: drawn.day };
  },
  ResumeDeployment: (drawn) => ({ ...of, ...names(drawn), resumedOn: drawn.day }),
  ExtendDeployment: ({ pick, halfDays, today, state: { to = today } }) => ({
    ...{ ...of, halfDays, to: dayAfter(to, pick * 7 - 7) },
    reason,
  }),
  CompleteExtension: answer,
  FailExtension: givenUp,
  CompleteDeployment: ({ day }) => ({ ...of, completedOn: day }),
  EndDeployment: ({ pick, day }) => ({
    ...of,
    because: pick === 1 ? 'other' : 'relationship',
    endedOn: day,
  }),
  RecordVisit: ({ pick, halfDays, day, at }) => {
    const objectiveIds = [pick === 2 ? other.objectiveId : objective.objectiveId];
    return { ...of, visitedOn: day, halfDays, objectiveIds, notesRef: `note-${at}` };
  },
  AmendVisitRecord: ({ pick, halfDays, day, at, state: { visits } }) => {
    const ids = Object.keys(visits);
    const visitId = ids[(at + pick) % Math.max(1, ids.length)] ?? uuid(50);
    const notesRef = `note-${at}`;
    const changes = [{ halfDays }, { halfDays }, { notesRef }, { visitedOn: day }];
    return { ...of, visitId, ...changes[pick], reason };
  },
  EvaluateImpact: ({ pick, state: { objectives } }) => {
    const results = objectives
      .slice(pick === 3 ? 1 : 0)
      .map(({ objectiveId }) => result(objectiveId));
    return { ...of, results, ...(pick === 0 ? {} : { headId: 'person-headteacher' }) };
  },
  CloseDeployment: () => of,
  ReopenNeed: ({ pick, state }) => ({
    ...{ ...of, reason },
    championId: pick === 2 ? uuid(21) : (state.championId ?? championId),
  }),
  AskDeploymentReview: ({ pick, at }) => ({
    ...of,
    because: reviewCauses[pick],
    ...(pick === 0 ? { becauseOf: uuid(200 + (at % 3)) } : {}),
  }),
  ReviewDeployment: ({ pick, state: { reviews } }) => {
    const [open] = Object.entries(reviews).find(([, one]) => one.outcome === undefined) ?? [];
    const outcome = reviewOutcomes[pick % reviewOutcomes.length] ?? 'end';
    return { ...of, reviewId: open ?? uuid(200), outcome, reason };
  },
  DecidePayer: ({ pick, day }) => ({
    ...{ ...of, from: day, reason },
    authorityPercent: [100, 50, 0, 30][pick],
  }),
};

type Decide = (
  state: DeploymentState,
  command: object,
  given: object,
) => Decision<DeploymentEvent, DeploymentRefusal>;
export const decide = (name: Name, ...args: Parameters<Decide>) =>
  (decider.decide[name] as Decide)(...args);

/** Plays the steps; `each` is told of every accepted command, and may give it again once its events are history. */
export function play(
  drawn: readonly Step[],
  each: (
    state: DeploymentState,
    events: readonly DeploymentEvent[],
    again: () => unknown,
  ) => void = () => undefined,
) {
  const history: DeploymentEvent[] = [];
  const refusals: DeploymentRefusal[] = [];
  let state = decider.initial;
  let today = '2026-10-05';
  drawn.forEach((step, at) => {
    today = dayAfter(today, step.days);
    const given = {
      now: `${today}T09:00:00.000Z`,
      today,
      actor: step.by,
      newId: (n: number) => uuid(100_000 + at * 10 + n),
      known: knownAt(step),
    };
    const name = nameOf(step, state);
    const day = dayAfter(today, step.pick === 3 ? 1 : -step.pick);
    const command = commands[name]({ ...step, state, today, at, day });
    const decision = decide(name, state, command, given);
    if (isRefusal(decision)) {
      refusals.push(decision);
      return;
    }
    history.push(...decision);
    for (const event of decision) state = evolved(decider.evolve, state, event);
    each(state, decision, () => decide(name, state, command, given));
  });
  return { history, state, today, refusals };
}
