import type { SchoolKind } from '#domain';
import { academicYear, YEARS } from './days';
import { makeHeads } from './heads';
import { makeInspections } from './inspections';
import type { County, CountySchool, Federation } from './model';
import { Random } from './random';
import { makeReadings } from './readings';
import type { BareSchool } from './schools';
import { makeSchools } from './schools';

/** January censuses the register shows between September 2022 and November 2026. */
const CENSUSES = [2022, 2023, 2024, 2025, 2026] as const;
const FEDERATED_ON = '2024-01-01';

export interface CountyWish {
  readonly seed: number;
  /** The last day of the county's history. */
  readonly asAt: string;
  /** Three-digit code the invented schools are given. */
  readonly authority: number;
}

/**
 * A county of 236 open schools that do not exist, with four years of history: the same wish, the same county. The mix of
 * schools, the shapes of inspections and the spread of figures are those of a selective county; every single one is made up.
 */
export function makeCounty({ seed, asAt, authority }: CountyWish): County {
  const {
    schools: bare,
    trusts,
    liaisonGroups,
    changes,
  } = makeSchools(new Random(seed, 'schools'));
  const strains = new Map(
    bare.map((school) => [school.id, strainOf(school, new Random(seed, `strain ${school.id}`))]),
  );
  const inspections = makeInspections(
    bare.map((school) => ({ school, strain: strains.get(school.id)?.[academicYear(2022)] ?? 0 })),
    asAt,
    new Random(seed, 'inspections'),
  );
  const heads = makeHeads(bare, asAt, new Random(seed, 'heads'));
  const schools = bare.map((school): CountySchool => {
    const random = new Random(seed, `figures ${school.id}`);
    const { kind } = school.plan;
    const [mean, deviation, fewest] = kind.roll;
    const roll = Math.round(Math.max(fewest, random.normal(mean, deviation)));
    const strain = strains.get(school.id) ?? {};
    const {
      id,
      name,
      establishmentNumber,
      establishments,
      gender,
      religiousCharacter,
      place,
      liaisonGroup,
    } = school;
    return {
      ...{
        id,
        name,
        establishmentNumber,
        establishments,
        gender,
        religiousCharacter,
        place,
        liaisonGroup,
      },
      kind: kind.kind,
      lowAge: kind.lowAge,
      highAge: kind.highAge,
      admissionsPolicy: admissionsOf(kind.kind),
      capacity: Math.ceil((roll * (1.02 + random.next() * 0.18)) / 5) * 5,
      rolls: Object.fromEntries(
        CENSUSES.map((year) => [year, Math.round(roll * (1 + random.normal(0, 0.02)))]),
      ),
      fsmPercent: Number(
        Math.min(
          80,
          Math.max(
            0.5,
            random.normal(kind.fsm, kind.fsm * 0.35) + 2 * (strain[academicYear(2025)] ?? 0),
          ),
        ).toFixed(1),
      ),
      heads: heads.get(id) ?? [],
      inspections: inspections.get(id) ?? [],
      readings: makeReadings(school, roll, strain, random),
      strain,
    };
  });
  return {
    invented: true,
    seed,
    authority,
    authorityName: 'Invented County',
    asAt,
    schools,
    changes,
    liaisonGroups,
    trusts,
    federation: federationOf(bare),
  };
}

function admissionsOf(kind: SchoolKind): string {
  if (kind === 'grammar') return 'Selective';
  return kind === 'upper' ? 'Non-selective' : 'Not applicable';
}

/** Drifts from year to year; non-selective secondaries and junior schools carry more of it. */
function strainOf(school: BareSchool, random: Random): Record<string, number> {
  const more = school.plan.kind.kind === 'upper' || school.plan.kind.kind === 'junior' ? 0.45 : 0;
  let strain = random.normal(0, 1);
  return Object.fromEntries(
    YEARS.map((begins) => {
      strain = 0.85 * strain + random.normal(0, Math.sqrt(1 - 0.85 ** 2));
      return [academicYear(begins), Number((strain + more).toFixed(3))];
    }),
  );
}

/** Two maintained primaries under one governing body. */
function federationOf(schools: readonly BareSchool[]): Federation {
  const pair = schools
    .filter(
      ({ plan, establishments }) =>
        plan.kind.kind === 'primary' &&
        plan.part === 'none' &&
        establishments[0]?.trust === undefined &&
        establishments.length === 1,
    )
    .slice(0, 2);
  const names = pair.map(({ name }) => name.split(' ')[0] ?? '');
  return {
    code: 'FED901',
    name: `The ${names.join(' and ')} Federation`,
    formedOn: FEDERATED_ON,
    urns: pair.map(({ establishments }) => establishments[0]?.urn ?? ''),
  };
}

/** What Ofsted published on days from `from` up to, not including, `until`, in that order. */
export function inspectionsPublishedBetween(county: County, from: string, until: string) {
  return county.schools
    .flatMap((school) =>
      school.inspections
        .filter(({ publishedOn }) => publishedOn >= from && publishedOn < until)
        .map((published) => ({ schoolId: school.id, ...published })),
    )
    .sort((a, b) => (a.publishedOn < b.publishedOn ? -1 : a.publishedOn > b.publishedOn ? 1 : 0));
}
