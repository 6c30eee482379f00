import type { NamedSchool } from './schools-named';

/** One thing to do, at one school. */
export type Task = {
  readonly school: NamedSchool;
  readonly task: string;
  /** The day since which it waits. */
  readonly since: string;
  /** The day by which it must be done, where there is one. */
  readonly by?: string;
  /** The piece of support it is about, where it is about one; and how many days ago the day was by which it was due. */
  readonly deploymentId?: string;
  readonly daysOverdue?: number;
};
