import type { LinkKind, LinkRow } from './links';

type Link = Pick<LinkRow, 'urn' | 'linkUrn' | 'kind' | 'establishedOn'>;

/** How establishments became others. A conversion has exactly one on each side, in all the links there are. */
export type SuccessionKind = 'conversion' | 'merger' | 'amalgamation' | 'split' | 'many-to-many';

export interface Succession {
  readonly kind: SuccessionKind;
  /** URNs, lowest first. */
  readonly predecessors: readonly string[];
  readonly successors: readonly string[];
  /** `YYYY-MM-DD`, where every dated link of it says the same. */
  readonly on?: string;
}

/** One step from an establishment to one that follows it, told by one link or by both sides. */
interface Step {
  readonly from: string;
  readonly to: string;
  readonly manner: 'plain' | 'merged' | 'amalgamated' | 'split';
  readonly on?: string;
  /** Told by a row of only one of the two. */
  readonly oneSided: boolean;
}

export interface UrnChains {
  readonly successions: readonly Succession[];
  /** URNs that succeed each other in a circle: a fault of the register, to be looked at by people. */
  readonly cycles: readonly (readonly string[])[];
  /** Steps that only one of the two establishments tells of. */
  readonly oneSided: readonly { readonly from: string; readonly to: string }[];
  readonly successorsOf: (urn: string) => readonly string[];
  readonly predecessorsOf: (urn: string) => readonly string[];
  /** All that came before, nearest first, each once: ends in a cycle too. */
  readonly ancestorsOf: (urn: string) => readonly string[];
  /** Where a walk forward ends: several after a split, the URN itself without a successor, none in a closed circle. */
  readonly latestOf: (urn: string) => readonly string[];
}

/** Joins links to chains: steps told once are completed, sides that contradict each other make a cycle. */
export function urnChains(links: Iterable<Link>): UrnChains {
  const steps = stepsOf(links);
  const forward = neighbours(steps, 'from', 'to');
  const backward = neighbours(steps, 'to', 'from');
  const successorsOf = (urn: string): readonly string[] => forward.get(urn) ?? [];
  const predecessorsOf = (urn: string): readonly string[] => backward.get(urn) ?? [];
  return {
    successions: successionsOf(steps, successorsOf, predecessorsOf),
    cycles: cyclesOf(forward),
    oneSided: steps.filter(({ oneSided }) => oneSided).map(({ from, to }) => ({ from, to })),
    successorsOf,
    predecessorsOf,
    ancestorsOf: (urn) => reach(urn, predecessorsOf).slice(1),
    latestOf: (urn) =>
      reach(urn, successorsOf).filter((reached) => successorsOf(reached).length === 0),
  };
}

const SAYS: Readonly<Record<LinkKind, { next?: boolean; manner: Step['manner'] } | undefined>> = {
  successor: { next: true, manner: 'plain' },
  predecessor: { next: false, manner: 'plain' },
  'successor-merged': { next: true, manner: 'merged' },
  'predecessor-merged': { next: false, manner: 'merged' },
  'successor-amalgamated': { next: true, manner: 'amalgamated' },
  'predecessor-amalgamated': { next: false, manner: 'amalgamated' },
  'successor-split': { next: true, manner: 'split' },
  'predecessor-split': { next: false, manner: 'split' },
  'result-of-amalgamation': { manner: 'amalgamated' },
  'sixth-form': undefined,
  other: undefined,
};

function stepsOf(links: Iterable<Link>): Step[] {
  const told = new Map<string, Told>();
  const undirected: Link[] = [];
  for (const link of links) {
    const says = SAYS[link.kind];
    if (says?.next === undefined) {
      if (says) undirected.push(link);
    } else {
      tell(told, link, says.next, says.manner);
    }
  }
  for (const link of undirected) tell(told, link, isForward(told, link), 'amalgamated');
  return [...told.values()];
}

type Told = Step & { readonly by: string };

const stepKey = (from: string, to: string): string => `${from}>${to}`;

/** Where neither side says which came first: what directed links say, else the order in which URNs are given out. */
function isForward(told: ReadonlyMap<string, Told>, { urn, linkUrn }: Link): boolean {
  if (told.has(stepKey(urn, linkUrn))) return true;
  return !told.has(stepKey(linkUrn, urn)) && Number(urn) < Number(linkUrn);
}

function tell(told: Map<string, Told>, link: Link, forward: boolean, manner: Step['manner']): void {
  const [from, to] = forward ? [link.urn, link.linkUrn] : [link.linkUrn, link.urn];
  const before = told.get(stepKey(from, to));
  const on = before?.on ?? link.establishedOn;
  told.set(stepKey(from, to), {
    from,
    to,
    by: link.urn,
    manner: before === undefined || before.manner === 'plain' ? manner : before.manner,
    ...(on === undefined ? {} : { on }),
    oneSided: before === undefined || (before.oneSided && before.by === link.urn),
  });
}

function neighbours(
  steps: readonly Step[],
  one: 'from' | 'to',
  other: 'from' | 'to',
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const step of steps) found.set(step[one], [...(found.get(step[one]) ?? []), step[other]]);
  for (const urns of found.values()) urns.sort();
  return found;
}

/** The URN and all that can be reached from it, nearest first, each once. */
function reach(urn: string, next: (urn: string) => readonly string[]): string[] {
  const reached = new Set([urn]);
  for (const each of reached) for (const urn of next(each)) reached.add(urn);
  return [...reached];
}

/** A URN that can be reached from itself lies in a circle with those that it reaches and that reach it. */
function cyclesOf(forward: ReadonlyMap<string, readonly string[]>): string[][] {
  const next = (urn: string): readonly string[] => forward.get(urn) ?? [];
  const seen = new Set<string>();
  const cycles: string[][] = [];
  for (const urn of forward.keys()) {
    if (seen.has(urn)) continue;
    const circle = reach(urn, next).filter(
      (reached) => reached !== urn && reach(reached, next).includes(urn),
    );
    if (circle.length === 0) continue;
    cycles.push([urn, ...circle].sort());
    for (const each of [urn, ...circle]) seen.add(each);
  }
  return cycles;
}

function successionsOf(
  steps: readonly Step[],
  successorsOf: (urn: string) => readonly string[],
  predecessorsOf: (urn: string) => readonly string[],
): Succession[] {
  const group = new Groups();
  for (const { from, to } of steps) group.join(`from ${from}`, `to ${to}`);
  const together = Map.groupBy(steps, ({ from }) => group.of(`from ${from}`));
  return [...together.values()].flatMap(byDay).map((same): Succession => {
    const predecessors = [...new Set(same.map(({ from }) => from))].sort();
    const successors = [...new Set(same.map(({ to }) => to))].sort();
    const days = new Set(same.flatMap(({ on }) => (on === undefined ? [] : [on])));
    const [on] = days;
    const alone =
      predecessors.every((urn) => successorsOf(urn).length === 1) &&
      successors.every((urn) => predecessorsOf(urn).length === 1);
    return {
      kind: kindOf(same, predecessors.length, successors.length, alone, successorsOf),
      predecessors,
      successors,
      ...(days.size === 1 && on !== undefined ? { on } : {}),
    };
  });
}

/** Steps of one group on different days are different successions; one undated step keeps the group together. */
const byDay = (steps: readonly Step[]): Step[][] =>
  steps.every(({ on }) => on !== undefined)
    ? [...Map.groupBy(steps, ({ on }) => on).values()]
    : [[...steps]];

function kindOf(
  steps: readonly Step[],
  predecessors: number,
  successors: number,
  alone: boolean,
  successorsOf: (urn: string) => readonly string[],
): SuccessionKind {
  if (predecessors > 1 && successors > 1) return 'many-to-many';
  if (steps.some(({ manner }) => manner === 'amalgamated')) return 'amalgamation';
  if (successors > 1 || steps.some(({ manner }) => manner === 'split')) return 'split';
  if (predecessors > 1 || steps.some(({ manner }) => manner === 'merged')) return 'merger';
  if (alone) return 'conversion';
  // One joined another that has further links on other days: the side with several says what it was.
  return steps.some(({ from }) => successorsOf(from).length > 1) ? 'split' : 'merger';
}

/** Which things belong together, by union and find. */
class Groups {
  private readonly parent = new Map<string, string>();

  of(thing: string): string {
    let root = thing;
    for (let up = this.parent.get(root); up !== undefined; up = this.parent.get(root)) root = up;
    return root;
  }

  join(a: string, b: string): void {
    const [one, other] = [this.of(a), this.of(b)];
    if (one !== other) this.parent.set(one, other);
  }
}
