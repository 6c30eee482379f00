import { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { AccessGuard, readers, TOKENS } from '#application';
import { roles } from '#domain';
import type { Tokens } from '#platform';
import { openApi } from '../../../apps/api/openapi';
import { routes } from '../../../apps/api/routes';
import { aggregates } from '#domain';
import { County, newSchool, problemIn } from '../county';
import { expressRoutes, handlersOf } from './handlers';

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
    what === 'everybody' ? [] : [{ route }],
  );

  it.each(asked)('$route needs somebody signed in', async ({ route }) => {
    const nobody = county.nobody();
    const answer = route.startsWith('GET')
      ? await nobody.get(sample(route))
      : await nobody.post(sample(route), {});
    problemIn(answer, 401, 'NotSignedIn');
    expect(answer.get('WWW-Authenticate')).toBe('Bearer');
  });

  it('is closed to everyone where nothing is declared', async () => {
    class Undeclared {}
    const handler = () => undefined;
    const tokens = county.app.get<Tokens>(TOKENS);
    const guard = new AccessGuard(new Reflector(), tokens);
    for (const role of roles) {
      const token = await tokens.issue(
        { id: 'person-1', role, schoolId: newSchool(1).schoolId },
        60,
      );
      const request = { headers: { authorization: `Bearer ${token}` } };
      const context = new ExecutionContextHost([request], Undeclared, handler);
      await expect(guard.canActivate(context)).rejects.toMatchObject({ status: 403 });
    }
  });

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
