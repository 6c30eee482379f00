import fc from 'fast-check';
import { schemaOf } from '#application';
import { aggregates } from '#domain';
import { commandPath } from '../../../apps/api/openapi';
import type { JsonObject } from '#kernel';
import { County, newSchool } from '../county';
import type { Person } from '../county';

/** Whatever comes in, an answer goes out that blames the request: a 5xx would be a bug of ours. */
const commands = aggregates.flatMap((one) =>
  Object.entries(one.commands).map(([name, { takes, by }]) => ({
    path: commandPath(one.context, name),
    fields: Object.keys(schemaOf(takes)['properties'] as JsonObject),
    role: by.find((role) => role !== 'policy' && role !== 'import') ?? 'operator',
  })),
);

const nasty = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  '$where',
  '',
);
const anyJson = fc.jsonValue({ maxDepth: 3 });

// Properties ask hundreds of times; on a busy machine that takes a while.
jest.setTimeout(60_000);

describe('nonsense', () => {
  let county: County;
  let leader: Person;
  beforeAll(async () => {
    county = await County.start();
    leader = await county.as('team-leader');
  });
  afterAll(() => county.stop());

  it('sent to any command is refused and records nothing', async () => {
    const people = new Map<string, Person>();
    for (const { role } of commands) people.set(role, await county.as(role, newSchool(1).schoolId));
    const before = (await county.recorded()).length;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...commands).chain((command) =>
          fc.record({
            command: fc.constant(command),
            fields: fc.dictionary(
              fc.oneof(
                { weight: 6, arbitrary: fc.constantFrom(...command.fields) },
                nasty,
                fc.string(),
              ),
              anyJson,
              { maxKeys: 12 },
            ),
          }),
        ),
        async ({ command, fields }) => {
          const answer = await people
            .get(command.role)!
            .post(command.path)
            .set('Content-Type', 'application/json')
            .send(JSON.stringify(fields));
          expect([400, 403, 404, 409, 422]).toContain(answer.status);
          expect(answer.get('Content-Type')).toMatch(/^application\/problem\+json/);
        },
      ),
      { numRuns: 200 },
    );
    expect(await county.recorded()).toHaveLength(before);
  });

  const school = JSON.stringify(newSchool(1)).slice(1, -1);
  it.each([
    ['a prototype as a field', `{"__proto__": {"schoolId": "x"}, ${school}}`],
    ['a constructor as a field', `{"constructor": {"prototype": {"a": 1}}, ${school}}`],
    [
      'a prototype inside a record',
      `{${school}, "trust": {"uid": "1", "name": "T", "__proto__": {"polluted": true}}}`,
    ],
    ['a prototype that is no object', `{"__proto__": 7, ${school}}`],
    ['an object that pretends to be a list', `{${school}, "trust": {"length": 1, "0": {}}}`],
    [
      'lists in lists, 40,000 deep',
      `{${school}, "trust": ${'['.repeat(40_000)}${']'.repeat(40_000)}}`,
    ],
    ['records in records, 20,000 deep', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['a number beyond all numbers', `{${school}, "pupils": 1e999}`],
    ['half a surrogate', `{${school}, "name": "\\ud800"}`],
    ['a zero byte', `{${school}, "name": "a\\u0000b\\u0000"}`],
    [
      'ten thousand unknown fields',
      `{${Array.from({ length: 10_000 }, (_, i) => `"f${i}":1`).join(',')}}`,
    ],
  ])('with %s is not our fault', async (_, body) => {
    const answer = await leader
      .post('/api/v1/schools/register-school')
      .set('Content-Type', 'application/json')
      .send(body);
    expect(answer.status).toBeLessThan(500);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it('of a great size is turned away', async () => {
    const answer = await leader.post('/api/v1/schools/register-school', {
      name: 'x'.repeat(5_000_000),
    });
    expect(answer.status).toBe(413);
    expect(answer.body).toMatchObject({ type: '/api/problems/TooLarge' });
  });

  it.each([
    ['text/plain', 'hello'],
    ['application/xml', '<school/>'],
    ['application/x-www-form-urlencoded', 'urn=900001&a[b]=c'],
    ['application/json; charset=klingon', '{}'],
  ])('of type %s is turned away', async (type, body) => {
    const answer = await leader
      .post('/api/v1/schools/register-school')
      .set('Content-Type', type)
      .send(body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  it.each([
    ['no multipart', 'application/json', '{}', 415],
    ['no boundary', 'multipart/form-data', 'x', 415],
    ['nothing in it', 'multipart/form-data; boundary=x', '', 400],
    [
      'an end before its file',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nregister\r\n--x--\r\n',
      400,
    ],
    [
      'a file without fields',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="f.csv"\r\n\r\na,b\r\n--x--\r\n',
      400,
    ],
    [
      'a file cut off',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nregister\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="edubasealldata20261101.csv"\r\n\r\n"URN',
      400,
    ],
    [
      'a file that is no CSV',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nregister\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="edubasealldata20261101.csv"\r\n\r\n\u0000\u0001\r\n--x--\r\n',
      422,
    ],
  ])('uploaded with %s is refused, and nothing is recorded', async (_, type, body, status) => {
    const before = (await county.recorded()).length;
    const answer = await leader.post('/api/v1/imports').set('Content-Type', type).send(body);
    expect(answer.status).toBe(status);
    expect(answer.get('Content-Type')).toMatch(/^application\/problem\+json/);
    expect(await county.recorded()).toHaveLength(before);
  });

  it('in any path or query is not our fault', async () => {
    const auditor = await county.as('auditor');
    const parts = fc.oneof(
      fc.string(),
      nasty,
      fc.webPath(),
      fc.constantFrom('900001', '..', '%', '%00', '%ff', 'a'.repeat(3000)),
    );
    const bases = ['schools', 'register', 'board', 'cycles', 'worklist', 'imports', 'events'];
    const parameter = fc.constantFrom(
      'asOf',
      'atLeast',
      'limit',
      'skip',
      'q',
      'after',
      'at',
      'change',
      'effectiveAt',
      'from',
      'to',
      'day',
      'types',
      'nonsense',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bases),
        fc.option(parts),
        parameter,
        fc.string({ unit: 'binary' }),
        async (base, part, name, value) => {
          const path = `/api/v1/${base}${part === null ? '' : `/${encodeURIComponent(part).replaceAll('%25', '%')}`}`;
          const query = `${name}=${encodeURIComponent(value.toWellFormed())}`;
          const response = await fetch(`${county.url}${path}?${query}`, {
            headers: { authorization: `Bearer ${auditor.token}` },
          });
          await response.body?.cancel();
          expect(response.status).toBeLessThan(500);
        },
      ),
      { numRuns: 200 },
    );
  });
});
