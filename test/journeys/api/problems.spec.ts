import { EVENT_STORE } from '#application';
import type { EventStore } from '#kernel';
import { County, newSchool, problemIn } from '../county';

describe('what the API says no with, whatever is asked', () => {
  let county: County;
  beforeAll(async () => {
    county = await County.start();
  });
  afterAll(() => county.stop());

  it('knows nothing at an address that is none, and no round of a year that had none', async () => {
    const adviser = await county.as('adviser');
    problemIn(await adviser.get('/api/v1/nothing/here'), 404, 'NotFound');
    problemIn(await adviser.get('/api/v1/cycles/1999-00'), 404, 'NoSuchCycle');
  });

  it('gives up where others are always first, having recorded nothing', async () => {
    const [school, busy] = [newSchool(1), `school-${newSchool(1).schoolId}`];
    const leader = await county.as('team-leader');
    await county.given(['team-leader', 'schools/register-school', school]);
    const store = county.app.get<EventStore>(EVENT_STORE);
    const append = store.append.bind(store);
    let others = 0;
    // Before each attempt somebody else writes to the same stream: really, and to the end.
    const racing = jest.spyOn(store, 'append').mockImplementation(async (stream, ...rest) => {
      if (stream === busy && others < 20) {
        others += 1;
        racing.mockImplementation(append);
        const { schoolId } = school;
        const asAt = '2026-11-01';
        await county.happened(busy, [
          { type: 'PupilNumbersRecorded', data: { schoolId, pupils: 100 + others, asAt } },
        ]);
        racing.mockImplementation(contended);
      }
      return append(stream, ...rest);
    });
    const contended = racing.getMockImplementation() ?? append;
    const head = { schoolId: school.schoolId, kind: 'vacant', from: '2026-09-01' };
    try {
      problemIn(
        await leader.post('/api/v1/schools/record-head-change', head),
        409,
        'TooManyAtOnce',
      );
    } finally {
      racing.mockRestore();
    }
    expect(others).toBe(20);
    const types = (await county.recorded()).map(({ type }) => type);
    expect(types).not.toContain('HeadteacherChangeRecorded');
    expect((await leader.post('/api/v1/schools/record-head-change', head)).status).toBe(200);
  });
});
