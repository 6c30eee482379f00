import type { NamedSchool } from './schools-named';

export const taskKinds = [
  'assessment',
  'proposal',
  'review',
  'trigger',
  'deployment',
  'visit',
  'record',
  'improvement-area',
  'action',
  'team-meeting',
  'consultation',
  'notice',
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** One thing to do, at one school; a consultation is of several and stands without one. */
export type Task = {
  readonly school?: NamedSchool;
  readonly kind: TaskKind;
  readonly task: string;
  /** The day since which it waits. */
  readonly since: string;
  /** The day by which it must be done, where there is one. */
  readonly by?: string;
  /** Who sees to it, by reference, where that is on record. */
  readonly owner?: string;
  /** The piece of support or the consultation it is about, where it is about one. */
  readonly deploymentId?: string;
  readonly consultationId?: string;
  /** How many days ago the day was by which it was due. */
  readonly daysOverdue?: number;
};
