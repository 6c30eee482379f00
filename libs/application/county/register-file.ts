import { REGISTER_COLUMNS, REGISTER_COLUMNS_BEFORE_2025 } from '../imports/files/register-columns';
import type { RegisterColumn } from '../imports/files/register-columns';
import type { RegisterRow, RegisterStatus } from '../imports/files/register';
import type { CsvCell } from './csv-writing';
import { british, writeCsv } from './csv-writing';

const STATUS: Readonly<Record<RegisterStatus, readonly [code: number, name: string]>> = {
  open: [1, 'Open'],
  closed: [2, 'Closed'],
  'open-proposed-to-close': [3, 'Open, but proposed to close'],
  'proposed-to-open': [4, 'Proposed to open'],
};
const PHASE_CODES: Readonly<Record<RegisterRow['phase'], number>> = {
  'Not applicable': 0,
  Nursery: 1,
  Primary: 2,
  'Middle deemed primary': 3,
  Secondary: 4,
  'Middle deemed secondary': 5,
  '16 plus': 6,
  'All-through': 7,
};
const REASON_CODES: Readonly<Record<string, string>> = {
  'Result of Amalgamation': '02',
  'Result of Amalgamation/Merger': '02',
  Closure: '03',
  'New Provision': '01',
  'For Academy': '09',
  'Academy Converter': '10',
};
/** Numbers, and days, which the register leaves empty where a text says that it does not apply. */
const EMPTY: readonly string[] = [
  'NumberOfBoys',
  'NumberOfGirls',
  'FEHEIdentifier',
  'Locality',
  'Address3',
  'County (name)',
  'TelephoneNum',
  'DateOfLastInspectionVisit',
  'NextInspectionVisit',
  'TeenMothPlaces',
  'PlacesPRU',
  'ResourcedProvisionOnRoll',
  'ResourcedProvisionCapacity',
  'SenUnitOnRoll',
  'SenUnitCapacity',
  'SENStat',
  'SENNoStat',
  'PreviousEstablishmentNumber',
  'UPRN',
  'SiteName',
  'QABReport',
  'CHNumber',
  'FSM',
  'AccreditationExpiryDate',
  'OfstedLastInsp',
  'SchoolSponsors (name)',
  'EBD (name)',
] satisfies readonly (RegisterColumn | 'OfstedLastInsp')[];

/** The register left the columns about Ofsted out from this day. */
const LAYOUT_OF_2025 = '2025-01-15';

/** Column names of an edition of the register, in file order. */
export const registerColumnsOn = (day: string): readonly string[] =>
  day < LAYOUT_OF_2025 ? REGISTER_COLUMNS_BEFORE_2025 : REGISTER_COLUMNS;

/**
 * A row in the register's columns. The columns about people are filled with words that say there is nobody, so that it
 * shows when one is read; everything with room for text says that it is invented.
 */
function cells(row: RegisterRow, authorityName: string): Readonly<Record<string, CsvCell>> {
  const [statusCode, statusName] = STATUS[row.status];
  const known: Partial<Record<RegisterColumn, CsvCell>> = {
    URN: Number(row.urn),
    'LA (code)': String(row.la.code),
    'LA (name)': authorityName,
    EstablishmentNumber: numeric(row.establishmentNumber),
    EstablishmentName: row.name,
    'TypeOfEstablishment (code)': row.typeCode.padStart(2, '0'),
    'TypeOfEstablishment (name)': row.typeName,
    'EstablishmentTypeGroup (code)': row.typeGroupCode,
    'EstablishmentTypeGroup (name)': row.typeGroupName,
    'EstablishmentStatus (code)': statusCode,
    'EstablishmentStatus (name)': statusName,
    'ReasonEstablishmentOpened (code)': reasonCode(row.reasonOpened),
    'ReasonEstablishmentOpened (name)': orNotApplicable(row.reasonOpened),
    OpenDate: british(row.openedOn, '-'),
    'ReasonEstablishmentClosed (code)': reasonCode(row.reasonClosed),
    'ReasonEstablishmentClosed (name)': orNotApplicable(row.reasonClosed),
    CloseDate: british(row.closedOn, '-'),
    'PhaseOfEducation (code)': PHASE_CODES[row.phase],
    'PhaseOfEducation (name)': row.phase,
    StatutoryLowAge: row.lowAge,
    StatutoryHighAge: row.highAge,
    'Gender (name)': orNotApplicable(row.gender),
    'ReligiousCharacter (name)': orNotApplicable(row.religiousCharacter),
    'AdmissionsPolicy (name)': orNotApplicable(row.admissionsPolicy),
    SchoolCapacity: row.capacity,
    CensusDate: british(row.censusDate, '-'),
    NumberOfPupils: row.pupils,
    PercentageFSM: row.fsmPercent,
    'TrustSchoolFlag (name)': row.trust ? 'Supported by a multi-academy trust' : 'Not applicable',
    'Trusts (code)': orBlank(row.trust?.code),
    'Trusts (name)': orBlank(row.trust?.name),
    'FederationFlag (name)': row.federation
      ? 'Supported by a federation'
      : 'Not under a federation',
    'Federations (code)': orBlank(row.federation?.code),
    'Federations (name)': orBlank(row.federation?.name),
    UKPRN: numeric(row.ukprn),
    LastChangedDate: british(row.lastChangedOn, '-'),
    Street: '1 Invented Street',
    Town: orBlank(row.town),
    Postcode: orBlank(row.postcode),
    SchoolWebsite: `https://invented.example/${row.urn}`,
    'HeadTitle (name)': 'Nobody',
    HeadFirstName: 'Invented',
    HeadLastName: 'Headteacher',
    HeadPreferredJobTitle: 'Head of an invented school',
    PropsName: 'Invented Proprietor',
    InspectorateReport: 'This school is invented.',
    'AdministrativeWard (name)': orBlank(row.ward),
    'DistrictAdministrative (name)': orBlank(row.district),
    'UrbanRural (name)': orBlank(row.urban),
    Easting: row.easting,
    Northing: row.northing,
    'Country (name)': 'England (United Kingdom)',
  };
  return known;
}

const orBlank = (text: string | undefined): string => text ?? '';
const orNotApplicable = (text: string | undefined): string => text ?? 'Not applicable';
const reasonCode = (reason: string | undefined): string => REASON_CODES[reason ?? ''] ?? '00';
const numeric = (digits: string | undefined): number | undefined =>
  digits === undefined ? undefined : Number(digits);

/** Rows of a register file, its header first. */
export function* registerLines(
  rows: Iterable<RegisterRow>,
  authorityName: string | ((row: RegisterRow) => string),
  columns: readonly string[],
): Generator<CsvCell[]> {
  yield [...columns];
  const otherwise = new Map(
    columns.map((column): [string, CsvCell] => [
      column,
      EMPTY.includes(column) ? '' : filler(column),
    ]),
  );
  for (const row of rows) {
    const name = typeof authorityName === 'string' ? authorityName : authorityName(row);
    const known = cells(row, name);
    yield columns.map((column) => (column in known ? known[column] : otherwise.get(column)));
  }
}

const filler = (column: string): CsvCell => (column.endsWith('(name)') ? 'Not applicable' : '00');

export const writeRegister = (
  path: string,
  rows: Iterable<RegisterRow>,
  authorityName: string | ((row: RegisterRow) => string),
  columns: readonly string[],
): Promise<void> =>
  writeCsv(path, registerLines(rows, authorityName, columns), { quoteText: true });
