import type { Coded } from '../imports/files/register';
import type { Plan, Unnumbered } from './establishments';
import { plans } from './establishments';
import { KINDS } from './kinds';
import type { Establishment, Place, StructureChange } from './model';
import { places, saints, trees, TRUST_WORDS } from './names';
import type { Random } from './random';

/** A school without its people, inspections and figures. */
export interface BareSchool {
  readonly id: string;
  readonly plan: Plan;
  readonly name: string;
  readonly establishmentNumber: string;
  readonly establishments: readonly Establishment[];
  readonly gender: 'Mixed' | 'Boys' | 'Girls';
  readonly religiousCharacter: string;
  readonly place: Place;
  readonly liaisonGroup: string;
}

const TRUSTS = 25;
const LIAISON_GROUPS = 18;
const AREAS = ['North', 'East', 'South', 'West'] as const;
const FIRST_URN = 900_001;

export function makeTrusts(random: Random, names: readonly string[]): Coded[] {
  return names.slice(0, TRUSTS).map((name, at) => ({
    code: String(90_001 + at),
    name: `${name} ${random.pick(TRUST_WORDS)}`,
  }));
}

export function makeSchools(random: Random): {
  schools: BareSchool[];
  trusts: Coded[];
  liaisonGroups: string[];
  changes: StructureChange[];
} {
  const names = places(random);
  const towns = names.splice(0, LIAISON_GROUPS);
  const trusts = makeTrusts(random, names.splice(0, TRUSTS));
  const all = plans(KINDS, trusts, random);
  const named = naming(all, names, random);
  const urns = urnsInOrder(all);
  const numbers = new Map<number, number>();
  const schools = all.map((plan, at): BareSchool => {
    const from = plan.kind.numberedFrom + (plan.church === 'none' ? 0 : 1000);
    numbers.set(from, (numbers.get(from) ?? -1) + 1);
    const group = at % LIAISON_GROUPS;
    const town = towns[group] ?? '';
    const name = named[at] ?? '';
    return {
      id: `s${String(at + 1).padStart(3, '0')}`,
      plan,
      name,
      establishmentNumber: String(from + (numbers.get(from) ?? 0)),
      establishments: plan.establishments.map((bare) => ({ urn: urns.get(bare) ?? '', ...bare })),
      gender: genderOf(plan, name, random),
      religiousCharacter: {
        none: 'Does not apply',
        aided: 'Roman Catholic',
        controlled: 'Church of England',
      }[plan.church],
      place: placeOf(group, at, town, random),
      liaisonGroup: `${town} liaison group`,
    };
  });
  return {
    schools,
    trusts,
    liaisonGroups: towns.map((town) => `${town} liaison group`),
    changes: changesOf(schools),
  };
}

/** Infant and junior schools that merge share their place with the school they become. */
function naming(all: readonly Plan[], free: readonly string[], random: Random): string[] {
  const holy = saints(random);
  const shady = trees(random);
  const merging = new Map<number, string>();
  let next = 0;
  const place = (): string => {
    next += 1;
    const name = free[next - 1];
    if (name === undefined) throw new Error('no names left for the county');
    return name;
  };
  /** Whose name it bears: a saint, a tree, or its place. */
  const bears = ({ church, kind }: Plan, at: number): string => {
    if (church === 'aided') return `${holy.pop() ?? place()} Catholic`;
    if (church === 'controlled') return `${place()} Church of England`;
    const tree = kind.phase === 'Primary' && at % 9 === 4 ? shady.pop() : undefined;
    return tree === undefined ? place() : `${tree} Tree`;
  };
  return all.map((plan, at) => {
    const { endings } = plan.kind;
    if (plan.merger === undefined)
      return `${bears(plan, at)} ${endings[at % endings.length] ?? ''}`;
    const shared = merging.get(plan.merger) ?? place();
    merging.set(plan.merger, shared);
    return `${shared} ${endings[0] ?? ''}`;
  });
}

/** URNs are given out in the order of opening; schools older than the register come first. */
function urnsInOrder(all: readonly Plan[]): Map<Unnumbered, string> {
  const bare = all.flatMap(({ establishments }) => establishments);
  const sorted = [...bare].sort((a, b) =>
    (a.openedOn ?? '') < (b.openedOn ?? '') ? -1 : (a.openedOn ?? '') > (b.openedOn ?? '') ? 1 : 0,
  );
  return new Map(sorted.map((establishment, at) => [establishment, String(FIRST_URN + at)]));
}

function genderOf(plan: Plan, name: string, random: Random): BareSchool['gender'] {
  if (plan.kind.kind !== 'grammar') return 'Mixed';
  return name.endsWith('High School') ? 'Girls' : random.pick(['Boys', 'Boys', 'Mixed']);
}

/** Somewhere on the grid, near the town of its liaison group; ZZ is no postcode area. */
function placeOf(group: number, at: number, town: string, random: Random): Place {
  const area = AREAS[group % AREAS.length] ?? 'North';
  return {
    town,
    postcode: `ZZ${group + 1} ${at % 10}${'ABDEFGHJLNPQRSTUWXYZ'[Math.floor(at / 10) % 20] ?? 'A'}${'ABDEFGHJLNPQRSTUWXYZ'[Math.floor(at / 200)] ?? 'A'}`,
    easting: 472_000 + (group % 3) * 11_000 + random.between(0, 9_000),
    northing: 184_000 + Math.floor(group / 3) * 8_000 + random.between(0, 7_000),
    ward: `${town} ${random.pick(['East', 'West'])}`,
    district: `Invented ${area}`,
    urban: random.chance(0.6)
      ? '(England/Wales) Urban city and town'
      : '(England/Wales) Rural village',
  };
}

function changesOf(schools: readonly BareSchool[]): StructureChange[] {
  const last = (school: BareSchool): Establishment => {
    const establishment = school.establishments.at(-1);
    if (!establishment) throw new Error(`${school.id} has no establishment`);
    return establishment;
  };
  const changes = schools.flatMap((school): StructureChange[] => {
    const { urn, openedOn = '', closedOn = '' } = last(school);
    switch (school.plan.part) {
      case 'conversion':
        return [
          { kind: 'conversion', on: openedOn, from: school.establishments[0]?.urn ?? '', to: urn },
        ];
      case 'merged-into': {
        const away = schools.filter(
          ({ plan }) => plan.part === 'merged-away' && plan.merger === school.plan.merger,
        );
        return [
          { kind: 'merger', on: openedOn, from: away.map((each) => last(each).urn), to: urn },
        ];
      }
      case 'closure':
        return [{ kind: 'closure', on: closedOn, from: urn }];
      case 'merged-away':
      case 'none':
        return [];
    }
  });
  return changes.sort((a, b) => (a.on < b.on ? -1 : 1));
}
