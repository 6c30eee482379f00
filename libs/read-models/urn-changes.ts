import type { Snapshot } from '#kernel';
import { journey, upTo } from './journey';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';
import type { SchoolCard } from './schools';
import { schools } from './schools';
import type { NamedSchool } from './schools-named';
import { schoolsNamed } from './schools-named';

/** A school that had another URN, with all of its URNs in order; or one that closed into others. */
export type UrnChain = {
  readonly school: NamedSchool & { readonly open: boolean };
  readonly urns: SchoolCard['urns'];
  /**
   * Whether what happened under an earlier URN stands on the same journey as what happened since. It is one school with
   * one history however often its URN changed, so it does as soon as there is something from before.
   */
  readonly history?: {
    readonly events: number;
    readonly fromBefore: number;
    readonly joined: boolean;
    readonly says: string;
  };
  /** Where it closed into other schools: those have histories of their own. */
  readonly successors?: readonly NamedSchool[];
};

/** Schools whose URN changed or that closed into others, by name, each with its chain. */
export async function urnChanges(
  snapshot: Snapshot,
  request: PageRequest,
): Promise<Page<UrnChain>> {
  const page = await pageOf<SchoolCard>(snapshot, schools, {
    ...request,
    filter: { $or: [{ 'urns.1': { $exists: true } }, { 'successorIds.0': { $exists: true } }] },
    sort: { name: 1 },
  });
  const named = await schoolsNamed(
    snapshot,
    page.items.flatMap(({ successorIds = [] }) => successorIds),
  );
  const items = await Promise.all(page.items.map((card) => chainOf(snapshot, card, named)));
  return { ...page, items };
}

async function chainOf(
  snapshot: Snapshot,
  card: SchoolCard,
  named: (schoolId: string) => NamedSchool,
): Promise<UrnChain> {
  const { schoolId, urn, name, open, urns, successorIds = [] } = card;
  const history = urns.length > 1 ? await historyOf(snapshot, card) : undefined;
  return {
    school: { schoolId, urn, name, open },
    urns,
    ...(history === undefined ? {} : { history }),
    ...(successorIds.length === 0 ? {} : { successors: successorIds.map(named) }),
  };
}

async function historyOf(
  snapshot: Snapshot,
  { schoolId, urns }: SchoolCard,
): Promise<NonNullable<UrnChain['history']>> {
  const own = upTo(snapshot, schoolId);
  const changedOn = urns.at(-1)?.from ?? urns.at(-2)?.until;
  const events = await snapshot.count(journey, own);
  const fromBefore =
    changedOn === undefined
      ? 0
      : await snapshot.count(journey, { ...own, effectiveOn: { $lt: changedOn } });
  const joined = fromBefore > 0;
  const says = joined
    ? `${events} events on one journey, ${fromBefore} of them from before its present URN.`
    : 'Nothing is on record from before its present URN.';
  return { events, fromBefore, joined, says };
}
