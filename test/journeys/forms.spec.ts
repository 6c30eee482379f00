import { randomUUID } from 'node:crypto';
import { kebab } from '#application';
import { aggregates, peopleRoles } from '#domain';
import type { Person } from './county';
import { County, newSchool } from './county';

/* Every command has a form on the pages, and what is given there is recorded once, or comes back with what is wrong with it. */

const commands = aggregates.flatMap(({ context, commands: of }) =>
  Object.entries(of).map(([name, { by }]) => ({
    ...{ name, by },
    path: `/record/${context}/${kebab(name)}`,
  })),
);
const peopleAndOperator: readonly string[] = [...peopleRoles, 'operator'];

type Fields = Readonly<Record<string, string | readonly string[]>>;

const textOf = (html: string): string =>
  html
    .replace(/<(script|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const hiddenIn = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
/** Those of the summary of errors, each with the field it leads to. */
const errorsIn = (html: string): readonly (readonly [string | undefined, string])[] => {
  const summary = /<ul class="govuk-list govuk-error-summary__list">[\s\S]*?<\/ul>/.exec(html)?.[0];
  return [...(summary ?? '').matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, item = '']) => [
    /href="#([^"]*)"/.exec(item)?.[1],
    textOf(item).trim(),
  ]);
};

describe('forms', () => {
  let county: County;
  let [adviser, leader, headOfService]: Person[] = [];
  let n = 0;

  beforeAll(async () => {
    county = await County.start();
    [adviser, leader, headOfService] = await Promise.all(
      ['adviser', 'team-leader', 'head-of-service'].map((role) => county.as(role)),
    );
  });
  afterAll(() => county.stop());

  async function registered(): Promise<ReturnType<typeof newSchool>> {
    const school = newSchool(++n);
    await county.given(['team-leader', 'schools/register-school', school]);
    return school;
  }
  const opened = async (person: Person | undefined, path: string): Promise<string> => {
    const answer = await person!.get(path);
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    return answer.text;
  };
  /** Sends a form as a browser does, with what was hidden in it. */
  const send = (person: Person | undefined, path: string, html: string, fields: Fields) =>
    person!.post(
      path.split('?')[0]!,
      { mark: hiddenIn(html, 'mark'), key: hiddenIn(html, 'key'), ...fields },
      { 'Content-Type': 'application/x-www-form-urlencoded' },
    );
  const types = async (after: number) =>
    (await county.recorded(after)).map(({ type }) => type).filter((type) => type !== 'DayTurned');
  const end = async () => (await county.recorded()).at(-1)?.position ?? 0;

  describe.each(commands)('$path', ({ path, by }) => {
    const may = peopleAndOperator.filter((role) => by.includes(role));
    const mayNot = peopleAndOperator.filter((role) => !by.includes(role));

    it('is there for whoever may give the command, with words for every field, and for nobody else', async () => {
      const school = randomUUID();
      for (const role of may.slice(0, 1)) {
        const html = await opened(await county.as(role, school), path);
        expect(html.match(/<h1/g)).toHaveLength(1);
        expect(textOf(html)).not.toMatch(/undefined|\[object|NaN/);
        const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
        expect(ids).toEqual([...new Set(ids)]);
        // No name of a field as the API has it.
        const words = [...html.matchAll(/<(?:label|legend)[^>]*>([\s\S]*?)<\/(?:label|legend)>/g)];
        for (const [, label = ''] of words) expect(label.trim()).toMatch(/^[A-Z0-9][^_]*$/);
        for (const [, label = ''] of words) expect(label).not.toMatch(/[a-z][A-Z]/);
      }
      for (const role of mayNot.slice(0, 2)) {
        const who = await county.as(role, school);
        expect((await who.get(path)).status).toBe(403);
        expect((await who.post(path, {})).status).toBe(403);
      }
      expect((await county.nobody().get(path)).status).toBe(302);
    });
  });

  it('comes back from every command with what is missing, and records nothing', async () => {
    const before = await end();
    for (const { path, by } of commands) {
      const role = peopleAndOperator.find((one) => by.includes(one));
      if (role === undefined) continue;
      const person = await county.as(role, randomUUID());
      const html = await opened(person, path);
      const answer = await send(person, path, html, {});
      expect({ path, status: answer.status }).toEqual({ path, status: 400 });
      const errors = errorsIn(answer.text);
      expect(errors.length).toBeGreaterThan(0);
      for (const [href, says] of errors) {
        expect({ path, says, led: answer.text.includes(` id="${href ?? ''}"`) }).toMatchObject({
          led: true,
        });
        expect(says).toMatch(/^(Enter|Choose|Add) /);
      }
      expect(answer.text).toContain('<title>Error: ');
    }
    expect(await types(before)).toEqual([]);
  });

  it('records what was given, once, and shows it to whoever gave it', async () => {
    const { schoolId, urn } = await registered();
    const path = `/record/statutory/record-rise-involvement?schoolId=${schoolId}`;
    const html = await opened(adviser, path);
    // The school by its URN and name, not by our id.
    expect(html).toMatch(new RegExp(`name="schoolId"[^>]*value="${urn}"`));
    const before = await end();
    const fields = {
      ...{ schoolId: urn, kind: 'targeted', source: 'A letter of the regional group.' },
      ...{ 'from-day': '5', 'from-month': '10', 'from-year': '2026' },
    };
    const twice = [
      await send(adviser, path, html, fields),
      await send(adviser, path, html, fields),
    ];
    for (const answer of twice) {
      expect(answer.status).toBe(303);
      expect(answer.get('Location')).toMatch(`/schools/${urn}/statutory?atLeast=`);
      const page = await opened(adviser, answer.get('Location')!);
      expect(textOf(page)).toContain(' Recorded. ');
      expect(textOf(page)).toContain('5 October 2026');
    }
    const mine = async () =>
      (await county.recorded(before)).filter(({ type }) => type === 'RiseInvolvementRecorded');
    expect(await mine()).toMatchObject([
      { data: { schoolId, kind: 'targeted', from: '2026-10-05' } },
    ]);
    // The same form, filled in otherwise, is asked about; then it is a request of its own.
    const other = { ...fields, 'from-day': '6' };
    const asked = await send(adviser, path, html, other);
    expect(asked.status).toBe(422);
    expect(errorsIn(asked.text)[0]?.[1]).toMatch(/^This form was sent before/);
    expect(await mine()).toHaveLength(1);
  });

  it('takes lists of records, a row more and a row fewer at a time, and keeps what was typed', async () => {
    const { schoolId, urn } = await registered();
    const path = `/record/visits/convene-team-around-school?schoolId=${urn}`;
    const html = await opened(leader, path);
    const one = {
      schoolId: urn,
      'members/rows': '1',
      'members/0/personId': 'person-a',
      cadence: 'monthly',
    };
    const before = await end();
    const more = await send(leader, path, html, { ...one, add: 'members' });
    expect(more.status).toBe(200);
    expect(more.text).toMatch(/name="members\/0\/personId"[^>]*value="person-a"/);
    expect(more.text).toContain('name="members/1/personId"');
    expect(hiddenIn(more.text, 'key')).toBe(hiddenIn(html, 'key'));
    const two = {
      ...one,
      'members/rows': '2',
      'members/1/personId': 'person-b',
      'members/1/role': 'finance',
    };
    const fewer = await send(leader, path, html, { ...two, remove: 'members/0' });
    expect(fewer.text).toMatch(/name="members\/0\/personId"[^>]*value="person-b"/);
    expect(fewer.text).not.toContain('name="members/1/personId"');
    expect(await types(before)).toEqual([]);

    // A row in which nothing was given is none; what is wrong in a row is said at its field.
    const gap = {
      ...two,
      'members/rows': '3',
      'members/2/personId': 'Ms Smith',
      'members/1/personId': '',
      'members/1/role': '',
    };
    const wrong = await send(leader, path, html, { ...gap, reason: 'Results and leadership.' });
    expect(wrong.status).toBe(400);
    expect(errorsIn(wrong.text)).toEqual([
      ['members-0-role', 'Choose role'],
      [
        'members-1-personId',
        'Person must be a reference to a person (small letters, digits and hyphens, 3 to 64), not a name',
      ],
      ['members-1-role', 'Choose role'],
    ]);
    expect(wrong.text).toMatch(/name="members\/1\/personId"[^>]*value="Ms Smith"/);
    expect(wrong.text).toContain('Results and leadership.');

    const right = { ...two, 'members/0/role': 'lead', reason: 'Results and leadership.' };
    const done = await send(leader, path, wrong.text, right);
    expect(done.get('Location')).toMatch(`/schools/${urn}/visits?atLeast=`);
    const [event] = await county.recorded(before);
    expect(event).toMatchObject({
      type: 'TeamAroundSchoolConvened',
      data: {
        ...{ schoolId, cadence: 'monthly', convenedOn: '2026-11-23' },
        members: [
          { personId: 'person-a', role: 'lead' },
          { personId: 'person-b', role: 'finance' },
        ],
      },
    });
  });

  it('says a refusal at the field it is about, and keeps the rest', async () => {
    const { urn } = await registered();
    const path = '/record/visits/convene-team-around-school';
    const html = await opened(leader, path);
    const fields = {
      ...{ schoolId: urn, 'members/0/personId': 'person-a', 'members/0/role': 'lead' },
      ...{ cadence: 'monthly', reason: 'Results.' },
    };
    const on = (day: string, month: string) => ({
      ...{ 'convenedOn-day': day, 'convenedOn-month': month, 'convenedOn-year': '2026' },
    });
    const future = await send(leader, path, html, { ...fields, ...on('1', '12') });
    expect(future.status).toBe(422);
    expect(errorsIn(future.text)).toEqual([
      [
        'convenedOn-day',
        'Convened on is 2026-12-01, after today (2026-11-23). Give the day on which it happened.',
      ],
    ]);
    expect(future.text).toMatch(/id="convenedOn-month"[^>]*value="12"/);
    expect(future.text).toMatch(/<option value="lead" selected>/);
    const unreal = await send(leader, path, html, { ...fields, ...on('31', '2') });
    expect([unreal.status, errorsIn(unreal.text)]).toEqual([
      400,
      [['convenedOn-day', 'The date must be a real date, for example 23 11 2026']],
    ]);
    const nowhere = await send(leader, path, html, { ...fields, schoolId: '123456' });
    expect([nowhere.status, errorsIn(nowhere.text)]).toEqual([
      400,
      [
        [
          'schoolId',
          'No school has or had the URN “123456”; give the six digits of one on our register',
        ],
      ],
    ]);
  });

  it('makes up the identity of what begins, ticks words and takes lines', async () => {
    const home = await registered();
    const other = await registered();
    const path = '/record/champions/register-champion';
    const html = await opened(adviser, path);
    expect(html).not.toContain('championId');
    const before = await end();
    const done = await send(adviser, path, html, {
      ...{ homeSchoolId: home.urn, personRef: `person-of-${home.urn}`, yearlyCapHalfDays: '40' },
      ...{
        roles: ['SSLC', 'ABLE'],
        specialisms: 'early-reading\r\n\r\nmathematics ',
        phases: 'primary',
      },
      ...{ 'vettedOn-day': '1', 'vettedOn-month': '9', 'vettedOn-year': '2026' },
      ...{ 'vettedUntil-day': '31', 'vettedUntil-month': '8', 'vettedUntil-year': '2027' },
    });
    expect(done.status).toBe(303);
    const championId = /^\/champions\/([0-9a-f-]{36})\?/.exec(done.get('Location') ?? '')?.[1];
    expect(textOf(await opened(adviser, done.get('Location')!))).toContain(' Recorded. ');
    const interest = `/record/champions/declare-interest?championId=${championId ?? ''}`;
    const asked = await opened(adviser, interest);
    const fields = { championId: championId!, counterpartyIds: other.urn, nature: 'family' };
    expect((await send(adviser, interest, asked, fields)).status).toBe(303);
    expect(await county.recorded(before)).toMatchObject([
      {
        type: 'ChampionRegistered',
        data: {
          ...{ championId, homeSchoolId: home.schoolId, yearlyCapHalfDays: 40 },
          roles: ['SSLC', 'ABLE'],
        },
      },
      { type: 'InterestDeclared', data: { championId, counterpartyIds: [other.schoolId] } },
    ]);
  });

  it('takes figures as they are meant, and says which cannot be used', async () => {
    const path = '/record/governance/set-board-terms';
    const html = await opened(headOfService, path);
    const fields = {
      ...{ title: 'Terms of 2026', example: 'yes', quorum: 'five', seats: '9' },
      ...{ 'effectiveFrom-day': '1', 'effectiveFrom-month': '9', 'effectiveFrom-year': '2026' },
    };
    const wrong = await send(headOfService, path, html, fields);
    expect([wrong.status, errorsIn(wrong.text)[0]]).toEqual([
      400,
      ['quorum', expect.stringMatching(/^Quorum must/)],
    ]);
    expect(wrong.text).toMatch(/name="quorum"[^>]*value="five"/);
    const before = await end();
    const done = await send(headOfService, path, wrong.text, { ...fields, quorum: '5' });
    expect(done.get('Location')).toMatch(/^\/governance\?/);
    expect(textOf(await opened(headOfService, done.get('Location')!))).toContain(' Recorded. ');
    expect(await county.recorded(before)).toMatchObject([
      { type: 'BoardTermsSet', data: { quorum: 5, seats: 9, example: true } },
    ]);
  });

  it('is for one’s own school where somebody speaks for one', async () => {
    const [own, other] = [await registered(), await registered()];
    const head = await county.as('headteacher', own.schoolId);
    const path = `/record/support/identify-need?schoolId=${other.schoolId}`;
    const html = await opened(head, path);
    expect(html).not.toContain('name="schoolId"');
    expect(textOf(html)).toContain(`School: ${own.name}`);
    const before = await end();
    const done = await send(head, path, html, {
      ...{
        schoolId: other.schoolId,
        specialism: 'early-reading',
        focus: 'Phonics.',
        selfFunded: 'yes',
      },
      ...{ priority: 'soon', role: 'SSPC' },
    });
    expect(done.get('Location')).toMatch(`/schools/${own.urn}/support?atLeast=`);
    expect(await county.recorded(before)).toMatchObject([
      { type: 'SupportNeedIdentified', data: { schoolId: own.schoolId, selfFunded: true } },
    ]);
  });

  it('offers what there is, to whoever may read it, and keeps an id that came from elsewhere', async () => {
    const { schoolId, urn } = await registered();
    const need = {
      ...{ schoolId, deploymentId: randomUUID(), specialism: 'early-reading' },
      ...{ focus: 'Phonics in year 1.', priority: 'soon', role: 'SSPC', selfFunded: true },
    };
    const convened = {
      ...{ schoolId, tasId: randomUUID(), cadence: 'monthly', reason: 'Results.' },
      members: [{ personId: 'person-lead', role: 'lead' }],
    };
    await county.given(
      ['adviser', 'support/identify-need', need],
      ['team-leader', 'visits/convene-team-around-school', convened],
    );
    const optionsIn = (html: string, name: string) => {
      const select = new RegExp(`<select[^>]*name="${name}"[\\s\\S]*?</select>`).exec(html)?.[0];
      const options = select?.matchAll(/<option value="([^"]*)"( selected)?>([^<]*)/g) ?? [];
      return [...options].map(([, value, selected, text]) => ({
        value,
        text,
        chosen: selected !== undefined,
      }));
    };
    const deployments = optionsIn(
      await opened(leader, '/record/support/propose-match'),
      'deploymentId',
    );
    expect(deployments).toContainEqual({
      value: need.deploymentId,
      text: expect.stringMatching(/: Early reading, a champion is wanted$/) as string,
      chosen: false,
    });
    const accepting = `/record/support/accept-support?deploymentId=${need.deploymentId}`;
    expect(await opened(leader, accepting)).toMatch(
      new RegExp(`name="schoolId"[^>]*value="${urn}"`),
    );
    const elsewhere = randomUUID();
    const from = await opened(leader, `/record/support/propose-match?deploymentId=${elsewhere}`);
    expect(optionsIn(from, 'deploymentId').at(-1)).toMatchObject({
      value: elsewhere,
      chosen: true,
    });

    // Of which school is known once it is filled in; to show it records nothing.
    const path = '/record/visits/hold-tas-meeting';
    const before = await end();
    const html = await opened(adviser, path);
    expect(optionsIn(html, 'tasId')).toEqual([]);
    const shown = await send(adviser, path, html, {
      schoolId: urn,
      show: 'schoolId',
      summary: 'Kept.',
    });
    expect([shown.status, errorsIn(shown.text)]).toEqual([200, []]);
    expect(optionsIn(shown.text, 'tasId')).toMatchObject([
      { value: '' },
      { value: convened.tasId, text: 'Convened on 23 November 2026' },
    ]);
    expect(shown.text).toContain('Kept.');
    expect(await types(before)).toEqual([]);

    // A head of another school and a champion who is not in it are offered none of it.
    const other = await registered();
    for (const role of ['headteacher', 'champion']) {
      const asked = await opened(
        await county.as(role, other.schoolId),
        '/record/support/decline-match',
      );
      expect(asked).not.toContain(need.deploymentId);
    }
    const head = await county.as('headteacher', schoolId);
    const own = optionsIn(await opened(head, '/record/support/decline-match'), 'deploymentId');
    expect(own.map(({ value }) => value)).toEqual(['', need.deploymentId]);
  });

  it('is sent from our own pages only', async () => {
    const path = '/record/visits/hold-tas-meeting';
    const html = await opened(adviser, path);
    const before = await end();
    for (const mark of ['', 'other', hiddenIn(await opened(leader, path), 'mark')])
      expect((await send(adviser, path, html, { mark })).status).toBe(403);
    expect(await types(before)).toEqual([]);
    expect((await adviser!.get('/record/visits/no-such-thing')).status).toBe(404);
  });

  it('every page a form leads to can be asked to have seen what was recorded', async () => {
    const { urn } = await registered();
    const seen = `?atLeast=${await end()}&recorded=already`;
    const pages = ['', '/support', '/visits', '/statutory', '/quality', '/together'];
    for (const path of [...pages.map((page) => `/schools/${urn}${page}`), '/governance', '/record'])
      expect(textOf(await opened(adviser, `${path}${seen}`))).toContain('on record already');
  });

  it('the list is of what a role may record, what a team does day by day first, and of what one came from', async () => {
    const { schoolId, urn, name } = await registered();
    const all = await opened(adviser, '/record');
    expect(all.indexOf('identify-need')).toBeLessThan(all.indexOf('record-conversion'));
    expect(all).not.toContain('confirm-category');
    // Each context under a name of its own.
    expect(all).not.toMatch(/<h2[^>]*>[a-z]/);
    expect(await opened(headOfService, '/record')).not.toMatch(/<h2[^>]*>[a-z]/);
    expect(await opened(await county.as('operator'), '/record')).not.toMatch(/<h2[^>]*>[a-z]/);
    const of = await opened(adviser, `/record?schoolId=${urn}`);
    expect(textOf(of)).toContain(`Record something for ${name}`);
    expect(of).toContain(`/record/support/identify-need?schoolId=${urn}`);
    expect(of).not.toContain('propose-match');
    const school = await opened(adviser, `/schools/${urn}/visits`);
    expect(school).toContain(`href="/record?schoolId=${urn}"`);
    const deployment = await opened(adviser, `/record?deploymentId=${randomUUID()}`);
    expect(deployment).toContain('/record/support/start-deployment?deploymentId=');
    // What begins with a command cannot be what the command is about.
    expect(deployment).not.toContain('identify-need');
    const auditor = await county.as('auditor');
    expect(textOf(await opened(auditor, '/record'))).toContain(
      'Your role reads and records nothing.',
    );
    expect(await opened(auditor, `/schools/${urn}`)).not.toContain('href="/record');
    const head = await county.as('headteacher', schoolId);
    expect(await opened(head, `/schools/${urn}`)).toContain(`href="/record?schoolId=${urn}"`);
  });
});
