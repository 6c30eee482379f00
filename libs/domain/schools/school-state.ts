import type { DataOf, Evolve } from '#kernel';
import { entryOf, present } from '../shared/plain';
import type { MaintenanceStatus, Phase, SchoolKind } from '../shared/words';
import type {
  ChairKind,
  Correctable,
  Group,
  HeadKind,
  SchoolEvent,
  SchoolRegistered,
} from './events';
import type { addressShape, ageRangeShape, numbersShape } from './events';
import type { InspectionOutcome } from './inspection';
import { outcomeKey, withGrade } from './inspection';

/** Who holds a post from a day on; nobody while it is vacant. */
export interface Post<Kind extends string> {
  readonly personRef?: string;
  readonly kind: Kind;
  readonly from: string;
}

/** A URN and the time the school had it; `from` and `until` where they are known, `until` exclusive. */
export interface UrnPeriod {
  readonly urn: string;
  readonly from?: string;
  readonly until?: string;
}

export interface InspectionOnRecord {
  readonly outcome: InspectionOutcome;
  /** The day of the statement of it we hold. */
  readonly asAt: string;
  readonly withdrawn: boolean;
}

export interface RegisteredSchool {
  readonly registered: true;
  readonly schoolId: string;
  /** The URN it has now. */
  readonly urn: string;
  /** All it ever had as far as we know, the one it has now included. */
  readonly urns: readonly UrnPeriod[];
  readonly laestab: string | undefined;
  readonly name: string;
  readonly phase: Phase;
  readonly kind: SchoolKind;
  readonly status: MaintenanceStatus;
  readonly typeName: string;
  readonly open: boolean;
  readonly openedOn: string | undefined;
  readonly closedOn: string | undefined;
  readonly closureProposed: { readonly closesOn?: string } | undefined;
  readonly successorIds: readonly string[];
  /** URNs the links name as following its present one, before the register shows them. */
  readonly successorUrns: readonly string[];
  /** Survivors of the mergers it took part in, itself included. */
  readonly mergedInto: readonly string[];
  readonly ages: DataOf<typeof ageRangeShape>;
  readonly numbers: DataOf<typeof numbersShape>;
  readonly address: DataOf<typeof addressShape>;
  readonly trust: Group | undefined;
  readonly federation: Group | undefined;
  /** The latest day of which the national register told us something new. */
  readonly asAt: string;
  /** In order of `from`; what was recorded late stands where it belongs. */
  readonly heads: readonly Post<HeadKind>[];
  readonly chairs: readonly Post<ChairKind>[];
  /** By inspection number and shape. */
  readonly inspections: Readonly<Record<string, InspectionOnRecord>>;
  /** Facts put right by us, with what the register had said: saying it again does not undo the correction. */
  readonly registerSaid: Readonly<Partial<Record<Correctable, string>>>;
}
export type SchoolState = { readonly registered: false } | RegisteredSchool;

export const initial: SchoolState = { registered: false };

type Change<D> = (school: RegisteredSchool, data: D) => Partial<RegisteredSchool>;

/** A fact about a school we know; of one we do not know there is nothing to change. */
const fact =
  <D>(change: Change<D>) =>
  (state: SchoolState, data: D): SchoolState =>
    state.registered ? { ...state, ...change(state, data) } : state;

/** A fact from the national register: what we know of the school is of that day, unless it was of a later one. */
const entry = <D extends { readonly asAt: string }>(change: Change<D>) =>
  fact<D>((school, data) => ({
    ...change(school, data),
    asAt: data.asAt > school.asAt ? data.asAt : school.asAt,
  }));

const inspection = fact<InspectionOutcome & { readonly schoolId: string; readonly asAt: string }>(
  (school, { schoolId: _, asAt, ...outcome }) => ({
    inspections: {
      ...school.inspections,
      [outcomeKey(outcome)]: { outcome, asAt, withdrawn: false },
    },
  }),
);

const onRecord = (
  school: RegisteredSchool,
  of: Pick<InspectionOutcome, 'inspectionNumber' | 'shape'>,
  change: (record: InspectionOnRecord) => InspectionOnRecord,
): Partial<RegisteredSchool> => {
  const key = outcomeKey(of);
  const record = entryOf(school.inspections, key);
  return record === undefined
    ? {}
    : { inspections: { ...school.inspections, [key]: change(record) } };
};

/** The URN it has ends, the new one begins. */
const urnChanged = (
  school: RegisteredSchool,
  urn: string,
  on: string,
): Partial<RegisteredSchool> => ({
  urn,
  urns: [
    ...school.urns.map((period) => (period.urn === school.urn ? { ...period, until: on } : period)),
    { urn, from: on },
  ],
});

/** Posts in order of the day they were taken up; a later record for the same day replaces the earlier. */
const withPost = <K extends string>(
  posts: readonly Post<K>[],
  post: Post<K>,
): readonly Post<K>[] => {
  const last = posts.at(-1);
  // Most are told in order, and then there is nothing to sort.
  if (last === undefined || last.from < post.from) return [...posts, post];
  return [...posts.filter(({ from }) => from !== post.from), post].toSorted((a, b) =>
    a.from < b.from ? -1 : 1,
  );
};

const postOf = <K extends string>({ personRef, kind, from }: Post<K>): Post<K> => ({
  ...(personRef === undefined ? {} : { personRef }),
  kind,
  from,
});

/** What was said of closing was said of its former URN, or has not come to pass. */
const isOpenAgain = {
  open: true,
  closedOn: undefined,
  closureProposed: undefined,
  successorIds: [],
} as const;

const registered = (data: SchoolRegistered): RegisteredSchool => {
  const {
    ageFrom,
    ageTo,
    pupils,
    capacity,
    fsmPercent,
    censusOn,
    town,
    postcode,
    easting,
    northing,
  } = data;
  return {
    registered: true,
    schoolId: data.schoolId,
    urn: data.urn,
    urns: [{ urn: data.urn }],
    laestab: data.laestab,
    name: data.name,
    phase: data.phase,
    kind: data.kind,
    status: data.status,
    typeName: data.typeName,
    open: data.open,
    openedOn: data.openedOn,
    closedOn: undefined,
    closureProposed: undefined,
    successorIds: [],
    successorUrns: [],
    mergedInto: [],
    ages: present({ ageFrom, ageTo }),
    numbers: present({ pupils, capacity, fsmPercent, censusOn }),
    address: present({ town, postcode, easting, northing }),
    trust: data.trust,
    federation: data.federation,
    asAt: data.asAt,
    heads: [],
    chairs: [],
    inspections: {},
    registerSaid: {},
  };
};

export const evolve: Evolve<SchoolState, SchoolEvent> = {
  SchoolRegistered: (_, data) => registered(data),
  SchoolRenamed: entry((_, { name }) => ({ name })),
  SchoolTypeChanged: entry((_, { typeName, status }) => ({ typeName, status })),
  SchoolPhaseChanged: entry((_, { phase, kind }) => ({ phase, kind })),
  AgeRangeChanged: entry((_, { ageFrom, ageTo }) => ({ ages: present({ ageFrom, ageTo }) })),
  LaestabChanged: entry((_, { laestab }) => ({ laestab })),
  PupilNumbersRecorded: entry((_, { pupils, capacity, fsmPercent, censusOn }) => ({
    numbers: present({ pupils, capacity, fsmPercent, censusOn }),
  })),
  SchoolAddressChanged: entry((_, { town, postcode, easting, northing }) => ({
    address: present({ town, postcode, easting, northing }),
  })),
  TrustJoined: entry((_, { trust }) => ({ trust })),
  TrustLeft: entry(() => ({ trust: undefined })),
  TrustRenamed: entry((_, { trust }) => ({ trust })),
  SchoolFederated: fact((_, { federation }) => ({ federation })),
  FederationLeft: fact(() => ({ federation: undefined })),
  SchoolOpened: fact((_, { openedOn }) => ({ open: true, openedOn })),
  ClosureProposed: entry((_, { closesOn }) => ({ closureProposed: present({ closesOn }) })),
  ClosureProposalWithdrawn: entry(() => ({ closureProposed: undefined })),
  SchoolClosed: fact((_, { closedOn, successorIds }) => ({
    open: false,
    closedOn,
    successorIds,
    closureProposed: undefined,
  })),
  SchoolReopened: fact(() => isOpenAgain),
  // The register closes the old URN: a school we took for closed was converting.
  SchoolConvertedToAcademy: fact((school, { newUrn, convertedOn, laestab, typeName, trust }) => ({
    ...urnChanged(school, newUrn, convertedOn),
    ...isOpenAgain,
    status: 'academy',
    laestab: laestab ?? school.laestab,
    typeName: typeName ?? school.typeName,
    trust: trust ?? school.trust,
  })),
  UrnChanged: fact((school, { newUrn, changedOn }) => ({
    ...urnChanged(school, newUrn, changedOn),
    ...isOpenAgain,
  })),
  PredecessorUrnRecorded: fact((school, { urn, until }) => ({
    urns: [until === undefined ? { urn } : { urn, until }, ...school.urns],
  })),
  SuccessorUrnNamed: fact((school, { urn }) => ({
    successorUrns: [...school.successorUrns, urn],
  })),
  SchoolsMerged: fact((school, { survivorId }) => ({
    mergedInto: [...school.mergedInto, survivorId],
  })),
  HeadteacherChangeRecorded: fact((school, data) => ({
    heads: withPost(school.heads, postOf(data)),
  })),
  ChairOfGovernorsChangeRecorded: fact((school, data) => ({
    chairs: withPost(school.chairs, postOf(data)),
  })),
  InspectionOutcomeRecorded: inspection,
  InspectionAreaRegraded: fact((school, data) =>
    onRecord(school, data, (record) => ({
      ...record,
      asAt: data.asAt,
      outcome: withGrade(record.outcome, {
        area: data.area,
        grade: data.grade,
        gradedOn: data.gradedOn,
      }),
    })),
  ),
  InspectionOutcomeRestated: inspection,
  InspectionOutcomeWithdrawn: fact((school, data) =>
    onRecord(school, data, (record) => ({ ...record, withdrawn: true })),
  ),
  SchoolRecordCorrected: fact((school, { field, was, shouldBe }) => ({
    [field]: shouldBe,
    registerSaid:
      was === undefined ? school.registerSaid : { ...school.registerSaid, [field]: was },
  })),
};
