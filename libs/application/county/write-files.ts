import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LINK_COLUMNS } from '../imports/files/links';
import type { LinkRow } from '../imports/files/links';
import { british, writeCsv } from './csv-writing';
import { daysAfter } from './days';
import { inspectionLines } from './inspections-file';
import type { County } from './model';
import { registerColumnsOn, writeRegister } from './register-file';
import { linksAsAt, registerAsAt } from './register-rows';

/** Paths of the three files of one day. */
export interface CountyFiles {
  readonly register: string;
  readonly links: string;
  readonly inspections: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Writes the county as the national files of a day, under the names and in the layouts they are published with: the
 * register (140 columns until January 2025, 135 since), its links, and Ofsted's management information as at the day before.
 */
export async function writeCountyFiles(
  county: County,
  folder: string,
  day = county.asAt,
): Promise<CountyFiles> {
  await mkdir(folder, { recursive: true });
  const compact = day.replaceAll('-', '');
  const [year = '', month = '', date = ''] = daysAfter(day, -1).split('-');
  const inspectedBy = `${date} ${MONTHS[Number(month) - 1] ?? ''} ${year}`;
  const title = `Management information - state-funded schools - latest inspections as at ${inspectedBy}`;
  const files = {
    register: join(folder, `edubasealldata${compact}.csv`),
    links: join(folder, `links_edubasealldata${compact}.csv`),
    inspections: join(folder, `${title.replaceAll(' - ', '_-_').replaceAll(' ', '_')}.csv`),
  };
  await writeRegister(
    files.register,
    registerAsAt(county, day),
    county.authorityName,
    registerColumnsOn(day),
  );
  await writeCsv(files.links, [LINK_COLUMNS, ...linksAsAt(county, day).map(linkLine)], {
    quoteText: true,
  });
  const inspections = inspectionLines(
    county,
    daysAfter(day, -1),
    `${title} (invented example data)`,
  );
  await writeCsv(files.inspections, inspections, { quoteText: false });
  return files;
}

const linkLine = ({ urn, linkUrn, linkName, linkType, establishedOn }: LinkRow) => [
  Number(urn),
  Number(linkUrn),
  linkName,
  linkType,
  british(establishedOn, '-'),
];
