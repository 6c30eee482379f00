import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aggregates } from '#domain';
import type { Json, JsonObject } from '#kernel';
import { apiPages } from '../../../apps/api/catalog';
import { problemKinds } from '../../../apps/api/problems';
import { routes } from '../../../apps/api/routes';
import { County, newSchool } from '../county';

describe('the guide to the API', () => {
  let county: County;
  let document: JsonObject;
  beforeAll(async () => {
    county = await County.start();
    await county.given(['team-leader', 'schools/register-school', newSchool(1)]);
    document = (await county.nobody().get('/api/openapi.json')).body as JsonObject;
  });
  afterAll(() => county.stop());

  it('is an OpenAPI 3.1 document whose references lead somewhere and whose operations have a name each', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Side by Side' } });
    const lost = refsIn(document).filter((ref) => resolved(document, ref) === undefined);
    expect(lost).toEqual([]);
    const operations = operationsIn(document);
    const ids = operations.map(({ operation }) => operation['operationId']);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations) {
      const parameters = (operation['parameters'] ?? []) as readonly JsonObject[];
      const inPath = parameters.filter((one) => one['in'] === 'path').map(({ name }) => name);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      expect(Object.keys(operation['responses'] as object)).toContain('200');
    }
  });

  it('has every command at its address, and says what a body must be', () => {
    const commands = aggregates.flatMap((one) => Object.keys(one.commands));
    const posts = operationsIn(document).filter(({ operation }) =>
      ((operation['tags'] as string[])[0] ?? '').startsWith('Commands'),
    );
    expect(posts).toHaveLength(commands.length);
    const register = posts.find(({ path }) => path === '/api/v1/schools/register-school');
    expect(register?.operation).toMatchObject({
      requestBody: {
        content: {
          'application/json': {
            schema: { additionalProperties: false, properties: { urn: { type: 'string' } } },
          },
        },
      },
    });
  });

  const parameters = Object.entries(routes)
    .filter(
      ([route, { query }]) =>
        route.startsWith('GET') && query !== undefined && !route.endsWith('/live'),
    )
    .flatMap(([route, { query, for: what }]) =>
      Object.keys(query!).map((name) => ({ route, name, what })),
    );

  it.each(parameters)('$route takes ?$name=, as it says', async ({ route, name, what }) => {
    // An auditor reads everything but what is somebody's own.
    const asks =
      what === 'own-work' ? county.as('champion', newSchool(1).schoolId) : county.as('auditor');
    const reader = await asks;
    const path = route
      .split(' ')[1]!
      .replace('{school}', newSchool(1).urn)
      .replace('{year}', '2026-27');
    const unknown = await reader.get(`${path}?${name}x=1`);
    expect(unknown.body).toMatchObject({ status: 400, errors: [{ pointer: `/${name}x` }] });
    const nonsense = await reader.get(`${path}?${name}=${encodeURIComponent('!'.repeat(200))}`);
    expect(nonsense.body).toMatchObject({ status: 400, errors: [{ pointer: `/${name}` }] });
  });

  it('opens as a page that loads nothing from elsewhere', async () => {
    const page = await county.nobody().get('/api');
    expect(page.status).toBe(200);
    expect(page.get('Content-Security-Policy')).toContain("script-src 'self'");
    const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url);
    expect(loaded.length).toBeGreaterThan(3);
    for (const url of loaded)
      expect([url, (await county.nobody().get(url)).status]).toEqual([url, 200]);
    for (const url of ['package.json', '..%2fpackage.json', 'index.html']) {
      expect((await county.nobody().get(`/api/guide/${url}`)).status).toBe(404);
    }
  });

  it('explains every problem at the address its type gives', async () => {
    const kinds = problemKinds(aggregates);
    for (const code of kinds.keys()) {
      const page = await county.nobody().get(`/api/problems/${code}`);
      expect([code, page.status]).toEqual([code, 200]);
      expect(page.text).toContain('<h1>');
    }
    expect((await county.nobody().get('/api/problems/%3Cscript%3E')).status).toBe(404);
    // Every code the API's own code answers with is among them.
    const folder = join(__dirname, '../../../apps/api');
    const code = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    const used = [...code.matchAll(/problem\(\s*\d{3},\s*'(\w+)'/g)].map(([, name = '']) => name);
    expect(used.length).toBeGreaterThan(8);
    expect(used.filter((name) => !kinds.has(name))).toEqual([]);
  });

  it('is written down as it is served', () => {
    expect(JSON.parse(apiPages['docs/openapi.json']!(aggregates))).toEqual(document);
    for (const page of Object.values(apiPages))
      expect(page(aggregates)).not.toMatch(/undefined|\[object/);
  });
});

function refsIn(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item: Json) => refsIn(item));
  return Object.entries(value).flatMap(([name, inside]) =>
    name === '$ref' && typeof inside === 'string' ? [inside] : refsIn(inside),
  );
}

function resolved(document: JsonObject, ref: string): Json | undefined {
  return ref
    .replace('#/', '')
    .split('/')
    .reduce<Json | undefined>((at, name) => (at as JsonObject | undefined)?.[name], document);
}

function operationsIn(document: JsonObject): { path: string; operation: JsonObject }[] {
  return Object.entries(document['paths'] as Readonly<Record<string, JsonObject>>).flatMap(
    ([path, item]) =>
      Object.values(item).map((operation) => ({ path, operation: operation as JsonObject })),
  );
}
