import { Commands } from '#application';
import { County, newSchool, problemIn } from '../county';
import type { Person } from '../county';

/** Each journey has a champion of its own, the n-th; the list has a home school of its own too. */
const uuid = (n: number) => `5c0ffee0-0000-4000-8000-${String(n).padStart(12, '0')}`;
const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const TODAY = '2026-11-23T09:00:00.000Z';

interface Listed {
  readonly total: number;
  readonly champions: readonly { readonly personRef: string }[];
}

describe('champions', () => {
  let county: County;
  let adviser: Person;
  let leader: Person;
  // Where the log is shared, these schools are the county's own from when it starts.
  let [home, other, supported, lists] = [1, 2, 3, 4].map(newSchool) as Schools;
  type School = ReturnType<typeof newSchool>;
  type Schools = [School, School, School, School];

  const champion = (n: number, more: object = {}) => ({
    championId: uuid(n),
    personRef: `person-of-${String(n).padStart(3, '0')}`,
    homeSchoolId: home.schoolId,
    roles: ['SSLC'],
    specialisms: ['early-reading'],
    phases: ['primary'],
    vettedOn: '2026-06-01',
    vettedUntil: '2029-05-31',
    ...more,
  });
  const booking = (n: number, more: object = {}) => ({
    championId: uuid(n),
    homeSchoolId: home.schoolId,
    reservationId: uuid(20_000 + n),
    deploymentId: uuid(30_000 + n),
    supportedSchoolId: supported.schoolId,
    academicYear: '2026/27',
    halfDays: 24,
    from: '2026-11-30',
    to: '2027-07-16',
    ...more,
  });
  const give = (who: Person, command: string, fields: object) =>
    who.post(`/api/v1/champions/${command}`, { ...fields });
  const register = async (n: number, more: object = {}) => {
    expect((await give(leader, 'register-champion', champion(n, more))).status).toBe(200);
  };
  /** What is recorded by rule, not by people. */
  const byRule = (command: string, fields: object) =>
    county.app
      .get(Commands)
      .give(command, fields, { actor: { id: 'person-policy', role: 'policy' } });
  /** Asks of the end of the log. */
  const ask = async (path: string, who = adviser) => {
    const end = (await county.recorded()).at(-1)?.position ?? 0;
    return who.get(`${path}${path.includes('?') ? '&' : '?'}atLeast=${end}`);
  };
  const one = (n: number) => ask(`/api/v1/champions/${uuid(n)}`);

  beforeAll(async () => {
    county = await County.start();
    [home, other, supported, lists] = [1, 2, 3, 4].map(newSchool) as Schools;
    await county.given(
      ...[home, other, supported, lists].map(
        (school) => ['team-leader', 'schools/register-school', school] as const,
      ),
    );
    [adviser, leader] = await Promise.all([county.as('adviser'), county.as('team-leader')]);
  });
  afterAll(() => county.stop());

  it('are registered by the team, at a school there is, one record a person', async () => {
    const head = await county.as('home-head', home.schoolId);
    problemIn(await give(head, 'register-champion', champion(1)), 403, 'NotYourRole');
    problemIn(
      await give(adviser, 'register-champion', champion(1, { homeSchoolId: uuid(99) })),
      404,
      'HomeSchoolNotRegistered',
    );
    expect((await give(adviser, 'register-champion', champion(1))).body).toMatchObject({
      recorded: [{ type: 'ChampionRegistered', data: { yearlyCapHalfDays: 30 } }],
    });
    expect((await give(adviser, 'register-champion', champion(1))).body).toMatchObject({
      recorded: [],
    });
    const { detail } = problemIn(
      await give(leader, 'register-champion', champion(1, { championId: uuid(2) })),
      409,
      'PersonIsChampion',
    );
    expect(detail).toContain(uuid(1));
    problemIn(await one(2), 404, 'NoSuchChampion');
  });

  it.each([
    [{ halfDays: 2.5 }, '/halfDays', 'a whole number of half-days, 0 to 390'],
    [{ halfDays: -1 }, '/halfDays', 'a whole number of half-days, 0 to 390'],
    [{ halfDays: 391 }, '/halfDays', 'a whole number of half-days, 0 to 390'],
    [{ halfDays: '4' }, '/halfDays', 'a whole number of half-days, 0 to 390'],
    [{ academicYear: '2026/28' }, '/academicYear', 'an academic year'],
    [{ from: '2026-02-30' }, '/from', 'a day that exists'],
  ])('say which field of %j cannot be used', async (wrong, pointer, says) => {
    const period = { academicYear: '2026/27', from: '2026-11-30', to: '2027-07-16' };
    const fields = { championId: uuid(3), ...period, halfDays: 4, per: 'week', ...wrong };
    const answer = await give(adviser, 'declare-availability', fields);
    const { errors } = problemIn(answer, 400, 'Malformed');
    expect(errors).toEqual([{ pointer, detail: expect.stringContaining(says) as string }]);
  });

  it('say themselves when they have time, as their head may; nobody else’s head or champion', async () => {
    await register(4, { personRef: 'person-champion' });
    await register(5);
    const period = { academicYear: '2026/27', from: '2026-11-30', to: '2027-07-16' };
    const time = { championId: uuid(4), ...period, halfDays: 2, per: 'week' };
    const themself = await county.as('champion', home.schoolId);
    expect((await give(themself, 'declare-availability', time)).status).toBe(200);
    const head = await county.as('home-head', home.schoolId);
    const named = { ...time, homeSchoolId: home.schoolId, halfDays: 1 };
    expect((await give(head, 'declare-availability', named)).status).toBe(200);
    expect((await one(4)).body).toMatchObject({
      availability: [{ ...period, halfDays: 1, per: 'week' }],
    });

    problemIn(await give(head, 'declare-availability', time), 403, 'NotYourSchool');
    const stranger = await county.as('home-head', other.schoolId);
    problemIn(await give(stranger, 'declare-availability', named), 403, 'NotYourSchool');
    const theirs = { ...named, homeSchoolId: other.schoolId };
    problemIn(await give(stranger, 'declare-availability', theirs), 403, 'NotYours');
    const another = { ...time, championId: uuid(5) };
    problemIn(await give(themself, 'declare-availability', another), 403, 'NotYours');
  });

  it('have interests, which another resolves before days can be reserved', async () => {
    await register(6);
    const interest = {
      championId: uuid(6),
      interestId: uuid(40),
      counterpartyIds: [supported.schoolId],
      nature: 'competing-for-pupils',
    };
    const nowhere = { ...interest, counterpartyIds: [uuid(98)] };
    problemIn(await give(adviser, 'declare-interest', nowhere), 404, 'CounterpartyNotRegistered');
    expect((await give(adviser, 'declare-interest', interest)).status).toBe(200);
    expect((await one(6)).body).toMatchObject({ unresolvedInterests: 1 });
    expect(await byRule('ReserveChampionDays', booking(6))).toMatchObject({
      accepted: false,
      refusal: { refused: 'InterestInTheWay' },
    });
    const resolve = {
      championId: uuid(6),
      interestId: uuid(40),
      outcome: 'may-work',
      reason: 'Far away.',
    };
    problemIn(await give(adviser, 'resolve-interest', resolve), 403, 'OwnInterest');
    expect((await give(leader, 'resolve-interest', resolve)).status).toBe(200);
    expect(await byRule('ReserveChampionDays', booking(6))).toMatchObject({ accepted: true });
    expect((await one(6)).body).toMatchObject({
      unresolvedInterests: 0,
      interests: [
        {
          counterparties: [{ schoolId: supported.schoolId, name: supported.name }],
          nature: 'competing-for-pupils',
          outcome: 'may-work',
        },
      ],
    });
    const page = textOf((await ask(`/champions/${uuid(6)}`)).text);
    expect(page).toContain('Competing for the same pupils');
    expect(page).toContain('May work there');
  });

  it('have their days reserved and used by rule only, within the cap', async () => {
    await register(7);
    const head = await county.as('head-of-service');
    problemIn(await give(head, 'reserve-champion-days', booking(7)), 403, 'NotYourRole');
    for (const again of [false, true]) {
      expect(await byRule('ReserveChampionDays', booking(7))).toMatchObject({
        accepted: true,
        events: again ? [] : [{ type: 'ChampionDaysReserved' }],
      });
    }
    const more = booking(7, { reservationId: uuid(21), halfDays: 8 });
    expect(await byRule('ReserveChampionDays', more)).toMatchObject({
      refusal: {
        refused: 'CapReached',
        detail: expect.stringContaining('6 half-days left of 30 for 2026/27, 8 needed') as string,
      },
    });
    const { championId, reservationId } = booking(7);
    const visit = { championId, reservationId, visitId: uuid(50) };
    await byRule('ConsumeChampionDays', { ...visit, halfDays: 2 });
    await byRule('ConsumeChampionDays', { ...visit, halfDays: 1 });
    expect((await one(7)).body).toMatchObject({
      personRef: 'person-of-007',
      home: { schoolId: home.schoolId, urn: home.urn, name: home.name },
      status: 'active',
      vetting: 'confirmed',
      capacity: { academicYear: '2026/27', cap: 30, reserved: 24, consumed: 1, left: 6 },
    });
    const page = textOf((await ask(`/champions/${uuid(7)}`)).text);
    expect(page).toContain('Of 30 half-days in 2026/27, 6 are left: 24 half-days are reserved');
    expect(page).not.toMatch(/undefined|\[object|NaN/);
  });

  it('out of sixty-four who ask at once, as many are given days as there are', async () => {
    await register(8);
    await byRule('ReserveChampionDays', booking(8));
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, i) =>
        byRule('ReserveChampionDays', booking(8, { reservationId: uuid(1000 + i), halfDays: 1 })),
      ),
    );
    expect(answers.filter(({ accepted }) => accepted)).toHaveLength(6);
    const refused = answers.flatMap((answer) =>
      'refusal' in answer ? [answer.refusal.refused] : [],
    );
    expect(new Set(refused)).toEqual(new Set(['CapReached']));
    expect((await one(8)).body).toMatchObject({ capacity: { reserved: 30, left: 0 } });
    const release = (reservationId: string) =>
      byRule('ReleaseChampionDays', { championId: uuid(8), reservationId });
    for (let i = 0; i < 64; i++) await release(uuid(1000 + i));
    await release(booking(8).reservationId);
    expect((await one(8)).body).toMatchObject({ capacity: { reserved: 0, left: 30 } });
  });

  it('stand on the journey of their home school, and their days on no other', async () => {
    await register(9);
    const period = { academicYear: '2026/27', from: '2026-11-30', to: '2027-07-16' };
    const time = { championId: uuid(9), ...period, halfDays: 9, per: 'period' };
    await give(adviser, 'declare-availability', time);
    await byRule('ReserveChampionDays', booking(9, { halfDays: 9 }));
    await byRule('ReleaseChampionDays', {
      championId: uuid(9),
      reservationId: booking(9).reservationId,
    });
    const journeyOf = async ({ urn }: School) => {
      const answer = await ask(`/api/v1/schools/${urn}/journey?limit=200`);
      return (answer.body as { entries: { type: string; says: string }[] }).entries;
    };
    const says = (await journeyOf(home)).map((line) => line.says);
    expect(says).toEqual(
      expect.arrayContaining([
        'One of its staff was registered as a champion (SSLC) on 23 November 2026.',
        'Its champion has 9 half-days in all from 30 November 2026 to 16 July 2027.',
        '9 half-days of its champion in 2026/27 were reserved for another school.',
        'A reservation of its champion’s days in 2026/27 ended with 9 half-days left, free again.',
      ]),
    );
    expect((await journeyOf(supported)).map(({ type }) => type)).toEqual(['SchoolRegistered']);
    const move = { championId: uuid(9), toSchoolId: other.schoolId };
    expect((await give(adviser, 'move-champion', move)).status).toBe(200);
    for (const school of [home, other])
      expect((await journeyOf(school))[0]?.type).toBe('ChampionMoved');
  });

  it('are listed by reference, filtered, a page at a time', async () => {
    const theirs = { homeSchoolId: lists.schoolId };
    await register(101, theirs);
    const rest = { roles: ['SSPC', 'ABLE'], specialisms: ['phonics'], phases: ['secondary'] };
    for (let n = 102; n <= 107; n++) await register(n, { ...theirs, ...rest });
    await give(leader, 'pause-champion', { championId: uuid(107), reason: 'Illness.' });
    const path = `/api/v1/champions?homeSchool=${lists.urn}`;
    const references = async (query: string) =>
      ((await ask(`${path}${query}`)).body as Listed).champions.map((of) => of.personRef);
    const [first, ...many] = [101, 102, 103, 104, 105, 106, 107].map((n) => `person-of-${n}`);
    expect(await references('')).toEqual([first, ...many]);
    expect(await references('&role=SSLC')).toEqual([first]);
    expect(await references('&role=ABLE&phase=secondary')).toEqual(many);
    expect(await references('&specialism=early-reading')).toEqual([first]);
    expect(await references('&status=paused')).toEqual(['person-of-107']);
    const nobody = { total: 0, champions: [] };
    expect((await ask('/api/v1/champions?homeSchool=999999')).body).toEqual(nobody);

    const page = await ask(`${path}&limit=4`);
    expect(page.body).toMatchObject({ total: 7 });
    await register(100, theirs);
    const next = /<([^>]+)>; rel="next"/.exec(page.get('Link') ?? '')?.[1] ?? '';
    const last = await adviser.get(next);
    expect((last.body as Listed).champions.map((of) => of.personRef)).toEqual(many.slice(3));
    expect(last.get('Link')).toBeUndefined();
    const { errors } = problemIn(await ask(`${path}&role=king`), 400, 'Malformed');
    expect(errors[0]?.pointer).toBe('/role');

    const list = textOf((await adviser.get(`/champions?homeSchool=${lists.urn}`)).text);
    expect(list).toContain('1 to 8 of 8 champions, filtered.');
    expect(list).toContain('30 of 30');
    expect(textOf((await adviser.get('/champions?status=retired')).text)).toContain(
      'No champion matches.',
    );
  });

  it('are known as of a moment, and by the year of its day', async () => {
    await register(10);
    await byRule('ReserveChampionDays', booking(10));
    const [unknown, registered] = (await county.recorded()).slice(-3, -1);
    try {
      county.at('2027-09-02T09:00:00.000Z');
      expect((await one(10)).body).toMatchObject({
        capacity: { academicYear: '2027/28', cap: 30, left: 30 },
        years: [
          { academicYear: '2027/28', left: 30 },
          { academicYear: '2026/27', reserved: 24, left: 6 },
        ],
      });
      const then = await adviser.get(`/api/v1/champions/${uuid(10)}?asOf=2026-11-23`);
      expect(then.body).toMatchObject({ capacity: { academicYear: '2026/27' } });
      const at = (event = unknown) =>
        adviser.get(`/api/v1/champions/${uuid(10)}?asOf=${event!.position}`);
      expect((await at(registered)).body).toMatchObject({
        years: [{ academicYear: '2027/28', left: 30 }],
      });
      problemIn(await at(unknown), 404, 'NoSuchChampion');
      const page = await adviser.get(`/champions/${uuid(10)}?asOf=2026-11-22`);
      expect(textOf(page.text)).toContain('they had not been registered by then');
      county.at('2029-06-01T09:00:00.000Z');
      expect((await one(10)).body).toMatchObject({ vetting: 'lapsed' });
      expect(textOf((await ask(`/champions/${uuid(10)}`)).text)).toContain('Vetting lapsed');
    } finally {
      county.at(TODAY);
    }
  });

  it('are for the team and the auditor to look at, and each for themself', async () => {
    await register(11);
    await register(12, { personRef: 'person-of-their-own' });
    const themself = await county.as('champion', home.schoolId, 'person-of-their-own');
    const own = (await themself.get(`/api/v1/champions/${uuid(12)}`)).body as object;
    expect(own).toMatchObject({ championId: uuid(12), interests: [], years: [{ left: 30 }] });
    const page = await themself.get(`/champions/${uuid(12)}`);
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/href="\/(schools\/|champions")/);
    for (const path of [uuid(11), uuid(98)]) {
      problemIn(await themself.get(`/api/v1/champions/${path}`), 404, 'NoSuchChampion');
      expect((await themself.get(`/champions/${path}`)).status).toBe(404);
    }
    for (const role of ['headteacher', 'chair', 'champion', 'home-head', 'board', 'scrutiny']) {
      const who = await county.as(role, home.schoolId);
      for (const path of ['', ...(role === 'champion' ? [] : [`/${uuid(11)}`])]) {
        expect((await who.get(`/champions${path}`)).status).toBe(403);
        problemIn(await who.get(`/api/v1/champions${path}`), 403, 'NotForYou');
      }
    }
    const auditor = await county.as('auditor');
    expect((await ask(`/api/v1/champions/${uuid(11)}`, auditor)).status).toBe(200);
    expect((await auditor.get(`/champions/${uuid(97)}`)).status).toBe(404);
    expect((await auditor.get('/champions?role=king')).status).toBe(400);
  });
});
