import type { SchoolCard } from '#read-models';
import type { LinkRow } from './files/links';
import type { Succession } from './files/urn-chains';
import { urnChains } from './files/urn-chains';
import type { KnownSchools } from './known-schools';
import { LeftOut } from './known-schools';
import type { ImportPlan, LineAsks } from './report';

/**
 * What the links file asks for. It is national and tells of no authority: only what touches a school of ours matters.
 * A former URN is added to its school; a successor we do not know yet is noted, so that the register finds the school
 * under it; schools of ours that became one are merged. What cannot be told from links alone is said, not guessed.
 */
export function linksPlan(rows: readonly LinkRow[], known: KnownSchools): ImportPlan {
  const chains = urnChains(rows);
  const lines = new Map(
    rows.flatMap(({ line, urn, linkUrn }) => [[urn, line] as const, [linkUrn, line] as const]),
  );
  const plan = new LinksPlan(known, lines);
  for (const succession of chains.successions) plan.take(succession);
  for (const cycle of chains.cycles) {
    if (cycle.some((urn) => known.withUrn(urn) !== undefined)) {
      plan.warnings.push(
        `The URNs ${cycle.join(', ')} succeed each other in a circle; none of it was taken.`,
      );
    }
  }
  return {
    steps: [plan.predecessors, plan.successors, plan.mergers],
    faults: [],
    warnings: plan.warnings,
    leftOut: plan.leftOut.counts,
  };
}

class LinksPlan {
  readonly predecessors: LineAsks[] = [];
  readonly successors: LineAsks[] = [];
  readonly mergers: LineAsks[] = [];
  readonly warnings: string[] = [];
  readonly leftOut = new LeftOut();

  constructor(
    private readonly known: KnownSchools,
    private readonly lines: ReadonlyMap<string, number>,
  ) {}

  take(succession: Succession): void {
    const { kind, predecessors, successors } = succession;
    const ours = [...predecessors, ...successors].some(
      (urn) => this.known.withUrn(urn) !== undefined,
    );
    if (!ours) {
      this.leftOut.add(`${kind}s of other schools`);
    } else if (kind === 'conversion') {
      this.conversion(predecessors[0] ?? '', successors[0] ?? '', succession.on);
    } else if ((kind === 'merger' || kind === 'amalgamation') && successors.length === 1) {
      this.merger(succession, successors[0] ?? '');
    } else {
      this.warnings.push(
        `The URNs ${predecessors.join(', ')} became ${successors.join(', ')} (${kind}): look at it and record what happened.`,
      );
    }
  }

  private conversion(from: string, to: string, on: string | undefined): void {
    const [before, after] = [this.known.withUrn(from), this.known.withUrn(to)];
    if (before !== undefined && after !== undefined) {
      if (before.schoolId === after.schoolId) this.leftOut.add('links we had');
      else
        this.warnings.push(
          `URN ${from} and its successor ${to} are two schools on our register: look at it and record what happened.`,
        );
    } else if (after !== undefined) {
      this.predecessors.push({
        line: this.lines.get(from) ?? 0,
        command: 'RecordPredecessorUrn',
        data: { schoolId: after.schoolId, urn: from, ...(on === undefined ? {} : { until: on }) },
      });
    } else if (before?.open === true && before.urn === from) {
      this.successors.push({
        line: this.lines.get(from) ?? 0,
        command: 'RecordSuccessorUrn',
        data: { schoolId: before.schoolId, urn: to, ...(on === undefined ? {} : { from: on }) },
      });
    } else {
      this.leftOut.add('links of schools long closed');
    }
  }

  private merger({ predecessors, on }: Succession, into: string): void {
    const survivor = this.known.withUrn(into);
    const closing = predecessors
      .map((urn) => this.known.withUrn(urn))
      .filter(
        (school): school is SchoolCard =>
          school !== undefined && school.schoolId !== survivor?.schoolId,
      );
    if (closing.length === 0) {
      this.leftOut.add('mergers of schools we never had');
    } else if (survivor === undefined) {
      this.warnings.push(
        `${closing.map(({ urn }) => urn).join(', ')} merged into ${into}, which is not on our register: bring the register in, then this file again.`,
      );
    } else if (on === undefined) {
      this.warnings.push(
        `${closing.map(({ urn }) => urn).join(', ')} merged into ${into}, but no day is given: record the merger by hand.`,
      );
    } else {
      const merger = {
        survivorId: survivor.schoolId,
        closingIds: closing.map(({ schoolId }) => schoolId),
        mergedOn: on,
      };
      for (const school of [...closing, survivor]) {
        this.mergers.push({
          line: this.lines.get(school.urn) ?? 0,
          command: 'RecordMerger',
          data: { schoolId: school.schoolId, ...merger },
        });
      }
    }
  }
}
