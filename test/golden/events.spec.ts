import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { aggregates } from '#domain';
import type { Aggregate, EventDeclaration, Json, JsonObject, Shape } from '#kernel';
import { classifications, faultOfShape, leavesOf, upcast, versionOf } from '#kernel';
import { dataOf } from './arbitrary';

/*
 * What every event of the catalogue must keep, whoever declared it. A sample is never edited: it stands for what lies in
 * logs somewhere, and must be readable for ever.
 */
const samples = join(__dirname, 'events');
const contexts = join(__dirname, '../../libs/domain');

interface Declared {
  readonly type: string;
  readonly declaration: EventDeclaration;
  readonly aggregate: Aggregate;
}
const declared: readonly Declared[] = aggregates.flatMap((aggregate) =>
  Object.entries(aggregate.events).map(([type, declaration]) => ({ type, declaration, aggregate })),
);
const byType = new Map(declared.map((entry) => [entry.type, entry]));
const events = declared.map((entry) => [entry.type, entry] as const);
const named = aggregates.map((aggregate) => [aggregate.name, aggregate] as const);

/** The shape data of a version has: an older one's, or the present one. */
const shapeOf = (declaration: EventDeclaration, version: number): Shape =>
  declaration.previously?.[version - 1]?.data ?? declaration.data;

interface Sample {
  readonly type: string;
  readonly version: number;
  readonly data: JsonObject;
}
const sampleOf = (file: string) => JSON.parse(readFileSync(join(samples, file), 'utf8')) as Sample;

describe('the catalogue', () => {
  it('has each event once', () => {
    expect(declared.map(({ type }) => type)).toEqual([...byType.keys()]);
  });
  it('has each command once', () => {
    const commands = aggregates.flatMap((aggregate) => Object.keys(aggregate.commands));
    expect(commands).toEqual([...new Set(commands)]);
  });
});

describe.each(events)('%s', (type, { declaration, aggregate }) => {
  it('has a classification on every leaf of every version', () => {
    const shapes = [declaration.data, ...(declaration.previously ?? []).map(({ data }) => data)];
    const unclassified = shapes
      .flatMap((shape) => leavesOf(shape))
      .filter(({ field }) => !classifications.some((known) => known === field.classification));
    expect(unclassified.map(({ path }) => path)).toEqual([]);
  });
  it('says what it means, and takes effect on one of its dates', () => {
    expect(declaration.says).toMatch(/^[A-Z].*[^.]\.$/);
    if (declaration.effective === undefined) return;
    expect(declaration.data[declaration.effective]?.kind.is).toBe('date');
  });

  it.each(Array.from({ length: versionOf(declaration) }, (_, i) => i + 1))(
    'has a sample of version %d, still readable',
    (version) => {
      const sample = sampleOf(`${type}.v${version}.json`);
      expect(sample).toMatchObject({ type, version });
      expect(faultOfShape(shapeOf(declaration, version), sample.data)).toBeUndefined();
      expect(absentFrom(shapeOf(declaration, version), sample.data)).toEqual([]);
      const newest = upcast(declaration, version, sample.data);
      expect(faultOfShape(declaration.data, newest)).toBeUndefined();
      expect(JSON.parse(JSON.stringify(newest))).toStrictEqual(newest);
    },
  );

  it('survives the way through JSON, whatever its data', () => {
    fc.assert(
      fc.property(dataOf(declaration.data), (data) => {
        const back = JSON.parse(JSON.stringify(data)) as JsonObject;
        expect(back).toStrictEqual(data);
        expect(faultOfShape(declaration.data, back)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  // Told from the text: an event nobody emits stands in no decision, and one nobody tried in no spec.
  it('is emitted by a decision, and a spec says when', () => {
    expect(aggregate.decider.evolve).toHaveProperty(type);
    const names = (source: string) => source.includes(`'${type}'`);
    expect(sourcesOf(aggregate.context).some(names)).toBe(true);
    expect(specsOf(aggregate.context).some(names)).toBe(true);
  });
});

describe('the samples', () => {
  it('are of events and versions there are', () => {
    const strays = readdirSync(samples).filter((file) => {
      const [, type = '', version = ''] = /^(\w+)\.v(\d+)\.json$/.exec(file) ?? [];
      const entry = byType.get(type);
      return (
        entry === undefined || Number(version) < 1 || Number(version) > versionOf(entry.declaration)
      );
    });
    expect(strays).toEqual([]);
  });
  it('name no real school: URNs are 900001 and up', () => {
    const real = readdirSync(samples).filter((file) =>
      [...readFileSync(join(samples, file), 'utf8').matchAll(/urn\w*": "(\d{6})"/gi)].some(
        ([, urn]) => Number(urn) <= 900_000,
      ),
    );
    expect(real).toEqual([]);
  });
});

describe.each(named)('the aggregate %s', (_name, aggregate) => {
  it('folds any sequence of its events', () => {
    const evolve = aggregate.decider.evolve as Readonly<
      Record<string, (state: unknown, data: JsonObject) => unknown>
    >;
    const any = fc.oneof(
      ...Object.entries(aggregate.events).map(([type, { data }]) =>
        dataOf(data).map((drawn) => ({ type, data: drawn })),
      ),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (history) => {
        const fold = () =>
          history.reduce(
            (state, { type, data }) => evolve[type]?.(state, data),
            aggregate.decider.initial,
          );
        const before = JSON.stringify(history);
        const state = fold();
        expect(state).toBeDefined();
        // The same history gives the same state, and the fold leaves the history alone.
        expect(fold()).toStrictEqual(state);
        expect(JSON.stringify(history)).toBe(before);
      }),
      { numRuns: 200 },
    );
  });
  it('has a decision for every command', () => {
    expect(Object.keys(aggregate.decider.decide).toSorted()).toEqual(
      Object.keys(aggregate.commands).toSorted(),
    );
  });
});

/** Fields of the shape, optional ones and those inside records and lists too, that a sample does not show. */
function absentFrom(shape: Shape, data: JsonObject, at = ''): string[] {
  return Object.entries(shape).flatMap(([name, { kind }]) => {
    const value = data[name];
    const path = `${at}/${name}`;
    if (value === undefined) return [path];
    if (kind.is === 'record') return absentFrom(kind.shape, value as JsonObject, path);
    if (kind.is !== 'list') return [];
    const items = value as readonly Json[];
    const { kind: inside } = kind.of;
    if (items.length === 0) return [path];
    if (inside.is !== 'record') return [];
    const { shape: itemShape } = inside;
    // Each field of a list's records must be shown by one of them.
    const absent = items.map((item) => absentFrom(itemShape, item as JsonObject, path));
    return (absent[0] ?? []).filter((field) => absent.every((missing) => missing.includes(field)));
  });
}

/** The text of a context's files: what it declares in events.ts does not count as emitted there. */
function textsOf(context: string, wanted: (file: string) => boolean): readonly string[] {
  const folder = join(contexts, context);
  expect(existsSync(folder)).toBe(true);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && wanted(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}
const sourcesOf = (context: string) =>
  textsOf(context, (file) => !/(^events|\.spec|-in-specs)\.ts$/.test(file));
const specsOf = (context: string) =>
  textsOf(context, (file) => /(\.spec|-in-specs)\.ts$/.test(file));
