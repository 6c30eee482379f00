import type { Coded } from '../imports/files/register';
import { academyType, maintainedType, TYPES } from './kinds';
import type { KindOfSchool } from './kinds';
import type { Establishment } from './model';
import type { Random } from './random';

/** An establishment before its URN is given out, which happens in the order of opening. */
export type Unnumbered = Omit<Establishment, 'urn'>;

/** What is planned for a school before the rest of it is made up. */
export interface Plan {
  readonly kind: KindOfSchool;
  readonly church: 'none' | 'aided' | 'controlled';
  readonly establishments: readonly Unnumbered[];
  readonly part: 'conversion' | 'merged-into' | 'merged-away' | 'closure' | 'none';
  /** Pairs a school with the one it merges into. */
  readonly merger?: number;
}

/** Conversions, mergers and the closure between September 2022 and November 2026. */
const CONVERSIONS = [
  { kind: 'primary', on: '2023-04-01' },
  { kind: 'primary', on: '2023-09-01' },
  { kind: 'upper', on: '2024-09-01' },
  { kind: 'primary', on: '2025-02-01' },
  { kind: 'junior', on: '2026-04-01' },
] as const;
const MERGERS = ['2023-09-01', '2025-09-01'] as const;
const CLOSES_ON = '2024-08-31';
/** Academies of just before: their latest inspection is still their predecessor's. */
const CONVERTED_JUST_BEFORE = [
  '2021-10-01',
  '2021-12-01',
  '2022-02-01',
  '2022-04-01',
  '2022-06-01',
];

const before = (day: string): string => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
};

/** Every school of the county: those open on the last day in the mix of their kind, then those that closed. */
export function plans(
  kinds: readonly KindOfSchool[],
  trusts: readonly Coded[],
  random: Random,
): Plan[] {
  let justBefore = 0;
  const open = kinds.flatMap((kind): Plan[] => {
    const conversions = CONVERSIONS.filter((conversion) => conversion.kind === kind.kind);
    const mergers = kind.kind === 'primary' ? MERGERS : [];
    const maintained = Array.from({ length: kind.maintained }, (_, at): Plan => {
      const merger = mergers[at];
      if (merger !== undefined) return mergedInto(kind, at, merger);
      const church = churchOf(kind, at - mergers.length, random);
      const type = maintainedType(kind.kind, church, random.chance(0.08));
      return { kind, church, part: 'none', establishments: [{ type }] };
    });
    const academies = Array.from({ length: kind.academies }, (_, at): Plan => {
      const conversion = conversions[at];
      const trust = random.pick(trusts);
      if (conversion)
        return { ...converted(kind, conversion.on, trust, random, false), part: 'conversion' };
      const isFree = (kind.kind === 'primary' || kind.kind === 'upper') && at >= kind.academies - 2;
      if (isFree) return free(kind, `${random.between(2013, 2016)}-09-01`, trust);
      const recent =
        kind.kind === 'primary' && at - conversions.length < CONVERTED_JUST_BEFORE.length;
      if (recent) justBefore += 1;
      const on = (recent && CONVERTED_JUST_BEFORE[justBefore - 1]) || longAgo(random);
      return converted(kind, on, trust, random, !recent && random.chance(0.2));
    });
    return [...maintained, ...academies];
  });
  return [
    ...open,
    ...MERGERS.flatMap((on, merger) => mergedAway(kinds, on, merger)),
    closing(kinds),
  ];
}

const longAgo = (random: Random): string =>
  `${random.between(2011, 2017)}-${random.pick(['02', '04', '07', '09', '11'])}-01`;

/** About 15 % of primaries are voluntary schools: every twelfth aided, every tenth controlled. */
function churchOf(kind: KindOfSchool, at: number, random: Random): Plan['church'] {
  if (kind.phase !== 'Primary') return 'none';
  if (at % 12 === 5) return 'aided';
  return at % 10 === 2 || random.chance(0.01) ? 'controlled' : 'none';
}

function converted(
  kind: KindOfSchool,
  on: string,
  trust: Coded,
  random: Random,
  sponsored: boolean,
): Plan {
  const reason = sponsored ? 'For Academy' : 'Academy Converter';
  return {
    kind,
    church: 'none',
    part: 'none',
    establishments: [
      {
        type: maintainedType(kind.kind, 'none', random.chance(0.2)),
        closedOn: before(on),
        reasonClosed: reason,
      },
      {
        type: academyType(kind.kind, sponsored),
        openedOn: on,
        reasonOpened: 'Academy Converter',
        trust,
      },
    ],
  };
}

const free = (kind: KindOfSchool, on: string, trust: Coded): Plan => ({
  kind,
  church: 'none',
  part: 'none',
  establishments: [{ type: TYPES.free, openedOn: on, reasonOpened: 'New Provision', trust }],
});

const mergedInto = (kind: KindOfSchool, merger: number, on: string): Plan => ({
  kind,
  church: 'none',
  part: 'merged-into',
  merger,
  establishments: [{ type: TYPES.community, openedOn: on, reasonOpened: 'Result of Amalgamation' }],
});

const mergedAway = (kinds: readonly KindOfSchool[], on: string, merger: number): Plan[] =>
  kinds
    .filter(({ kind }) => kind === 'infant' || kind === 'junior')
    .map((kind) => ({
      kind,
      church: 'none',
      part: 'merged-away',
      merger,
      establishments: [
        {
          type: TYPES.community,
          closedOn: before(on),
          reasonClosed: 'Result of Amalgamation/Merger',
        },
      ],
    }));

function closing(kinds: readonly KindOfSchool[]): Plan {
  const kind = kinds.find((known) => known.kind === 'infant');
  if (!kind) throw new Error('no infant schools');
  const establishment = { type: TYPES.community, closedOn: CLOSES_ON, reasonClosed: 'Closure' };
  return { kind, church: 'none', part: 'closure', establishments: [establishment] };
}
