import fc from 'fast-check';
import type { Dashboard } from './dashboards';
import { changesBetween } from './dashboards';

const dashboard = fc
  .record({
    category: fc.constantFrom(undefined, 'Prevention', 'Intervention'),
    head: fc.constantFrom(undefined, 'permanent', 'interim'),
    score: fc.constantFrom(undefined, 10, 20),
    readings: fc.dictionary(
      fc.constantFrom('ks2', 'absence', 'roll'),
      fc.integer({ min: 0, max: 2 }),
    ),
    deployments: fc.dictionary(fc.constantFrom('d1', 'd2'), fc.integer({ min: 0, max: 2 })),
    notices: fc.dictionary(fc.constantFrom('n1'), fc.constantFrom('issued', 'not-complied')),
  })
  .map(
    ({ category, head, score, readings, deployments, notices }) =>
      ({
        day: '2026-11-23',
        ...(category === undefined ? {} : { category: { is: category, since: '2026-09-01' } }),
        ...(head === undefined ? {} : { head: { kind: head, from: '2026-09-01' } }),
        ...(score === undefined ? {} : { score }),
        readings: Object.entries(readings).map(([indicator, value]) => ({
          ...{ indicator, name: indicator.toUpperCase(), value },
        })),
        deployments: Object.entries(deployments).map(([deploymentId, used]) => ({
          ...{ deploymentId, specialism: 'send', role: 'SSPC', stage: 'started' },
          ...{ stageInWords: 'Under way', halfDays: { agreed: 4, used } },
        })),
        notices: Object.entries(notices).map(([noticeId, stage]) => ({
          ...{ noticeId, givenBy: 'authority', stage },
        })),
      }) as unknown as Dashboard,
  );

/** Then, with what changed put in place of what was: it must be now. */
function applied(then: Dashboard, changes: ReturnType<typeof changesBetween>) {
  const fields = Object.fromEntries(
    (['category', 'head', 'score'] as const).map((field) => [
      field,
      field in changes ? changes[field]?.now : then[field],
    ]),
  );
  const list = (
    name: 'readings' | 'deployments' | 'notices',
    id: 'indicator' | 'deploymentId' | 'noticeId',
  ) => {
    const by = new Map(
      then[name].map((one) => [(one as Record<string, unknown>)[id], one as unknown]),
    );
    for (const change of changes[name] as readonly Record<string, unknown>[]) {
      const { then: _then, now, ...about } = change;
      if (now === undefined) by.delete(about[id]);
      else by.set(about[id], { ...about, ...now });
    }
    return new Set([...by.values()].map((one) => JSON.stringify(sorted(one as object))));
  };
  return {
    fields,
    readings: list('readings', 'indicator'),
    deployments: list('deployments', 'deploymentId'),
    notices: list('notices', 'noticeId'),
  };
}
const sorted = (one: object) => Object.fromEntries(Object.entries(one).toSorted());
const as = ({ readings, deployments, notices, ...rest }: Dashboard) => ({
  fields: { category: rest.category, head: rest.head, score: rest.score },
  readings: new Set(readings.map((one) => JSON.stringify(sorted(one)))),
  deployments: new Set(deployments.map((one) => JSON.stringify(sorted(one)))),
  notices: new Set(notices.map((one) => JSON.stringify(sorted(one)))),
});

describe('what changed between two dashboards', () => {
  it('is what makes the one of then the one of now, and nothing besides', () => {
    fc.assert(
      fc.property(dashboard, dashboard, (then, now) => {
        const changes = changesBetween(then, now);
        expect(applied(then, changes)).toEqual(as(now));
        for (const { then: was, now: is } of [...changes.readings, ...changes.deployments])
          expect(JSON.stringify(was)).not.toBe(JSON.stringify(is));
        const unchanged = now.readings.filter(({ indicator, value }) =>
          then.readings.some((was) => was.indicator === indicator && was.value === value),
        );
        expect(changes.readingsUnchanged).toBe(unchanged.length);
      }),
    );
  });

  it('is nothing between a dashboard and itself', () => {
    fc.assert(
      fc.property(dashboard, (one) => {
        expect(changesBetween(one, one)).toEqual({
          ...{ readings: [], deployments: [], notices: [] },
          readingsUnchanged: one.readings.length,
        });
      }),
    );
  });
});
