import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { aggregates, categories, schoolsConcerned } from '#domain';
import type { AnyField, Json, JsonObject, Recorded, Shape } from '#kernel';
import {
  asyncApi,
  breaks,
  COUNTY,
  dataSchema,
  dataShape,
  messageDeclarations,
  messageSchema,
  messageTypes,
  noticesOf,
  readEnvelope,
  snapshotSchema,
  stateTypes,
  toMessages,
} from '#streams';
import type { MessageType, StateType } from '#streams';
import { sampleEvents, samples, sent, sha256 } from '../../scripts/sample-messages';
import { dataOf } from './arbitrary';

/*
 * What every message must keep, whatever it tells of. A frozen message is never edited: readers rely on its shape, and
 * its hash proves that what goes out today is written as it was.
 */
const frozen = join(__dirname, 'messages');
interface Frozen {
  readonly type: MessageType;
  readonly audience: string;
  readonly sample: JsonObject;
  readonly schema: JsonObject;
}
const frozenOf = (type: string) =>
  JSON.parse(readFileSync(join(frozen, `${type}.json`), 'utf8')) as Frozen;

const declared = aggregates.flatMap(({ events }) => Object.entries(events));
const samplesByType = new Map(sampleEvents().map((event) => [event.type, event]));
const { messages, snapshots } = samples();

const ajv = addFormats(new Ajv2020({ strict: true, allErrors: true }));
const faultsOf = (schema: JsonObject, value: unknown) =>
  ajv.validate(schema, value) ? [] : (ajv.errors ?? []);

/** The sample with every leaf of text, and every reference to a person, replaced. */
function withText(shape: Shape, data: JsonObject, text: (name: string) => string): JsonObject {
  const inField = ({ kind }: AnyField, name: string, value: Json): Json => {
    if (kind.is === 'text' || kind.is === 'person') return text(name);
    if (kind.is === 'record') return withText(kind.shape, value as JsonObject, text);
    if (kind.is === 'list')
      return (value as readonly Json[]).map((item) => inField(kind.of, name, item));
    return value;
  };
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, inField(shape[name]!, name, value)]),
  );
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Texts that are codes of a register, or the name of a year: the only ones that may be told. */
const codes = [
  ...['urn', 'oldUrn', 'newUrn', 'urnAtTime', 'laestab', 'uid', 'inspectionNumber'],
  ...['academicYear', 'cycle', 'shouldBe'],
];

/** A school that needs support has more of these than another: that something happened says too much already. */
const inConfidence = ['support', 'champions', 'quality', 'visits', 'statutory'];
const ofSupport = aggregates
  .filter(({ context }) => inConfidence.includes(context))
  .flatMap(({ events }) => Object.keys(events))
  .filter((type) => schoolsConcerned(samplesByType.get(type)!.data).length > 0);
it.each(ofSupport)('%s is told in confidence, to each school alike', (type) => {
  const audiences = toMessages(samplesByType.get(type)!).map(({ audience }) => audience);
  expect([...new Set(audiences)]).toEqual(['confidential']);
});

describe.each(declared)('%s', (type, { data: shape }) => {
  const sample = samplesByType.get(type)!;
  const tellingOf = (data: JsonObject) => toMessages({ ...sample, data });

  it('is told to each school, once for each audience at most, in messages as they are declared', () => {
    const told = tellingOf(sample.data);
    expect(told.length).toBeGreaterThan(0);
    const chains = told.map(({ audience, key }) => `${audience} ${key}`);
    expect(chains).toEqual([...new Set(chains)]);
    const keys = told.map(({ key }) => key);
    expect(schoolsConcerned(sample.data).filter((school) => !keys.includes(school))).toEqual([]);
    for (const message of told) {
      expect(faultsOf(dataShape(message.type as MessageType), message.data)).toEqual([]);
      expect(message).toMatchObject({ position: sample.position });
    }
  });

  it('has its identity in the first message for each audience, and each further message one of its own', () => {
    for (const those of Map.groupBy(tellingOf(sample.data), ({ audience }) => audience).values()) {
      expect(those[0]?.id).toBe(sample.id);
      const ids = those.map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)]);
      expect(ids.filter((id) => !UUID.test(id))).toEqual([]);
    }
    expect(tellingOf(sample.data)).toEqual(tellingOf(sample.data));
  });

  it('is told to whoever listens, of each school it concerns', () => {
    const schools = schoolsConcerned(sample.data);
    expect(noticesOf(sample).map(({ key }) => key)).toEqual(
      schools.length === 0 ? [COUNTY] : schools,
    );
  });

  it('gives away nothing that people wrote, whatever it looks like', () => {
    for (const canary of ['Canary Primary', 'canary-person-01', '987654', '9876543', '2098/99']) {
      const told = JSON.stringify(
        tellingOf(withText(shape, sample.data, (name) => (codes.includes(name) ? '' : canary))),
      );
      expect(told).not.toContain(canary);
    }
  });

  it('gives away nothing that is no code where a code is meant', () => {
    const data = withText(shape, sample.data, () => 'Canary Primary');
    expect(JSON.stringify(tellingOf(data))).not.toContain('Canary');
  });

  it('names a category, or why one was looked at, in confidence only', () => {
    for (const { audience, data } of tellingOf(sample.data)) {
      if (audience === 'confidential') continue;
      for (const category of categories) expect(JSON.stringify(data)).not.toContain(category);
      expect(data).not.toHaveProperty('reasonCode');
    }
  });

  it('is told as declared whatever it holds', () => {
    fc.assert(
      fc.property(dataOf(shape), (data) => {
        const told = tellingOf(data);
        expect(told.length).toBeGreaterThan(0);
        for (const message of told)
          expect(faultsOf(dataShape(message.type as MessageType), message.data)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe.each(messageTypes)('%s', (type) => {
  const text = messages.get(type)!;

  it('goes out as its schema says', () => {
    expect(faultsOf(messageSchema(type, dataShape(type)), JSON.parse(text))).toEqual([]);
    expect(ajv.validateSchema(dataSchema(type))).toBe(true);
  });
  it('is refused by its schema when a field is not as declared', () => {
    const schema = messageSchema(type, dataShape(type));
    const { data, ...rest } = JSON.parse(text) as JsonObject;
    expect(faultsOf(schema, rest)).not.toEqual([]);
    for (const name of Object.keys(data as JsonObject)) {
      const wrong = { ...rest, data: { ...(data as JsonObject), [name]: null } };
      expect(faultsOf(schema, wrong)).not.toEqual([]);
    }
  });
  it('is still what its readers were promised', () => {
    const { audience, schema } = frozenOf(type);
    expect(messageDeclarations[type].audience).toBe(audience);
    expect(breaks(schema, messageSchema(type, dataShape(type)))).toEqual([]);
  });
  it('is still written so that its hash is the same', () => {
    const { sample } = frozenOf(type);
    const { hash, ...rest } = sample;
    // In the order of their names and without spaces: as anybody would write it again.
    const again = JSON.stringify(rest, (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    );
    expect(sha256(again)).toBe(hash);
    expect(readEnvelope(JSON.stringify(sample))).toMatchObject({ hash, type });
  });
});

describe('what has been published', () => {
  it('is there still', () => {
    const known: readonly string[] = messageTypes;
    const gone = readdirSync(frozen).filter((file) => !known.includes(file.replace(/\.json$/, '')));
    expect(gone).toEqual([]);
  });
  it('has a schema in docs for each type, and none for another', () => {
    const files = readdirSync(join(__dirname, '../../docs/schemas'));
    expect(files.toSorted()).toEqual(
      [...messageTypes, ...stateTypes].map((type) => `${type}.json`).toSorted(),
    );
  });
});

describe('a chain of messages', () => {
  it('goes on from one to the next, and anew after its end', () => {
    const one = (type: string): Recorded<{ type: string; data: JsonObject }> => {
      const event = samplesByType.get(type)!;
      const schoolId = '7b0c5a52-3d5e-4c1a-9f64-0d2b8f6f9a01';
      return { ...event, data: { ...event.data, schoolId } };
    };
    const { texts } = sent(
      [
        'CategoryConfirmed',
        'CategoryChanged',
        'SchoolClosed',
        'SchoolReopened',
        'CategoryChanged',
      ].map(one),
    );
    const confided = texts.map(readEnvelope).filter(({ audience }) => audience === 'confidential');
    expect(confided.map(({ sequence, endsKey }) => [sequence, endsKey])).toEqual([
      [1, false],
      [2, false],
      [3, true],
      [1, false],
    ]);
    expect(confided.map(({ previousHash }) => previousHash)).toEqual([
      '',
      confided[0]!.hash,
      confided[1]!.hash,
      '',
    ]);
  });
});

describe.each(stateTypes)('the snapshot %s', (type: StateType) => {
  it('stands there as its schema says', () => {
    expect(
      faultsOf(snapshotSchema(type, dataShape(type)), JSON.parse(snapshots.get(type)!)),
    ).toEqual([]);
  });
});

describe('the AsyncAPI document', () => {
  const document = asyncApi('0.1.0');
  it('is one, by the schema of AsyncAPI 3.0', () => {
    const file = require.resolve('@asyncapi/specs/schemas/3.0.0-without-$id.json');
    expect(existsSync(file)).toBe(true);
    const draft7 = addFormats(new Ajv({ strict: false, allErrors: true }));
    const valid = draft7.compile(JSON.parse(readFileSync(file, 'utf8')) as JsonObject);
    expect({ valid: valid(document), errors: valid.errors }).toEqual({ valid: true, errors: null });
    expect(valid({ ...document, channels: { public: { address: 1 } } })).toBe(false);
  });
  it('refers to nothing that is not there', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, to]) => to!,
    );
    expect(refs.length).toBeGreaterThan(messageTypes.length);
    const lost = refs.filter(
      (to) =>
        to
          .split('/')
          .reduce<unknown>((at, name) => (at as JsonObject | undefined)?.[name], document) ===
        undefined,
    );
    expect(lost).toEqual([]);
  });
});
