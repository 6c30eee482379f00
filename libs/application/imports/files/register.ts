import { Cells, present } from './cells';
import type { CsvSource } from './csv-file';
import { readCsvFile } from './csv-file';
import type { CsvFormat } from './csv-header';
import type { FileFailure, FileReading, ReadingOptions } from './reading';
import type { ReadRecord } from './record-reader';
import type { RegisterColumn } from './register-columns';
import { DROPPED_IN_2025, PERSONAL_COLUMNS, REGISTER_COLUMNS } from './register-columns';

export type RegisterStatus = 'open' | 'open-proposed-to-close' | 'proposed-to-open' | 'closed';

/** Phases as the register names them. */
export const REGISTER_PHASES = [
  'Nursery',
  'Primary',
  'Middle deemed primary',
  'Secondary',
  'Middle deemed secondary',
  '16 plus',
  'All-through',
  'Not applicable',
] as const;
export type RegisterPhase = (typeof REGISTER_PHASES)[number];

export interface Coded {
  readonly code: string;
  readonly name: string;
}

/** One establishment as the register has it. Days are `YYYY-MM-DD`; words are the register's own. */
export interface RegisterRow {
  readonly line: number;
  readonly urn: string;
  readonly la: { readonly code: number };
  /** Four digits; some kinds of establishment have none. */
  readonly establishmentNumber?: string;
  /** Code of the authority and establishment number, seven digits. */
  readonly laestab?: string;
  readonly name: string;
  /** Without leading zeros: "1" is a community school, "34" an academy converter. */
  readonly typeCode: string;
  readonly typeName: string;
  /** "4" is maintained by the authority, "5" special, "10" academy, "11" free school. */
  readonly typeGroupCode: string;
  readonly typeGroupName: string;
  readonly status: RegisterStatus;
  readonly openedOn?: string;
  readonly closedOn?: string;
  readonly reasonOpened?: string;
  readonly reasonClosed?: string;
  readonly phase: RegisterPhase;
  /** Years of age. */
  readonly lowAge?: number;
  readonly highAge?: number;
  readonly gender?: string;
  readonly religiousCharacter?: string;
  readonly admissionsPolicy?: string;
  /** Places and pupils, counted in persons. */
  readonly capacity?: number;
  readonly pupils?: number;
  readonly censusDate?: string;
  /** Pupils entitled to free school meals, in percent. */
  readonly fsmPercent?: number;
  readonly trust?: Coded;
  readonly federation?: Coded;
  readonly ukprn?: string;
  readonly town?: string;
  readonly postcode?: string;
  /** Metres on the National Grid. */
  readonly easting?: number;
  readonly northing?: number;
  readonly lastChangedOn?: string;
  readonly urban?: string;
  readonly ward?: string;
  readonly district?: string;
}

const REQUIRED = [
  'URN',
  'LA (code)',
  'EstablishmentNumber',
  'EstablishmentName',
  'TypeOfEstablishment (code)',
  'TypeOfEstablishment (name)',
  'EstablishmentTypeGroup (code)',
  'EstablishmentTypeGroup (name)',
  'EstablishmentStatus (name)',
  'OpenDate',
  'CloseDate',
  'PhaseOfEducation (name)',
  'StatutoryLowAge',
  'StatutoryHighAge',
] as const satisfies readonly RegisterColumn[];

const OPTIONAL = [
  'ReasonEstablishmentOpened (name)',
  'ReasonEstablishmentClosed (name)',
  'Gender (name)',
  'ReligiousCharacter (name)',
  'AdmissionsPolicy (name)',
  'SchoolCapacity',
  'NumberOfPupils',
  'CensusDate',
  'PercentageFSM',
  'Trusts (code)',
  'Trusts (name)',
  'Federations (code)',
  'Federations (name)',
  'UKPRN',
  'Town',
  'Postcode',
  'Easting',
  'Northing',
  'LastChangedDate',
  'UrbanRural (name)',
  'AdministrativeWard (name)',
  'DistrictAdministrative (name)',
] as const satisfies readonly RegisterColumn[];

type Column = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

const REGISTER: CsvFormat<Column> = {
  title: 'schools register',
  required: REQUIRED,
  optional: OPTIONAL,
  known: [...REGISTER_COLUMNS, ...DROPPED_IN_2025],
  personal: PERSONAL_COLUMNS,
  whose: (authority) => ({
    column: 'LA (code)',
    bytes: String(authority),
    is: (value) => {
      if (!/^\d{3}$/.test(value)) return 'unclear';
      return Number(value) === authority ? 'theirs' : 'others';
    },
  }),
};

/**
 * Reads the schools register ("all establishments", `edubasealldataYYYYMMDD.csv`), in its layout of 2026 or before. The
 * columns about people are dropped before a record is looked at.
 */
export function readRegister(
  source: CsvSource,
  options: ReadingOptions = {},
): Promise<FileFailure | FileReading<RegisterRow>> {
  return readCsvFile(source, [REGISTER], registerRecords, options);
}

const STATUSES: Readonly<Record<string, RegisterStatus>> = {
  open: 'open',
  'open, but proposed to close': 'open-proposed-to-close',
  'proposed to open': 'proposed-to-open',
  closed: 'closed',
};

const PHASES = Object.fromEntries(REGISTER_PHASES.map((phase) => [phase.toLowerCase(), phase]));

function registerRecords(): ReadRecord<Column, RegisterRow> {
  const lineOf = new Map<string, number>();
  return (record) => {
    const cells = new Cells(record);
    const urn = cells.requiredMatching('URN', /^\d{5,6}$/, 'a URN, which has six digits');
    const before = lineOf.get(urn);
    if (before !== undefined) cells.fault('URN', `stands on line ${before} already`);
    const row = rowOf(cells, urn);
    if (cells.faults.length > 0 || !row) return { faults: cells.faults };
    lineOf.set(urn, record.line);
    return { row, faults: [] };
  };
}

function rowOf(cells: Cells<Column>, urn: string): RegisterRow | undefined {
  const la = cells.requiredMatching('LA (code)', /^\d{3}$/, 'a code of three digits');
  const establishmentNumber = cells.matching(
    'EstablishmentNumber',
    /^\d{4}$/,
    'a number of four digits',
  );
  const status = cells.word('EstablishmentStatus (name)', STATUSES);
  const phase = cells.word('PhaseOfEducation (name)', PHASES);
  const always = {
    line: cells.line,
    urn,
    la: { code: Number(la) },
    name: cells.required('EstablishmentName'),
    typeCode: cells.required('TypeOfEstablishment (code)').replace(/^0+(?=.)/, ''),
    typeName: cells.required('TypeOfEstablishment (name)'),
    typeGroupCode: cells.required('EstablishmentTypeGroup (code)').replace(/^0+(?=.)/, ''),
    typeGroupName: cells.required('EstablishmentTypeGroup (name)'),
  };
  const sometimes = present({
    establishmentNumber,
    laestab: establishmentNumber && la + establishmentNumber,
    openedOn: cells.day('OpenDate'),
    closedOn: cells.day('CloseDate'),
    reasonOpened: applicable(cells, 'ReasonEstablishmentOpened (name)'),
    reasonClosed: applicable(cells, 'ReasonEstablishmentClosed (name)'),
    lowAge: cells.integer('StatutoryLowAge', 0, 99),
    highAge: cells.integer('StatutoryHighAge', 0, 99),
    gender: applicable(cells, 'Gender (name)'),
    religiousCharacter: applicable(cells, 'ReligiousCharacter (name)'),
    admissionsPolicy: applicable(cells, 'AdmissionsPolicy (name)'),
    capacity: cells.integer('SchoolCapacity', 0, 99_999),
    pupils: cells.integer('NumberOfPupils', 0, 99_999),
    censusDate: cells.day('CensusDate'),
    fsmPercent: cells.number('PercentageFSM', 0, 100),
    trust: coded(cells, 'Trusts (code)', 'Trusts (name)'),
    federation: coded(cells, 'Federations (code)', 'Federations (name)'),
    ukprn: cells.matching('UKPRN', /^\d{8}$/, 'a number of eight digits'),
    town: cells.text('Town'),
    postcode: cells.text('Postcode')?.toUpperCase(),
    easting: cells.integer('Easting', 0, 700_000),
    northing: cells.integer('Northing', 0, 1_300_000),
    lastChangedOn: cells.day('LastChangedDate'),
    urban: cells.text('UrbanRural (name)'),
    ward: cells.text('AdministrativeWard (name)'),
    district: cells.text('DistrictAdministrative (name)'),
  });
  return status && phase ? { ...always, ...sometimes, status, phase } : undefined;
}

const applicable = (cells: Cells<Column>, column: Column): string | undefined => {
  const value = cells.text(column);
  return value === 'Not applicable' ? undefined : value;
};

const coded = (cells: Cells<Column>, code: Column, name: Column): Coded | undefined => {
  const written = cells.text(code);
  return written === undefined ? undefined : { code: written, name: cells.text(name) ?? '' };
};
