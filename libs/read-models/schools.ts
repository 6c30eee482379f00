import type { Filter, ReadModel, Recorded, Snapshot, Touch } from '#kernel';
import type {
  CategoryEvent,
  Category,
  InspectionOutcome,
  MaintenanceStatus,
  Phase,
  SchoolEvent,
  SchoolKind,
} from '#domain';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';

/** What is known of a school at a glance. One per school, whatever its URN. */
export type SchoolCard = {
  readonly schoolId: string;
  readonly urn: string;
  /** Every URN it has had, the present one last. */
  readonly urns: readonly {
    readonly urn: string;
    readonly from?: string;
    readonly until?: string;
  }[];
  readonly laestab?: string;
  readonly name: string;
  readonly kind: SchoolKind;
  readonly phase: Phase;
  readonly status: MaintenanceStatus;
  readonly typeName: string;
  readonly open: boolean;
  readonly openedOn?: string;
  readonly closedOn?: string;
  readonly closesOn?: string;
  readonly successorIds?: readonly string[];
  readonly ageFrom?: number;
  readonly ageTo?: number;
  readonly pupils?: number;
  readonly capacity?: number;
  readonly fsmPercent?: number;
  readonly town?: string;
  readonly postcode?: string;
  /** Where it stands on the national grid, in metres. */
  readonly easting?: number;
  readonly northing?: number;
  readonly trust?: string;
  readonly federation?: string;
  /** The headship: what it is and since when; who it is, by reference. */
  readonly head?: { readonly kind: string; readonly from: string; readonly personRef?: string };
  readonly chair?: { readonly kind: string; readonly from: string; readonly personRef?: string };
  /** The inspection that started last, in its own terms. */
  readonly inspection?: InspectionOutcome;
  /** The category confirmed last, with the event that says so. In force on a given day: the register. */
  readonly category?: {
    readonly is: Category;
    readonly effectiveFrom: string;
    readonly changeId: string;
  };
  /** Proposal on the table, if any. */
  readonly proposal?: { readonly proposalId: string; readonly to: Category };
};

type Event = SchoolEvent | CategoryEvent;
type On<T extends Event['type']> = Touch<SchoolCard, Extract<Event, { readonly type: T }>>;

const key = (event: Recorded<Event>): readonly string[] => [event.data.schoolId];

/** A change to the card of a school we know. History before its registration (a predecessor's, say) has no card to change. */
function change<T extends Event['type']>(
  to: (
    data: Extract<Event, { readonly type: T }>['data'],
    card: SchoolCard,
    event: Recorded<Event>,
  ) => Partial<SchoolCard>,
): On<T> {
  const changed = to as (
    data: unknown,
    card: SchoolCard,
    event: Recorded<Event>,
  ) => Partial<SchoolCard>;
  return {
    keys: (event) => key(event),
    on: (card, event) =>
      card === undefined ? undefined : { ...card, ...changed(event.data, card, event) },
  };
}

/** The card without some of its fields. */
function without<K extends keyof SchoolCard>(
  card: SchoolCard,
  ...fields: readonly K[]
): Omit<SchoolCard, K> {
  return Object.fromEntries(
    Object.entries(card).filter(([name]) => !(fields as readonly string[]).includes(name)),
  ) as Omit<SchoolCard, K>;
}
function dropping<T extends Event['type']>(
  ...fields: readonly ('trust' | 'federation' | 'closesOn' | 'closedOn' | 'proposal')[]
): On<T> {
  return {
    keys: (event) => key(event),
    on: (card) => (card === undefined ? undefined : without(card, ...fields)),
  };
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };
const present = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<T>;

function newUrn(card: SchoolCard, urn: string, on: string): Pick<SchoolCard, 'urn' | 'urns'> {
  const before = card.urns.map((had) => (had.urn === card.urn ? { ...had, until: on } : had));
  return { urn, urns: [...before, { urn, from: on }] };
}

const later = (card: SchoolCard, outcome: InspectionOutcome): Partial<SchoolCard> =>
  card.inspection === undefined || outcome.startedOn >= card.inspection.startedOn
    ? { inspection: outcome }
    : {};

export const schools: ReadModel<SchoolCard, Event> = {
  name: 'schools',
  says: 'What is known of a school at a glance: what it is, who leads it, what Ofsted found last, which support it gets.',
  fixed: [],
  touches: {
    SchoolRegistered: {
      keys: key,
      on: (_, { data }) => {
        const { trust, federation, asAt: _asAt, censusOn: _census, ...rest } = data;
        return {
          ...rest,
          urns: [present({ urn: data.urn, from: data.openedOn }) as { urn: string }],
          ...present({ trust: trust?.name, federation: federation?.name }),
        };
      },
    },
    SchoolRenamed: change(({ name }) => ({ name })),
    SchoolTypeChanged: change(({ typeName, status }) => ({ typeName, status })),
    SchoolPhaseChanged: change(({ phase, kind }) => ({ phase, kind })),
    AgeRangeChanged: change(({ ageFrom, ageTo }) => present({ ageFrom, ageTo })),
    LaestabChanged: change(({ laestab }) => ({ laestab })),
    PupilNumbersRecorded: change(({ pupils, capacity, fsmPercent }) =>
      present({ pupils, capacity, fsmPercent }),
    ),
    SchoolAddressChanged: change(({ town, postcode, easting, northing }) =>
      present({ town, postcode, easting, northing }),
    ),
    TrustJoined: change(({ trust }) => ({ trust: trust.name })),
    TrustRenamed: change(({ trust }) => ({ trust: trust.name })),
    TrustLeft: dropping('trust'),
    SchoolFederated: change(({ federation }) => ({ federation: federation.name })),
    FederationLeft: dropping('federation'),
    SchoolOpened: change(({ openedOn }) => ({ open: true, openedOn })),
    ClosureProposed: change(({ closesOn }) => present({ closesOn })),
    ClosureProposalWithdrawn: dropping('closesOn'),
    SchoolClosed: change(({ closedOn, successorIds }) => ({ open: false, closedOn, successorIds })),
    SchoolReopened: {
      keys: key,
      on: (card) =>
        card === undefined ? undefined : { ...without(card, 'closedOn', 'closesOn'), open: true },
    },
    SchoolConvertedToAcademy: change(
      ({ newUrn: urn, laestab, typeName, trust, convertedOn }, card) => ({
        ...newUrn(card, urn, convertedOn),
        status: 'academy',
        ...present({ laestab, typeName, trust: trust?.name }),
      }),
    ),
    UrnChanged: change(({ newUrn: urn, changedOn }, card) => newUrn(card, urn, changedOn)),
    PredecessorUrnRecorded: change(({ urn, until }, card) => ({
      urns: [present({ urn, until }) as { urn: string }, ...card.urns],
    })),
    HeadteacherChangeRecorded: change(({ kind, from, personRef }) => ({
      head: { kind, from, ...present({ personRef }) },
    })),
    ChairOfGovernorsChangeRecorded: change(({ kind, from, personRef }) => ({
      chair: { kind, from, ...present({ personRef }) },
    })),
    InspectionOutcomeRecorded: change(({ schoolId: _schoolId, asAt: _asAt, ...outcome }, card) =>
      later(card, outcome),
    ),
    InspectionOutcomeRestated: change(({ schoolId: _schoolId, asAt: _asAt, ...outcome }, card) =>
      later(card, outcome),
    ),
    InspectionAreaRegraded: change(
      ({ inspectionNumber, shape, area, grade, gradedOn }, { inspection }) =>
        inspection?.inspectionNumber !== inspectionNumber || inspection.shape !== shape
          ? {}
          : {
              inspection: {
                ...inspection,
                areas: inspection.areas.map((was) =>
                  was.area === area ? { area, grade, gradedOn } : was,
                ),
              },
            },
    ),
    InspectionOutcomeWithdrawn: {
      keys: key,
      on: (card, { data: { inspectionNumber, shape } }) =>
        card?.inspection?.inspectionNumber === inspectionNumber && card.inspection.shape === shape
          ? without(card, 'inspection')
          : card,
    },
    SchoolRecordCorrected: change(({ field, shouldBe }) => ({ [field]: shouldBe })),
    CategoryProposed: change(({ proposalId, to }) => ({ proposal: { proposalId, to } })),
    // A review of an open proposal may come to another category; one of the category in force is a decision of its own.
    CategoryReviewDecided: change(({ proposalId: of, category: to }, { proposal }) =>
      proposal?.proposalId === of && to !== undefined ? { proposal: { ...proposal, to } } : {},
    ),
    ProposalWithdrawn: dropping('proposal'),
    CategoryConfirmed: {
      keys: key,
      on: (card, { id, data: { category, effectiveFrom } }) =>
        card === undefined
          ? undefined
          : {
              ...without(card, 'proposal'),
              category: { is: category, effectiveFrom, changeId: id },
            },
    },
    CategoryChanged: {
      keys: key,
      on: (card, { id, data: { to, effectiveFrom } }) =>
        card === undefined
          ? undefined
          : { ...without(card, 'proposal'), category: { is: to, effectiveFrom, changeId: id } },
    },
    CategoryCorrected: change(({ shouldBe, effectiveFrom }, _, { id }) => ({
      category: { is: shouldBe, effectiveFrom, changeId: id },
    })),
  },
};

/** Which school a URN belongs to or ever belonged to. One small document per URN. */
export type UrnEntry = { readonly urn: string; readonly schoolId: string; readonly since?: string };

const urnEntry = (urn: string, schoolId: string, since?: string): UrnEntry => ({
  urn,
  schoolId,
  ...(since === undefined ? {} : { since }),
});

export const urns: ReadModel<UrnEntry, SchoolEvent> = {
  name: 'urns',
  says: 'Which school a URN belongs to, ever belonged to or is about to.',
  fixed: [],
  touches: {
    SchoolRegistered: {
      keys: ({ data }) => [data.urn],
      on: (held, { data }) => held ?? urnEntry(data.urn, data.schoolId, data.openedOn),
    },
    SchoolConvertedToAcademy: {
      keys: ({ data }) => [data.newUrn],
      on: (_, { data }) => urnEntry(data.newUrn, data.schoolId, data.convertedOn),
    },
    UrnChanged: {
      keys: ({ data }) => [data.newUrn],
      on: (_, { data }) => urnEntry(data.newUrn, data.schoolId, data.changedOn),
    },
    PredecessorUrnRecorded: {
      keys: ({ data }) => [data.urn],
      on: (held, { data }) => held ?? urnEntry(data.urn, data.schoolId),
    },
    SuccessorUrnNamed: {
      keys: ({ data }) => [data.urn],
      on: (held, { data }) => held ?? urnEntry(data.urn, data.schoolId, data.from),
    },
  },
};

/** A school by its internal id or by any URN it ever had; undefined when nobody knows it. */
export async function schoolOf(
  snapshot: Snapshot,
  about: { school: string },
): Promise<SchoolCard | undefined> {
  if (/^\d{6}$/.test(about.school)) return schoolByUrn(snapshot, { urn: about.school });
  return (await snapshot.get<SchoolCard>(schools, about.school.toLowerCase()))?.body;
}

export async function schoolByUrn(
  snapshot: Snapshot,
  about: { urn: string },
): Promise<SchoolCard | undefined> {
  const entry = await snapshot.get<UrnEntry>(urns, about.urn);
  return entry && (await snapshot.get<SchoolCard>(schools, entry.body.schoolId))?.body;
}

/** For a decision: ids of the schools that hold a URN or held it. */
export async function holdersOfUrn(
  snapshot: Snapshot,
  about: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const entry = await snapshot.get<UrnEntry>(urns, about['urn'] ?? '');
  return entry === undefined ? [] : [entry.body.schoolId];
}

export type SchoolSearch = PageRequest & {
  /** Part of the name, or a URN. */
  readonly q?: string;
  readonly category?: Category | 'none';
  readonly phase?: Phase;
  readonly kind?: SchoolKind;
  readonly status?: MaintenanceStatus;
  /** Closed schools too; default only open ones. */
  readonly closed?: boolean;
};

/** Schools by name, filtered. */
export function listSchools(snapshot: Snapshot, search: SchoolSearch): Promise<Page<SchoolCard>> {
  return pageOf<SchoolCard>(snapshot, schools, {
    ...search,
    filter: schoolFilter(search),
    sort: { name: 1 },
  });
}

function schoolFilter({ q, category, phase, kind, status, closed }: SchoolSearch): Filter {
  return {
    ...(closed === true ? {} : { open: true }),
    ...(q === undefined || q === '' ? {} : matching(q)),
    ...(category === undefined
      ? {}
      : { 'category.is': category === 'none' ? { $exists: false } : category }),
    ...(phase === undefined ? {} : { phase }),
    ...(kind === undefined ? {} : { kind }),
    ...(status === undefined ? {} : { status }),
  };
}

const matching = (q: string): Filter =>
  /^\d{6}$/.test(q)
    ? { 'urns.urn': q }
    : { name: { $regex: q.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' } };
