import fc from 'fast-check';
import { daysAfter } from '#domain';
import { boardDeploymentsOf } from './board-deployments';
import type { Deployment } from './deployments';
import { deployments } from './deployments';
import { documentsAfter } from './folded-in-specs';
import type { QualityReview } from './quality-reviews';

/* The Board's half-term out of events, beside counts of the lives the events were made of. */
const [FROM, TO] = ['2026-11-01', '2026-12-31'];
const day = fc.integer({ min: 0, max: 120 }).map((n) => daysAfter('2026-10-01', n));
const life = fc
  .record({
    days: fc.tuple(day, day, day, day),
    steps: fc.integer({ min: 0, max: 3 }),
    early: fc.constantFrom(undefined, 'relationship', 'objectives-met'),
    results: fc.array(fc.constantFrom('reached', 'partly', 'not-reached'), {
      minLength: 1,
      maxLength: 3,
    }),
    withSchool: fc.boolean(),
  })
  .map(({ days, ...rest }) => {
    const [named, started, ended, judged] = days.toSorted() as [string, string, string, string];
    return { ...rest, named, started, ended, judged };
  });
type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

const eventsOf = (
  { named, started, ended, judged, steps, early, results, withSchool }: Life,
  n: number,
): readonly { readonly type: string; readonly data: object }[] => {
  const about = { deploymentId: `d${n}`, schoolId: `SCHOOL${n}` };
  const between = { ...about, championId: 'c', homeSchoolId: 'HOME' };
  const objectives = results.map((_, i) => ({
    ...{ objectiveId: `o${i}`, what: 'SECRET', measure: 'SECRET', baseline: '1', target: '2' },
  }));
  const end =
    early === undefined
      ? { type: 'DeploymentCompleted', data: { ...between, completedOn: ended, reservations: [] } }
      : {
          type: 'DeploymentEndedEarly',
          data: { ...between, endedOn: ended, because: early, reservations: [] },
        };
  return [
    {
      type: 'SupportNeedIdentified',
      data: {
        ...{ ...about, specialism: 'send', focus: 'SECRET', priority: 'soon', role: 'SSPC' },
        ...{ proposedBy: 'team', identifiedOn: named, selfFunded: false },
      },
    },
    ...[
      {
        type: 'DeploymentConfirmed',
        data: {
          ...{ ...between, halfDays: 4, from: started, to: '2027-08-31', objectives },
          ...{ academicYear: '2026/27', payer: { kind: 'authority', authorityPercent: 100 } },
        },
      },
      { type: 'DeploymentStarted', data: { ...between, startedOn: started } },
    ].slice(0, steps > 0 ? 2 : 0),
    ...(steps > 1 ? [end] : []),
    ...(steps > 2
      ? [
          {
            type: 'ImpactEvaluated',
            data: {
              ...{ ...between, evaluatedOn: judged, evaluatorId: 'p' },
              ...(withSchool ? { headId: 'h' } : {}),
              results: results.map((result, i) => ({
                ...{ objectiveId: `o${i}`, result, now: '2', evidence: 'SECRET' },
              })),
            },
          },
        ]
      : []),
  ];
};

describe('the Board’s half-term', () => {
  it('counts what happened in it, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(life, { maxLength: 10 }), (lives) => {
        const documents = documentsAfter(deployments, lives.flatMap(eventsOf));
        const all = Object.values(documents) as unknown as Deployment[];
        const found = boardDeploymentsOf(all, [], { from: FROM, to: TO, today: '2027-08-01' });
        const within = (on: string): boolean => on >= FROM && on <= TO;
        const count = (which: (one: Life) => boolean): number => lives.filter(which).length;
        const judged = lives.filter(({ steps, judged: on }) => steps > 2 && within(on));
        const results = judged.flatMap((one) => one.results);
        expect(found).toMatchObject({
          named: count((one) => within(one.named)),
          started: count((one) => one.steps > 0 && within(one.started)),
          underWay: count(
            (one) => one.steps > 0 && one.started <= TO && !(one.steps > 1 && one.ended <= TO),
          ),
          completed: count((one) => one.steps > 1 && within(one.ended) && one.early === undefined),
          endedEarly: count((one) => one.steps > 1 && within(one.ended) && one.early !== undefined),
          judged: {
            deployments: judged.length,
            withSchool: judged.filter((one) => one.withSchool).length,
            objectives: results.length,
            reached: results.filter((one) => one === 'reached').length,
            notReached: results.filter((one) => one === 'not-reached').length,
          },
        });
        const kinds = (kind: string): number =>
          found.exceptions.filter((one) => one.kind === kind).length;
        expect(kinds('not-reached')).toBe(
          judged.filter((one) => one.results.includes('not-reached')).length,
        );
        expect(kinds('ended-early')).toBe(
          count((one) => one.steps > 1 && within(one.ended) && one.early === 'relationship'),
        );
        expect(JSON.stringify(found)).not.toMatch(/SECRET|SCHOOL|HOME|"d\d/);
      }),
      { numRuns: 300 },
    );
  });

  const review = (verdict: string, completedOn: string, more = {}) =>
    ({
      ...{ reviewId: completedOn, object: 'deployment', objectId: 'd0', schoolId: 's' },
      ...{ stage: 'completed', verdict, completedOn, ...more },
    }) as unknown as QualityReview;

  it('tells of a poor verdict by the one that stands', () => {
    const one: Life = {
      ...{ named: '2026-10-01', started: '2026-10-05', ended: '2026-12-01', judged: '2026-12-02' },
      ...{ steps: 1, early: undefined, results: ['reached'], withSchool: true },
    };
    const all = Object.values(
      documentsAfter(deployments, eventsOf(one, 0)),
    ) as unknown as Deployment[];
    const about = { from: FROM, to: TO, today: '2026-11-20' };
    const told = (...reviews: readonly QualityReview[]) =>
      boardDeploymentsOf(all, reviews, about).exceptions.filter(
        ({ kind }) => kind === 'poor-verdict',
      );
    expect(told(review('not-effective', '2026-11-10'))).toEqual([
      {
        ...{ kind: 'poor-verdict', says: 'found not effective', specialism: 'send' },
        ...{ role: 'SSPC', on: '2026-11-10' },
      },
    ]);
    const moderated = { stage: 'moderated', moderatedOn: '2026-11-12' };
    expect(told(review('effective', '2026-11-10', moderated))).toEqual([]);
    expect(told(review('not-effective', '2026-11-05'), review('effective', '2026-11-15'))).toEqual(
      [],
    );
    // What is overdue while the half-term runs is counted to the day itself.
    const late = boardDeploymentsOf(all, [], about).exceptions;
    expect(late).toMatchObject([
      { kind: 'overdue', says: 'See to a first visit, due within 7 days of the start' },
    ]);
  });
});
