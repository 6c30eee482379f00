import type { Actor } from '#kernel';
import type { MaintenanceStatus, Phase } from '#domain';
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

/** An adviser of other schools: nobody judges their own work. */
export function otherAdviserOf({ id }: CountySchool): Actor {
  const n = (Number(id.slice(1)) + 2) % ADVISERS.length;
  return { id: ADVISERS[n] ?? 'demo-adviser', role: 'adviser' };
}

/** The n-th champion of the county, from 1 on. */
export const championRef = (n: number): string =>
  n === 1 ? 'demo-champion' : `demo-champion-${n}`;

/** The members of the Board, by number. */
export const boardMember = (n: number): string => (n === 1 ? 'demo-board' : `demo-board-${n}`);

export const headRefOn = ({ heads }: CountySchool, day: string): string =>
  (heads.findLast(({ from }) => from <= day) ?? heads[0])?.headRef ?? 'demo-headteacher';

/** Whose school it is on a day, as its last establishment opened by then has it. */
export const statusOn = ({ establishments }: CountySchool, day: string): MaintenanceStatus => {
  const type = establishments.findLast(({ openedOn = '' }) => openedOn <= day)?.type;
  return type === undefined || !ACADEMIES.includes(type.group.name) ? 'maintained' : 'academy';
};
const ACADEMIES = ['Academies', 'Free Schools'];

export const phaseOf = ({ kind }: CountySchool): Phase => {
  if (kind === 'infant' || kind === 'junior') return 'primary';
  return kind === 'grammar' || kind === 'upper' ? 'secondary' : kind;
};
