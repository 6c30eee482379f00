import { asDeclared, given } from '#kernel';
import fc from 'fast-check';
import type { QualityPolicy } from '../shared/quality-policy';
import { qualityObjects } from '../shared/quality-policy';
import { categories } from '../shared/words';
import type { Candidate } from './drawing';
import { draw, DRAWING, fnv1a, mulberry32, shuffled } from './drawing';
import type { SampleEvent } from './events';
import { sampleEvents } from './events';
import { schoolId, uuid } from './history-in-specs';
import { decider as bare, sample } from './sample';

const decider = asDeclared(sampleEvents, bare);
const policy: QualityPolicy = {
  version: 'example-quality-2022',
  title: 'Example quality policy for specs',
  example: true,
  effectiveFrom: '2022-09-01',
  shares: [
    { object: 'assessment', category: 'Intervention', percent: 100 },
    { object: 'assessment', percent: 33 },
    { object: 'visit-record', percent: 20 },
    { object: 'deployment', category: 'Intervention', percent: 100 },
    { object: 'deployment', category: 'Prevention', percent: 33 },
    { object: 'champion', percent: 100 },
  ],
  always: [
    { object: 'assessment', rule: 'all-overrides' },
    { object: 'visit-record', rule: 'first-of-a-new-champion', first: 3 },
  ],
};
const candidate = (n: number, more: Partial<Candidate> = {}): Candidate => ({
  object: 'assessment',
  objectId: uuid(n),
  schoolId,
  category: 'Enhancement',
  ...more,
});
const population = [
  candidate(1, { category: 'Intervention' }),
  candidate(2, { override: true }),
  ...[3, 4, 5, 6].map((n) => candidate(n)),
  candidate(7, { object: 'visit-record', category: 'Prevention', nthOfChampion: 3 }),
  candidate(8, { object: 'visit-record', category: 'Prevention', nthOfChampion: 4 }),
];
const known = { policy: { versions: { [policy.version]: policy } }, population };
const command = {
  academicYear: '2026/27',
  halfTerm: 1,
  from: '2026-09-01',
  to: '2026-10-30',
  seed: 'oak-17',
};
const drawn: SampleEvent = {
  type: 'QualitySampleDrawn',
  data: {
    ...command,
    policyVersion: 'example-quality-2022',
    method: DRAWING,
    population: [
      {
        object: 'assessment',
        category: 'Intervention',
        percent: 100,
        size: 1,
        byRule: 0,
        byShare: 1,
      },
      { object: 'assessment', percent: 33, size: 5, byRule: 1, byShare: 2 },
      { object: 'visit-record', percent: 20, size: 2, byRule: 1, byShare: 1 },
    ],
    drawn: [
      { object: 'assessment', objectId: uuid(1), schoolId, by: 'share' },
      { object: 'assessment', objectId: uuid(2), schoolId, by: 'all-overrides' },
      // The two of four that "oak-17/assessment/rest" puts first: never to change, or old samples cannot be drawn again.
      { object: 'assessment', objectId: uuid(5), schoolId, by: 'share' },
      { object: 'assessment', objectId: uuid(6), schoolId, by: 'share' },
      { object: 'visit-record', objectId: uuid(7), schoolId, by: 'first-of-a-new-champion' },
      { object: 'visit-record', objectId: uuid(8), schoolId, by: 'share' },
    ],
    drawnById: 'person-team-leader',
    drawnOn: '2026-11-23',
  },
};
const drawing = (history: readonly SampleEvent[], more: object = {}, of: object = {}) =>
  given(decider, history, { ...known, ...of }).when(
    'DrawQualitySample',
    { ...command, ...more },
    { by: 'team-leader' },
  );

describe('drawing a sample', () => {
  it('is by the policy, with a seed on record, once', () => {
    drawing([]).then([drawn]).again().silent();
    expect(sample.stream(command)).toBe('qualitySample-2026-27-1');
  });

  it('stands: it is not drawn again until it pleases', () => {
    drawing([drawn], { seed: 'another' }).refused('SampleDrawnBefore', 'oak-17');
    drawing([drawn], { to: '2026-10-23' }).refused('SampleDrawnBefore');
    const { seed: _, ...unsaid } = command;
    given(decider, [drawn], known).when('DrawQualitySample', unsaid).silent();
  });

  it('makes a seed where none is given', () => {
    const { seed: _, ...unsaid } = command;
    const seed = uuid(0);
    const data = { ...drawn.data, ...draw(population, policy, seed), seed };
    given(decider, [], known)
      .when('DrawQualitySample', unsaid, { by: 'team-leader' })
      .then([{ type: 'QualitySampleDrawn', data }])
      .again()
      .silent();
  });

  it.each([
    [{ from: '2026-08-31' }],
    [{ from: '2026-10-30', to: '2026-10-29' }],
    [{ from: '2026-09-01', to: '2026-12-11' }],
    [{ academicYear: '2025/26' }],
  ])('is of a half-term of its year, not %j', (more) => {
    drawing([], more).refused('HalfTermUnfit', 'no half-term');
  });

  it('is refused before the half-term is over, without a policy and without work', () => {
    drawing([], { to: '2026-11-24' }).refused('InTheFuture');
    drawing([], {}, { policy: { versions: {} } }).refused('NoQualityPolicy', '2026-10-30');
    const later = { ...policy, effectiveFrom: '2026-10-31' };
    drawing([], {}, { policy: { versions: { later } } }).refused('NoQualityPolicy');
    drawing([], {}, { population: [] }).refused('NothingToDrawFrom', '2026-09-01');
  });

  it('goes by the policy in force on the last day', () => {
    const all = {
      ...policy,
      version: 'all',
      effectiveFrom: '2026-10-30',
      shares: [{ object: 'assessment' as const, percent: 100 }],
      always: [],
    };
    const none = { ...all, version: 'none', effectiveFrom: '2026-10-31' };
    const data = { ...drawn.data, ...draw(population, all, 'oak-17'), policyVersion: 'all' };
    drawing([], {}, { policy: { versions: { none, all, [policy.version]: policy } } }).then([
      { type: 'QualitySampleDrawn', data },
    ]);
    // What the policy has no share for is counted, and none of it drawn.
    expect(
      data.population.map(({ object, percent, byShare }) => [object, percent, byShare]),
    ).toEqual([
      ['assessment', 100, 6],
      ['visit-record', 0, 0],
    ]);
  });

  it('asks for the work of the half-term', () => {
    const question = sample.knows['population'];
    if (question === undefined || !('about' in question)) throw new Error('It is a question.');
    expect(question.about({ ...command }, undefined)).toEqual({
      from: '2026-09-01',
      to: '2026-10-30',
    });
  });
});

describe('the lot', () => {
  it('is as it is documented: published vectors of its parts', () => {
    // Of the FNV authors' test suite.
    expect([fnv1a(''), fnv1a('a'), fnv1a('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
    const random = mulberry32(0);
    expect([random(), random()].map((r) => r * 2 ** 32)).toEqual([1144304738, 1416247]);
    expect(shuffled([1, 2, 3, 4, 5, 6, 7, 8], 'oak-17')).toEqual([8, 1, 3, 6, 2, 5, 7, 4]);
  });

  const candidates = fc.uniqueArray(fc.nat(100_000), { maxLength: 60 }).chain((ids) =>
    fc.tuple(
      ...ids.map((n) =>
        fc.record({
          object: fc.constantFrom(...qualityObjects),
          objectId: fc.constant(uuid(n)),
          schoolId: fc.constant(schoolId),
          category: fc.constantFrom(...categories),
          override: fc.boolean(),
          nthOfChampion: fc.integer({ min: 1, max: 9 }),
        }),
      ),
    ),
  );

  it('gives the same sample for the same seed, in whatever order the population comes', () => {
    fc.assert(
      fc.property(candidates, fc.string({ maxLength: 9 }), (all, seed) => {
        expect(draw(all.toReversed(), policy, seed)).toEqual(draw(all, policy, seed));
      }),
    );
  });

  it('draws each once, all that a rule takes, and the share of the others rounded up', () => {
    fc.assert(
      fc.property(candidates, fc.string({ maxLength: 9 }), (all, seed) => {
        const result = draw(all, policy, seed);
        const ids = result.drawn.map(({ objectId }) => objectId);
        expect(new Set(ids).size).toBe(ids.length);
        const must = all.filter(
          ({ object, category, override, nthOfChampion }) =>
            object === 'champion' ||
            (category === 'Intervention' && object !== 'visit-record') ||
            (object === 'assessment' && override) ||
            (object === 'visit-record' && nthOfChampion <= 3),
        );
        expect(must.filter(({ objectId }) => !ids.includes(objectId))).toEqual([]);
        for (const { percent, size, byRule, byShare } of result.population)
          expect(byShare).toBe(Math.ceil(((size - byRule) * percent) / 100));
        expect(result.population.reduce((sum, { size }) => sum + size, 0)).toBe(all.length);
      }),
    );
  });

  it('is fair: over many seeds everyone is drawn about as often', () => {
    const times = new Map<string, number>();
    const twelve = Array.from({ length: 12 }, (_, n) => candidate(n));
    const some = { shares: [{ object: 'assessment' as const, percent: 25 }], always: [] };
    for (let seed = 0; seed < 4000; seed++) {
      for (const { objectId } of draw(twelve, some, `seed-${seed}`).drawn)
        times.set(objectId, (times.get(objectId) ?? 0) + 1);
    }
    // 3 of 12 in 4,000 draws: a thousand each, with a standard deviation of 27.
    const counts = twelve.map(({ objectId }) => times.get(objectId) ?? 0);
    expect(Math.min(...counts)).toBeGreaterThan(880);
    expect(Math.max(...counts)).toBeLessThan(1120);
  });
});
