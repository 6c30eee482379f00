import type { Snapshot } from '#kernel';
import type { Category } from '#domain';
import { categories, phases, statuses } from '#domain';
import type { RegisterLine } from './register';
import { registerOn } from './register';

/** How many schools in each category; `none`: no category decided yet. */
export type Counts = Readonly<Record<Category | 'none', number>>;

export type Board = {
  /** The day whose categories are counted. */
  readonly day: string;
  readonly schools: number;
  readonly counts: Counts;
  readonly byStatus: readonly { readonly status: string; readonly counts: Counts }[];
  readonly byPhase: readonly { readonly phase: string; readonly counts: Counts }[];
};

/** Who moved where between two days: schools open on both, a row for where they were, a column for where they are. */
export type Flow = {
  readonly from: string;
  readonly to: string;
  readonly rows: readonly { readonly category: Category | 'none'; readonly to: Counts }[];
  /** Schools that were open on one of the two days only. */
  readonly came: number;
  readonly went: number;
};

export const categoryColumns = [...categories, 'none'] as const;

const nothing = { Enhancement: 0, Prevention: 0, Intervention: 0, none: 0 };

function count(lines: readonly RegisterLine[]): Counts {
  const counts = { ...nothing };
  for (const { category } of lines) counts[category ?? 'none'] += 1;
  return counts;
}

/** Counts by category, status and phase on a day. Names no school. */
export async function boardOn(snapshot: Snapshot, { day }: { day: string }): Promise<Board> {
  const lines = await registerOn(snapshot, day);
  return {
    day,
    schools: lines.length,
    counts: count(lines),
    byStatus: statuses.map((status) => ({
      status,
      counts: count(lines.filter(({ school }) => school.status === status)),
    })),
    byPhase: phases.map((phase) => ({
      phase,
      counts: count(lines.filter(({ school }) => school.phase === phase)),
    })),
  };
}

/** The flow between two days, both as this snapshot knows them. */
export async function flowBetween(
  snapshot: Snapshot,
  days: { from: string; to: string },
): Promise<Flow> {
  const [before, after] = await Promise.all([
    registerOn(snapshot, days.from),
    registerOn(snapshot, days.to),
  ]);
  const now = new Map(after.map((line) => [line.school.schoolId, line]));
  const stayed = before.filter(({ school }) => now.has(school.schoolId));
  return {
    ...days,
    rows: categoryColumns.map((category) => ({
      category,
      to: count(
        stayed
          .filter((line) => (line.category ?? 'none') === category)
          .flatMap(({ school }) => now.get(school.schoolId) ?? []),
      ),
    })),
    came: after.length - stayed.length,
    went: before.length - stayed.length,
  };
}
