import type { Actor } from '#kernel';
import type { CountySchool } from './model';

/** The people of the play, none of whom exists. Those without a number are the ones the demo sign-in knows. */
const ADVISERS = ['demo-adviser', ...Array.from({ length: 5 }, (_, n) => `demo-adviser-${n + 2}`)];

export const teamLeader: Actor = { id: 'demo-team-leader', role: 'team-leader' };
/** Takes no part in rounds, so that reviews can be decided by someone uninvolved. */
export const reviewer: Actor = { id: 'demo-team-leader-2', role: 'team-leader' };
export const headOfService: Actor = { id: 'demo-head-of-service', role: 'head-of-service' };
export const importer: Actor = { id: 'demo-operator', role: 'operator' };
export const FRAMEWORK_AUTHOR = 'demo-framework-author';

/** Every school has an adviser, by its place in the county. */
export function adviserOf({ id }: CountySchool): Actor {
  const n = Number(id.slice(1)) % ADVISERS.length;
  return { id: ADVISERS[n] ?? 'demo-adviser', role: 'adviser' };
}

export const championOf = ({ id }: CountySchool): string =>
  `demo-champion-${(Number(id.slice(1)) % 40) + 1}`;

export const headRefOn = ({ heads }: CountySchool, day: string): string =>
  (heads.findLast(({ from }) => from <= day) ?? heads[0])?.headRef ?? 'demo-headteacher';
