import type { RegisterRow, RegisterStatus } from '../imports/files/register';
import type { LinkRow } from '../imports/files/links';
import { daysAfter } from './days';
import { kindOfSchool } from './kinds';
import type { County, CountySchool, Establishment } from './model';

/** A school appears in the register, or is said to be closing, this many days ahead. */
const AHEAD = 180;
/** January census day of a year; its numbers come into the register in June. */
const censusDay = (year: number): string => `${year}-01-15`;
const CENSUS_OUT = '06-10';

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
  const { urn, type, openedOn, reasonOpened, reasonClosed, trust } = establishment;
  const status = statusOn(establishment, day);
  const knownToClose = status === 'closed' || status === 'open-proposed-to-close';
  const closedOn = knownToClose ? establishment.closedOn : undefined;
  const { federation } = county;
  const isFederated = federation.formedOn <= day && federation.urns.includes(urn);
  const census =
    status === 'open' || status === 'open-proposed-to-close'
      ? censusOn(school, openedOn, day)
      : undefined;
  const changes = [
    openedOn,
    closedOn,
    census && `${census.year}-${CENSUS_OUT}`,
    isFederated ? federation.formedOn : undefined,
  ];
  const lastChangedOn =
    changes
      .filter((change) => change !== undefined && change <= day)
      .sort()
      .at(-1) ?? '2010-01-01';
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
    ...(openedOn === undefined ? {} : { openedOn }),
    ...(closedOn === undefined ? {} : { closedOn }),
    ...(reasonOpened === undefined ? {} : { reasonOpened }),
    ...(closedOn === undefined || reasonClosed === undefined ? {} : { reasonClosed }),
    phase: kindOfSchool(school.kind).phase,
    lowAge: school.lowAge,
    highAge: school.highAge,
    gender: school.gender,
    religiousCharacter: school.religiousCharacter,
    ...(school.admissionsPolicy === 'Not applicable'
      ? {}
      : { admissionsPolicy: school.admissionsPolicy }),
    ...(status === 'closed' ? {} : { capacity: school.capacity }),
    ...(census
      ? { pupils: census.pupils, censusDate: censusDay(census.year), fsmPercent: school.fsmPercent }
      : {}),
    ...(trust && status !== 'closed' ? { trust } : {}),
    ...(isFederated ? { federation: { code: federation.code, name: federation.name } } : {}),
    ukprn: `90${urn}`,
    ...school.place,
    lastChangedOn,
  };
}

/** The latest census that is out by the day and that the establishment was open for. */
function censusOn(
  school: CountySchool,
  openedOn: string | undefined,
  day: string,
): { year: number; pupils: number } | undefined {
  const counted = Object.entries(school.rolls)
    .map(([year, pupils]) => ({ year: Number(year), pupils }))
    .filter(({ year }) => `${year}-${CENSUS_OUT}` <= day && censusDay(year) >= (openedOn ?? ''));
  return counted.at(-1);
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
