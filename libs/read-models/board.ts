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

export function countsOf(lines: readonly RegisterLine[]): Counts {
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
    counts: countsOf(lines),
    byStatus: statuses.map((status) => ({
      status,
      counts: countsOf(lines.filter(({ school }) => school.status === status)),
    })),
    byPhase: phases.map((phase) => ({
      phase,
      counts: countsOf(lines.filter(({ school }) => school.phase === phase)),
    })),
  };
}

/** The flow between two days, both as this snapshot knows them. */
export async function flowBetween(
  snapshot: Snapshot,
  days: { from: string; to: string },
): Promise<Flow> {
  return flowOf(await linesOf(snapshot, days), days);
}

interface Lines {
  readonly before: readonly RegisterLine[];
  readonly after: readonly RegisterLine[];
}

async function linesOf(snapshot: Snapshot, days: { from: string; to: string }): Promise<Lines> {
  const [before, after] = await Promise.all([
    registerOn(snapshot, days.from),
    registerOn(snapshot, days.to),
  ]);
  return { before, after };
}

function flowOf({ before, after }: Lines, days: { from: string; to: string }): Flow {
  const now = new Map(after.map((line) => [line.school.schoolId, line]));
  const stayed = before.filter(({ school }) => now.has(school.schoolId));
  return {
    ...days,
    rows: categoryColumns.map((category) => ({
      category,
      to: countsOf(
        stayed
          .filter((line) => (line.category ?? 'none') === category)
          .flatMap(({ school }) => now.get(school.schoolId) ?? []),
      ),
    })),
    came: after.length - stayed.length,
    went: before.length - stayed.length,
  };
}

/** Some schools on two days: how many in each category on either, the difference, and who moved where. */
export type Flows = {
  /** All schools, or those of one phase or status. */
  readonly of: { readonly phase?: string; readonly status?: string };
  readonly before: Counts;
  readonly after: Counts;
  /** After less before, in each category. */
  readonly net: Counts;
  readonly flow: Flow;
};

export type CountyFlows = {
  readonly from: string;
  readonly to: string;
  readonly county: Flows;
  readonly byPhase: readonly Flows[];
  readonly byStatus: readonly Flows[];
  readonly says: string;
};

export const FLOWS_METHOD =
  'Both days as they are known at the moment asked about. A row is where schools were, a column where they are; only schools open on both days stand in it, the others are counted as come or gone, so that the net figures hold them too. Phase and status are those a school has now.';

/** The categories on two days and the moves between them, for the county and by phase and status. Names no school. */
export async function flowsBetween(
  snapshot: Snapshot,
  days: { from: string; to: string },
): Promise<CountyFlows> {
  const lines = await linesOf(snapshot, days);
  const among = (of: Flows['of']): Flows => {
    const are = ({ school }: RegisterLine): boolean =>
      (of.phase === undefined || school.phase === of.phase) &&
      (of.status === undefined || school.status === of.status);
    const some = { before: lines.before.filter(are), after: lines.after.filter(are) };
    const [before, after] = [countsOf(some.before), countsOf(some.after)];
    const net = Object.fromEntries(
      categoryColumns.map((column) => [column, after[column] - before[column]]),
    ) as Counts;
    return { of, before, after, net, flow: flowOf(some, days) };
  };
  return {
    ...days,
    county: among({}),
    byPhase: phases.map((phase) => among({ phase })),
    byStatus: statuses.map((status) => among({ status })),
    says: FLOWS_METHOD,
  };
}
