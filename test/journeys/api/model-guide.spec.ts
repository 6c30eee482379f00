import { randomUUID } from 'node:crypto';
import { exampleGuide, exampleOffers } from '#domain';
import type { Person } from '../county';
import { County, newSchool, problemIn } from '../county';

type Body = Readonly<Record<string, unknown>>;

describe('the public guide of the model', () => {
  let county: County;
  let leader: Person;
  let nobody: Person;
  let position: string;
  const bodyOf = async (path: string, person = nobody): Promise<Body> => {
    const answer = await person.get(path);
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    return answer.body as Body;
  };
  const given = async (command: string, fields: object) => {
    const answer = await leader.post(`/api/v1/guide/${command}`, { ...fields });
    expect({ status: answer.status, body: answer.body as unknown }).toMatchObject({ status: 200 });
    return (position = answer.get('Position') ?? '');
  };
  const named = { publishedName: 'An Invented Name', personRef: 'person-clerk' };
  const [firstEntry] = exampleGuide.directory;

  beforeAll(async () => {
    county = await County.start();
    county.at('2022-08-30T09:00:00.000Z');
    leader = await county.as('team-leader');
    nobody = county.nobody();
    const [offer, april] = exampleOffers;
    await county.given(['head-of-service', 'policy/publish-offer', { ...offer }]);
    for (const section of exampleGuide.sections.slice(0, -1))
      await given('publish-guide-section', section);
    await given('enter-responsibility', { ...firstEntry, ...named });
    county.at('2023-03-20T09:00:00.000Z');
    await county.given(['head-of-service', 'policy/publish-offer', { ...april }]);
    await given('publish-guide-section', exampleGuide.sections.at(-1)!);
    county.at('2026-11-23T09:00:00.000Z');
    for (const document of exampleGuide.documents) await given('publish-guide-document', document);
    await given('withdraw-guide-document', exampleGuide.withdrawn);
  });
  afterAll(() => county.stop());

  const costsOn = async (query: string) => {
    const { sections } = (await bodyOf(`/api/v1/model-guide?${query}`)) as {
      sections: { section: string; version: string; text: string }[];
    };
    return sections.find(({ section }) => section === 'costs');
  };

  it('is read by anybody, whole, as it is in force on a day and as it was known', async () => {
    const { sections, offer } = await bodyOf(
      `/api/v1/model-guide?day=2023-03-31&atLeast=${position}`,
    );
    expect((sections as { section: string }[]).map(({ section }) => section)).toEqual([
      ...['purpose', 'assess', 'broker', 'collaborate', 'assure'],
      ...['year', 'categories', 'costs', 'roles', 'responding'],
    ]);
    expect(offer).toMatchObject({
      version: 'example-2022/23',
      supersededBy: 'example-2022/23-april',
    });
    expect(await bodyOf('/api/v1/model-guide?day=2023-04-01')).toMatchObject({
      offer: { version: 'example-2022/23-april' },
    });
    expect(await costsOn('day=2023-03-31')).toMatchObject({
      version: '2022',
      effectiveTo: '2023-03-31',
    });
    expect(await costsOn('day=2023-04-01')).toMatchObject({ version: '2023-04' });
    // Before the April version was published nobody knew of it.
    const then = await costsOn('day=2023-04-01&asOf=2023-03-19');
    expect(then).toMatchObject({ version: '2022' });
    expect(then).not.toHaveProperty('effectiveTo');
    expect(await bodyOf('/api/v1/model-guide?asOf=2022-08-29')).toEqual({
      ...{ day: '2022-08-29', sections: [], documents: [], directory: [] },
    });
    // Today no offer is in force, and the guide says nothing of one.
    expect(await bodyOf('/api/v1/model-guide')).not.toHaveProperty('offer');
  });

  it('points to documents, each with its versions and what became of them', async () => {
    const { documents } = (await bodyOf(`/api/v1/model-guide?atLeast=${position}`)) as {
      documents: { title: string; version: string; link: string }[];
    };
    expect(documents.map(({ version }) => version)).toEqual([
      ...['2026', 'section-60', '2022-2027', '2026-09', '2024-11'],
    ]);
    expect(documents.filter(({ link }) => !link.startsWith('https://'))).toEqual([]);
    const all = await bodyOf('/api/v1/model-guide/documents?limit=200');
    expect(all['total']).toBe(8);
    const found = all['documents'] as {
      inForce?: string;
      versions: { version: string; effectiveTo?: string; withdrawnBecause?: string }[];
    }[];
    const with_ = (version: string) =>
      found.find(({ versions }) => versions.some((one) => one.version === version));
    expect(with_('2024-11')).toMatchObject({
      inForce: '2024-11',
      versions: [
        { version: '2024-11' },
        { version: 'schools-causing-concern', effectiveTo: '2024-10-31', supersededBy: '2024-11' },
      ],
    });
    const consultation = with_('2026-02');
    expect(consultation).not.toHaveProperty('inForce');
    expect(consultation?.versions).toMatchObject([
      { effectiveTo: '2026-08-31', withdrawnBecause: exampleGuide.withdrawn.reason },
    ]);
    const first = await nobody.get('/api/v1/model-guide/documents?limit=5');
    expect((first.body as { documents: [] }).documents).toHaveLength(5);
    expect(first.get('Link')).toContain('skip=5');
  });

  it('names somebody only where the council publishes it, only today, and never by reference', async () => {
    const { directory } = await bodyOf('/api/v1/model-guide');
    expect(directory).toEqual([{ ...firstEntry, publishedName: 'An Invented Name' }]);
    const then = await bodyOf('/api/v1/model-guide?asOf=2026-11-22');
    expect(then['directory']).toEqual([{ ...firstEntry }]);
    // What feeds carry leaves the name out.
    const feed = await (await county.as('auditor')).get('/api/v1/events?limit=1000');
    expect(feed.text).toContain('ResponsibilityEntered');
    expect(feed.text).not.toContain('An Invented Name');
    await given('change-responsibility', { ...firstEntry });
    const { directory: changed } = await bodyOf(`/api/v1/model-guide?atLeast=${position}`);
    expect(changed).toEqual([{ ...firstEntry }]);
    await given('remove-responsibility', { responsibilityId: firstEntry!.responsibilityId });
    expect(await bodyOf(`/api/v1/model-guide?atLeast=${position}`)).toMatchObject({
      directory: [],
    });
  });

  it('is published by team leaders and the head of service, and answered about by the public alone', async () => {
    const [section] = exampleGuide.sections;
    for (const role of ['adviser', 'board', 'headteacher', 'auditor', 'operator'])
      problemIn(
        await (
          await county.as(role, newSchool(1).schoolId)
        ).post('/api/v1/guide/publish-guide-section', { ...section }),
        403,
        'NotYourRole',
      );
    problemIn(
      await nobody.post('/api/v1/guide/publish-guide-section', { ...section }),
      401,
      'NotSignedIn',
    );
    const answer = { answerId: randomUUID(), page: 'process', points: 5 };
    problemIn(await leader.post('/api/v1/guide/give-page-helpfulness', answer), 403, 'NotYourRole');
    problemIn(
      await (await county.as('public')).post('/api/v1/guide/give-page-helpfulness', answer),
      403,
      'NotForYou',
    );
  });

  it('says no with a pointer to the field', async () => {
    const [document] = exampleGuide.documents;
    const { errors } = problemIn(
      await leader.post('/api/v1/guide/publish-guide-document', {
        ...document,
        version: 'unsafe',
        link: 'http://council.example/',
      }),
      400,
      'Malformed',
    );
    expect(errors[0]?.pointer).toBe('/link');
    const refused = await leader.post('/api/v1/guide/publish-guide-document', {
      ...document,
      version: 'another',
    });
    expect(problemIn(refused, 409, 'GuideVersionInForce').errors[0]?.pointer).toBe('/supersedes');
  });
});
