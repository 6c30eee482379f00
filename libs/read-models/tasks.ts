import type { Snapshot } from '#kernel';
import { daysAfter } from '#domain';
import { dueWork, schoolsOfAdviser } from './due-work';
import { deploymentTasks } from './supported';
import type { Task, TaskKind } from './task';
import { openSchools, tasksOf } from './worklist';

export type TasksRequest = {
  readonly today: string;
  /** What is due by this day. Left out: what is overdue. What has no day waits already, and is there either way. */
  readonly dueBy?: string;
  /** Only what this person sees to, and what is at a school whose latest headline visit is theirs. */
  readonly adviser?: string;
  readonly kind?: TaskKind;
};

/** Everything open that has no day, and what is overdue or due by a day, by the day since which it waits. */
export async function tasks(
  snapshot: Snapshot,
  { today, dueBy, adviser, kind }: TasksRequest,
): Promise<readonly Task[]> {
  const by = dueBy ?? daysAfter(today, -1);
  const [open, support, due, theirs] = await Promise.all([
    openSchools(snapshot),
    deploymentTasks(snapshot, { today, ...(dueBy === undefined ? {} : { dueBy }) }),
    dueWork(snapshot, { today, dueBy: by }),
    adviser === undefined ? undefined : schoolsOfAdviser(snapshot, { adviser }),
  ]);
  const inTime = (task: Task): boolean =>
    dueBy === undefined || task.by === undefined || task.by <= dueBy;
  const isTheirs = ({ owner, school }: Task): boolean =>
    theirs === undefined ||
    (owner === undefined ? school !== undefined && theirs.has(school.schoolId) : owner === adviser);
  return [...open.flatMap(tasksOf).filter(inTime), ...support, ...due]
    .filter((task) => isTheirs(task) && (kind === undefined || task.kind === kind))
    .toSorted(
      (a, b) =>
        a.since.localeCompare(b.since) ||
        (a.school?.name ?? '').localeCompare(b.school?.name ?? '', 'en'),
    );
}
