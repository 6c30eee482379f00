import type { Filter, ReadModel, Snapshot } from '#kernel';
import type { EvidenceKind, Phase, StrengthEvent } from '#domain';
import { daysBetween } from '#domain';
import type { Collaboration } from './collaborations';
import { collaborations } from './collaborations';
import type { NamedSchool } from './named';
import { schoolsNamed } from './named';
import type { Page, PageRequest } from './page';
import { DEFAULT_LIMIT, paged } from './page';

/** One strength of a school, from one piece of evidence; withdrawn, it is no more. */
export type Strength = {
  readonly schoolId: string;
  readonly strengthId: string;
  readonly area: string;
  readonly phase: Phase;
  readonly evidenceKind: EvidenceKind;
  readonly evidenceRef: string;
  readonly observedOn: string;
};

const key = ({ data }: { readonly data: StrengthEvent['data'] }): readonly string[] => [
  data.strengthId,
];

export const strengths: ReadModel<Strength, StrengthEvent> = {
  name: 'strengths',
  says: 'What each school is strong in, and from which evidence of which day.',
  fixed: ['schoolId'],
  touches: {
    StrengthRecorded: { keys: key, on: (_, { data }) => data },
    StrengthWithdrawn: { keys: key, on: () => undefined },
  },
};

/** A strength with the age of its evidence: how old is too old is for whoever asks to judge. */
export type StrengthLine = Strength & { readonly ageDays: number };

const aged = (strength: Strength, today: string): StrengthLine => ({
  ...strength,
  ageDays: daysBetween(strength.observedOn, today),
});

/** A school that could help, with what it is strong in. */
export type SchoolThatCouldHelp = {
  readonly school: NamedSchool;
  /** Newest evidence first. */
  readonly strengths: readonly StrengthLine[];
  /** In how many collaborations it is now: who helps many already may have no hand free. */
  readonly collaborations: number;
  /** Where it is asked who could help a school: they work together already. */
  readonly together?: boolean;
};

export type StrengthSearch = PageRequest & {
  readonly area?: string;
  readonly phase?: Phase;
  /** The school that is to be helped: it is left out, and who works with it already is marked. */
  readonly forSchoolId?: string;
  readonly today: string;
};

/** Who could help: open schools that are strong in an area, those with the newest evidence first. */
export async function schoolsThatCouldHelp(
  snapshot: Snapshot,
  { area, phase, forSchoolId, today, skip = 0, limit = DEFAULT_LIMIT }: StrengthSearch,
): Promise<Page<SchoolThatCouldHelp>> {
  const filter: Filter = {
    ...(area === undefined ? {} : { area }),
    ...(phase === undefined ? {} : { phase }),
    ...(forSchoolId === undefined ? {} : { schoolId: { $ne: forSchoolId } }),
  };
  const found = await snapshot.list<Strength>(strengths, { filter, sort: { observedOn: -1 } });
  const bySchool = Map.groupBy(
    found.map(({ body }) => aged(body, today)),
    ({ schoolId }) => schoolId,
  );
  const names = await schoolsNamed(snapshot, [...bySchool.keys()]);
  const open = [...bySchool].flatMap(([schoolId, of]) => {
    const school = names.get(schoolId);
    return school?.open === true ? [{ school, strengths: of }] : [];
  });
  const groups = await groupsGoingOn(snapshot);
  const items = open.slice(skip, skip + limit).map((one) => {
    const its = groups.filter((ids) => ids.includes(one.school.schoolId));
    return {
      ...one,
      collaborations: its.length,
      ...(forSchoolId === undefined
        ? {}
        : { together: its.some((ids) => ids.includes(forSchoolId)) }),
    };
  });
  return paged(items, open.length, skip);
}

/** The schools of each collaboration that goes on. */
async function groupsGoingOn(snapshot: Snapshot): Promise<readonly (readonly string[])[]> {
  const going = await snapshot.list<Collaboration>(collaborations, { filter: { open: true } });
  return going.map(({ body }) => body.schoolIds);
}

/** A school's strengths, newest evidence first. */
export async function strengthsOf(
  snapshot: Snapshot,
  { schoolId, today }: { schoolId: string; today: string },
): Promise<readonly StrengthLine[]> {
  const found = await snapshot.list<Strength>(strengths, {
    filter: { schoolId },
    sort: { observedOn: -1 },
  });
  return found.map(({ body }) => aged(body, today));
}
