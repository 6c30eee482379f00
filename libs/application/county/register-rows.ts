import type { RegisterRow, RegisterStatus } from '../imports/files/register';
import { present } from '../imports/files/cells';
import type { LinkRow } from '../imports/files/links';
import { daysAfter } from './days';
import { kindOfSchool } from './kinds';
import type { County, CountySchool, Establishment, Federation } from './model';

/** A school appears in the register, or is said to be closing, this many days ahead. */
const AHEAD = 180;
/** January census day of a year; its numbers come into the register in June. */
const censusDay = (year: number): string => `${year}-01-15`;
const censusOut = (year: number): string => `${year}-06-10`;

/** What the register says of the county on a day, closed establishments included, by URN. Lines are those of a file. */
export function registerAsAt(county: County, day: string): RegisterRow[] {
  return county.schools
    .flatMap((school) => school.establishments.map((establishment) => ({ school, establishment })))
    .filter(({ establishment }) => (establishment.openedOn ?? '') <= daysAfter(day, AHEAD))
    .sort((a, b) => Number(a.establishment.urn) - Number(b.establishment.urn))
    .map(({ school, establishment }, at) => rowOf(county, school, establishment, day, at + 2));
}

function statusOn({ openedOn, closedOn }: Establishment, day: string): RegisterStatus {
  if (closedOn !== undefined && closedOn < day) return 'closed';
  if (openedOn !== undefined && openedOn > day) return 'proposed-to-open';
  return closedOn !== undefined && closedOn <= daysAfter(day, AHEAD)
    ? 'open-proposed-to-close'
    : 'open';
}

function rowOf(
  county: County,
  school: CountySchool,
  establishment: Establishment,
  day: string,
  line: number,
): RegisterRow {
  const { urn, type, openedOn, reasonOpened, trust } = establishment;
  const status = statusOn(establishment, day);
  const isClosed = status === 'closed';
  const isKnownToClose = isClosed || status === 'open-proposed-to-close';
  const closing = isKnownToClose
    ? present({ closedOn: establishment.closedOn, reasonClosed: establishment.reasonClosed })
    : {};
  const federation = federationOn(county, urn, day);
  const census = isClosed ? undefined : censusOn(school, openedOn, day);
  return {
    line,
    urn,
    la: { code: county.authority },
    establishmentNumber: school.establishmentNumber,
    laestab: `${county.authority}${school.establishmentNumber}`,
    name: school.name,
    typeCode: String(Number(type.code)),
    typeName: type.name,
    typeGroupCode: type.group.code,
    typeGroupName: type.group.name,
    status,
    ...present({
      openedOn,
      reasonOpened,
      federation: federation && { code: federation.code, name: federation.name },
    }),
    ...closing,
    phase: kindOfSchool(school.kind).phase,
    lowAge: school.lowAge,
    highAge: school.highAge,
    gender: school.gender,
    religiousCharacter: school.religiousCharacter,
    ...(school.admissionsPolicy === 'Not applicable'
      ? {}
      : { admissionsPolicy: school.admissionsPolicy }),
    ...(isClosed ? {} : present({ capacity: school.capacity, trust })),
    ...census,
    ukprn: `90${urn}`,
    ...school.place,
    lastChangedOn: lastOf(
      [
        openedOn,
        closing.closedOn,
        census?.censusDate && censusOut(Number(census.censusDate.slice(0, 4))),
        federation?.formedOn,
      ],
      day,
    ),
  };
}

const federationOn = ({ federation }: County, urn: string, day: string): Federation | undefined =>
  federation.formedOn <= day && federation.urns.includes(urn) ? federation : undefined;

/** The last of some days that has come; a day long past where none has. */
const lastOf = (days: readonly (string | undefined)[], today: string): string =>
  days
    .filter((each) => each !== undefined && each <= today)
    .sort()
    .at(-1) ?? '2010-01-01';

/** What the latest census says that is out by the day and that the establishment was open for. */
function censusOn(
  school: CountySchool,
  openedOn: string | undefined,
  day: string,
): Pick<RegisterRow, 'pupils' | 'censusDate' | 'fsmPercent'> | undefined {
  const year = Object.keys(school.rolls)
    .map(Number)
    .filter((counted) => censusOut(counted) <= day && censusDay(counted) >= (openedOn ?? ''))
    .at(-1);
  const pupils = year === undefined ? undefined : school.rolls[year];
  return year === undefined || pupils === undefined
    ? undefined
    : { pupils, censusDate: censusDay(year), fsmPercent: school.fsmPercent };
}

/** The links file's rows on a day: each told from both sides, a merger as one. */
export function linksAsAt(county: County, day: string): LinkRow[] {
  const nameOf = new Map(
    county.schools.flatMap((school) =>
      school.establishments.map(({ urn }) => [urn, school.name] as const),
    ),
  );
  const conversions = county.schools.flatMap(({ establishments: [from, to] }) =>
    from && to ? [{ from: from.urn, to: to.urn, on: to.openedOn ?? '', merged: false }] : [],
  );
  const mergers = county.changes.flatMap((change) =>
    change.kind === 'merger'
      ? change.from.map((from) => ({ from, to: change.to, on: change.on, merged: true }))
      : [],
  );
  return [...conversions, ...mergers]
    .filter(({ on }) => on <= day)
    .flatMap(({ from, to, on, merged }): Omit<LinkRow, 'line'>[] => [
      {
        urn: from,
        linkUrn: to,
        linkName: nameOf.get(to) ?? '',
        linkType: merged ? 'Successor - merged' : 'Successor',
        kind: merged ? 'successor-merged' : 'successor',
        establishedOn: on,
      },
      {
        urn: to,
        linkUrn: from,
        linkName: nameOf.get(from) ?? '',
        linkType: merged ? 'Predecessor - merged' : 'Predecessor',
        kind: merged ? 'predecessor-merged' : 'predecessor',
        establishedOn: on,
      },
    ])
    .sort((a, b) => Number(a.urn) - Number(b.urn) || Number(a.linkUrn) - Number(b.linkUrn))
    .map((link, at) => ({ line: at + 2, ...link }));
}
