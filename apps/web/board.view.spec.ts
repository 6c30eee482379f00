import fc from 'fast-check';
import type { Board, Counts } from '#read-models';
import { BAR, boardSentence, flowSentence, found, segmentsOf } from './board.view';

const countsOf = (
  Enhancement: number,
  Prevention: number,
  Intervention: number,
  none: number,
): Counts => ({
  Enhancement,
  Prevention,
  Intervention,
  none,
});
const boardOf = (counts: Counts): Board => ({
  day: '2026-11-23',
  schools: Object.values(counts).reduce((a, b) => a + b, 0),
  counts,
  byStatus: [],
  byPhase: [],
});
const some = fc
  .tuple(...Array.from({ length: 4 }, () => fc.nat(300)))
  .map((n) => countsOf(n[0] ?? 0, n[1] ?? 0, n[2] ?? 0, n[3] ?? 0));

describe('the bar of schools by category', () => {
  it('is filled exactly, each piece where the one before it ends, none for nobody', () => {
    fc.assert(
      fc.property(some, (counts) => {
        const board = boardOf(counts);
        const segments = segmentsOf(board);
        const filled = segments.reduce((x, segment) => {
          expect(segment.x).toBe(x);
          if (segment.schools === 0) expect(segment.width).toBe(0);
          return x + segment.width;
        }, 0);
        expect(filled).toBe(board.schools === 0 ? 0 : BAR);
      }),
    );
  });
  it('has a sentence for an empty county too', () => {
    expect(boardSentence(boardOf(countsOf(0, 0, 0, 0)))).toBe(
      'No school was on record for 23 November 2026.',
    );
    expect(boardSentence(boardOf(countsOf(174, 45, 17, 0)))).toBe(
      'Of 236 schools on 23 November 2026, 17 (7%) are in Intervention, 45 (19%) in Prevention and 174 (74%) in Enhancement.',
    );
  });
});

it('the flow in a sentence counts moves by direction, and schools that came and went', () => {
  const rows = [
    { category: 'Enhancement', to: countsOf(150, 12, 3, 0) },
    { category: 'Prevention', to: countsOf(10, 30, 2, 0) },
    { category: 'Intervention', to: countsOf(1, 4, 11, 0) },
    { category: 'none', to: countsOf(5, 0, 0, 8) },
  ] as const;
  expect(flowSentence({ from: '2025-11-23', to: '2026-11-23', rows, came: 1, went: 2 })).toBe(
    'Between 23 November 2025 and 23 November 2026, 17 schools moved to more support, 15 moved to less, and 191 stayed where they were. 1 school was new, and 2 schools were no longer open.',
  );
});

it('schools are found by name in any case, by the school that held a URN, and by what they are', () => {
  const line = (schoolId: string, name: string, category?: 'Prevention') => ({
    school: {
      schoolId,
      urn: '900001',
      name,
      kind: 'primary',
      phase: 'primary',
      status: 'maintained',
    } as const,
    ...(category === undefined ? {} : { category }),
  });
  const lines = [line('a', 'Example Brook'), line('b', 'Invented Hill', 'Prevention')];
  const names = (search: Parameters<typeof found>[1]) =>
    found(lines, search).map(({ school }) => school.schoolId);
  expect(names({})).toEqual(['a', 'b']);
  expect(names({ q: 'bROOK' })).toEqual(['a']);
  expect(names({ q: '900777', holderOfUrn: 'b' })).toEqual(['b']);
  expect(names({ category: 'none' })).toEqual(['a']);
  expect(names({ category: 'Prevention', phase: 'primary', status: 'academy' })).toEqual([]);
});
