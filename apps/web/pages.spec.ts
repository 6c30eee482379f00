import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import cookieParser from 'cookie-parser';
import request from 'supertest';
import type { App } from 'supertest/types';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import { AccessGuard, ApplicationModule, EventCodec, SESSION_COOKIE, Worker } from '#application';
import type { AnySchoolEvent } from '#domain';
import { aggregates, schoolsConcerned } from '#domain';
import type { EventStore } from '#kernel';
import { configFrom, logTo, tokensIn } from '#platform';
import { questions, readModels } from '#read-models';
import { brook, chain, CHANGE, eventId, uuid } from '../../test/support/small-county';
import { supportChain, supported } from '../../test/support/small-support';
import { PAGES } from './pages-in-specs';
import { WebModule } from './web.module';

/* The pages over real stores and a small invented county. */

describe('the pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'side-by-side-web-'));
  let now = 0;
  let app: INestApplication<App>;
  let eventStore: EventStore;
  const tokens = tokensIn(folder);

  const record = async (
    codec: EventCodec,
    id: string,
    at: string,
    role: string,
    event: AnySchoolEvent,
  ): Promise<void> => {
    now = Date.parse(`${at}T18:20:00Z`);
    const stream = `school-${schoolsConcerned(event.data)[0]}`;
    const metadata = { actor: { id: `demo-${role}`, role }, commandId: id, correlationId: id };
    const plain = event as { type: string; data: Parameters<EventCodec['toStore']>[1]['data'] };
    expect(
      await eventStore.append(stream, 'any', [codec.toStore(stream, plain, id, metadata)]),
    ).toMatchObject({ appended: true });
  };

  beforeAll(async () => {
    eventStore = openEmbeddedEventStore({ folder, clock: () => now });
    const readStore = openEmbeddedReadStore({ folder, collections: readModels });
    const outside = {
      eventStore,
      readStore,
      clock: { now: () => now },
      log: logTo('silent'),
      config: configFrom({ DATA_DIR: folder }),
      tokens,
      example: () => true,
    };
    const module = await Test.createTestingModule({
      imports: [
        ApplicationModule.over(outside, { aggregates, policies: [], readModels, questions }),
        WebModule,
      ],
      providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
    }).compile();
    app = module.createNestApplication<INestApplication<App>>();
    app.use(cookieParser());
    await app.init();
    const codec = app.get(EventCodec);
    for (const [i, [at, role, event]] of [...chain, ...supportChain].entries())
      await record(codec, eventId(i), at, role, event);
    now = Date.parse('2026-11-23T18:20:00Z');
    await app.get(Worker).start();
    expect(await readStore.waitFor(await eventStore.end(), 10_000)).toBe(true);
  });
  afterAll(async () => {
    await app.get(Worker).stop();
    await app.close();
    await eventStore.close();
    rmSync(folder, { recursive: true });
  });

  const cookieOf = async (role: string, schoolId?: string): Promise<string> =>
    `${SESSION_COOKIE}=${await tokens.issue({ id: `demo-${role}`, role, ...(schoolId === undefined ? {} : { schoolId }) }, 600)}`;
  const get = async (path: string, role?: string, schoolId?: string) => {
    const asked = request(app.getHttpServer()).get(path);
    return role === undefined ? asked : asked.set('Cookie', await cookieOf(role, schoolId));
  };
  const textOf = (html: string): string =>
    html
      .replace(/<(script|svg)[\s\S]*?<\/\1>/g, ' ')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');

  describe.each(PAGES)('%s', (path) => {
    let html = '';
    let headers: Readonly<Record<string, string>> = {};
    beforeAll(async () => {
      const response = await get(path, 'adviser');
      html = response.text;
      headers = response.headers;
    });

    it('is a whole page: a language, a title, one main heading, a skip link to the main part', () => {
      expect(html).toMatch(/<html lang="en"/);
      expect(html).toMatch(/<title>[^<]+ – Side by Side, Example council<\/title>/);
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).toContain('href="#main-content"');
      expect(html).toContain('id="main-content"');
    });

    it('has a caption and header cells with a scope in every table', () => {
      for (const table of html.match(/<table[\s\S]*?<\/table>/g) ?? []) {
        expect(table).toContain('<caption');
        expect(table.match(/<th(?=[\s>])(?![^>]*scope=)/g)).toBeNull();
      }
    });

    it('labels every field, and uses every id once', () => {
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(ids).toEqual([...new Set(ids)]);
      const labelled = new Set([...html.matchAll(/<label[^>]*for="([^"]+)"/g)].map(([, id]) => id));
      for (const [field] of html.matchAll(/<(input|select)[^>]*>/g)) {
        const id = /\sid="([^"]+)"/.exec(field)?.[1];
        if (!field.includes('type="hidden"')) expect(labelled).toContain(id);
      }
    });

    it('keeps to its policy: no inline style, no handler, one inline script with the nonce, nothing of GOV.UK', () => {
      expect(html).not.toMatch(/\sstyle=|\son[a-z]+=|javascript:/);
      const nonce = /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1];
      const inline = html.match(/<script(?![^>]*src="\/assets\/)[^>]*>/g);
      expect(inline).toEqual([`<script nonce="${nonce ?? ''}">`]);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['cache-control']).toBe('no-store');
      expect(textOf(html)).not.toMatch(/GOV\.UK|Crown copyright|Open Government Licence/);
    });

    it('says that the county is invented, and shows nobody’s free text and no markup out of data', () => {
      expect(textOf(html)).toContain('This county is invented');
      expect(html).not.toContain('SECRET REASON');
      expect(html).not.toContain('<b>Trees');
      expect(textOf(html)).not.toMatch(/undefined|\[object|NaN/);
    });
  });

  it('the board counts the schools, and its bar, table and sentence agree', async () => {
    const { text } = await get('/', 'adviser');
    expect(textOf(text)).toContain(
      'Of 62 schools on 23 November 2026, 1 (2%) is in Intervention, 0 (0%) in Prevention and 0 (0%) in Enhancement; 61 have no category yet.',
    );
    expect(text).toMatch(/<title id="bar-title">Schools by category, 23 November 2026<\/title>/);
    expect(textOf(text)).toContain(
      'Between 23 November 2025 and 23 November 2026, 0 schools moved to more support, 0 moved to less, and 1 stayed where they were.',
    );
  });

  it('a page of today can be told of news, one of a day gone by or for whoever may not listen cannot', async () => {
    const live = (html: string) =>
      /data-live data-after="(\d+)"(?: data-school="([^"]+)")?/.exec(html);
    const end = String(await eventStore.end());
    expect(live((await get('/schools/900500', 'adviser')).text)?.slice(1)).toEqual([end, brook]);
    expect(live((await get('/', 'board')).text)?.slice(1)).toEqual([end, undefined]);
    expect((await get('/', 'board')).text).toMatch(/<script type="module" src="\/assets\/live.js/);
    expect(live((await get('/schools/900500?asOf=2026-01-01', 'adviser')).text)).toBeNull();
    const own = (await get('/schools/900500', 'headteacher', brook)).text;
    expect([live(own), own.includes('live.js')]).toEqual([null, false]);
  });

  it('a page that was asked to have seen a position has, or says that it has not come to it', async () => {
    const end = await eventStore.end();
    expect((await get(`/schools/900500?atLeast=${end}`, 'adviser')).status).toBe(200);
    expect((await get(`/?atLeast=${end + 1}`, 'adviser')).status).toBe(400);
  });

  it('the board of a day is what was known on it, and the moves between two days are counted', async () => {
    const { text } = await get('/?asOf-day=1&asOf-month=11&asOf-year=2025', 'adviser');
    // In force since that day, but decided two days later.
    expect(textOf(text)).toContain(
      'Of 62 schools on 1 November 2025, 0 (0%) are in Intervention, 0 (0%) in Prevention and 1 (2%) in Enhancement',
    );
    const moves = await get('/?from=2025-10-31&to=2025-11-01', 'adviser');
    expect(textOf(moves.text)).toContain(
      'Between 31 October 2025 and 1 November 2025, 1 school moved to more support',
    );
  });

  it('a later page of schools is of the moment of the first', async () => {
    const first = await get('/?category=none', 'adviser');
    expect(textOf(first.text)).toContain('1 to 50 of 61 schools');
    const next = /href="([^"]+)"[^>]*rel="next"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&');
    expect(next).toMatch(/category=none&position=\d+&skip=50/);
    expect(textOf((await get(next!, 'adviser')).text)).toContain('51 to 61 of 61 schools');
  });

  it('finds a school by any URN it had', async () => {
    const { text } = await get('/?q=900001', 'adviser');
    expect(textOf(text)).toContain('Example Brook Combined School URN 900500');
  });

  it('a list that is empty says what is missing', async () => {
    expect(textOf((await get('/champions', 'adviser')).text)).toContain(
      'No champion is registered yet.',
    );
  });

  it('recent changes link to why', async () => {
    expect((await get('/', 'adviser')).text).toContain(`/schools/900500/why?change=${CHANGE}`);
  });

  it('an old URN leads to the school of today, with a note', async () => {
    const moved = await get('/schools/900001', 'adviser');
    expect([moved.status, moved.headers['location']]).toEqual([
      302,
      '/schools/900500?formerly=900001',
    ]);
    expect(textOf((await get('/schools/900500?formerly=900001', 'adviser')).text)).toContain(
      'URN 900001 was this school’s number until 1 April 2025.',
    );
  });

  it('a school shows its category, what Ofsted said and when, and what is missing and why', async () => {
    const text = textOf((await get('/schools/900500', 'adviser')).text);
    expect(text).toContain('Intervention since 1 November 2025');
    expect(text).toContain('Graded inspection, without an overall grade, as at 16 September 2025');
    expect(text).toContain(
      '2 of 5 indicators that apply to this school have a figure, 57.1% of the weight. The score is 87.5 of 100',
    );
    for (const [kind, name] of [
      ['Does not apply', 'Attainment 8'],
      ['Not published', 'Progress from 7 to 11'],
      ['Suppressed', 'Disadvantage gap'],
      ['Not yet collected', 'Finance'],
    ]) {
      expect(text).toContain(`${kind} ${name}`);
    }
  });

  it('a journey has both times on each line, newest first, and can be narrowed', async () => {
    const text = textOf((await get('/schools/900500?kind=decisions', 'adviser')).text);
    expect(text).toContain('1 to 2 of 2 events, newest first.');
    expect(text).toContain('In effect 1 November 2025 ; recorded 3 November 2025, 18:20');
    expect(text.indexOf('moved from Enhancement to Intervention')).toBeLessThan(
      text.indexOf('Enhancement was confirmed'),
    );
  });

  it('a school as known on a day before it was decided is still in its old category', async () => {
    const text = textOf((await get('/schools/900500?asOf=2025-11-02', 'adviser')).text);
    expect(text).toContain('as it was known at the end of 2 November 2025');
    expect(text).toContain('Enhancement since 1 October 2024');
    expect(text).toContain('Intervention is proposed');
  });

  it('why tells the whole chain in order, with the arithmetic, and says where nothing is', async () => {
    const text = textOf((await get(`/schools/900500/why?change=${CHANGE}`, 'auditor')).text);
    const order = [
      'What set it off',
      'Ofsted outcome on 16 September 2025',
      'Readings',
      'Suppressed',
      '7 points over a weight of 8, times 100, is a score of 87.5. 8 of 14 of the weight',
      'Hard rules',
      'At least Prevention',
      'Professional judgement',
      'Moderation',
      'moderated and agreed',
      'Proposal and letter',
      'Discussion',
      '17 October 2025 ; recorded 20 October 2025',
      'The school made no representation',
      'No review',
      'Decision',
      'moved from Enhancement to Intervention',
      'Other decisions',
      'Enhancement confirmed from 1 October 2024',
    ];
    const places = order.map((part) => text.indexOf(part, text.indexOf('Each step')));
    expect(places.map((place, i) => (place < 0 ? order[i] : ''))).toEqual(order.map(() => ''));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('why asks by day as well, and a day before any category says so', async () => {
    expect(textOf((await get('/schools/900500/why?at=2024-12-25', 'adviser')).text)).toContain(
      'Why Example Brook Combined School was confirmed in Enhancement',
    );
    const before = await get('/schools/900500/why?at=2024-01-01', 'adviser');
    expect([before.status, textOf(before.text)]).toEqual([
      404,
      expect.stringContaining('had no category in force on 1 January 2024'),
    ]);
  });

  it('the notices of the county say by when, how late, who was told and what is next', async () => {
    const text = textOf((await get('/notices', 'adviser')).text);
    expect(text).toContain(
      '1 warning notice is live. The compliance period of 1 of them has ended, and whether it was complied with is to be decided.',
    );
    expect(text).toContain('Given Section 60: a threat to the safety of pupils or staff');
    expect(text).toContain('20 November 2026 ended 3 days ago');
    expect(text).toContain('Secretary of State: 5 October 2026');
    expect(text).toContain('Headteacher: 6 October 2026 (late)');
    expect(text).toContain('Decide whether it was complied with');
    expect(text).toContain(
      'Under way Targeted support 7 September 2026 7 March 2028, expected Intervention',
    );
    const then = textOf((await get('/notices?asOf=2026-10-05', 'adviser')).text);
    expect(then).toContain('20 November 2026 46 days left');
    expect(then).toContain('RISE is with no school');
    expect(textOf((await get('/notices?asOf=2026-10-04', 'adviser')).text)).toContain(
      'No warning notice is live as of 4 October 2026.',
    );
  });

  it('a school shows its notices and RISE, and where concerns about an academy go', async () => {
    const notice = textOf((await get('/schools/900002/statutory', 'adviser')).text);
    expect(notice).toContain('Warning notice of 5 October 2026 Given');
    expect(notice).toContain('5 October 2026 to 20 November 2026 (ended 3 days ago)');
    expect(notice).toContain('6 October 2026, after the notice was given');
    expect(notice).toContain('RISE is not with this school');
    const academy = textOf((await get('/schools/900500/statutory', 'headteacher', brook)).text);
    expect(academy).toContain('concerns go to its trust');
    expect(academy).toContain('Targeted support Under way');
    expect((await get('/schools/900001/statutory', 'adviser')).headers['location']).toBe(
      '/schools/900500/statutory',
    );
  });

  it('a school shows its allowance, its deployments, how far each objective has come, and what is late', async () => {
    const text = textOf((await get('/schools/900100/support', 'adviser')).text);
    expect(text).toContain(
      'For 2026/27 the school may have 9 days of pupil champions and ABLE (1 day used, 3 days set aside, 5 days left); and 2 days of leadership champions',
    );
    expect(text).toContain('12 October 2026 to 20 November 2026');
    expect(text).toContain(
      '3 days overdue Complete, extend or end the deployment, whose last day is over (the team; due by 20 November 2026).',
    );
    expect(text).toContain('Share who pass the check 62% 80% 71% Partly reached');
    expect(text).toContain('14 October 2026 1 day');
    expect(text).toContain('With the end of 2025/26, 1.5 days of pupil champions and ABLE');
    const before = textOf((await get('/schools/900100/support?asOf=2026-11-15', 'adviser')).text);
    expect(before).toContain('Sessions missed 9% 6% Not judged yet');
    const none = textOf((await get('/schools/900002/support', 'adviser')).text);
    expect(none).toContain('Nothing is granted to this school for 2026/27.');
    expect(none).toContain('No deployment of a champion is on record for this school');
    expect((await get('/schools/900001/support?year=2025-26', 'adviser')).headers['location']).toBe(
      '/schools/900500/support?year=2025-26',
    );
  });

  it('a head opens the support of their own school, and is led to no page of champions', async () => {
    const own = await get('/schools/900100/support', 'headteacher', supported);
    expect([own.status, own.text.includes('/champions/')]).toEqual([200, false]);
    expect((await get('/schools/900100/support', 'adviser')).text).toContain('/champions/');
  });

  it('the support of the county: by stage, what is overdue, and who has none', async () => {
    const text = textOf((await get('/support', 'adviser')).text);
    expect(text).toContain('Something is overdue of 1 deployment.');
    expect(text).toContain('1 to 2 of 2 deployments');
    expect(text).toContain('Under way (1)');
    expect(text).toContain(
      'Example Brook Combined School Intervention 1 November 2025 387 days A champion is wanted',
    );
    const started = textOf((await get('/support?stage=started', 'adviser')).text);
    expect(started).toContain('1 to 1 of 1 deployment at this stage.');
    expect(textOf((await get('/support?stage=paused', 'adviser')).text)).toContain(
      'No deployment is at this stage.',
    );
  });

  describe('who may see what', () => {
    it('nobody without signing in: they are sent there and back again', async () => {
      const response = await get('/schools/900500?kind=risk');
      expect([response.status, response.headers['location']]).toEqual([
        302,
        '/sign-in?to=%2Fschools%2F900500%3Fkind%3Drisk',
      ]);
    });
    it('the Board sees counts and no school', async () => {
      const { text, status } = await get('/', 'board');
      expect(status).toBe(200);
      expect(text).not.toContain('Example Brook');
      expect(textOf(text)).toContain('You see counts for the whole county.');
      expect((await get('/schools/900500', 'board')).status).toBe(403);
    });
    it('a head sees their own school, and is told so elsewhere', async () => {
      expect((await get('/schools/900500', 'headteacher', brook)).status).toBe(200);
      for (const path of [
        '/schools/900002',
        '/schools/900002/why',
        '/schools/900002/statutory',
        '/schools/900002/support',
        '/notices',
        '/support',
        '/schools/999999',
        '/',
      ]) {
        const { status, text } = await get(path, 'headteacher', brook);
        expect([path, status]).toEqual([path, 403]);
        expect(text).toContain(`href="/schools/${brook}"`);
      }
    });
    it.each(['champion', 'home-head', 'scrutiny'])('a %s sees no category', async (role) => {
      expect((await get('/schools/900500', role, brook)).status).toBe(403);
    });
  });

  describe('signing in', () => {
    const send = (path: string, fields: object, cookie = '') =>
      request(app.getHttpServer()).post(path).type('form').set('Cookie', cookie).send(fields);

    it('sets a cookie that scripts cannot read and goes where the person was going', async () => {
      const response = await send('/sign-in', { role: 'adviser', to: '/schools/900500' });
      expect([response.status, response.headers['location']]).toEqual([303, '/schools/900500']);
      expect(response.headers['set-cookie']?.[0]).toMatch(
        /^side-by-side=.+; Path=\/; .*HttpOnly; SameSite=Lax$/,
      );
    });
    it.each(['//evil.invalid/', 'https://evil.invalid/', '/\\evil.invalid', 'schools'])(
      'goes nowhere else: %s',
      async (to) => {
        expect((await send('/sign-in', { role: 'adviser', to })).headers['location']).toBe('/');
      },
    );
    it('takes a head to their school, by any URN it had', async () => {
      expect(
        (await send('/sign-in', { role: 'headteacher', urn: '900001' })).headers['location'],
      ).toBe(`/schools/${brook}`);
    });
    it.each([
      [{ role: 'headteacher', urn: '900999' }, 'No school has or had the URN 900999'],
      [{ role: 'chair' }, 'Give the URN'],
      [{ role: 'operator' }, 'Choose who you are'],
      [{}, 'Choose who you are'],
    ])('says what is wrong with %j', async (fields, fault) => {
      const response = await send('/sign-in', fields);
      expect([response.status, textOf(response.text)]).toEqual([
        400,
        expect.stringContaining(fault),
      ]);
    });
    it('with a session, takes only forms made for it', async () => {
      const cookie = await cookieOf('adviser');
      expect((await send('/sign-out', {}, cookie)).status).toBe(403);
      expect((await send('/sign-in', { role: 'board', mark: 'wrong' }, cookie)).status).toBe(403);
      const { text } = await request(app.getHttpServer()).get('/guide').set('Cookie', cookie);
      const mark = /name="mark" value="([^"]+)"/.exec(text)?.[1];
      const out = await send('/sign-out', { mark }, cookie);
      expect([out.status, out.headers['set-cookie']?.[0]]).toEqual([
        303,
        expect.stringContaining('side-by-side=;'),
      ]);
    });
  });

  it.each([
    ['/side-by-side/nowhere', 404, 'The guide has no such page'],
    ['/nowhere', 404, 'There is no page at this address'],
    ['/schools/999999', 404, 'No school is known by'],
    ['/?category=Excellent', 400, 'Choose a category from the list.'],
    ['/?category=none&category=none', 400, 'Choose a category'],
    ['/?position=99999999', 400, 'beyond the end of the log'],
    ['/?asOf=2026-11-24', 400, 'today or in the past'],
    ['/?from=2026-01-02&to=2026-01-01', 400, 'must not be after'],
    ['/?asOf-day=1', 400, 'must include a day, a month and a year'],
    ['/support?stage=closed', 400, 'Choose a stage from the list.'],
    ['/schools/900500/support?year=2026-28', 400, 'must be an academic year'],
    ['/schools/900500?asOf=never', 400, 'must include a day'],
    ['/schools/900500?skip=-1', 400, 'does not exist'],
    ['/schools/900500/why?change=1', 400, 'follow a link from the journey'],
    [`/schools/900500/why?change=${uuid(77)}`, 404, 'There is no such decision'],
  ])('%s answers %i in plain English', async (path, status, says) => {
    const response = await get(path, 'adviser');
    expect([response.status, textOf(response.text)]).toEqual([
      status,
      expect.stringContaining(says),
    ]);
  });

  it('leaves what lies under /api to the API', async () => {
    expect((await get('/api/v1/nothing')).headers['content-type']).toMatch(/json/);
  });

  it('serves what pages link to for good, under an address that changes with it, and nothing else', async () => {
    const { text } = await get('/guide');
    const icon = /<link rel="icon" href="([^"]+)"/.exec(text)?.[1];
    const response = await get(icon!);
    expect([
      response.status,
      response.headers['cache-control'],
      response.headers['content-type'],
    ]).toEqual([200, 'public, max-age=31536000, immutable', 'image/svg+xml']);
    for (const path of ['/assets/..%2Fweb.module.ts', '/assets/nothing.css', '/assets/fonts'])
      expect((await get(path)).status).toBe(404);
  });
});
