import type { Snapshot } from '#kernel';
import { academicYearOf, daysOf } from '#domain';
import type { Champion } from './champions';
import { champions } from './champions';
import type { Deployment } from './deployments';
import { deployments } from './deployments';
import type { LiaisonMembership } from './liaison';
import { liaisonMemberships } from './liaison';
import type { BarCode, Wanted } from './matching';
import { bars, barsTo, candidateFor } from './matching';
import type { SchoolCard } from './schools';
import { schools } from './schools';
import type { NamedSchool } from './schools-named';

/*
 * Which needs can no champion meet? A need that waits for a champion is met when somebody has its specialism and its role
 * and nothing stands in their way; what stands in the way is what the match says of each champion. Areas are the liaison
 * groups.
 */

/** The least that is agreed of a champion is a day [S domain dossier, 3.2], while nobody has said how much a need takes. */
const LEAST_HALF_DAYS = 2;

export const unmetMethod =
  'A need is open while it waits for a champion. It can be met when an active champion of its specialism and role is not ' +
  'excluded by the match for a day’s work between the day asked about and the end of that academic year.';

export type UnmetReasonCode = BarCode | 'no-specialist';

/** Why nobody fits: how many of the needs it stands in the way of, for at least one champion. */
export type UnmetReason = {
  readonly code: UnmetReasonCode;
  readonly says: string;
  readonly needs: number;
};

/** One need nobody can meet, and why not. */
export type UnmetNeed = {
  readonly deploymentId: string;
  readonly school: NamedSchool;
  readonly role: Deployment['role'];
  readonly identifiedOn: string;
  /** How many champions have the specialism, in whatever role or state. */
  readonly specialists: number;
  readonly because: readonly {
    readonly code: UnmetReasonCode;
    readonly says: string;
    readonly champions: number;
  }[];
};

/** One area and one specialism: how many needs are open, how many of them nobody can meet, and why. */
export type UnmetCell = {
  readonly area: string;
  readonly specialism: string;
  readonly open: number;
  readonly unmet: number;
  readonly reasons: readonly UnmetReason[];
  readonly needs: readonly UnmetNeed[];
};

export type UnmetNeeds = {
  readonly today: string;
  readonly open: number;
  readonly unmet: number;
  /** Rows and columns of the table: areas and specialisms with an open need, by name. */
  readonly areas: readonly string[];
  readonly specialisms: readonly string[];
  readonly cells: readonly UnmetCell[];
  readonly method: string;
};

/** Schools that are in no liaison group are an area of their own. */
export const NO_AREA = 'In no liaison group';

/** All that the answer is worked out of, read once. */
export interface NeedsAndChampions {
  readonly needs: readonly Deployment[];
  readonly champions: readonly Champion[];
  readonly schools: ReadonlyMap<string, SchoolCard>;
  /** By the school's id: its area. */
  readonly areas: ReadonlyMap<string, string>;
}

export async function unmetNeeds(
  snapshot: Snapshot,
  { today }: { readonly today: string },
): Promise<UnmetNeeds> {
  const [needs, all, cards, memberships] = await Promise.all([
    snapshot.list<Deployment>(deployments, { filter: { stage: 'needed' } }),
    snapshot.list<Champion>(champions),
    snapshot.list<SchoolCard>(schools),
    snapshot.list<LiaisonMembership>(liaisonMemberships),
  ]);
  return unmetAmong(
    {
      needs: needs.map(({ body }) => body),
      champions: all.map(({ body }) => body),
      schools: new Map(cards.map(({ key, body }) => [key, body])),
      areas: new Map(memberships.map(({ key, body }) => [key, body.name])),
    },
    today,
  );
}

/** Champions are looked up by specialism once, so that a need is held against those only who could meet it. */
export function unmetAmong(
  { needs, champions: all, schools: cards, areas }: NeedsAndChampions,
  today: string,
): UnmetNeeds {
  const bySpecialism = new Map<string, Champion[]>();
  for (const champion of all)
    for (const specialism of champion.specialisms)
      bySpecialism.set(specialism, [...(bySpecialism.get(specialism) ?? []), champion]);
  const judged = needs.map((need) => ({
    area: areas.get(need.schoolId) ?? NO_AREA,
    specialism: need.specialism,
    unmet: unmetOf(need, bySpecialism.get(need.specialism) ?? [], cards, today),
  }));
  const cells = [
    ...Map.groupBy(judged, ({ area, specialism }) => `${area}\n${specialism}`).values(),
  ].flatMap((of): readonly UnmetCell[] => {
    const [first] = of;
    if (first === undefined) return [];
    const unmet = of.flatMap((one) => one.unmet ?? []).toSorted(longestFirst);
    const { area, specialism } = first;
    const reasons = reasonsOf(unmet);
    return [{ area, specialism, open: of.length, unmet: unmet.length, reasons, needs: unmet }];
  });
  const distinct = (of: 'area' | 'specialism'): readonly string[] =>
    [...new Set(judged.map((one) => one[of]))].toSorted((a, b) => a.localeCompare(b, 'en'));
  return {
    today,
    open: needs.length,
    unmet: judged.filter(({ unmet }) => unmet !== undefined).length,
    areas: distinct('area'),
    specialisms: distinct('specialism'),
    cells: cells.toSorted(
      (a, b) =>
        a.area.localeCompare(b.area, 'en') || a.specialism.localeCompare(b.specialism, 'en'),
    ),
    method: unmetMethod,
  };
}

const longestFirst = (a: UnmetNeed, b: UnmetNeed): number =>
  a.identifiedOn.localeCompare(b.identifiedOn) || (a.deploymentId < b.deploymentId ? -1 : 1);

/** Undefined where somebody can meet it. */
function unmetOf(
  { deploymentId, schoolId, specialism, role, identifiedOn }: Deployment,
  specialists: readonly Champion[],
  cards: ReadonlyMap<string, SchoolCard>,
  today: string,
): UnmetNeed | undefined {
  const school = cards.get(schoolId);
  const to = daysOf(academicYearOf(today))?.last ?? today;
  const wanted: Wanted = {
    ...{ schoolId, role, specialism, from: today, to },
    halfDays: LEAST_HALF_DAYS,
  };
  const counts = new Map<UnmetReasonCode, number>();
  for (const champion of school === undefined ? [] : specialists) {
    const home = cards.get(champion.homeSchoolId);
    const found = barsTo(candidateFor(champion, home, school as SchoolCard, wanted));
    if (found.length === 0) return undefined;
    for (const code of new Set(found.map((one) => one.code)))
      counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  if (specialists.length === 0) counts.set('no-specialist', 0);
  const { urn = '', name = schoolId } = school ?? {};
  return {
    deploymentId,
    school: { schoolId, urn, name },
    role,
    identifiedOn,
    specialists: specialists.length,
    because: [...counts]
      .map(([code, barred]) => ({ code, says: saysOf(code), champions: barred }))
      .toSorted((a, b) => b.champions - a.champions || (a.code < b.code ? -1 : 1)),
  };
}

const saysOf = (code: UnmetReasonCode): string =>
  code === 'no-specialist' ? 'no champion has the specialism' : bars[code];

function reasonsOf(unmet: readonly UnmetNeed[]): readonly UnmetReason[] {
  const codes = new Set(unmet.flatMap(({ because }) => because.map(({ code }) => code)));
  return [...codes]
    .map((code) => ({
      code,
      says: saysOf(code),
      needs: unmet.filter(({ because }) => because.some((one) => one.code === code)).length,
    }))
    .toSorted((a, b) => b.needs - a.needs || (a.code < b.code ? -1 : 1));
}

/** As somebody sees it who may not see schools by name: the counts and the reasons. */
export const withoutSchools = ({ cells, ...answer }: UnmetNeeds) => ({
  ...answer,
  cells: cells.map(({ needs: _, ...cell }) => cell),
});
