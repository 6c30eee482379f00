import { Cells } from './cells';
import type { CsvSource } from './csv-file';
import { readCsvFile } from './csv-file';
import type { CsvFormat } from './csv-header';
import type { FileFailure, FileReading, ReadingOptions } from './reading';
import type { ReadRecord } from './record-reader';

/**
 * What the linked establishment is to the one of the row. `result-of-amalgamation` stands on both sides of a pair and
 * does not say which came first; `other` covers changes that leave both establishments what they were.
 */
export type LinkKind =
  | 'successor'
  | 'predecessor'
  | 'successor-merged'
  | 'predecessor-merged'
  | 'successor-amalgamated'
  | 'predecessor-amalgamated'
  | 'result-of-amalgamation'
  | 'successor-split'
  | 'predecessor-split'
  | 'sixth-form'
  | 'other';

export interface LinkRow {
  readonly line: number;
  readonly urn: string;
  readonly linkUrn: string;
  readonly linkName: string;
  /** The register's own words. */
  readonly linkType: string;
  readonly kind: LinkKind;
  /** `YYYY-MM-DD`; one link in four has none. */
  readonly establishedOn?: string;
}

export const LINK_COLUMNS = [
  'URN',
  'LinkURN',
  'LinkName',
  'LinkType',
  'LinkEstablishedDate',
] as const;
type Column = (typeof LINK_COLUMNS)[number];

const LINKS: CsvFormat<Column> = {
  title: 'links',
  required: LINK_COLUMNS,
  optional: [],
  known: LINK_COLUMNS,
};

/** Reads `links_edubasealldataYYYYMMDD.csv`. No column tells the authority, so the file is read whole. */
export function readLinks(
  source: CsvSource,
  options: Omit<ReadingOptions, 'authority'> = {},
): Promise<FileFailure | FileReading<LinkRow>> {
  return readCsvFile(source, [LINKS], () => linkRecord, options);
}

const KINDS: Readonly<Record<string, LinkKind>> = {
  successor: 'successor',
  predecessor: 'predecessor',
  'successor - merged': 'successor-merged',
  'predecessor - merged': 'predecessor-merged',
  'successor - amalgamated': 'successor-amalgamated',
  'predecessor - amalgamated': 'predecessor-amalgamated',
  'result of amalgamation': 'result-of-amalgamation',
  'successor - split school': 'successor-split',
  'predecessor - split school': 'predecessor-split',
  'sixth form centre school': 'sixth-form',
  'sixth form centre link': 'sixth-form',
};

const linkRecord: ReadRecord<Column, LinkRow> = (record) => {
  const cells = new Cells(record);
  const urn = cells.requiredMatching('URN', /^\d{5,6}$/, 'a URN, which has six digits');
  const linkUrn = cells.requiredMatching('LinkURN', /^\d{5,6}$/, 'a URN, which has six digits');
  if (urn !== '' && urn === linkUrn) cells.fault('LinkURN', 'is the URN of the row itself');
  const linkType = cells.required('LinkType');
  const linkName = cells.text('LinkName') ?? '';
  const establishedOn = cells.day('LinkEstablishedDate');
  if (cells.faults.length > 0) return { faults: cells.faults };
  const kind = KINDS[linkType.toLowerCase()] ?? 'other';
  const dated = establishedOn === undefined ? {} : { establishedOn };
  return {
    row: { line: record.line, urn, linkUrn, linkName, linkType, kind, ...dated },
    faults: [],
  };
};
