import type { Actor } from '#kernel';
import type { ReservationRef } from './deployment-shapes';
import type { DeploymentEvent } from './deployment-events';
import type { DeploymentRefusal } from './deployment-refusals';
import { refuse } from './deployment-refusals';
import type { DeploymentState, Stage } from './deployment-state';

/** The deployment's state once a champion has been proposed: both schools are known. */
export type Matched = DeploymentState &
  Required<
    Pick<DeploymentState, 'schoolId' | 'championId' | 'championPersonRef' | 'homeSchoolId'>
  > & {
    readonly role: NonNullable<DeploymentState['role']>;
  };

const stageWords: Readonly<Record<Stage, string>> = {
  none: 'has no need on record',
  needed: 'has no champion proposed',
  matched: 'is not confirmed',
  confirming: 'is being confirmed at this moment',
  confirmed: 'is confirmed and has not started',
  started: 'is under way',
  paused: 'is paused',
  completed: 'is completed',
  'ended-early': 'was ended early',
  closed: 'is closed',
  declined: 'was declined by the school',
  lapsed: 'has lapsed',
};

/** What is to be done before the steps that are asked for too early, or instead of those asked for too late. */
const wayOn: Readonly<Record<Stage, string>> = {
  none: 'Identify the need first.',
  needed: 'Propose a champion first.',
  matched: 'Have both schools agree and confirm it first.',
  confirming: 'Wait for the answer, then ask again.',
  confirmed: 'Start it first.',
  started: 'Pause, complete or end it as it is meant.',
  paused: 'Resume or end it first.',
  completed: 'Evaluate and close it, or identify another need.',
  'ended-early': 'Evaluate and close it, or identify another need.',
  closed: 'Identify another need.',
  declined: 'Identify another need.',
  lapsed: 'Identify another need.',
};

/** Why a step cannot be taken at this stage; undefined when it can. */
export function notAt(
  state: DeploymentState,
  ...stages: readonly Stage[]
): DeploymentRefusal | undefined {
  const { stage } = state;
  if (stages.includes(stage)) return undefined;
  return stage === 'none' ? refuse.NeedUnknown() : refuse.NotNow(stageWords[stage], wayOn[stage]);
}

/** The deployment at one of these stages, each of which has a champion proposed; or why it is not. */
export function matchedAt(
  state: DeploymentState,
  ...stages: readonly Stage[]
): Matched | DeploymentRefusal {
  const no = notAt(state, ...stages);
  if (no !== undefined) return no;
  const { schoolId, championId, championPersonRef, homeSchoolId, role } = state;
  if (
    schoolId === undefined ||
    championId === undefined ||
    championPersonRef === undefined ||
    homeSchoolId === undefined ||
    role === undefined
  )
    return refuse.NotNow(stageWords.needed, wayOn.needed);
  return { ...state, schoolId, championId, championPersonRef, homeSchoolId, role };
}

/** What every event behind the match says. */
export const between = (deploymentId: string, state: Matched) => ({
  deploymentId,
  schoolId: state.schoolId,
  championId: state.championId,
  homeSchoolId: state.homeSchoolId,
});

/** Whoever names a school names the right one of the two, and a champion is the one deployed. */
export function notTheirs(
  state: DeploymentState,
  actor: Actor,
  { schoolId, homeSchoolId }: { readonly schoolId?: string; readonly homeSchoolId?: string },
): DeploymentRefusal | undefined {
  if (schoolId !== undefined && schoolId !== state.schoolId) return refuse.OtherSchool('supported');
  if (homeSchoolId !== undefined && homeSchoolId !== state.homeSchoolId)
    return refuse.OtherSchool('home');
  return actor.role === 'champion' && actor.id !== state.championPersonRef
    ? refuse.NotTheChampion()
    : undefined;
}

/** A day that has come, within the deployment's days. */
export function notWithin(
  state: DeploymentState,
  field: string,
  day: string,
  today: string,
): DeploymentRefusal | undefined {
  return day > today ? refuse.InTheFuture(field, day, today) : notWithinIts(state, field, day);
}

/** A day within the deployment's days, come or not. */
export const notWithinIts = (
  { from = '', to = '' }: DeploymentState,
  field: string,
  day: string,
): DeploymentRefusal | undefined =>
  day < from || day > to ? refuse.OutsideDeployment(field, day, from, to) : undefined;

/** What is set aside for it, and what is being set aside. */
export function reservationsOf({
  holdings,
  confirming,
  extending,
}: DeploymentState): readonly ReservationRef[] {
  return [...holdings, ...[confirming, extending].filter((one) => one !== undefined)].map(
    ({ reservationId, academicYear, paidBy }) => ({ reservationId, academicYear, paidBy }),
  );
}

export type Decided = readonly DeploymentEvent[] | DeploymentRefusal;
