import { academicYearOf } from '../shared/academic-year';
import { present } from '../shared/plain';
import { same } from '../shared/same';
import { refuse } from './deployment-refusals';
import type { DeploymentDecide, DeploymentState, Known } from './deployment-state';
import { between, matchedAt, notAt, notTheirs, reservationsOf } from './deployment-steps';

type Names =
  | 'IdentifyNeed'
  | 'ProposeMatch'
  | 'DeclineMatch'
  | 'AgreeRelease'
  | 'WithdrawRelease'
  | 'AcceptSupport'
  | 'DeclineSupport'
  | 'LapseNeed';

/** From the need to the agreement of both schools. */
export const brokeringDecisions: Pick<DeploymentDecide, Names> = {
  IdentifyNeed: (state, command, { actor, today, known }) => {
    const { selfFunded = false, identifiedOn = today, ...need } = command;
    const category = categoryOn(known, identifiedOn);
    const proposedBy = actor.role === 'headteacher' ? 'school' : 'team';
    const data = {
      ...need,
      proposedBy,
      identifiedOn,
      selfFunded,
      ...(category === undefined ? {} : { category }),
    } as const;
    if (state.need !== undefined) {
      // Asked again without a day, it is the need of the day on which it was first asked.
      const again = { ...data, identifiedOn: command.identifiedOn ?? state.need.identifiedOn };
      return sameNeed(state.need, again) ? [] : refuse.NeedIdTaken();
    }
    if (identifiedOn > today) return refuse.InTheFuture('identifiedOn', identifiedOn, today);
    if (!known.school.registered) return refuse.SupportedSchoolNotRegistered();
    if (!known.school.open) return refuse.SupportedSchoolNotOpen();
    const supported = category === 'Prevention' || category === 'Intervention';
    if (!supported && !selfFunded)
      return refuse.SupportGoesWithCategory(category ?? 'not decided yet');
    return [{ type: 'SupportNeedIdentified', data }];
  },

  ProposeMatch: (state, command, { actor, today, known }) => {
    const { deploymentId, championId, rationale, proposedOn = today } = command;
    const { champion } = known;
    if (state.championId === championId) return [];
    const no = notAt(state, 'needed', 'matched');
    if (no !== undefined) return no;
    if (proposedOn > today) return refuse.InTheFuture('proposedOn', proposedOn, today);
    if (!champion.registered) return refuse.ChampionUnknown();
    const { schoolId = '', role } = state;
    const barred = unfit(schoolId, champion);
    if (barred !== undefined) return barred;
    if (role !== undefined && !champion.roles.includes(role))
      return refuse.RoleDoesNotFit(role, champion.roles);
    const { personRef: championPersonRef, homeSchoolId } = champion;
    const who = { championId, homeSchoolId, championPersonRef, brokerId: actor.id };
    return [
      { type: 'ChampionProposed', data: { deploymentId, schoolId, ...who, rationale, proposedOn } },
    ];
  },

  DeclineMatch: (state, { deploymentId, reason, ...names }, { actor }) => {
    const theirs = notTheirs(state, actor, names);
    if (state.stage === 'needed') return [];
    const matched = matchedAt(state, 'matched');
    if ('refused' in matched) return matched;
    if (theirs !== undefined) return theirs;
    const by = (
      { champion: 'champion', headteacher: 'supported-school', 'home-head': 'home-school' } as const
    )[actor.role];
    return [
      {
        type: 'ChampionDeclined',
        data: { ...between(deploymentId, matched), by: by ?? 'team', reason },
      },
    ];
  },

  AgreeRelease: (state, command, { actor }) => {
    const { deploymentId, homeSchoolId, halfDays, from, to } = command;
    const matched = matchedAt(state, 'matched', 'confirmed', 'started', 'paused');
    if ('refused' in matched) return matched;
    const theirs = notTheirs(state, actor, { homeSchoolId });
    if (theirs !== undefined) return theirs;
    if (to < from) return refuse.DaysTheWrongWayRound(from, to);
    const homeHeadId = actor.role === 'home-head' ? actor.id : command.homeHeadId;
    if (homeHeadId === undefined) return refuse.WhoAgreed('homeHeadId');
    const release = { homeHeadId, halfDays, from, to };
    if (same(state.release, release)) return [];
    return [
      { type: 'HomeSchoolReleaseAgreed', data: { ...between(deploymentId, matched), ...release } },
    ];
  },

  WithdrawRelease: (state, { deploymentId, homeSchoolId, reason }, { actor }) => {
    const matched = matchedAt(state, 'matched', 'confirmed', 'started', 'paused');
    if ('refused' in matched) return matched;
    const theirs = notTheirs(state, actor, { homeSchoolId });
    if (theirs !== undefined) return theirs;
    if (state.release === undefined) return [];
    return [
      { type: 'HomeSchoolReleaseWithdrawn', data: { ...between(deploymentId, matched), reason } },
    ];
  },

  AcceptSupport: (state, command, { actor }) => {
    const { deploymentId, schoolId, objectives } = command;
    const matched = matchedAt(state, 'matched');
    if ('refused' in matched) return matched;
    const theirs = notTheirs(state, actor, { schoolId });
    if (theirs !== undefined) return theirs;
    const headId = actor.role === 'headteacher' ? actor.id : command.headId;
    if (headId === undefined) return refuse.WhoAgreed('headId');
    if (new Set(objectives.map(({ objectiveId }) => objectiveId)).size < objectives.length)
      return refuse.ObjectiveTwice();
    if (state.accepted?.headId === headId && same(state.objectives, objectives)) return [];
    return [
      {
        type: 'SupportedSchoolAgreed',
        data: {
          ...between(deploymentId, matched),
          headId,
          objectives: objectives.map((objective) => ({ ...objective })),
        },
      },
    ];
  },

  DeclineSupport: (state, { deploymentId, schoolId, reason }, { actor }) => {
    if (state.stage === 'declined') return [];
    const no = notAt(state, 'needed', 'matched') ?? notTheirs(state, actor, { schoolId });
    return no ?? [{ type: 'SupportedSchoolDeclined', data: { deploymentId, schoolId, reason } }];
  },

  LapseNeed: (state, { deploymentId, reason }) => {
    if (state.stage === 'lapsed') return [];
    const no = notAt(state, 'needed', 'matched', 'confirmed');
    if (no !== undefined) return no;
    const { schoolId = '', championId, homeSchoolId } = state;
    const about = { deploymentId, schoolId, reason, reservations: reservationsOf(state) };
    const data = { ...about, ...present({ championId, homeSchoolId }) };
    return [{ type: 'SupportNeedLapsed', data }];
  },
};

/** The category in force on a day, as far as it is decided. */
function categoryOn({ categorisation }: Known, day: string) {
  const category = categorisation.periods.findLast(({ from }) => from <= day)?.category;
  return category as 'Enhancement' | 'Prevention' | 'Intervention' | undefined;
}

/** What was asked for is the need on record; that the category has changed meanwhile makes no other need of it. */
function sameNeed(
  then: NonNullable<DeploymentState['need']>,
  now: NonNullable<DeploymentState['need']>,
): boolean {
  const { category: _a, proposedBy: _p, ...asked } = now;
  const { category: _b, proposedBy: _q, ...recorded } = then;
  return same(asked, recorded);
}

/** Why a champion is not for this school; asked when one is proposed, and again when it is confirmed. */
export function unfit(
  schoolId: string,
  { status, homeSchoolId, interests }: Extract<Known['champion'], { registered: true }>,
) {
  if (status !== 'active') return refuse.ChampionNotAvailable(status);
  if (homeSchoolId === schoolId) return refuse.OwnSchool();
  return Object.values(interests).some(
    ({ counterpartyIds, outcome }) => outcome !== 'may-work' && counterpartyIds.includes(schoolId),
  )
    ? refuse.InterestBars()
    : undefined;
}

/** The academic year a period lies in; a refusal where it is none, or lies in two. */
export function yearOf(from: string, to: string) {
  if (to < from) return refuse.DaysTheWrongWayRound(from, to);
  const academicYear = academicYearOf(from);
  return academicYearOf(to) === academicYear ? academicYear : refuse.TwoAcademicYears(from, to);
}
