import { canonical } from '#kernel';
import type { JsonObject, Message, Position } from '#kernel';
import { envelopeOf, readEnvelope } from './envelope';
import { readSnapshot, snapshotText, stateAfter } from './snapshot';

const SOURCE = 'urn:side-by-side:1f0c5a52-3d5e-4c1a-9f64-0d2b8f6f9a01';
const school = '7b0c5a52-3d5e-4c1a-9f64-0d2b8f6f9a01';
const hash = 'a'.repeat(64);
const message: Message = {
  id: '11111111-1111-4111-8111-111111111111',
  type: 'school.opened.v1',
  audience: 'public',
  key: school,
  position: 42 as Position,
  time: '2026-11-23T18:20:00.000Z',
  data: { schoolId: school, openedOn: '2026-09-01', open: true },
};
const second = { sequence: 2, previousHash: hash };
const parsed = (text: string) => JSON.parse(text) as JsonObject;

describe('a message as it goes out', () => {
  it('is a CloudEvent that says where it stands in its chain', () => {
    const text = envelopeOf(SOURCE, message, second).textWith('b'.repeat(64));
    expect(parsed(text)).toEqual({
      specversion: '1.0',
      id: message.id,
      source: `${SOURCE}/public`,
      type: 'uk.sidebyside.school.opened.v1',
      subject: school,
      partitionkey: school,
      time: message.time,
      datacontenttype: 'application/json',
      dataschema: 'urn:side-by-side:schema:school.opened.v1',
      sequence: '0000000002',
      previoushash: hash,
      hash: 'b'.repeat(64),
      logposition: '0000000000000042',
      data: message.data,
    });
  });

  it('is canonical with its hash and without, the first and the last of a chain too', () => {
    for (const link of [second, { sequence: 1, previousHash: '' }]) {
      for (const one of [message, { ...message, endsKey: true }]) {
        const { hashed, textWith } = envelopeOf(SOURCE, one, link);
        expect(hashed).toBe(canonical(parsed(hashed)));
        expect(textWith(hash)).toBe(canonical({ ...parsed(hashed), hash }));
      }
    }
  });

  it('has no previous hash when it is the first, and says when it is the last', () => {
    const first = envelopeOf(
      SOURCE,
      { ...message, endsKey: true },
      { sequence: 1, previousHash: '' },
    );
    expect(parsed(first.hashed)).not.toHaveProperty('previoushash');
    expect(parsed(first.hashed)).toHaveProperty('endskey', true);
  });

  it('is read back as it was written', () => {
    const text = envelopeOf(SOURCE, message, second).textWith(hash);
    expect(readEnvelope(text)).toEqual({ ...message, ...second, hash, endsKey: false });
  });

  it.each([
    ['no JSON', 'not JSON'],
    ['[]', 'not JSON'],
    ['{}', 'has no "source"'],
    ['{"source":"urn:x"}', 'names no audience'],
    [
      envelopeOf(SOURCE, message, second).textWith(hash).replace('0000000002', 'two'),
      '"two" is no place',
    ],
  ])('is told from what somebody else wrote: %s', (text, says) => {
    expect(() => readEnvelope(text)).toThrow(says);
  });
});

describe('the end of a chain in a snapshot', () => {
  it('is what is known, and where the chain stands', () => {
    const state = stateAfter({ urn: '900001', open: false }, message)!;
    const text = snapshotText(SOURCE, { ...message, ...second, hash }, state);
    expect(parsed(text)).toMatchObject({
      type: 'uk.sidebyside.school.state.v1',
      source: `${SOURCE}/public/snapshot`,
      chainhash: hash,
      sequence: '0000000002',
      data: { urn: '900001', open: true, openedOn: '2026-09-01' },
    });
    expect(text).toBe(canonical(parsed(text)));
    expect(readSnapshot(text)).toEqual({
      audience: 'public',
      key: school,
      id: message.id,
      sequence: 2,
      hash,
      position: 42,
      state,
    });
  });
});

describe('what is known of a key', () => {
  const confided = (type: string, data: JsonObject): Message => ({
    ...message,
    audience: 'confidential',
    type,
    data: { schoolId: school, ...data },
  });
  const changed = (category: string, effectiveFrom: string) =>
    confided('school.category-changed.v1', { category, effectiveFrom });

  it('is the category that begins last, whatever is told later of earlier times', () => {
    const known = [
      changed('Prevention', '2025-09-01'),
      changed('Intervention', '2026-09-01'),
      confided('school.category-corrected.v1', {
        category: 'Enhancement',
        effectiveFrom: '2025-09-01',
      }),
    ].reduce<JsonObject>((state, one) => stateAfter(state, one) ?? {}, {});
    expect(known).toEqual({ category: 'Intervention', categoryFrom: '2026-09-01' });
  });

  it('is put right by a correction from the same day', () => {
    const known = stateAfter(
      { category: 'Prevention', categoryFrom: '2025-09-01' },
      confided('school.category-corrected.v1', {
        category: 'Enhancement',
        effectiveFrom: '2025-09-01',
      }),
    );
    expect(known).toEqual({ category: 'Enhancement', categoryFrom: '2025-09-01' });
  });

  it('forgets what a message says is no longer so', () => {
    const known = stateAfter(
      { urn: '900001', trustUid: '9001' },
      {
        ...message,
        type: 'school.trust-changed.v1',
        data: { schoolId: school, asAt: '2026-11-01' },
      },
    );
    expect(known).toEqual({ urn: '900001' });
  });

  it('is nothing once the key has ended, and the same after a message that changes nothing', () => {
    expect(stateAfter({ urn: '900001' }, { ...message, endsKey: true })).toBeNull();
    expect(stateAfter({ urn: '900001' }, { ...message, type: 'school.changed.v1' })).toEqual({
      urn: '900001',
    });
  });
});
