import type { RegisterRow } from '../imports/files/register';
import { REGISTER_COLUMNS } from '../imports/files/register-columns';
import type { County } from './model';
import { Random } from './random';
import { writeRegister } from './register-file';
import { registerAsAt } from './register-rows';

const AUTHORITIES = 153;
const FIRST_AUTHORITY = 201;
/** Far from the county's own URNs. */
const FIRST_OTHER_URN = 920_001;

/**
 * Writes a register the size of the nation's: the county's rows spread among invented rows of other authorities, so many
 * that there are `rows` in all. For tests and measurements; the other rows are the county's under other names and codes.
 */
export async function writeNationalRegister(
  path: string,
  county: County,
  rows: number,
): Promise<void> {
  const own = registerAsAt(county, county.asAt);
  if (rows < own.length)
    throw new Error(`a national register needs at least the county's ${own.length} rows`);
  const nameOf = ({ la }: RegisterRow): string =>
    la.code === county.authority ? county.authorityName : `Invented Authority ${la.code}`;
  await writeRegister(path, nation(county, own, rows), nameOf, REGISTER_COLUMNS);
}

function* nation(
  county: County,
  own: readonly RegisterRow[],
  rows: number,
): Generator<RegisterRow> {
  const random = new Random(county.seed, 'nation');
  const authorities = Array.from(
    { length: AUTHORITIES },
    (_, at) => FIRST_AUTHORITY + at * 4,
  ).filter((code) => code !== county.authority);
  const every = Math.floor(rows / own.length);
  for (let at = 0; at < rows; at += 1) {
    const mine = at % every === 0 ? own[at / every] : undefined;
    yield mine ?? otherRow(random.pick(own), FIRST_OTHER_URN + at, random.pick(authorities));
  }
}

const otherRow = (model: RegisterRow, urn: number, code: number): RegisterRow => ({
  ...model,
  urn: String(urn),
  la: { code },
  laestab: `${code}${model.establishmentNumber ?? ''}`,
  name: `${model.name} ${urn}`,
  ukprn: `90${urn}`,
});
