import { County, newSchool, problemIn } from '../county';
import type { Person } from '../county';

const REGISTER = '/api/v1/schools/register-school';

describe('giving a command over HTTP', () => {
  let county: County;
  let leader: Person;
  beforeAll(async () => {
    county = await County.start();
    leader = await county.as('team-leader');
  });
  afterAll(() => county.stop());

  it('records what was decided and says where in the log it stands', async () => {
    const school = newSchool(1);
    const before = (await county.recorded()).length;

    const answer = await leader.post(REGISTER, school);

    expect(answer.status).toBe(200);
    const recorded = (await county.recorded()).slice(before);
    expect(recorded.map(({ type }) => type)).toEqual(['SchoolRegistered']);
    expect(answer.get('Position')).toBe(String(recorded[0]!.position));
    expect(answer.body).toMatchObject({
      position: recorded[0]!.position,
      repeated: false,
      recorded: [{ type: 'SchoolRegistered' }],
    });
    expect(recorded[0]!.metadata).toMatchObject({
      actor: { id: 'person-team-leader', role: 'team-leader' },
    });
  });

  it('is answered under its other name as well', async () => {
    const fields = { schoolId: newSchool(1).schoolId, assessmentId: newSchool(2).schoolId };
    const adviser = await county.as('adviser');
    const [under, called] = await Promise.all(
      ['calculate-score', 'score'].map((name) => adviser.post(`/api/v1/risk/${name}`, fields)),
    );
    problemIn(called!, 404, 'AssessmentUnknown');
    expect(called!.body).toEqual({ ...(under!.body as object), instance: '/api/v1/risk/score' });
  });

  it('needs somebody to give it', async () => {
    problemIn(await county.nobody().post(REGISTER, newSchool(2)), 401, 'NotSignedIn');
    problemIn(
      await county.person('no.such.token').post(REGISTER, newSchool(2)),
      401,
      'NotSignedIn',
    );
  });

  it('is for the roles that may, and says who they are', async () => {
    const { detail } = problemIn(
      await (await county.as('auditor')).post(REGISTER, newSchool(2)),
      403,
      'NotYourRole',
    );
    expect(detail).toContain('team-leader');
    expect(detail).toContain('auditor');
  });

  it('refuses a head who speaks of another school', async () => {
    const { schoolId } = newSchool(1);
    const head = await county.as('headteacher', newSchool(77).schoolId);
    const fields = { schoolId, grounds: 'The readings are last year\u2019s.' };
    const answer = await head.post('/api/v1/categories/request-review', fields);
    const { errors } = problemIn(answer, 403, 'NotYourSchool');
    expect(errors[0]?.pointer).toBe('/schoolId');
  });

  it.each([
    '/api/v1/schools/abolish-school',
    '/api/v1/categories/register-school',
    '/api/v1/constructor/__proto__',
    '/api/v1/schools/RegisterSchool',
  ])('knows no command at %s', async (path) => {
    problemIn(await leader.post(path, newSchool(2)), 404, 'NoSuchCommand');
  });

  it('names every field that cannot be used, with a pointer', async () => {
    const bad = {
      ...newSchool(3),
      urn: '12',
      asAt: '2026-02-31',
      phase: 'kindergarten',
      name: '   ',
    };
    const { errors } = problemIn(await leader.post(REGISTER, bad), 400, 'Malformed');
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual([
      '/asAt',
      '/name',
      '/phase',
      '/urn',
    ]);
    expect(errors.find(({ pointer }) => pointer === '/phase')?.detail).toContain('primary');
  });

  it('points into a record inside the command', async () => {
    const bad = { ...newSchool(3), trust: { uid: '5000', name: '', colour: 'red' } };
    const { errors } = problemIn(await leader.post(REGISTER, bad), 400, 'Malformed');
    expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual([
      '/trust/colour',
      '/trust/name',
    ]);
  });

  it('refuses a field it does not know, and records nothing', async () => {
    const before = (await county.recorded()).length;
    const { errors } = problemIn(
      await leader.post(REGISTER, { ...newSchool(3), shoeSize: 43 }),
      400,
      'Malformed',
    );
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/shoeSize']);
    expect(await county.recorded()).toHaveLength(before);
  });

  it.each([
    ['broken JSON', '{"urn": '],
    ['a list', '[]'],
    ['a bare word', '"school"'],
    ['nothing', ''],
    ['null', 'null'],
  ])('refuses a body that is %s', async (_, body) => {
    const answer = await leader.post(REGISTER).set('Content-Type', 'application/json').send(body);
    expect(answer.status).toBe(400);
    expect(answer.get('Content-Type')).toMatch(/^application\/problem\+json/);
  });

  it('refuses in the words of the refusal when the state of things forbids it', async () => {
    await leader.post(REGISTER, newSchool(4));
    const twin = { ...newSchool(5), urn: newSchool(4).urn };
    const answer = await leader.post(REGISTER, twin);
    expect(answer.status).toBe(409);
    expect((answer.body as { detail: string }).detail).toContain(newSchool(4).urn);
  });

  describe('under an Idempotency-Key', () => {
    it('is done once however often it is sent, and answered the same', async () => {
      const before = (await county.recorded()).length;
      const key = { 'Idempotency-Key': 'the-sixth-school' };
      const first = await leader.post(REGISTER, newSchool(6), key);
      const again = await leader.post(REGISTER, newSchool(6), key);

      expect(first.status).toBe(200);
      expect(again.status).toBe(200);
      expect(again.get('Position')).toBe(first.get('Position'));
      expect(again.body).toEqual({ ...first.body, repeated: true });
      expect((await county.recorded()).slice(before)).toHaveLength(1);
    });

    it('is done once when both are sent at the same moment', async () => {
      const before = (await county.recorded()).length;
      const key = { 'Idempotency-Key': 'the-seventh-school' };
      const answers = await Promise.all(
        [1, 2, 3, 4].map(() => leader.post(REGISTER, newSchool(7), key)),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(new Set(answers.map((answer) => answer.get('Position'))).size).toBe(1);
      expect((await county.recorded()).slice(before)).toHaveLength(1);
    });

    it('refuses the same key for another request', async () => {
      const key = { 'Idempotency-Key': 'the-eighth-school' };
      await leader.post(REGISTER, newSchool(8), key);
      problemIn(
        await leader.post(REGISTER, { ...newSchool(8), name: 'Another Name School' }, key),
        422,
        'IdempotencyKeyReused',
      );
    });

    it('belongs to whoever sent it', async () => {
      const key = { 'Idempotency-Key': 'mine' };
      const head = await county.as('head-of-service');
      expect((await leader.post(REGISTER, newSchool(9), key)).status).toBe(200);
      expect((await head.post(REGISTER, newSchool(10), key)).body).toMatchObject({
        repeated: false,
      });
    });
  });

  it('keeps commands on different schools out of each other\u2019s way', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => leader.post(REGISTER, newSchool(100 + i))),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const urns = (await county.recorded())
      .filter(({ type }) => type === 'SchoolRegistered')
      .map(({ data }) => data['urn']);
    expect(new Set(urns).size).toBe(urns.length);
  });
});
