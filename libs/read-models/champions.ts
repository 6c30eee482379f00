import type { Filter, ReadModel, Recorded, Snapshot, Touch } from '#kernel';
import type {
  AcademicYear,
  ChampionEvent,
  ChampionRole,
  InterestNature,
  InterestOutcome,
  Phase,
} from '#domain';
import { academicYearOf } from '#domain';
import type { Page, PageRequest } from './page';
import { pageOf } from './page';
import { schoolOf } from './schools';
import type { NamedSchool } from './schools-named';
import { schoolsNamed } from './schools-named';

export const championStatuses = ['active', 'paused', 'retired'] as const;
export type ChampionStatus = (typeof championStatuses)[number];

/** Days of one year: reserved for deployments, those that visits took included; and the year's own cap, where it has one. */
export type ChampionYear = {
  readonly cap?: number;
  readonly reserved: number;
  readonly consumed: number;
};

/** What is known of one champion: small for decades, a few entries a year. */
export type Champion = {
  readonly championId: string;
  readonly personRef: string;
  readonly homeSchoolId: string;
  readonly roles: readonly ChampionRole[];
  readonly specialisms: readonly string[];
  readonly phases: readonly Phase[];
  readonly status: ChampionStatus;
  readonly since: string;
  readonly vettedOn: string;
  readonly vettedUntil: string;
  /** The cap of every year that has none of its own. */
  readonly yearlyCapHalfDays: number;
  readonly years: Readonly<Record<AcademicYear, ChampionYear>>;
  readonly availability: readonly {
    readonly academicYear: AcademicYear;
    readonly from: string;
    readonly to: string;
    readonly halfDays: number;
    readonly per: 'week' | 'period';
  }[];
  readonly interests: readonly {
    readonly interestId: string;
    readonly counterpartyIds: readonly string[];
    readonly nature: InterestNature;
    readonly declaredOn: string;
    /** What was decided last; absent while it is not resolved. */
    readonly outcome?: InterestOutcome;
    readonly resolvedOn?: string;
  }[];
};

type Data<T extends ChampionEvent['type']> = Extract<ChampionEvent, { readonly type: T }>['data'];
type On<T extends ChampionEvent['type']> = Touch<Champion, Extract<ChampionEvent, { type: T }>>;

const key = (event: Recorded<ChampionEvent>): readonly string[] => [event.data.championId];

/** A change to a champion we know; of one we do not know there is nothing to change. */
function change<T extends ChampionEvent['type']>(
  to: (data: Data<T>, champion: Champion) => Partial<Champion>,
): On<T> {
  return {
    keys: (event) => key(event),
    on: (champion, event) =>
      champion === undefined
        ? undefined
        : { ...champion, ...to((event as Recorded<ChampionEvent>).data as Data<T>, champion) },
  };
}

const status = (is: ChampionStatus, since: string): Pick<Champion, 'status' | 'since'> => ({
  status: is,
  since,
});

/** The year's days with so many more reserved and consumed. */
function inYear(
  { years }: Champion,
  { academicYear }: { readonly academicYear: AcademicYear },
  { reserved = 0, consumed = 0 }: { readonly reserved?: number; readonly consumed?: number },
): Pick<Champion, 'years'> {
  const now = yearIn(years, academicYear);
  const then = { reserved: now.reserved + reserved, consumed: now.consumed + consumed };
  return { years: { ...years, [academicYear]: { ...now, ...then } } };
}

const yearIn = (years: Champion['years'], year: AcademicYear): ChampionYear =>
  (Object.hasOwn(years, year) ? years[year] : undefined) ?? { reserved: 0, consumed: 0 };

export const champions: ReadModel<Champion, ChampionEvent> = {
  name: 'champions',
  says: 'Who is a champion, from which school, for what; when they have time, and what is left of their days.',
  fixed: ['personRef'],
  touches: {
    ChampionRegistered: {
      keys: key,
      on: (_, { data: { registeredOn, ...data } }) => ({
        ...data,
        ...status('active', registeredOn),
        years: {},
        availability: [],
        interests: [],
      }),
    },
    ChampionUpdated: change(({ championId: _, homeSchoolId: _home, ...changed }) => changed),
    ChampionMoved: change(({ homeSchoolId }) => ({ homeSchoolId })),
    ChampionPaused: change(({ pausedOn }) => status('paused', pausedOn)),
    ChampionResumed: change(({ resumedOn }) => status('active', resumedOn)),
    ChampionRetired: change(({ retiredOn }) => status('retired', retiredOn)),
    AvailabilityDeclared: change(({ academicYear, from, to, halfDays, per }, { availability }) => ({
      availability: [
        ...availability.filter((period) => period.to < from || period.from > to),
        { academicYear, from, to, halfDays, per },
      ].toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    })),
    InterestDeclared: change(
      ({ interestId, counterpartyIds, nature, declaredOn }, { interests }) => ({
        interests: [
          ...interests.filter((interest) => interest.interestId !== interestId),
          { interestId, counterpartyIds, nature, declaredOn },
        ],
      }),
    ),
    InterestResolved: change(({ interestId, outcome, resolvedOn }, { interests }) => ({
      interests: interests.map((interest) =>
        interest.interestId === interestId ? { ...interest, outcome, resolvedOn } : interest,
      ),
    })),
    YearlyCapSet: change(({ academicYear, halfDays }, { years }) => ({
      years: { ...years, [academicYear]: { ...yearIn(years, academicYear), cap: halfDays } },
    })),
    ChampionDaysReserved: change((data, now) => inYear(now, data, { reserved: data.halfDays })),
    ChampionDaysReleased: change((data, now) => inYear(now, data, { reserved: -data.halfDays })),
    ChampionDaysConsumed: change((data, now) => inYear(now, data, { consumed: data.halfDays })),
    ChampionDaysAdjusted: change((data, now) =>
      inYear(now, data, { consumed: data.now - data.was }),
    ),
  },
};

/** What a champion may give in a year and what of it is left. */
export type Capacity = {
  readonly academicYear: AcademicYear;
  readonly cap: number;
  readonly reserved: number;
  readonly consumed: number;
  readonly left: number;
};

/** A champion in a list, on a day: what is left is of the academic year of that day. */
export type ChampionLine = Omit<
  Champion,
  'homeSchoolId' | 'years' | 'availability' | 'interests'
> & {
  readonly home: NamedSchool;
  readonly vetting: 'confirmed' | 'lapsed';
  readonly capacity: Capacity;
  readonly unresolvedInterests: number;
};

/** One champion in full. */
export type ChampionCard = ChampionLine &
  Pick<Champion, 'availability'> & {
    readonly interests: readonly (Omit<Champion['interests'][number], 'counterpartyIds'> & {
      readonly counterparties: readonly NamedSchool[];
    })[];
    /** Year by year, the last first. */
    readonly years: readonly Capacity[];
  };

export type ChampionSearch = PageRequest & {
  /** The day the question is about. */
  readonly today: string;
  readonly role?: ChampionRole;
  readonly specialism?: string;
  readonly phase?: Phase;
  readonly status?: ChampionStatus;
  /** Id of the home school, or any URN it ever had. */
  readonly homeSchool?: string;
};

/** Champions by their reference, filtered. */
export async function listChampions(
  snapshot: Snapshot,
  search: ChampionSearch,
): Promise<Page<ChampionLine>> {
  const { homeSchool, today, ...page } = search;
  const home =
    homeSchool === undefined ? undefined : await schoolOf(snapshot, { school: homeSchool });
  const found = await pageOf<Champion>(snapshot, champions, {
    ...page,
    filter: {
      ...filterOf(search),
      ...(homeSchool === undefined ? {} : { homeSchoolId: home?.schoolId ?? '' }),
    },
    sort: { personRef: 1 },
  });
  const named = await schoolsNamed(
    snapshot,
    found.items.map(({ homeSchoolId }) => homeSchoolId),
  );
  return { ...found, items: found.items.map((champion) => lineOf(champion, today, named)) };
}

const filterOf = ({ role, specialism, phase, status: is }: ChampionSearch): Filter => ({
  ...(role === undefined ? {} : { roles: role }),
  ...(specialism === undefined ? {} : { specialisms: specialism }),
  ...(phase === undefined ? {} : { phases: phase }),
  ...(is === undefined ? {} : { status: is }),
});

export type ChampionAsked = {
  readonly champion: string;
  readonly today: string;
  /** Where somebody may see their own record only: who they are. */
  readonly personRef?: string;
};

/** One champion on a day; undefined when nobody knows them, or they are not whom it must be. */
export async function championOf(
  snapshot: Snapshot,
  { champion: id, today, personRef }: ChampionAsked,
): Promise<ChampionCard | undefined> {
  const champion = (await snapshot.get<Champion>(champions, id.toLowerCase()))?.body;
  if (champion === undefined) return undefined;
  if (personRef !== undefined && champion.personRef !== personRef) return undefined;
  const { availability, interests, years } = champion;
  const named = await schoolsNamed(snapshot, [
    champion.homeSchoolId,
    ...interests.flatMap(({ counterpartyIds }) => counterpartyIds),
  ]);
  const counted = new Set([academicYearOf(today), ...Object.keys(years)]);
  return {
    ...lineOf(champion, today, named),
    availability,
    interests: interests.map(({ counterpartyIds, ...interest }) => ({
      ...interest,
      counterparties: counterpartyIds.map(named),
    })),
    years: [...counted]
      .toSorted()
      .reverse()
      .map((year) => capacityIn(champion, year)),
  };
}

function lineOf(
  champion: Champion,
  today: string,
  named: (schoolId: string) => NamedSchool,
): ChampionLine {
  const { homeSchoolId, years: _years, availability: _when, interests, ...rest } = champion;
  return {
    ...rest,
    home: named(homeSchoolId),
    vetting: champion.vettedUntil < today ? 'lapsed' : 'confirmed',
    capacity: capacityIn(champion, academicYearOf(today)),
    unresolvedInterests: interests.filter(({ outcome }) => outcome === undefined).length,
  };
}

/** What a champion may give in a year, and what of it is left. */
export function capacityIn(
  { years, yearlyCapHalfDays }: Champion,
  academicYear: AcademicYear,
): Capacity {
  const { cap = yearlyCapHalfDays, reserved, consumed } = yearIn(years, academicYear);
  return { academicYear, cap, reserved, consumed, left: cap - reserved };
}

/** For a decision: ids of the champion records a person has. */
export async function championsOfPerson(
  snapshot: Snapshot,
  about: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const filter = { personRef: about['personRef'] ?? '' };
  return (await snapshot.list<Champion>(champions, { filter })).map(({ key: id }) => id);
}
