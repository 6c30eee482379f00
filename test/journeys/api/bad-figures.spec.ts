import type { Json, JsonObject } from '#kernel';
import { aggregates, commandFrom, peopleRoles } from '#domain';
import { kebab, schemaOf } from '#application';
import { County, newSchool, problemIn } from '../county';

/*
 * Every figure and every day of every command, as a careless or a hostile hand would fill it in: refused before anything is
 * recorded, with a pointer to each field. Fields are told from the commands themselves, so that a new one is asked too.
 */
type Path = readonly (string | number)[];
interface Leaf {
  readonly path: Path;
  readonly schema: JsonObject;
}
const uuid = '00000000-0000-4000-8000-000000000001';

/** Values that are as a schema says, by what its text has to look like. */
const written: readonly (readonly [pattern: string, value: string])[] = [
  ['^[1-9]\\d{5}$', '900001'],
  ['^\\d{4}/\\d{2}$', '2026/27'],
  ['^[a-z0-9-]{3,64}$', 'person-a'],
  ['^\\d{7}$', '8259001'],
];
function sampleOf(schema: JsonObject): Json {
  const { type, enum: words, format, pattern, minimum = 0 } = schema;
  if (words !== undefined) return (words as readonly Json[])[0] ?? null;
  if (type === 'object') {
    const fields = Object.entries(schema['properties'] as Readonly<Record<string, JsonObject>>);
    return Object.fromEntries(fields.map(([name, field]) => [name, sampleOf(field)]));
  }
  if (type === 'array') return [sampleOf((schema['items'] ?? { type: 'string' }) as JsonObject)];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return Math.max(1, Number(minimum));
  return textOf(format, pattern);
}
function textOf(format: Json | undefined, pattern: Json | undefined): string {
  if (format === 'date') return '2026-11-23';
  if (format === 'uuid') return uuid;
  if (pattern === undefined) return 'x';
  return (
    written.find(([like]) => like === pattern)?.[1] ??
    candidates.find((text) => new RegExp(pattern as string).test(text)) ??
    'x'
  );
}
const candidates = [
  '825',
  'https://example.org/',
  'a-code',
  'ABC',
  '2026',
  'a'.repeat(64),
  '2025/26',
  'Q1',
  'reading',
];

/** The fields that hold a value, each with its schema; of lists the first entry. */
function leavesOf(schema: JsonObject, path: Path = []): readonly Leaf[] {
  const { properties, items } = schema;
  if (properties !== undefined)
    return Object.entries(properties as Readonly<Record<string, JsonObject>>).flatMap(
      ([name, field]) => leavesOf(field, [...path, name]),
    );
  const inside = items as JsonObject | undefined;
  if (inside === undefined) return [{ path, schema }];
  return leavesOf(inside, [...path, 0]);
}

function withValue(fields: Json, [name, ...rest]: Path, value: Json): Json {
  if (name === undefined) return value;
  if (Array.isArray(fields))
    return (fields as readonly Json[]).map((one, i) =>
      i === name ? withValue(one, rest, value) : one,
    );
  const record = fields as JsonObject;
  return { ...record, [name]: withValue(record[name] ?? null, rest, value) };
}

const isCounted = ({ schema: { type } }: Leaf): boolean => type === 'integer';
const isFigure = ({ schema: { type } }: Leaf): boolean => type === 'integer' || type === 'number';
const isDay = ({ schema: { format } }: Leaf): boolean => format === 'date';
const isYear = ({ schema: { pattern } }: Leaf): boolean => pattern === '^\\d{4}/\\d{2}$';
const isNotBelowNought = (leaf: Leaf): boolean =>
  isFigure(leaf) && Number(leaf.schema['minimum']) >= 0;
/** A place in the log is no figure of anything: how large it may be the log says. */
const isPlace = ({ path }: Leaf): boolean => path.at(-1) === 'dashboardPosition';

/** What is wrong, of which fields, and the value that is. */
const slips: readonly (readonly [what: string, of: (leaf: Leaf) => boolean, value: Json])[] = [
  ['broken figures', isCounted, 1.5],
  ['figures below nought', isNotBelowNought, -1],
  ['absurd figures', (leaf) => isFigure(leaf) && !isPlace(leaf), 9_007_199_254_740_991],
  ['figures as text', isFigure, '3'],
  ['no figure at all', isFigure, null],
  ['a day that does not exist', isDay, '2026-02-30'],
  ['a month that does not exist', isDay, '2026-13-01'],
  ['a day before anybody wrote', isDay, '0001-01-01'],
  ['a day nobody will see', isDay, '9999-12-31'],
  ['a day the other way round', isDay, '23-11-2026'],
  ['an instant for a day', isDay, '2026-11-23T00:00:00Z'],
  ['a number for a day', isDay, 20261123],
  ['two years that do not follow', isYear, '2026/28'],
  ['years nobody will see', isYear, '9998/99'],
  ['a calendar year', isYear, '2026'],
];

const commands = aggregates.flatMap(({ context, commands: own }) =>
  Object.entries(own).map(([name, { takes, by }]) => {
    const schema = schemaOf(takes);
    return {
      ...{ name, takes, by, address: `/api/v1/${context}/${kebab(name)}`, schema },
      leaves: leavesOf(schema),
    };
  }),
);
type Given = Pick<(typeof commands)[number], 'address' | 'takes' | 'by'>;
const people = [...peopleRoles, 'operator'];
const asked = commands.filter(({ leaves }) =>
  leaves.some((leaf) => isFigure(leaf) || isDay(leaf) || isYear(leaf)),
);

// A dozen requests for each of more than a hundred commands, while the machine may be busy.
jest.setTimeout(60_000);

describe('a command with figures or days that cannot be', () => {
  let county: County;
  beforeAll(async () => {
    county = await County.start();
  });
  afterAll(() => county.stop());

  /** Pointers to what of these fields cannot be used, told to somebody who may give the command. */
  const pointersOf = async ({ address, takes, by }: Given, fields: JsonObject) => {
    const role = by.find((one) => (people as readonly string[]).includes(one));
    if (role === undefined) {
      // Only the service itself gives it, by the same rules.
      const read = commandFrom(takes, fields);
      return 'faults' in read ? read.faults.map(({ pointer }) => pointer) : [];
    }
    const answer = await (await county.as(role, uuid)).post(address, fields);
    return problemIn(answer, 400, 'Malformed').errors.map(({ pointer }) => pointer);
  };

  it.each(asked.map((one) => [one.name, one] as const))(
    '%s',
    async (_, { schema, leaves, ...command }) => {
      const right = sampleOf(schema);
      const before = (await county.recorded()).length;
      for (const [what, of, value] of slips) {
        const those = leaves.filter(of);
        if (those.length === 0) continue;
        const wrong = those.reduce((fields, { path }) => withValue(fields, path, value), right);
        const pointers = (await pointersOf(command, wrong as JsonObject)).toSorted();
        // Of a list the fault is the list's where its entries are bare values.
        const wanted = those.map(
          ({ path }) => `/${(path.at(-1) === 0 ? path.slice(0, -1) : path).join('/')}`,
        );
        expect({ what, pointers }).toEqual({ what, pointers: [...new Set(wanted)].toSorted() });
      }
      expect(await county.recorded()).toHaveLength(before);
    },
  );

  it('is asked of every command that has any', () => {
    expect(asked.length).toBeGreaterThan(90);
  });
});

describe('a day beside a year it does not lie in', () => {
  const { schoolId } = newSchool(1);
  const year = { academicYear: '2026/27' };
  const championId = uuid;
  const [other, before] = ['2027-09-01', '2026-08-31'];
  let county: County;
  beforeAll(async () => {
    county = await County.start();
    await county.given(
      ['team-leader', 'schools/register-school', newSchool(1)],
      [
        'team-leader',
        'champions/register-champion',
        {
          ...{ championId, personRef: 'person-champion', homeSchoolId: schoolId, roles: ['SSPC'] },
          ...{ specialisms: ['reading'], phases: ['primary'] },
          ...{ vettedOn: '2026-09-01', vettedUntil: '2029-08-31' },
        },
      ],
    );
  });
  afterAll(() => county.stop());

  it.each([
    [
      'visits/schedule-headline-visit',
      { schoolId, ...year, adviserId: 'person-adviser', on: other },
      '/on',
      other,
    ],
    [
      'visits/schedule-headline-visit',
      { schoolId, ...year, adviserId: 'person-adviser', on: before },
      '/on',
      before,
    ],
    [
      'champions/declare-availability',
      { championId, ...year, from: before, to: '2026-10-01', halfDays: 1, per: 'week' },
      '/from',
      before,
    ],
    [
      'champions/declare-availability',
      { championId, ...year, from: '2026-10-01', to: other, halfDays: 1, per: 'week' },
      '/to',
      other,
    ],
  ])('%s is refused with %j, at %s', async (command, fields, pointer, day) => {
    const recorded = (await county.recorded()).length;
    const answer = await (await county.as('adviser')).post(`/api/v1/${command}`, fields);
    expect(answer.status).toBe(422);
    const { detail, errors = [] } = answer.body as {
      detail: string;
      errors?: { pointer: string }[];
    };
    expect(errors.map((one) => one.pointer)).toEqual([pointer]);
    expect(detail).toContain(day);
    expect(detail).toContain('2026/27');
    expect(await county.recorded()).toHaveLength(recorded);
  });
});
