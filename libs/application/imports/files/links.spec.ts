import { Readable } from 'node:stream';
import { existsSync } from 'node:fs';
import { readLinks } from './links';
import type { LinkRow } from './links';
import { collect } from './reading.fixture';
import { urnChains } from './urn-chains';

/** One-sided links, a circle, a merger, an amalgamation, a split, a re-dated pair, undated rows and two cp1252 names. */
const FIXTURE = [
  '"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"',
  '900001,900101,"Elvercombe Academy","Successor","01-09-2023"',
  '900101,900001,"Elvercombe Primary School","Predecessor","01-09-2023"',
  '900002,900102,"St Thomas à Becket Primary School","Successor",""',
  '900003,900103,"North Star 82°","Successor - merged","31-08-2024"',
  '900103,900003,"Larnmere Infant School","Predecessor - merged","31-08-2024"',
  '900004,900103,"North Star 82°","Successor - merged","31-08-2024"',
  '900005,900104,"Quarnwick School","Result of Amalgamation","01-09-2020"',
  '900104,900005,"Quarnwick Boys","Result of Amalgamation","01-09-2020"',
  '900006,900104,"Quarnwick School","Successor - amalgamated","01-09-2020"',
  '900007,900105,"Tarnstead Lower","Successor - Split School","01-09-2021"',
  '900007,900106,"Tarnstead Upper","Successor - Split School","01-09-2021"',
  '900008,900009,"Narlhurst School","Successor","01-01-2019"',
  '900009,900008,"Narlhurst Academy","Successor","01-01-2020"',
  '900010,900107,"Vannlow School","Sixth Form Centre Link",""',
  '900101,900201,"Elvercombe Trust Academy","Successor","01-09-2025"',
  '900011,900108,"Ravelwick","Something new","01-09-2025"',
].join('\r\n');

const rowsOf = async (text: string, encoding: BufferEncoding = 'latin1'): Promise<LinkRow[]> =>
  (await collect(readLinks(Readable.from([Buffer.from(text, encoding)])))).rows;

describe('the links file', () => {
  it('gives each link with its kind, its day and its name in the right letters', async () => {
    const rows = await rowsOf(FIXTURE);
    expect(rows).toHaveLength(16);
    expect(rows[0]).toEqual({
      line: 2,
      urn: '900001',
      linkUrn: '900101',
      linkName: 'Elvercombe Academy',
      linkType: 'Successor',
      kind: 'successor',
      establishedOn: '2023-09-01',
    });
    expect(rows[2]).not.toHaveProperty('establishedOn');
    expect(rows.map(({ linkName }) => linkName)).toEqual(
      expect.arrayContaining(['St Thomas à Becket Primary School', 'North Star 82°']),
    );
    expect(rows.at(-1)).toMatchObject({ linkType: 'Something new', kind: 'other' });
  });

  it('reports bad rows by line and column and gives the others', async () => {
    const { rows, faults } = await collect(
      readLinks(
        Readable.from([
          Buffer.from(
            [
              FIXTURE.split('\r\n')[0],
              '900001,900001,"Itself","Successor",""',
              'ninety,900002,"A","Successor",""',
              '900001,900002,"A","Successor","31-02-2020"',
              '900001,900002,"A","",""',
              '900001,900002,"A","Successor","01-09-2020"',
            ].join('\n'),
          ),
        ]),
      ),
    );
    expect(rows.map(({ line }) => line)).toEqual([6]);
    expect(faults).toEqual([
      { line: 2, column: 'LinkURN', value: '900001', reason: 'is the URN of the row itself' },
      { line: 3, column: 'URN', value: 'ninety', reason: 'is not a URN, which has six digits' },
      {
        line: 4,
        column: 'LinkEstablishedDate',
        value: '31-02-2020',
        reason: 'is a day the calendar does not have',
      },
      { line: 5, column: 'LinkType', reason: 'is empty' },
    ]);
  });
});

describe('URN chains', () => {
  it('says what each succession was', async () => {
    const { successions } = urnChains(await rowsOf(FIXTURE));
    const of = (urn: string) =>
      successions.filter(({ predecessors }) => predecessors.includes(urn));
    expect(of('900001')).toEqual([
      { kind: 'conversion', predecessors: ['900001'], successors: ['900101'], on: '2023-09-01' },
    ]);
    expect(of('900002')).toEqual([
      { kind: 'conversion', predecessors: ['900002'], successors: ['900102'] },
    ]);
    expect(of('900004')).toEqual([
      {
        kind: 'merger',
        predecessors: ['900003', '900004'],
        successors: ['900103'],
        on: '2024-08-31',
      },
    ]);
    expect(of('900005')).toEqual([
      {
        kind: 'amalgamation',
        predecessors: ['900005', '900006'],
        successors: ['900104'],
        on: '2020-09-01',
      },
    ]);
    expect(of('900007')).toEqual([
      {
        kind: 'split',
        predecessors: ['900007'],
        successors: ['900105', '900106'],
        on: '2021-09-01',
      },
    ]);
    expect(of('900010')).toEqual([]);
  });

  it('completes links told on one side and says which they were', async () => {
    const chains = urnChains(await rowsOf(FIXTURE));
    expect(chains.predecessorsOf('900102')).toEqual(['900002']);
    expect(chains.oneSided).toContainEqual({ from: '900002', to: '900102' });
    expect(chains.oneSided).not.toContainEqual({ from: '900001', to: '900101' });
    expect(chains.oneSided).not.toContainEqual({ from: '900005', to: '900104' });
  });

  it('walks chains to their end, circles included', async () => {
    const chains = urnChains(await rowsOf(FIXTURE));
    expect(chains.latestOf('900001')).toEqual(['900201']);
    expect(chains.ancestorsOf('900201')).toEqual(['900101', '900001']);
    expect(chains.latestOf('900007')).toEqual(['900105', '900106']);
    expect(chains.latestOf('900201')).toEqual(['900201']);
    expect(chains.cycles).toEqual([['900008', '900009']]);
    expect(chains.latestOf('900008')).toEqual([]);
    expect(chains.ancestorsOf('900008')).toEqual(['900009']);
  });

  it('calls joining a school that had joined before a merger, not a conversion', () => {
    const { successions } = urnChains([
      { urn: '900001', linkUrn: '900003', kind: 'successor', establishedOn: '2005-09-01' },
      { urn: '900002', linkUrn: '900003', kind: 'successor', establishedOn: '2018-09-01' },
    ]);
    expect(successions.map(({ kind, on }) => [kind, on])).toEqual([
      ['merger', '2005-09-01'],
      ['merger', '2018-09-01'],
    ]);
  });
});

const REAL = process.env['LINKS_FILE'];
const whenReal = REAL !== undefined && existsSync(REAL) ? it : it.skip;

describe('the real links file of April 2025', () => {
  whenReal(
    'goes in whole (skipped unless LINKS_FILE names links_edubasealldata20250422.csv)',
    async () => {
      const { rows, faults, summary } = await collect(readLinks(REAL ?? ''));
      expect(faults).toEqual([]);
      expect(rows).toHaveLength(33_801);
      expect(summary).toMatchObject({ rowsRead: 33_801, asAt: '2025-04-22', warnings: [] });
      expect(rows.filter(({ establishedOn }) => establishedOn === undefined)).toHaveLength(8_253);
      const chains = urnChains(rows);
      // Eleven circles; two of them share a school and make one group.
      expect(chains.cycles).toHaveLength(10);
      expect(chains.cycles.flat()).toHaveLength(22);
      for (const { urn } of rows) chains.latestOf(urn);
    },
  );
});
