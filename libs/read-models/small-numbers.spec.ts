import fc from 'fast-check';
import type { Counted, Hidden } from './small-numbers';
import { hiddenIn, LEAST_SHOWN } from './small-numbers';

/*
 * An attacker who knows every figure shown, every row's total and the county's, and that counts are whole and not below
 * nought. They are not the code under test: they look for any other county that fits, changing one hidden figure and
 * putting right, by another hidden one, each total that is thereby not right any more.
 */
const COLUMNS = 4;
const sum = (of: readonly number[]): number => of.reduce((all, one) => all + one, 0);
const columnsOf = (table: Counted): number[] =>
  Array.from({ length: COLUMNS }, (_, c) => sum(table.map((row) => row[c]!)));
const isSmall = (count: number) => 0 < count && count < LEAST_SHOWN;

interface Unknown {
  readonly name: string;
  readonly value: number;
  /** The sums it is in, and with which sign. */
  readonly sums: Readonly<Record<string, 1 | -1>>;
}

/** The hidden figures, and the sums that bind them. A total that is shown binds; one that is hidden is a figure itself. */
function unknownIn(tables: readonly Counted[], hidden: Hidden): Unknown[] {
  const county = columnsOf(tables[0]!);
  const ofCounty = county.flatMap((value, c): Unknown[] =>
    hidden.county[c] !== true
      ? []
      : [
          {
            name: `county ${c}`,
            value,
            sums: {
              county: 1,
              ...Object.fromEntries(tables.map((_, t) => [`table ${t} column ${c}`, -1 as const])),
            },
          },
        ],
  );
  const ofTables = tables.flatMap((table, t) =>
    table.flatMap((row, r) =>
      row.flatMap((value, c): Unknown[] =>
        hidden.tables[t]![r]![c] !== true
          ? []
          : [
              {
                ...{ name: `table ${t} row ${r} column ${c}`, value },
                sums: { [`table ${t} row ${r}`]: 1, [`table ${t} column ${c}`]: 1 },
              },
            ],
      ),
    ),
  );
  return [...ofCounty, ...ofTables];
}

/** Whether a figure can be another one: some steps of one, that leave no sum wrong and no figure below nought. */
function canBeAnother(target: Unknown, unknown: readonly Unknown[]): boolean {
  const goOn = (change: ReadonlyMap<Unknown, number>, left: number): boolean => {
    const off = new Map<string, number>();
    for (const [one, by] of change)
      for (const [name, sign] of Object.entries(one.sums))
        off.set(name, (off.get(name) ?? 0) + sign * by);
    const wrong = [...off].find(([, by]) => by !== 0);
    if (wrong === undefined) return true;
    if (left === 0) return false;
    const [name, by] = wrong;
    return unknown.some((one) => {
      const sign = one.sums[name];
      if (sign === undefined || change.has(one)) return false;
      const step = by > 0 ? -sign : sign;
      return one.value + step >= 0 && goOn(new Map([...change, [one, step]]), left - 1);
    });
  };
  return [-1, 1].some((by) => target.value + by >= 0 && goOn(new Map([[target, by]]), 8));
}

/** The small counts of a county that can be worked out. */
function foundOut(tables: readonly Counted[], hidden: Hidden): string[] {
  const unknown = unknownIn(tables, hidden);
  const shown = [
    ...columnsOf(tables[0]!).flatMap((count, c) =>
      isSmall(count) && hidden.county[c] !== true ? [`county ${c}`] : [],
    ),
    ...tables.flatMap((table, t) =>
      table.flatMap((row, r) =>
        row.flatMap((count, c) =>
          isSmall(count) && hidden.tables[t]![r]![c] !== true
            ? [`table ${t} row ${r} column ${c}`]
            : [],
        ),
      ),
    ),
  ];
  const pinned = unknown
    .filter(({ value }) => isSmall(value))
    .filter((one) => !canBeAnother(one, unknown));
  return [...shown, ...pinned.map(({ name }) => name)];
}

/** Schools, each of a phase, a status and a category; how many of each is uneven, as in a county. */
const school = fc.record({
  phase: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.constant(1) },
    { weight: 2, arbitrary: fc.nat(4) },
  ),
  status: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(1) }),
  category: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.constant(2) },
    { weight: 1, arbitrary: fc.nat(3) },
  ),
});
const counties = fc
  .array(school, { minLength: 0, maxLength: 60, size: 'max' })
  .map((schools): readonly Counted[] => {
    const table = (rows: number, rowOf: (one: (typeof schools)[number]) => number): Counted =>
      Array.from({ length: rows }, (_, r) =>
        Array.from(
          { length: COLUMNS },
          (__, c) => schools.filter((one) => rowOf(one) === r && one.category === c).length,
        ),
      );
    return [table(5, ({ phase }) => phase), table(2, ({ status }) => status)];
  });

describe('small numbers', () => {
  it('cannot be worked out, from rows, columns, totals and a second table', () => {
    let published = 0;
    fc.assert(
      fc.property(counties, (tables) => {
        const hidden = hiddenIn(tables);
        if (hidden === undefined) return;
        published += 1;
        expect(foundOut(tables, hidden)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(published).toBeGreaterThan(100);
  });

  it('could be, were each only left out itself', () => {
    const tables: Counted[] = [
      [
        [100, 0, 30, 9],
        [20, 0, 6, 3],
      ],
    ];
    const alone: Hidden = {
      county: [false, false, false, false],
      tables: [tables[0]!.map((row) => row.map(isSmall))],
    };
    expect(foundOut(tables, alone)).toEqual(['table 0 row 1 column 3']);
    // Nor is one more in its row enough: the columns say the rest.
    const row: Hidden = {
      ...alone,
      tables: [
        [
          [false, false, false, false],
          [false, false, true, true],
        ],
      ],
    };
    expect(foundOut(tables, row)).toEqual(['table 0 row 1 column 3']);
    expect(hiddenIn(tables)).toEqual({
      county: [false, false, false, false],
      tables: [
        [
          [false, false, true, true],
          [false, false, true, true],
        ],
      ],
    });
  });

  it('of the county’s line cannot be worked out by whoever knows the rule either', () => {
    const upTo = [0, 1, 2, 3, 4, 5, 6, 7];
    const lines = upTo.flatMap((a) =>
      upTo.flatMap((b) => upTo.flatMap((c) => upTo.map((d) => [a, b, c, d]))),
    );
    const seen = (line: readonly number[]): string | undefined => {
      const hidden = hiddenIn([[line]])?.county;
      return (
        hidden &&
        JSON.stringify([sum(line), line.map((count, n) => (hidden[n] === true ? 'hidden' : count))])
      );
    };
    const alike = Map.groupBy(lines, seen);
    alike.delete(undefined);
    expect(alike.size).toBeGreaterThan(100);
    for (const [answer, which] of alike)
      for (const column of [0, 1, 2, 3]) {
        const values = new Set(which.map((line) => line[column]!));
        if ([...values].some(isSmall))
          expect({ answer, several: values.size > 1 }).toEqual({ answer, several: true });
      }
  });

  it('are all that is left out: nought is shown, and whatever stands among large numbers', () => {
    const tables: Counted[] = [
      [
        [100, 0, 30, 9],
        [20, 0, 6, 5],
      ],
    ];
    expect(hiddenIn(tables)!.tables.flat(2)).not.toContain(true);
    expect(hiddenIn(tables)!.county).not.toContain(true);
  });

  it('take a whole row with them where the row is small, since its noughts would tell of each school', () => {
    const [table] = hiddenIn([
      [
        [100, 0, 30, 9],
        [2, 0, 0, 0],
      ],
    ])!.tables;
    expect(table![1]).toEqual([true, true, true, true]);
  });

  it.each([
    ['no school', [[[0, 0, 0, 0]]]],
    ['fewer than five schools', [[[2, 0, 2, 0]]]],
    [
      'all schools in one column, so that a row’s total is a figure by itself',
      [
        [
          [90, 0, 0, 0],
          [2, 0, 0, 0],
        ],
      ],
    ],
  ])('leave nothing to be published with %s', (_, tables) => {
    expect(hiddenIn(tables)).toBeUndefined();
  });
});
