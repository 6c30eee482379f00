import fc from 'fast-check';
import type { Champion } from './champions';
import type { Deployment } from './deployments';
import type { SchoolCard } from './schools';
import { NO_AREA, unmetAmong, withoutSchools } from './unmet-needs';

/* Needs beside every champion, by rules said once more and otherwise. */
const TODAY = '2026-11-23';
const schoolIds = ['a', 'b', 'c', 'd'];
const specialisms = ['early-reading', 'send', 'attendance'];
const categories = ['Enhancement', 'Prevention', undefined] as const;

const card = fc.record({
  category: fc.constantFrom(...categories),
  trust: fc.constantFrom('t', undefined),
  open: fc.boolean(),
});
const champion = fc.record({
  homeSchoolId: fc.constantFrom(...schoolIds),
  specialism: fc.constantFrom(...specialisms),
  role: fc.constantFrom('SSLC', 'SSPC'),
  status: fc.constantFrom('active', 'paused'),
  vettedUntil: fc.constantFrom('2028-08-31', '2026-12-31'),
  reserved: fc.constantFrom(0, 28, 29),
  interest: fc.constantFrom(undefined, 'a'),
  away: fc.boolean(),
});
const need = fc.record({
  schoolId: fc.constantFrom(...schoolIds),
  specialism: fc.constantFrom(...specialisms),
  role: fc.constantFrom('SSLC', 'SSPC'),
});
type Drawn<T> = T extends fc.Arbitrary<infer D> ? D : never;

const cardOf = (schoolId: string, { category, trust, open }: Drawn<typeof card>): SchoolCard =>
  ({
    ...{ schoolId, urn: schoolId, name: schoolId, phase: 'primary', open },
    ...(category === undefined ? {} : { category: { is: category } }),
    ...(trust === undefined ? {} : { trust }),
  }) as unknown as SchoolCard;
const championOf = (drawn: Drawn<typeof champion>, n: number): Champion =>
  ({
    ...{ championId: String(n), personRef: `p${n}`, homeSchoolId: drawn.homeSchoolId },
    ...{ roles: [drawn.role], specialisms: [drawn.specialism], phases: ['primary'] },
    ...{ status: drawn.status, vettedUntil: drawn.vettedUntil, yearlyCapHalfDays: 30 },
    years: { '2026/27': { reserved: drawn.reserved, consumed: 0 } },
    availability: drawn.away
      ? [
          {
            academicYear: '2026/27',
            from: '2026-09-01',
            to: '2027-08-31',
            halfDays: 0,
            per: 'period',
          },
        ]
      : [],
    interests: drawn.interest === undefined ? [] : [{ counterpartyIds: [drawn.interest] }],
  }) as unknown as Champion;

/** Whether somebody can meet a need, said the other way round: by all that must be so. */
const canMeet = (
  of: Drawn<typeof champion>,
  wanted: Drawn<typeof need>,
  cards: Readonly<Record<string, Drawn<typeof card>>>,
): boolean => {
  const [home, school] = [cards[of.homeSchoolId]!, cards[wanted.schoolId]!];
  return (
    of.specialism === wanted.specialism &&
    of.role === wanted.role &&
    of.status === 'active' &&
    of.vettedUntil >= '2027-08-31' &&
    30 - of.reserved >= 2 &&
    !of.away &&
    of.interest !== wanted.schoolId &&
    of.homeSchoolId !== wanted.schoolId &&
    home.open &&
    home.category !== 'Prevention' &&
    (home.trust === undefined || home.trust !== school.trust)
  );
};

describe('needs no champion can meet', () => {
  it('are those that nobody of the county can, cell by cell', () => {
    fc.assert(
      fc.property(
        fc.array(card, { minLength: 4, maxLength: 4 }),
        fc.array(champion, { maxLength: 8 }),
        fc.array(need, { maxLength: 8 }),
        (drawn, people, needs) => {
          const cards = Object.fromEntries(schoolIds.map((id, n) => [id, drawn[n]!]));
          const found = unmetAmong(
            {
              needs: needs.map(
                (one, n) =>
                  ({
                    ...one,
                    deploymentId: String(n),
                    identifiedOn: TODAY,
                  }) as unknown as Deployment,
              ),
              champions: people.map(championOf),
              schools: new Map(schoolIds.map((id) => [id, cardOf(id, cards[id]!)])),
              areas: new Map([
                ['a', 'East'],
                ['b', 'East'],
                ['c', 'West'],
              ]),
            },
            TODAY,
          );
          const area = (id: string) => ({ a: 'East', b: 'East', c: 'West' })[id] ?? NO_AREA;
          const unmet = needs.filter((one) => !people.some((of) => canMeet(of, one, cards)));
          expect([found.open, found.unmet]).toEqual([needs.length, unmet.length]);
          for (const { area: row, specialism, ...cell } of found.cells) {
            const here = (of: readonly Drawn<typeof need>[]) =>
              of.filter((one) => area(one.schoolId) === row && one.specialism === specialism);
            expect([cell.open, cell.unmet]).toEqual([here(needs).length, here(unmet).length]);
            expect(cell.reasons.length > 0).toBe(cell.unmet > 0);
            for (const { because } of cell.needs) expect(because.length).toBeGreaterThan(0);
          }
          const counted = found.cells.reduce((sum, cell) => sum + cell.open, 0);
          expect(counted).toBe(needs.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  const only = (people: readonly Champion[], more: Partial<Deployment> = {}) =>
    unmetAmong(
      {
        needs: [
          {
            ...{ deploymentId: '1', schoolId: 'a', specialism: 'send', role: 'SSPC' },
            ...{ identifiedOn: TODAY, ...more },
          } as unknown as Deployment,
        ],
        champions: people,
        schools: new Map(
          schoolIds.map((id) => [
            id,
            cardOf(id, { category: undefined, trust: undefined, open: true }),
          ]),
        ),
        areas: new Map(),
      },
      TODAY,
    );
  const fit: Drawn<typeof champion> = {
    ...{ homeSchoolId: 'b', specialism: 'send', role: 'SSPC', status: 'active', away: false },
    ...{ vettedUntil: '2028-08-31', reserved: 0, interest: undefined },
  };

  it('say why nobody fits, in words that name nobody', () => {
    expect(only([]).cells).toMatchObject([
      { reasons: [{ code: 'no-specialist', says: 'no champion has the specialism', needs: 1 }] },
    ]);
    expect(only([championOf({ ...fit, reserved: 29 }, 1)]).cells).toMatchObject([
      { reasons: [{ code: 'too-few-days', says: 'have too few days left' }] },
    ]);
    expect(only([championOf(fit, 1)])).toMatchObject({ open: 1, unmet: 0 });
  });

  it('name schools only for whoever may see them', () => {
    const found = only([]);
    expect(found.cells[0]?.needs).toMatchObject([{ school: { schoolId: 'a' } }]);
    expect(JSON.stringify(withoutSchools(found))).not.toContain('"a"');
  });
});
