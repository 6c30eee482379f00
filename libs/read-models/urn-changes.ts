import type { Snapshot } from '#kernel';
import { journey, upTo } from './journey';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';
import type { SchoolCard, UrnEntry } from './schools';
import { schools, urns } from './schools';
import type { NamedSchool } from './schools-named';
import { schoolsNamed } from './schools-named';

/** A school that had another URN, with all of its URNs in order; or one that closed into others. */
export type UrnChain = {
  readonly school: NamedSchool & { readonly open: boolean };
  readonly urns: SchoolCard['urns'];
  /**
   * Whether every URN of the chain leads to this school and its one journey: a question about any of them is answered with
   * all that is on record, however often its URN changed.
   */
  readonly history?: { readonly events: number; readonly joined: boolean; readonly says: string };
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
  const { schoolId, urn, name, open, urns: chain, successorIds = [] } = card;
  const history = chain.length > 1 ? await historyOf(snapshot, card) : undefined;
  return {
    school: { schoolId, urn, name, open },
    urns: chain,
    ...(history === undefined ? {} : { history }),
    ...(successorIds.length === 0 ? {} : { successors: successorIds.map(named) }),
  };
}

async function historyOf(
  snapshot: Snapshot,
  { schoolId, urns: chain }: SchoolCard,
): Promise<NonNullable<UrnChain['history']>> {
  const [events, held] = await Promise.all([
    snapshot.count(journey, upTo(snapshot, schoolId)),
    Promise.all(chain.map(({ urn }) => snapshot.get<UrnEntry>(urns, urn))),
  ]);
  const elsewhere = chain.filter((_, i) => held[i]?.body.schoolId !== schoolId);
  const joined = elsewhere.length === 0;
  const says = joined
    ? `All its URNs lead to one journey of ${events} events.`
    : `${elsewhere.map(({ urn }) => urn).join(' and ')} ${elsewhere.length === 1 ? 'leads' : 'lead'} to another school.`;
  return { events, joined, says };
}
