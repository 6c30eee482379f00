import type { County, Person } from '../county';
import type { School } from '../support-story';
import { supportStory } from '../support-story';

/*
 * The same questions on the pages: what each of those concerned is told there, and what they are not.
 */
describe('pages of the questions about support', () => {
  let county: County;
  let adviser: Person;
  let supported: School;
  let home: School;
  let alone: School;

  beforeAll(async () => {
    ({ county, supported, home, alone } = await supportStory());
    adviser = await county.as('adviser');
  });
  afterAll(() => county.stop());

  const textOf = async (path: string, who = adviser): Promise<string> => {
    const end = (await county.recorded()).at(-1)?.position ?? 0;
    const answer = await who.get(`${path}${path.includes('?') ? '&' : '?'}atLeast=${end}`);
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    return answer.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  };

  it('tell a head where the school stands and what changed, and whether support had impact', async () => {
    const head = await county.as('headteacher', supported.schoolId);
    const at = `/schools/${supported.urn}`;
    for (const says of [
      'This school is in Prevention, since 15 September 2026.',
      'Intervention is proposed. The letter has gone out.',
      'Discuss it Open to you',
      'Of 3 headline visits in 2026/27, 1 is made, 0 arranged and 2 left to arrange.',
    ])
      expect(await textOf(`${at}/standing`, head)).toContain(says);
    const since = await textOf(`${at}/since-visit`, head);
    expect(since).toContain('Since headline visit 1 on 14 October 2026');
    expect(since).toContain('Head None Interim, since 1 November 2026');
    const impact = await textOf(`${at}/impact`, head);
    expect(impact).toContain('Fluency Share 41% 65% 53% +12 points Partly reached');
    expect(impact).toContain('Its quality was found partly effective on 19 November 2026.');
    expect((await head.get(`/schools/${home.urn}/standing`)).status).toBe(403);
  });

  it('tell a home head and a champion of theirs, and lead them there when they sign in', async () => {
    const homeHead = await county.as('home-head', home.schoolId);
    const lent = await textOf(`/schools/${home.urn}/lending`, homeHead);
    expect(lent).toContain('6 days agreed in 2026/27: 2.5 days used, 3.5 days to come.');
    expect(lent).toContain('October 2026: 1.5 days');
    expect(lent).toContain('Approved, waits to be paid £525.03');
    expect(lent).not.toMatch(/Prevention|Where it stands/);
    const champion_ = await county.as('champion', home.schoolId, 'person-03');
    const work = await textOf('/my-work', champion_);
    expect(work).toContain(`${supported.name}: Early reading, by a pupil champion Under way`);
    expect(work).not.toContain('Prevention');
    expect((await adviser.get('/my-work')).status).toBe(403);
  });

  it('tell the team what waits, where support is missing, and what it costs', async () => {
    const mine = await textOf('/worklist?adviser=person-colleague&days=7');
    expect(mine).toContain('Record headline visit 1, or call it off Record of a visit');
    expect(mine).toContain('14 days overdue 9 November 2026');
    expect(await textOf('/support/gaps')).toContain('1 to 1 of 1 school: 1 without a deployment');
    expect(await textOf('/unmet-needs')).toContain(
      '1 need waits for a champion; none of them can be met by anybody.',
    );
    const money = await textOf(`/money?payee=${home.urn}`);
    for (const says of [
      'Champions cost £525.03 for 1.5 days: £0.00 is paid, £525.03 approved and £0.00 claimed.',
      '100% of it, £525.03, goes to schools of the county',
      'Of 3 visits (2.5 days), 2 agree with a claim, 1 is not claimed and 0 changed since.',
      `Not yet £262.51 is the school’s`,
    ])
      expect(money).toContain(says);
    expect((await adviser.get('/money?payee=999999')).status).toBe(400);
  });

  it('tell the Board and scrutiny sums, and no school', async () => {
    const board = await county.as('board');
    const half = await textOf('/half-term', board);
    expect(half).toContain('1 deployment was judged, 1 with the school: of 2 objectives');
    const scrutiny = await county.as('scrutiny');
    const pages = [half, await textOf('/unmet-needs', board), await textOf('/money', scrutiny)];
    for (const page of pages)
      for (const { urn, name } of [supported, home, alone])
        expect(page).not.toMatch(new RegExp(`${urn}|${name}`));
    expect(pages[2]).toContain('so few schools that it would tell');
  });
});
