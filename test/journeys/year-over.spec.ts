import { Reactor, Turning } from '#application';
import { County, newSchool } from './county';

/* Time passes by an event: on the first day after an academic year, what was neither used nor set aside lapses, once. */
it('lets what was not used of a year lapse when the next one begins', async () => {
  const county = await County.start();
  try {
    const { schoolId } = newSchool(1);
    county.at('2026-11-23T09:00:00.000Z');
    await county.given(['team-leader', 'schools/register-school', newSchool(1)]);
    await county.happened(`entitlement-${schoolId}-2026-27`, [
      {
        type: 'EntitlementGranted',
        data: {
          ...{ schoolId, academicYear: '2026/27', status: 'maintained', offerVersion: 'example' },
          ...{ effectiveFrom: '2026-09-01', becauseOf: schoolId, category: 'Prevention' },
          ...{ headlineVisits: 3, sspcHalfDays: 18, sslcHalfDays: 2, fundedPercent: 100 },
        },
      },
    ]);
    const turned = async (moment: string) => {
      county.at(moment);
      await county.app.get(Turning).turn();
      const log = await county.recorded();
      await county.app.get(Reactor).caughtUp(log.at(-1)!.position);
      return (await county.recorded()).filter(({ type }) => type === 'EntitlementLapsed');
    };
    expect(await turned('2027-08-31T12:00:00.000Z')).toEqual([]);
    const [lapsed, ...others] = await turned('2027-09-01T05:00:00.000Z');
    expect(lapsed?.data).toEqual({
      ...{ schoolId, academicYear: '2026/27', sspcHalfDays: 18, sslcHalfDays: 2 },
    });
    expect(others).toEqual([]);
    expect(await turned('2027-09-02T05:00:00.000Z')).toHaveLength(1);
    // Each day is on record once, however often it is looked.
    await turned('2027-09-02T06:00:00.000Z');
    const days = (await county.recorded()).filter(({ type }) => type === 'DayTurned');
    expect(days.map(({ data }) => data['day'])).toEqual(['2027-08-31', '2027-09-01', '2027-09-02']);
  } finally {
    await county.stop();
  }
});
