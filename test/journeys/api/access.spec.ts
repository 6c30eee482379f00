import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { Reading } from '#application';
import { Open, readers, Reads } from '#application';
import { roles } from '#domain';
import { openApi } from '../../../apps/api/openapi';
import { routes } from '../../../apps/api/routes';
import { aggregates } from '#domain';
import { County, newSchool, problemIn } from '../county';

interface Handler {
  /** `GET /api/v1/schools/{school}` */
  readonly route: string;
  readonly open: boolean;
  readonly reads: Reading | undefined;
}

/** Every route of the app as Nest knows it, with the access rule declared on it or on its controller. */
function handlersOf({ app }: County): Handler[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((one) => [
    ...one.controllers.values(),
  ]);
  return controllers.flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return [];
    const { constructor: _itself, ...members } = Object.getOwnPropertyDescriptors(
      metatype.prototype as object,
    );
    const prefix = asPath(Reflect.getMetadata('path', metatype));
    return Object.values(members).flatMap((member) => {
      const handler = member.value as object;
      const path: unknown =
        typeof handler === 'function' ? Reflect.getMetadata('path', handler) : undefined;
      if (path === undefined) return [];
      const method = RequestMethod[Reflect.getMetadata('method', handler) as RequestMethod];
      const told = (key: string): unknown =>
        (Reflect.getMetadata(key, handler) as unknown) ?? Reflect.getMetadata(key, metatype);
      return [
        {
          route: `${method} ${inBraces(`/${prefix}/${asPath(path)}`)}`,
          open: told(Open().KEY) === true,
          reads: told(Reads('school').KEY) as Reading | undefined,
        },
      ];
    });
  });
}

const asPath = (path: unknown): string => (typeof path === 'string' ? path : '');

/** `/api/v1//schools/:school/` → `/api/v1/schools/{school}` */
const inBraces = (path: string): string =>
  path
    .replaceAll(/\/+/g, '/')
    .replace(/(.)\/$/, '$1')
    .replaceAll(/:(\w+)/g, '{$1}');

/** Every route Express would answer, whoever put it there. */
function expressRoutes({ app }: County): string[] {
  const { stack } = app.getHttpAdapter().getInstance().router;
  return stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : route.stack.map(({ method }) => `${method.toUpperCase()} ${inBraces(route.path)}`),
  );
}

const sample = (route: string): string =>
  route.split(' ')[1]!.replace('{school}', newSchool(1).urn).replace('{year}', '2026-27');

describe('who may go where', () => {
  let county: County;
  beforeAll(async () => {
    county = await County.start();
    await county.given(['team-leader', 'schools/register-school', newSchool(1)]);
  });
  afterAll(() => county.stop());

  it('is declared on every route there is', () => {
    const handlers = handlersOf(county);
    expect(handlers.length).toBeGreaterThan(15);
    expect(
      handlers
        .filter(({ open, reads }) => open === (reads !== undefined))
        .map(({ route }) => route),
    ).toEqual([]);
    expect(handlers.filter(({ reads }) => reads !== undefined && !(reads in readers))).toEqual([]);
    const declared = new Set(handlers.map(({ route }) => route));
    expect(expressRoutes(county).filter((route) => !declared.has(route))).toEqual([]);
  });

  it('is open for nothing but health, both guides and signing in', () => {
    const open = handlersOf(county).filter((one) => one.open && one.route.includes('/api'));
    expect(open.map(({ route }) => route).toSorted()).toEqual(
      [
        'GET /api',
        'GET /api/guide/start.js',
        'GET /api/guide/{file}',
        'GET /api/openapi.json',
        'GET /api/problems/{code}',
        'GET /api/v1/model-guide',
        'GET /api/v1/model-guide/documents',
        'POST /api/v1/demo/sign-in',
      ].toSorted(),
    );
  });

  it('stands in the documentation as it is declared, for every route of the API', () => {
    const documented = Object.entries(routes).map(([route, { for: what }]) => [
      route,
      what === 'everybody' ? undefined : what,
    ]);
    const declared = handlersOf(county)
      .filter(({ route }) => / \/(api\/v1|health)\//.test(route) && !route.includes('{command}'))
      .map(({ route, reads }) => [route, reads]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(declared));
    const paths = Object.keys(openApi(aggregates)['paths'] as object);
    expect(paths).toHaveLength(new Set(paths).size);
  });

  const asked = Object.entries(routes).flatMap(([route, { for: what }]) =>
    what === 'everybody' ? [] : [{ route, what }],
  );

  it.each(asked)('$route needs somebody signed in', async ({ route }) => {
    const nobody = county.nobody();
    const answer = route.startsWith('GET')
      ? await nobody.get(sample(route))
      : await nobody.post(sample(route), {});
    problemIn(answer, 401, 'NotSignedIn');
    expect(answer.get('WWW-Authenticate')).toBe('Bearer');
  });

  it.each(asked)(
    '$route is for the roles of its line and for no other',
    async ({ route, what }) => {
      const { all, own } = readers[what];
      const may: readonly string[] = [...all, ...own];
      for (const role of roles) {
        const { token } = await county.as(role, newSchool(1).schoolId);
        const gone = new AbortController();
        const response = await fetch(county.url + sample(route), {
          method: route.split(' ')[0]!,
          headers: { authorization: `Bearer ${token}` },
          signal: gone.signal,
        });
        expect({ role, barred: response.status === 403 }).toEqual({
          role,
          barred: !may.includes(role),
        });
        expect(response.status).not.toBe(401);
        // A live stream does not end by itself; a rebuild must, before the next may begin.
        if (route.endsWith('/live')) gone.abort();
        else await response.text();
      }
    },
  );

  it('lets nobody in with a token that was altered, signed by someone else or unsigned', async () => {
    const { token } = await county.as('operator');
    const [head, body, signature] = token!.split('.') as [string, string, string];
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
    const raised = `${head}.${Buffer.from(Buffer.from(body, 'base64url').toString().replace('operator', 'auditor')).toString('base64url')}.${signature}`;
    for (const forged of [
      unsigned,
      raised,
      `${head}.${body}.${'A'.repeat(43)}`,
      `${token}x`,
      '',
      'Bearer',
    ]) {
      problemIn(await county.person(forged).get('/api/v1/schools'), 401, 'NotSignedIn');
    }
  });

  it('signs an invented person of a role in, and only of a role there is', async () => {
    const answer = await county.nobody().post('/api/v1/demo/sign-in', { role: 'adviser' });
    expect(answer.status).toBe(200);
    expect(
      (await county.person((answer.body as { token: string }).token).get('/api/v1/schools')).status,
    ).toBe(200);
    for (const role of ['operator', 'import', 'policy', 'king', '']) {
      const { errors } = problemIn(
        await county.nobody().post('/api/v1/demo/sign-in', { role }),
        400,
        'Malformed',
      );
      expect(errors[0]?.pointer).toBe('/role');
    }
    problemIn(
      await county.nobody().post('/api/v1/demo/sign-in', { role: 'headteacher' }),
      400,
      'Malformed',
    );
    problemIn(
      await county.nobody().post('/api/v1/demo/sign-in', { role: 'headteacher', urn: '999999' }),
      404,
      'NoSuchSchool',
    );
  });
});
