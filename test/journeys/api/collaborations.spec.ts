import { randomUUID } from 'node:crypto';
import type { Person } from '../county';
import { County, newSchool, problemIn } from '../county';

type Body = Readonly<Record<string, unknown>>;

describe('schools that work together', () => {
  let county: County;
  let adviser: Person;
  let leader: Person;
  const id = (n: number) => newSchool(n).schoolId;
  const bodyOf = async (person: Person, path: string): Promise<Body> => {
    const answer = await person.get(path);
    expect(answer.status).toBe(200);
    return answer.body as Body;
  };
  const given = async (person: Person, command: string, fields: Body) => {
    const answer = await person.post(`/api/v1/collaborations/${command}`, fields);
    expect({ status: answer.status, body: answer.body as unknown }).toMatchObject({ status: 200 });
    return answer.get('Position') ?? '';
  };

  beforeAll(async () => {
    county = await County.start();
    county.at('2026-09-01T09:00:00.000Z');
    await county.given(
      ...[1, 2, 3, 4, 5, 6, 7, 8].map(
        (n) => ['team-leader', 'schools/register-school', newSchool(n)] as const,
      ),
      [
        'team-leader',
        'schools/close-school',
        { schoolId: id(5), closedOn: '2026-08-31', successorIds: [] },
      ],
    );
    [adviser, leader] = await Promise.all([county.as('adviser'), county.as('team-leader')]);
  });
  afterAll(() => county.stop());

  const form = (collaborationId = randomUUID() as string) => ({
    collaborationId,
    kind: 'formal',
    area: 'early-reading',
    purpose: 'Reading in mixed-age classes.',
    schoolIds: [id(1), id(2), id(3)],
    leadSchoolId: id(1),
    agreementRef: 'agreement-14',
    from: '2026-09-01',
    reviewDue: '2026-11-30',
  });

  it('form, on the journey of each; are joined and left; are reviewed when due; and end', async () => {
    const collaborationId = randomUUID();
    const { errors } = problemIn(
      await leader.post('/api/v1/collaborations/form-collaboration', {
        ...form(),
        schoolIds: [id(1)],
      }),
      422,
      'TwoSchoolsWanted',
    );
    expect(errors[0]?.pointer).toBe('/schoolIds');
    const { detail } = problemIn(
      await leader.post('/api/v1/collaborations/form-collaboration', {
        ...form(),
        schoolIds: [id(1), id(5), id(99)],
      }),
      409,
      'SchoolsNotOpen',
    );
    expect(detail).toContain(id(5));
    expect(detail).toContain(id(99));
    expect(detail).not.toContain(id(1));
    problemIn(
      await adviser.post('/api/v1/collaborations/form-collaboration', form()),
      403,
      'NotYourRole',
    );
    const formed = await given(leader, 'form-collaboration', form(collaborationId));
    expect(await given(leader, 'form-collaboration', form(collaborationId))).toBe(formed);
    for (const n of [1, 2, 3]) {
      const journey = await bodyOf(
        adviser,
        `/api/v1/schools/${newSchool(n).urn}/journey?atLeast=${formed}&limit=1`,
      );
      expect(journey['entries']).toMatchObject([
        {
          type: 'CollaborationFormed',
          says: '3 schools began to work together (formal, on early reading) from 1 September 2026, to be reviewed by 30 November 2026.',
        },
      ]);
    }

    // Joined, and left by the word of the school's own head.
    county.at('2026-11-02T09:00:00.000Z');
    problemIn(
      await leader.post('/api/v1/collaborations/join-collaboration', {
        collaborationId,
        schoolId: id(5),
      }),
      409,
      'SchoolsNotOpen',
    );
    await given(leader, 'join-collaboration', { collaborationId, schoolId: id(4) });
    const head = await county.as('headteacher', id(3));
    const leave = { collaborationId, schoolId: id(3), reason: 'It has what it came for.' };
    problemIn(
      await head.post('/api/v1/collaborations/leave-collaboration', { ...leave, schoolId: id(2) }),
      403,
      'NotYourSchool',
    );
    const gone = await given(head, 'leave-collaboration', leave);
    const list = await bodyOf(
      adviser,
      `/api/v1/collaborations?school=${newSchool(3).urn}&atLeast=${gone}`,
    );
    expect(list).toMatchObject({
      total: 1,
      collaborations: [
        {
          collaborationId,
          standing: 'going-on',
          lead: { name: newSchool(1).name },
          schools: [{ schoolId: id(1) }, { schoolId: id(2) }, { schoolId: id(4) }],
          former: [{ schoolId: id(3), until: '2026-11-02' }],
        },
      ],
    });
    const journey = await bodyOf(
      adviser,
      `/api/v1/schools/${newSchool(3).urn}/journey?limit=1&atLeast=${gone}`,
    );
    expect(journey['entries']).toMatchObject([{ type: 'SchoolLeftCollaboration' }]);

    // Overdue by the day it is asked as of.
    county.at('2026-12-10T09:00:00.000Z');
    const one = '/api/v1/collaborations?kind=formal&area=early-reading&open=true';
    expect(await bodyOf(adviser, one)).toMatchObject({
      collaborations: [{ standing: 'review-overdue', daysOverdue: 10 }],
    });
    expect(await bodyOf(adviser, `${one}&asOf=2026-11-30`)).toMatchObject({
      collaborations: [{ standing: 'going-on' }],
    });
    const review = { collaborationId, achieved: 'Phonics is planned together.', continues: false };
    problemIn(
      await leader.post('/api/v1/collaborations/review-collaboration', {
        ...review,
        continues: true,
      }),
      422,
      'NextReviewWanted',
    );
    const reviewed = await given(leader, 'review-collaboration', review);
    expect(await bodyOf(adviser, `${one}&atLeast=${reviewed}`)).toMatchObject({
      collaborations: [
        { standing: 'to-be-ended', lastReview: { achieved: 'Phonics is planned together.' } },
      ],
    });
    // What came of it after a school left is not told as that school's.
    const former = `/api/v1/schools/${newSchool(3).urn}/collaborations?atLeast=${reviewed}`;
    expect(JSON.stringify(await bodyOf(adviser, former))).not.toContain('Phonics');
    const ended = await given(leader, 'end-collaboration', { collaborationId, reason: 'Done.' });
    expect(await bodyOf(adviser, `${one}&atLeast=${ended}`)).toMatchObject({ total: 0 });
    const own = `/api/v1/schools/${newSchool(1).urn}/collaborations`;
    expect(await bodyOf(await county.as('chair', id(1)), own)).toMatchObject({
      total: 1,
      collaborations: [{ standing: 'ended', endedOn: '2026-12-10' }],
      strengths: [],
    });
    problemIn(await (await county.as('chair', id(2))).get(own), 403, 'NotYourSchool');
    problemIn(await (await county.as('board')).get(one), 403, 'NotForYou');
  });

  it.each(['kind=loose', 'open=yes', 'school=abc', 'area=A%20B'])(
    'refuses ?%s with a pointer to it',
    async (query) => {
      const answer = await adviser.get(`/api/v1/collaborations?${query}`);
      expect(problemIn(answer, 400, 'Malformed').errors[0]?.pointer).toBe(
        `/${query.split('=')[0]}`,
      );
    },
  );

  it('knows no school nobody registered', async () => {
    problemIn(await adviser.get('/api/v1/collaborations?school=999999'), 404, 'NoSuchSchool');
    problemIn(await adviser.get('/api/v1/strengths?for=999999'), 404, 'NoSuchSchool');
  });

  it('goes through the list page by page, at one moment', async () => {
    let position = '';
    for (const schoolIds of [
      [id(6), id(7)],
      [id(6), id(8)],
    ]) {
      const of = { schoolIds, leadSchoolId: id(6) };
      const one = { ...form(), collaborationId: randomUUID(), area: 'attendance', ...of };
      position = await given(leader, 'form-collaboration', one);
    }
    const { collaborations } = await bodyOf(
      adviser,
      `/api/v1/collaborations?area=attendance&atLeast=${position}`,
    );
    const first = await adviser.get('/api/v1/collaborations?limit=1&area=attendance');
    expect(first.body).toMatchObject({ total: 2 });
    const next = /<([^>]+)>; rel="next"/.exec(first.get('Link') ?? '')?.[1] ?? '';
    const second = await adviser.get(next);
    expect(second.get('Position')).toBe(first.get('Position'));
    const both = [first, second].flatMap(
      ({ body }) => (body as { collaborations: unknown[] }).collaborations,
    );
    expect(both).toEqual(collaborations);
    expect(second.get('Link')).toBeUndefined();
  });
});

describe('who could help whom', () => {
  let county: County;
  let adviser: Person;
  let leader: Person;
  const id = (n: number) => newSchool(n).schoolId;
  const bodyOf = async (person: Person, path: string): Promise<Body> => {
    const answer = await person.get(path);
    expect(answer.status).toBe(200);
    return answer.body as Body;
  };
  const given = async (person: Person, command: string, fields: Body) => {
    const answer = await person.post(`/api/v1/collaborations/${command}`, fields);
    expect({ status: answer.status, body: answer.body as unknown }).toMatchObject({ status: 200 });
    return answer.get('Position') ?? '';
  };

  beforeAll(async () => {
    county = await County.start();
    county.at('2026-12-11T09:00:00.000Z');
    await county.given(
      ...[1, 2, 3, 4, 5].map(
        (n) => ['team-leader', 'schools/register-school', newSchool(n)] as const,
      ),
    );
    [adviser, leader] = await Promise.all([county.as('adviser'), county.as('team-leader')]);
  });
  afterAll(() => county.stop());

  it('is found by strength, with the age of its evidence, for a school that needs it', async () => {
    const strength = (n: number, observedOn: string, more: Body = {}) => ({
      schoolId: id(n),
      area: 'early-reading',
      phase: 'primary',
      evidenceKind: 'visit',
      evidenceRef: `note-${n}`,
      observedOn,
      ...more,
    });
    const strengthId = randomUUID();
    await given(adviser, 'record-strength', strength(2, '2026-12-01', { strengthId }));
    await given(adviser, 'record-strength', strength(4, '2025-12-11'));
    await given(adviser, 'record-strength', strength(4, '2026-12-02', { area: 'attendance' }));
    await given(adviser, 'record-strength', strength(1, '2026-12-10'));
    await given(leader, 'form-collaboration', {
      collaborationId: randomUUID(),
      kind: 'bespoke',
      purpose: 'Reading.',
      schoolIds: [id(1), id(4)],
      leadSchoolId: id(1),
      from: '2026-09-01',
      reviewDue: '2027-03-31',
    });
    const asked = `/api/v1/strengths?area=early-reading&phase=primary`;
    const position = (
      await leader.post('/api/v1/collaborations/record-strength', strength(1, '2026-12-10'))
    ).get('Position');
    expect(
      await bodyOf(adviser, `${asked}&for=${newSchool(1).urn}&atLeast=${position}`),
    ).toMatchObject({
      total: 2,
      schools: [
        {
          school: { schoolId: id(2) },
          strengths: [{ ageDays: 10 }],
          collaborations: 0,
          together: false,
        },
        {
          school: { schoolId: id(4) },
          strengths: [{ ageDays: 365 }],
          collaborations: 1,
          together: true,
        },
      ],
    });
    const withdraw = { schoolId: id(2), strengthId, reason: 'The leader of reading has gone.' };
    const withdrawn = await given(adviser, 'withdraw-strength', withdraw);
    expect(await bodyOf(adviser, `${asked}&atLeast=${withdrawn}`)).toMatchObject({
      total: 2,
      schools: [{ school: { schoolId: id(1) } }, { school: { schoolId: id(4) } }],
    });
    const own = await bodyOf(adviser, `/api/v1/schools/${newSchool(4).urn}/collaborations`);
    expect(own['strengths']).toMatchObject([{ area: 'attendance' }, { area: 'early-reading' }]);
    const { text } = await adviser.get('/collaborations?strength=attendance');
    expect(text).toContain(`/schools/${newSchool(4).urn}/together`);
    expect(text).toContain('9 days old');
    const page = await (
      await county.as('headteacher', id(4))
    ).get(`/schools/${newSchool(4).urn}/together`);
    expect(page.text).toContain('Reading.');
    expect(page.text).toContain('1 year old');
    const elsewhere = await (
      await county.as('headteacher', id(1))
    ).get(`/schools/${newSchool(4).urn}/together`);
    expect(elsewhere.status).toBe(403);
    problemIn(
      await adviser.post(
        '/api/v1/collaborations/record-strength',
        strength(1, '2026-12-01', { area: 'Early reading' }),
      ),
      400,
      'Malformed',
    );
  });
});
