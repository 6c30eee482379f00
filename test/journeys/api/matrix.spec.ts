import type { Reading, Row } from '#application';
import { cellOf, rowOf, schemaOf } from '#application';
import { aggregates, ownSchoolIn, peopleRoles } from '#domain';
import type { JsonObject } from '#kernel';
import { commandPath } from '../../../apps/api/openapi';
import { County, newSchool } from '../county';
import type { Handler } from './handlers';
import { expressRoutes, handlersOf } from './handlers';
import { sampleOf } from './sample-of';

/*
 * The table of who may do what, walked: every address there is, asked by everybody there is, about what is their own and
 * what is others', with two schools, two home schools, two champions and two deployments that have nothing to do with each
 * other. Every command, given by everybody, for their own school and the other one.
 */
type School = ReturnType<typeof newSchool>;
const uuid = (n: number) => `00000000-0000-4000-8000-0000000007${String(n).padStart(2, '0')}`;

/** One side of the walk: what somebody calls their own, or what is somebody else's. */
interface Side {
  readonly school: School;
  readonly home: School;
  readonly championId: string;
  readonly personRef: string;
  readonly deploymentId: string;
}
const side = (n: number): Side => ({
  school: newSchool(2 * n - 1),
  home: newSchool(2 * n),
  championId: uuid(n),
  personRef: `person-champion-${n}`,
  deploymentId: uuid(10 + n),
});

const people = [...peopleRoles, 'operator'] as const;
type Person = (typeof people)[number];
/** Those whose own school is the one that lends. */
const isOfHome = (who: Person): boolean => who === 'home-head' || who === 'champion';

/** What stands in an address for what is asked about. Every name of a part must have its line. */
const partsOf = (
  of: Side,
  reads: Reading | undefined,
  who: Person,
): Readonly<Record<string, string>> => ({
  school: (isOfHome(who) ? of.home : of.school).urn,
  champion: of.championId,
  deployment: of.deploymentId,
  year: '2026-27',
  code: 'Malformed',
  file: 'swagger-ui.css',
  name: 'theme.css',
  // Commands have a walk of their own.
  ...(reads === 'commands' ? { context: 'schools', command: 'register-school' } : {}),
});

/** The fields of a command that say what it is about. */
const NAMES = ['schoolId', 'homeSchoolId', 'championId', 'deploymentId'] as const;
const namesIn = ({ school, home, championId, deploymentId }: Side) => ({
  ...{ schoolId: school.schoolId, homeSchoolId: home.schoolId, championId, deploymentId },
});

const commands = aggregates.flatMap(({ context, commands: declared }) =>
  Object.entries(declared).map(([name, command]) => ({
    path: commandPath(context, name),
    takes: schemaOf(command.takes),
    row: rowOf(command),
    by: command.by,
  })),
);

const CATEGORY = /Enhancement|Prevention|Intervention/;
const OBJECTIVE = 'SECRET OBJECTIVE';

// Some three thousand requests over real HTTP; on a busy machine that takes a while.
jest.setTimeout(60_000);

describe('the table of who may do what', () => {
  const [own, other] = [side(1), side(2)];
  let county: County;
  let handlers: readonly Handler[];
  /** Own too, and changed by the walk, which the others are not. */
  const changed: Side = { ...own, deploymentId: uuid(20) };
  const needed = ({ deploymentId, school }: Side) =>
    [
      'adviser',
      'support/identify-need',
      {
        ...{ deploymentId, schoolId: school.schoolId, specialism: 'early-reading' },
        ...{ focus: 'Reading', priority: 'soon', role: 'SSPC', selfFunded: true },
      },
    ] as const;
  const proposed = ({ deploymentId, championId }: Side) =>
    [
      'adviser',
      'support/propose-match',
      { deploymentId, championId, rationale: 'Did it before.' },
    ] as const;
  const tokens = new Map<Person | 'nobody', string | undefined>([['nobody', undefined]]);

  beforeAll(async () => {
    county = await County.start();
    handlers = handlersOf(county);
    county.at('2026-11-20T09:00:00.000Z');
    for (const which of [own, other]) {
      const { school, home, championId, personRef, deploymentId } = which;
      await county.given(
        ['team-leader', 'schools/register-school', school],
        ['team-leader', 'schools/register-school', home],
        [
          'adviser',
          'champions/register-champion',
          {
            ...{ championId, personRef, homeSchoolId: home.schoolId, roles: ['SSPC'] },
            ...{ specialisms: ['early-reading'], phases: ['primary'] },
            ...{ vettedOn: '2026-09-01', vettedUntil: '2028-08-31' },
          },
        ],
        needed(which),
        proposed(which),
        [
          'adviser',
          'support/accept-support',
          {
            ...{ deploymentId, schoolId: school.schoolId, headId: 'person-headteacher' },
            objectives: [
              {
                ...{ objectiveId: uuid(50), what: OBJECTIVE, measure: 'Words a minute' },
                ...{ baseline: '41%', target: '65%' },
              },
            ],
          },
        ],
      );
      for (const one of [school, home]) await inCategory(one);
    }
    await county.given(needed(changed), proposed(changed));
    await county.answered();
    for (const role of people) {
      const speaksFor = isOfHome(role) ? own.home : own.school;
      const id = role === 'champion' ? own.personRef : `person-${role}`;
      tokens.set(role, (await county.as(role, speaksFor.schoolId, id)).token);
    }
  });
  afterAll(() => county.stop());

  const inCategory = ({ schoolId }: School) =>
    county.happened(`categorisation-${schoolId}`, [
      {
        type: 'CategoryConfirmed',
        data: {
          ...{ schoolId, proposalId: uuid(60), assessmentId: uuid(61), cycle: '2026/27' },
          ...{ reasonCode: 'ANNUAL_ROUND', offerVersion: 'example', category: 'Prevention' },
          ...{ effectiveFrom: '2026-09-15', deciderId: 'person-head-of-service' },
        },
      },
    ]);

  /** What an address or a command answers to somebody. Of a stream its beginning is enough. */
  async function asked(who: Person | 'nobody', route: string, body?: object) {
    const [method = '', path = ''] = route.split(' ');
    const token = tokens.get(who);
    const gone = new AbortController();
    const answer = await fetch(county.url + path, {
      method,
      redirect: 'manual',
      signal: gone.signal,
      headers: {
        ...(token === undefined
          ? {}
          : { authorization: `Bearer ${token}`, cookie: `side-by-side=${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const endless = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const text = endless ? '' : await answer.text();
    if (endless) gone.abort();
    return { status: answer.status, text };
  }
  /** Turned away: not signed in, or not for them; a page asks whoever is not signed in to do that first. */
  const barredIn = (status: number): boolean => [401, 403, 302].includes(status);
  const codeIn = (text: string): string | undefined =>
    /"type":"\/api\/problems\/(\w+)"/.exec(text)?.[1];
  const ends = async (): Promise<number> => (await county.recorded()).length;
  const closed = (): readonly Handler[] => handlers.filter(({ row }) => row !== 'open');

  it('has a line for every address there is, and every role in it is one there is', () => {
    expect(handlers.length).toBeGreaterThan(60);
    expect(handlers.filter(({ row }) => row === undefined).map(({ route }) => route)).toEqual([]);
    const known = new Set(handlers.map(({ route }) => route));
    expect(expressRoutes(county).filter((route) => !known.has(route))).toEqual([]);
    for (const { by } of commands) expect(by.length).toBeGreaterThan(0);
  });

  it('lets nobody do anything who is to look on: auditor, scrutiny; the Board keeps its own record', () => {
    const given = (role: string) =>
      commands.filter(({ row }) => cellOf(row, role) !== 'no').map(({ path }) => path.slice(8));
    expect(given('auditor')).toEqual([]);
    expect(given('scrutiny')).toEqual([]);
    expect(given('board').toSorted()).toEqual(
      [
        ...['policy/publish-framework', 'policy/publish-offer', 'policy/publish-quality-policy'],
        ...['money/publish-rate-card', 'governance/set-board-terms'],
        ...['governance/hold-board-meeting', 'governance/correct-board-record'],
        ...['governance/table-paper', 'governance/record-board-decision'],
      ].toSorted(),
    );
    expect(given('champion').filter((path) => path.startsWith('categories/'))).toEqual([]);
    for (const role of ['adviser', 'team-leader'])
      expect(given(role)).not.toContain('categories/confirm-category');
    expect(given('head-of-service')).not.toContain('categories/propose-category');
  });

  it('turns away everybody whose cell says no, and records nothing', async () => {
    const before = await ends();
    for (const handler of closed()) {
      for (const who of people.filter((role) => cellOf(handler.row as Row, role) === 'no')) {
        for (const route of new Set([own, other].map((which) => addressOf(handler, which, who)))) {
          const { status } = await asked(who, route);
          expect({ who, route, status }).toEqual({ who, route, status: 403 });
        }
      }
      const route = addressOf(handler, own, 'adviser');
      const { status } = await asked('nobody', route);
      const page = !route.includes(' /api/');
      expect({ route, status }).toEqual({ route, status: page ? 302 : 401 });
    }
    expect(await ends()).toBe(before);
  });

  it.each(people)('lets %s read what their cells say and nothing of others', async (who) => {
    const { school, home, championId, deploymentId } = other;
    const others = [school, home].flatMap((one) => [one.schoolId, one.urn, one.name]);
    for (const handler of closed()) {
      const cell = cellOf(handler.row as Row, who);
      if (cell === 'no' || handler.reads === 'commands') continue;
      const mine = await asked(who, addressOf(handler, own, who));
      expect({ handler, barred: barredIn(mine.status) }).toEqual({ handler, barred: false });
      const route = addressOf(handler, other, who);
      if (route === addressOf(handler, own, who)) {
        if (cell === 'own')
          for (const name of [...others, championId, deploymentId])
            expect({ route, name, text: mine.text.includes(name) }).toEqual({
              ...{ route, name, text: false },
            });
        continue;
      }
      const theirs = await asked(who, route);
      if (cell === 'all')
        expect({ route, barred: barredIn(theirs.status) }).toEqual({ route, barred: false });
      else
        expect({ route, hidden: [403, 404].includes(theirs.status) }).toEqual({
          ...{ route, hidden: true },
        });
    }
  });

  const READ_BY = (who: Person) =>
    closed().filter(
      ({ route, row, reads }) =>
        route.startsWith('GET') && reads !== 'commands' && cellOf(row as Row, who) !== 'no',
    );

  it.each(['champion', 'home-head'] as const)('shows %s no category anywhere', async (who) => {
    expect(READ_BY(who).length).toBeGreaterThan(1);
    for (const handler of READ_BY(who)) {
      const { text } = await asked(who, addressOf(handler, own, who));
      expect({ handler, category: CATEGORY.exec(text)?.[0] }).toEqual({ handler });
      const objective = text.includes(OBJECTIVE);
      const single = handler.route.endsWith('/deployments/{deployment}');
      if (single || who === 'home-head')
        expect({ handler, objective }).toEqual({ handler, objective: who === 'champion' });
    }
  });

  it.each(['board', 'scrutiny'] as const)('names no school to %s', async (who) => {
    const schools = [own.school, own.home, other.school, other.home];
    expect(READ_BY(who).length).toBeGreaterThan(1);
    for (const handler of READ_BY(who)) {
      const { text } = await asked(who, addressOf(handler, own, who));
      for (const { schoolId, urn, name } of schools)
        for (const named of [schoolId, urn, name])
          expect({ handler, named, text: text.includes(named) }).toEqual({
            ...{ handler, named, text: false },
          });
    }
  });

  it('turns away whoever may not give a command, whatever they send, and records nothing', async () => {
    const before = await ends();
    for (const { path, row } of commands) {
      for (const who of people.filter((role) => cellOf(row, role) === 'no')) {
        const { status, text } = await asked(who, `POST ${path}`, { nonsense: true });
        expect({ who, path, status, code: codeIn(text) }).toEqual({
          ...{ who, path, status: 403, code: 'NotYourRole' },
        });
      }
      expect((await asked('nobody', `POST ${path}`, {})).status).toBe(401);
    }
    expect(await ends()).toBe(before);
  });

  it('hears whoever may give a command for any school', async () => {
    for (const { path, row } of commands)
      for (const who of people.filter((role) => cellOf(row, role) === 'all')) {
        const { status } = await asked(who, `POST ${path}`, { nonsense: true });
        expect({ who, path, status }).toEqual({ who, path, status: 400 });
      }
  });

  it('lets whoever speaks for a school, or for themselves, do so and nothing for others', async () => {
    const before = await ends();
    const owned: [who: Person, path: string, body: JsonObject][] = [];
    for (const { path, takes, row } of commands) {
      const fields = Object.keys(takes['properties'] as JsonObject);
      const names = NAMES.filter((name) => fields.includes(name));
      const sent = (which: Readonly<Record<string, string>>): JsonObject => ({
        ...(sampleOf(takes) as JsonObject),
        ...Object.fromEntries(names.map((name) => [name, which[name] ?? ''])),
      });
      for (const who of people.filter((role) => cellOf(row, role) === 'own')) {
        const field = ownSchoolIn(who);
        const mine = namesIn(own);
        const theirs = namesIn(other);
        const told = async (body: JsonObject) => {
          const { status, text } = await asked(who, `POST ${path}`, body);
          return { who, path, status, code: codeIn(text) };
        };
        if (field !== undefined) {
          const code = 'NotYourSchool';
          expect(await told(sent(theirs))).toEqual({ who, path, status: 403, code });
          const { [field]: _unsaid, ...without } = sent(mine);
          // Where a command must name the school, it is malformed without.
          expect([400, 403]).toContain((await told(without)).status);
        }
        // Their own school, and the record of somebody else.
        const record = { ...theirs, ...(field === undefined ? {} : { [field]: mine[field] }) };
        const ofRecord = names.some((name) => name === 'deploymentId' || name === 'championId');
        if (ofRecord && !path.endsWith('/identify-need') && !path.includes('/money/'))
          expect(await told(sent(record))).toEqual({ who, path, status: 403, code: 'NotYours' });
        owned.push([who, path, sent(namesIn(changed))]);
      }
    }
    expect(await ends()).toBe(before);
    expect(owned.length).toBeGreaterThan(20);
    for (const [who, path, body] of owned) {
      // Somebody before may have declined.
      await asked('adviser', 'POST /api/v1/support/propose-match', proposed(changed)[2]);
      const { status, text } = await asked(who, `POST ${path}`, body);
      const code = codeIn(text) ?? '';
      expect({ who, path, status: [400, 401].includes(status) }).toMatchObject({ status: false });
      expect({ who, path, code }).toEqual({
        ...{ who, path, code: expect.not.stringMatching(/^NotYour/) as string },
      });
    }
  });

  /** An address about one side. A part nobody said anything about stops the walk. */
  function addressOf({ route, reads }: Handler, which: Side, who: Person): string {
    return route.replaceAll(/\{(\w+)\}/g, (_, part: string) => {
      const said = partsOf(which, reads, who)[part];
      if (said === undefined) throw new Error(`What is {${part}} in ${route}? Say it in partsOf.`);
      return said;
    });
  }
});
