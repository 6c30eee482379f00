import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect } from '../imports/files/reading.fixture';
import { readInspections } from '../imports/files/inspections';
import { readLinks } from '../imports/files/links';
import { readRegister } from '../imports/files/register';
import type { RegisterRow } from '../imports/files/register';
import { urnChains } from '../imports/files/urn-chains';
import { makeCounty } from './make-county';
import { writeNationalRegister } from './national-register';
import { linksAsAt, registerAsAt } from './register-rows';
import { writeCountyFiles } from './write-files';

const WISH = { seed: 825, asAt: '2026-11-01', authority: 825 };
const county = makeCounty(WISH);

const folders: string[] = [];
async function written(wish = WISH, day?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'county-'));
  folders.push(folder);
  return writeCountyFiles(makeCounty(wish), folder, day);
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const digest = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

describe('its files', () => {
  it('are the same bytes from the same seed, and others from another', async () => {
    const [one, same, other] = [
      await written(),
      await written(),
      await written({ ...WISH, seed: 826 }),
    ];
    for (const file of ['register', 'links', 'inspections'] as const) {
      expect(await digest(one[file])).toBe(await digest(same[file]));
      expect(await digest(one[file])).not.toBe(await digest(other[file]));
    }
  });

  it('are named and laid out as published', async () => {
    const { register, links, inspections } = await written();
    expect([register, links, inspections].map((path) => path.split('/').at(-1))).toEqual([
      'edubasealldata20261101.csv',
      'links_edubasealldata20261101.csv',
      'Management_information_-_state-funded_schools_-_latest_inspections_as_at_31_Oct_2026.csv',
    ]);
    const headers = (await readFile(register, 'latin1')).split('\r\n')[0]?.split(',') ?? [];
    expect(headers).toHaveLength(135);
    const before = await written(WISH, '2024-09-01');
    expect((await readFile(before.register, 'latin1')).split('\r\n')[0]?.split(',')).toHaveLength(
      140,
    );
    const lines = (await readFile(inspections, 'latin1')).split('\r\n');
    expect(lines[0]).toContain('invented');
    expect(lines[1]).toContain('Latest OEIF  safeguarding is effective?');
    expect(lines[1]?.split(',')).toHaveLength(85);
    expect(lines[2]).toContain('NULL');
  });

  it.each(['2022-09-01', '2024-06-30', '2026-11-01'])(
    'are read without a fault, as at %s',
    async (day) => {
      const files = await written(WISH, day);
      const register = await collect(readRegister(files.register, { authority: 825 }));
      expect(register.faults).toEqual([]);
      expect(register.summary).toMatchObject({ asAt: day, warnings: [] });
      expect(register.rows).toEqual(registerAsAt(county, day));
      expect(JSON.stringify(register)).not.toMatch(
        /Headteacher|Head of an invented|Invented Proprietor|Nobody/,
      );

      const links = await collect(readLinks(files.links));
      expect(links.faults).toEqual([]);
      expect(links.rows).toEqual(linksAsAt(county, day));

      const inspections = await collect(readInspections(files.inspections, { authority: 825 }));
      expect(inspections.faults).toEqual([]);
      expect(inspections.summary.warnings).toEqual([]);
      const openRows = register.rows.filter(({ status }) => status.startsWith('open'));
      expect(inspections.rows.map(({ urnNow }) => urnNow)).toEqual(openRows.map(({ urn }) => urn));
    },
  );

  it('tell of inspections what the model knows', async () => {
    const { inspections } = await written();
    const { rows } = await collect(readInspections(inspections, { authority: 825 }));
    const schoolOf = new Map(
      county.schools.map((school) => [school.establishments.at(-1)?.urn, school]),
    );
    for (const { urnNow, laestab, outcomes } of rows) {
      const known = schoolOf.get(urnNow)?.inspections.map(({ outcome }) => outcome) ?? [];
      const latest = (...shapes: string[]) => known.findLast(({ shape }) => shapes.includes(shape));
      const expected = [
        latest('report-card'),
        latest('graded', 'graded-without-overall'),
        latest('ungraded'),
      ];
      expect(outcomes).toEqual(
        expected.flatMap((outcome) => (outcome ? [{ ...outcome, laestab }] : [])),
      );
    }
  });

  it('link conversions and mergers as the register does', async () => {
    const { links } = await written();
    const { successions, oneSided, cycles } = urnChains((await collect(readLinks(links))).rows);
    expect(oneSided).toEqual([]);
    expect(cycles).toEqual([]);
    expect(successions.filter(({ kind }) => kind === 'merger')).toHaveLength(2);
    const conversions = successions.filter(({ kind }) => kind === 'conversion');
    for (const change of county.changes) {
      if (change.kind !== 'conversion') continue;
      expect(conversions).toContainEqual({
        kind: 'conversion',
        predecessors: [change.from],
        successors: [change.to],
        on: change.on,
      });
    }
  });
});

describe('a national register', () => {
  it('hides the county among other authorities', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nation-'));
    folders.push(folder);
    const path = join(folder, 'edubasealldata20261101.csv');
    await writeNationalRegister(path, county, 2_000);
    const { rows, faults, summary } = await collect(readRegister(path, { authority: 825 }));
    const withoutLines = (found: readonly RegisterRow[]) =>
      found.map((row) => ({ ...row, line: 0 }));
    expect(withoutLines(rows)).toEqual(withoutLines(registerAsAt(county, county.asAt)));
    expect(faults).toEqual([]);
    expect(summary).toMatchObject({ rowsRead: 2_000, rowsOfAuthority: rows.length, warnings: [] });
  });
});
