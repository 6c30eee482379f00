import { v5 as uuidV5 } from 'uuid';
import type { Phase, SchoolKind } from '#domain';
import type { SchoolCard } from '#read-models';
import type { Fault } from './files/reading';
import type { RegisterRow } from './files/register';
import { maintenanceOf, schoolKindOf } from './files/register-kinds';
import type { KnownSchools } from './known-schools';
import { LeftOut } from './known-schools';
import type { ImportPlan, LineAsks } from './report';

/** Namespace of the ids of schools that come from the register: the same first URN gives the same school. */
const SCHOOLS = '8c8b1f4e-2f2b-5e0a-9d59-900001825000';

const phaseOf: Readonly<Record<SchoolKind, Phase>> = {
  nursery: 'nursery',
  infant: 'primary',
  junior: 'primary',
  primary: 'primary',
  grammar: 'secondary',
  upper: 'secondary',
  'all-through': 'all-through',
  special: 'special',
  'pru-ap': 'pru-ap',
};

/**
 * What the authority's rows of a schools register ask for. A row of a URN we know updates that school. A URN we do not
 * know is a new school, unless it follows a school of ours: one whose successor the links file named, or one with the
 * same establishment number whose own row is closed in this same file. Then it is that school under a new URN.
 */
export function registerPlan(
  rows: readonly RegisterRow[],
  known: KnownSchools,
  asAt: string,
  evenIfOlder: boolean,
): ImportPlan {
  const byUrn = new Map(rows.map((row) => [row.urn, row]));
  const renumbered: LineAsks[] = [];
  const entries: LineAsks[] = [];
  const faults: Fault[] = [];
  const leftOut = new LeftOut();
  const followed = new Set<string>();
  const newcomers = rows.filter(
    ({ status, urn }) =>
      (status === 'open' || status === 'open-proposed-to-close') && known.withUrn(urn)?.urn !== urn,
  );
  const predecessors = new Map(newcomers.map((row) => [row.urn, predecessorOf(row, known, byUrn)]));
  for (const predecessor of predecessors.values()) if (predecessor) followed.add(predecessor.urn);

  for (const row of rows) {
    const school = known.withUrn(row.urn);
    const predecessor = predecessors.get(row.urn);
    const entry = entryOf(row, asAt, evenIfOlder);
    const passedOver = followed.has(row.urn) ? FORMER : whyNot(row, school, predecessor, entry);
    if (passedOver !== undefined) {
      leftOut.add(passedOver);
      continue;
    }
    if (entry === undefined) {
      faults.push({
        line: row.line,
        column: 'TypeOfEstablishment (code)',
        value: row.typeCode,
        reason:
          'is of a kind that the authority does not categorise, but this school is on our register',
      });
      continue;
    }
    const { schoolId } = predecessor ?? school ?? { schoolId: uuidV5(row.urn, SCHOOLS) };
    if (predecessor !== undefined) renumbered.push(newUrnOf(row, predecessor, entry, asAt));
    entries.push({ line: row.line, command: 'RecordRegisterEntry', data: { schoolId, ...entry } });
  }
  return { steps: [renumbered, entries], faults, warnings: [], leftOut: leftOut.counts };
}

const FORMER = 'rows of a former URN';

/** Why a row is passed over on purpose; undefined when it is not. */
function whyNot(
  row: RegisterRow,
  school: SchoolCard | undefined,
  predecessor: SchoolCard | undefined,
  entry: object | undefined,
): string | undefined {
  if (predecessor !== undefined) return undefined;
  if (school !== undefined) return school.urn === row.urn ? undefined : FORMER;
  if (row.status === 'closed') return 'closed schools we never had';
  // Often the academy a school of ours is to become: which school it is shows when it opens and the other closes.
  if (row.status === 'proposed-to-open') return 'schools that have not opened yet';
  return entry === undefined ? 'not state-funded schools up to 16' : undefined;
}

function predecessorOf(
  row: RegisterRow,
  known: KnownSchools,
  rows: ReadonlyMap<string, RegisterRow>,
): SchoolCard | undefined {
  const named = known.withUrn(row.urn);
  if (named !== undefined) return named.urns.some(({ urn }) => urn === row.urn) ? undefined : named;
  if (row.laestab === undefined) return undefined;
  return known
    .withLaestab(row.laestab)
    .find(({ open, urn }) => open && rows.get(urn)?.status === 'closed');
}

type Entry = NonNullable<ReturnType<typeof entryOf>>;

function newUrnOf(row: RegisterRow, school: SchoolCard, entry: Entry, asAt: string): LineAsks {
  const on = row.openedOn ?? asAt;
  const both = { schoolId: school.schoolId, oldUrn: school.urn, newUrn: row.urn };
  if (school.status !== 'maintained' || entry.status !== 'academy') {
    return { line: row.line, command: 'RecordUrnChange', data: { ...both, changedOn: on } };
  }
  const { laestab, trust } = entry;
  return {
    line: row.line,
    command: 'RecordConversion',
    data: {
      ...both,
      convertedOn: on,
      typeName: row.typeName,
      ...(laestab && { laestab }),
      ...(trust && { trust }),
    },
  };
}

/** A row in the words of our own register; undefined for what is no school the authority categorises. */
function entryOf(row: RegisterRow, asAt: string, evenIfOlder: boolean) {
  const kind = schoolKindOf(row);
  const status = maintenanceOf(row);
  if (kind === undefined || status === undefined) return undefined;
  const group = ({
    code,
    name,
  }: {
    code: string;
    name: string;
  }): { uid: string; name: string } => ({ uid: code, name });
  return {
    urn: row.urn,
    asAt,
    state: row.status,
    name: row.name,
    phase: phaseOf[kind],
    kind,
    status,
    typeName: row.typeName,
    laestab: row.laestab,
    openedOn: row.openedOn,
    closedOn: row.closedOn,
    ageFrom: row.lowAge,
    ageTo: row.highAge,
    pupils: row.pupils,
    capacity: row.capacity,
    fsmPercent: row.fsmPercent,
    censusOn: row.censusDate,
    town: row.town,
    postcode: row.postcode,
    easting: row.easting,
    northing: row.northing,
    trust: row.trust && group(row.trust),
    federation: row.federation && group(row.federation),
    ...(evenIfOlder ? { evenIfOlder } : {}),
  };
}
