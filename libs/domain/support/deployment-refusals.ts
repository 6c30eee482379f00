import type { RefusalsOf } from '#kernel';
import { refusing } from '#kernel';
import type { ChampionRole } from '../shared/words';

/** Every no of a deployment, with what to do about it. */
export const deploymentRefusals = {
  NeedIdTaken: {
    kind: 'conflict',
    says: 'A deployment’s identity is used once.',
    detail: () =>
      'Another need has that identity. Give this one an identity of its own (deploymentId).',
    pointer: '/deploymentId',
  },
  NeedUnknown: {
    kind: 'missing',
    says: 'A deployment begins with a need.',
    detail: () => 'No need of that identity is on record. Identify the need first.',
    pointer: '/deploymentId',
  },
  SupportedSchoolNotRegistered: {
    kind: 'missing',
    says: 'Support is for a registered school.',
    detail: () => 'This school is not registered. Register it first.',
    pointer: '/schoolId',
  },
  SupportedSchoolNotOpen: {
    kind: 'conflict',
    says: 'Support is for a school that is open.',
    detail: () => 'This school has closed. Support its successor instead.',
    pointer: '/schoolId',
  },
  SupportGoesWithCategory: {
    kind: 'conflict',
    says: 'Brokered support is for Prevention and Intervention; any other school may have it at its own cost.',
    detail: (category: string) =>
      `The school’s category is ${category}. If it pays for the support itself, say so (selfFunded).`,
    pointer: '/selfFunded',
  },
  OtherSchool: {
    kind: 'invalid',
    says: 'A deployment is between two schools, and what is said of it names one of them.',
    detail: (which: 'supported' | 'home') =>
      `That is not the ${which === 'home' ? 'home school of the champion proposed' : 'school to be supported'}. Name the right one.`,
  },
  NotNow: {
    kind: 'conflict',
    says: 'A deployment goes its way in order: need, match, agreements, confirmation, work, evaluation.',
    detail: (stage: string, wanted: string) => `The deployment ${stage}. ${wanted}`,
  },
  ChampionUnknown: {
    kind: 'missing',
    says: 'A match proposes a registered champion.',
    detail: () => 'No champion of that identity is registered. Register the champion first.',
    pointer: '/championId',
  },
  ChampionNotAvailable: {
    kind: 'conflict',
    says: 'A champion who is paused or retired is not proposed or deployed.',
    detail: (status: string) =>
      `The champion is ${status}. Propose another one, or end the pause first.`,
    pointer: '/championId',
  },
  RoleDoesNotFit: {
    kind: 'invalid',
    says: 'A champion is deployed in a role they have.',
    detail: (wanted: ChampionRole, has: readonly string[]) =>
      `The need asks for ${wanted}, and the champion is ${has.join(' and ')}. Propose one in that role.`,
    pointer: '/championId',
  },
  OwnSchool: {
    kind: 'invalid',
    says: 'A champion supports another school than their own.',
    detail: () => 'This is the champion’s home school. Propose somebody from another school.',
    pointer: '/championId',
  },
  InterestBars: {
    kind: 'conflict',
    says: 'A declared interest in the school that is not resolved, or bars the champion from it, stands in the way.',
    detail: () =>
      'The champion has declared an interest in this school. Resolve it first, or propose another champion.',
    pointer: '/championId',
  },
  NotTheChampion: {
    kind: 'forbidden',
    says: 'A champion acts in their own deployments only.',
    detail: () => 'You are not the champion of this deployment.',
  },
  WhoAgreed: {
    kind: 'invalid',
    says: 'Where the team records an agreement, it says whose.',
    detail: (field: string) => `Name the head who agreed (${field}).`,
  },
  DaysTheWrongWayRound: {
    kind: 'invalid',
    says: 'A period begins before it ends.',
    detail: (from: string, to: string) =>
      `The period ends on ${to}, before it begins on ${from}. Check the days.`,
    pointer: '/to',
  },
  TwoAcademicYears: {
    kind: 'invalid',
    says: 'A deployment lies within one academic year, whose allowance and cap it draws on.',
    detail: (from: string, to: string) =>
      `${from} and ${to} lie in two academic years. End it by 31 August, and begin another deployment in the next year.`,
    pointer: '/to',
  },
  ObjectiveTwice: {
    kind: 'invalid',
    says: 'Objectives are told apart by their identities.',
    detail: () => 'Two objectives have the same identity. Give each its own.',
    pointer: '/objectives',
  },
  ReleaseWanted: {
    kind: 'conflict',
    says: 'A deployment is confirmed when the home head has agreed to the release.',
    detail: () => 'The home head has not agreed to the release. Ask for it first.',
  },
  AcceptanceWanted: {
    kind: 'conflict',
    says: 'A deployment is confirmed when the head of the school to be supported has agreed, with at least one objective.',
    detail: () =>
      'The head of the school has not agreed to this champion and the objectives. Ask for it first.',
  },
  BeyondRelease: {
    kind: 'conflict',
    says: 'A deployment lies within what the home head released.',
    detail: (halfDays: number, from: string, to: string, needed: number) =>
      `The release is for ${halfDays} half-days from ${from} to ${to}; ${needed} are needed in the time asked for. Agree on a wider release first.`,
  },
  PayerWanted: {
    kind: 'conflict',
    says: 'Where the authority pays nothing, the school says that it pays itself.',
    detail: (year: string) =>
      `The authority pays no champions for this school in ${year}. If the school pays itself, say so (paidBySchool).`,
    pointer: '/paidBySchool',
  },
  Expired: {
    kind: 'conflict',
    says: 'What is being confirmed or extended is ended by its own reservation alone.',
    detail: () => 'Nothing is being confirmed or extended under that reservation any more.',
    pointer: '/reservationId',
  },
  InTheFuture: {
    kind: 'invalid',
    says: 'What has happened has a day that is not in the future.',
    detail: (field: string, day: string, today: string) =>
      `${field} is ${day}, after today (${today}). Give the day on which it happened.`,
  },
  OutsideDeployment: {
    kind: 'invalid',
    says: 'What happens in a deployment lies within its days.',
    detail: (field: string, day: string, from: string, to: string) =>
      `${field} is ${day}; the deployment lasts from ${from} to ${to}. Check the day, or extend the deployment.`,
  },
  PausedThen: {
    kind: 'conflict',
    says: 'A champion does not visit while the deployment is paused.',
    detail: (from: string) =>
      `The deployment was paused on ${from}. Resume it from the day work went on, then record the visit.`,
    pointer: '/visitedOn',
  },
  VisitedSince: {
    kind: 'conflict',
    says: 'A deployment does not rest on days on which the champion visited.',
    detail: (pausedOn: string, visitedOn: string) =>
      `pausedOn is ${pausedOn}, but the champion visited on ${visitedOn}. Give the day work really stopped, or put the visit’s record right.`,
    pointer: '/pausedOn',
  },
  VisitIdTaken: {
    kind: 'conflict',
    says: 'A visit’s identity is used once.',
    detail: () =>
      'Another visit has that identity. Leave visitId out to get a new one, or amend the record.',
    pointer: '/visitId',
  },
  VisitUnknown: {
    kind: 'missing',
    says: 'A record is amended that is there.',
    detail: () => 'This deployment has no visit of that identity.',
    pointer: '/visitId',
  },
  NoHalfDaysLeft: {
    kind: 'conflict',
    says: 'Visits use no more half-days than the deployment has.',
    detail: (left: number, needed: number) =>
      `The deployment has ${left} half-day${left === 1 ? '' : 's'} left; ${needed} needed. Extend it first.`,
    pointer: '/halfDays',
  },
  ObjectiveUnknown: {
    kind: 'invalid',
    says: 'Visits and evaluations are about the objectives that were agreed.',
    detail: () => 'One of the objectives named is not one of this deployment’s.',
  },
  EveryObjectiveWanted: {
    kind: 'invalid',
    says: 'An evaluation judges every objective, once.',
    detail: (missing: number) =>
      missing === 0
        ? 'An objective is judged twice. Judge each once.'
        : `${missing} objective${missing === 1 ? ' is' : 's are'} not judged. Judge every one.`,
    pointer: '/results',
  },
  EvaluationWanted: {
    kind: 'conflict',
    says: 'A deployment is closed when its impact has been evaluated and the school agrees.',
    detail: () => 'The impact has not been evaluated with the school’s agreement. Do that first.',
  },
  ReviewUnknown: {
    kind: 'missing',
    says: 'A review is answered that was asked for.',
    detail: () => 'No review of that identity was asked for. Look up what is to be reviewed.',
    pointer: '/reviewId',
  },
  ReviewAnswered: {
    kind: 'conflict',
    says: 'A review is answered once.',
    detail: (outcome: string) =>
      `This review was answered already: ${outcome}. If it is to be looked at again, ask for another review.`,
    pointer: '/reviewId',
  },
  PayerDecisionWanted: {
    kind: 'conflict',
    says: 'Where a school became an academy, the deployment goes on once it is decided who pays.',
    detail: () =>
      'The school became an academy: decide who pays from that day on, which answers the review; or say that the deployment is to end.',
    pointer: '/outcome',
  },
  ReasonWanted: {
    kind: 'invalid',
    says: 'The word “other” is put in words.',
    detail: () => '“other” says nothing by itself. Put it in words (reason).',
    pointer: '/reason',
  },
} as const;

export const refuse = refusing(deploymentRefusals);
export type DeploymentRefusal = RefusalsOf<typeof deploymentRefusals>;
