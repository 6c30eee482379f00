import fc from 'fast-check';
import { begin, canonical, findings, follow, sentence } from '../../examples/chain.mjs';
import type { JsonObject, Position } from '#kernel';
import { sampleEvents, sent, sha256 } from '../../scripts/sample-messages';

interface Sent {
  readonly key: string;
  readonly value: string;
}

const schools = ['7b0c5a52-3d5e-4c1a-9f64-0d2b8f6f9a01', '7b0c5a52-3d5e-4c1a-9f64-0d2b8f6f9a02'];
/** The public messages of two schools, as a topic holds them. */
const topic: readonly Sent[] = sent(
  sampleEvents().flatMap((event, i) => {
    if (!('schoolId' in event.data)) return [];
    return [{ ...event, data: { ...event.data, schoolId: schools[i % 2]! } }];
  }),
)
  .texts.map((value) => ({ value, of: JSON.parse(value) as Record<string, string> }))
  .filter(({ of }) => of['source']!.endsWith('/public'))
  .map(({ value, of }) => ({ key: of['subject']!, value }));

function found(
  messages: readonly Sent[],
  ends?: Parameters<typeof findings>[1],
  truncated = false,
) {
  const check = begin({ truncated });
  messages.forEach(({ key, value }, i) => {
    follow(check, { key, value, at: `offset ${i} of 0` }, sha256);
  });
  return { check, all: findings(check, ends), first: findings(check, ends)[0] };
}
const at = (i: number) => topic[i]!;
const placeOf = ({ value }: Sent) =>
  Number((JSON.parse(value) as Record<string, string>)['sequence']);
/** Another message of the same school behind one, as far as there is one. */
const nextOf = (i: number) => topic.findIndex(({ key }, j) => j > i && key === at(i).key);
const any = fc.nat({ max: topic.length - 1 });
const anyFollowed = any.filter((i) => nextOf(i) > 0);
const without = (i: number) => topic.filter((_, j) => j !== i);
/** The same message in other words, with a hash that belongs to it: by somebody who knows how. */
const forged = ({ key, value }: Sent): Sent => {
  const { hash: _, ...rest } = JSON.parse(value) as JsonObject;
  const other = { ...rest, time: '2020-01-01T00:00:00.000Z' };
  return { key, value: canonical({ ...other, hash: sha256(canonical(other)) }) };
};
const ends = new Map(
  topic.map(({ key, value }) => {
    const { sequence, hash } = JSON.parse(value) as Record<string, string>;
    return [key, { sequence: Number(sequence), hash: hash! }];
  }),
);

it('finds nothing where nothing is wrong', () => {
  expect(topic.length).toBeGreaterThan(20);
  expect(found(topic, ends).all).toEqual([]);
});

it('finds any message that was dropped, and names the place', () => {
  fc.assert(
    fc.property(anyFollowed, (i) => {
      expect(found(without(i)).all).toMatchObject([
        {
          what: 'dropped',
          key: at(i).key,
          at: `offset ${nextOf(i) - 1} of 0`,
          says: `number ${placeOf(at(i))} is missing before it`,
        },
      ]);
    }),
  );
});

it('finds a last message that was dropped, by the snapshot only', () => {
  const last = topic.length - 1;
  expect(found(without(last)).all).toEqual([]);
  const { first } = found(without(last), ends);
  expect(first).toMatchObject({ what: 'dropped', key: at(last).key });
  expect(sentence(first!)).toBe(
    `dropped: key ${at(last).key}, the end of the topic: number ${placeOf(at(last))} is missing at the end.`,
  );
});

it('finds a key of which nothing is there', () => {
  const { key } = at(0);
  const rest = topic.filter((message) => message.key !== key);
  expect(found(rest, ends).all).toMatchObject([{ what: 'dropped', key }]);
});

it('finds any message that was altered, down to one letter', () => {
  fc.assert(
    fc.property(any, fc.nat(), (i, n) => {
      const { key, value } = at(i);
      const cut = n % value.length;
      const changed = `${value.slice(0, cut)}${value[cut] === '7' ? '8' : '7'}${value.slice(cut + 1)}`;
      const { all } = found(topic.with(i, { key, value: changed }));
      expect(all[0]).toMatchObject({ what: 'altered', key, at: `offset ${i} of 0` });
    }),
  );
});

it('finds any message that was written anew with a hash of its own', () => {
  fc.assert(
    fc.property(anyFollowed, (i) => {
      const { all } = found(topic.with(i, forged(at(i))));
      expect(all[0]).toMatchObject({ what: 'altered', at: `offset ${nextOf(i)} of 0` });
    }),
  );
});

it('finds a message that says it is what another was', () => {
  fc.assert(
    fc.property(any, (i) => {
      const { all } = found([...topic, forged(at(i))]);
      expect(all).toMatchObject([{ what: 'altered', at: `offset ${topic.length} of 0` }]);
    }),
  );
});

it('finds a message under the key of another', () => {
  const other = schools.find((key) => key !== at(0).key)!;
  const { first } = found([{ ...at(0), key: other }]);
  expect(first).toMatchObject({ what: 'altered', key: other });
});

it('finds any two of one school that changed places', () => {
  fc.assert(
    fc.property(anyFollowed, (i) => {
      const j = nextOf(i);
      const { all } = found(topic.with(i, at(j)).with(j, at(i)));
      expect(all[0]).toMatchObject({ what: 'reordered', key: at(i).key, at: `offset ${i} of 0` });
      expect(all[0]!.says).toBe(`number ${placeOf(at(i))} came after it, and belongs before it`);
    }),
  );
});

it('lets two of different schools change places, and passes over what is sent again', () => {
  const byKey = topic.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  expect(found(byKey, ends).all).toEqual([]);
  fc.assert(
    fc.property(any, fc.integer({ min: 1, max: 5 }), (i, n) => {
      const again = topic.slice(i, i + n);
      const { check, all } = found(
        [...topic.slice(0, i + n), ...again, ...topic.slice(i + n)],
        ends,
      );
      expect(all).toEqual([]);
      expect(check.repeats).toBe(again.length);
    }),
  );
});

it('takes the first message met for the beginning where old ones were let go, if told so', () => {
  const kept = topic.slice(5);
  expect(found(kept, ends).all).not.toEqual([]);
  expect(found(kept, ends, true).all).toEqual([]);
});

describe('a key that has ended', () => {
  const school = schools[0]!;
  const event = (type: string) => {
    const sample = sampleEvents().find((one) => one.type === type)!;
    return { ...sample, data: { ...sample.data, schoolId: school } };
  };
  const confided = sent(
    ['CategoryConfirmed', 'CategoryChanged', 'SchoolClosed', 'CategoryConfirmed', 'CategoryChanged']
      .map(event)
      .map((one, i) => ({
        ...one,
        id: one.id.replace(/^0{8}/, String(i).padStart(8, '0')),
        position: (i + 1) as Position,
      })),
  )
    .texts.filter((text) => text.includes('/confidential"'))
    .map((value) => ({ key: school, value }));

  it('begins anew', () => {
    expect(confided.map(placeOf)).toEqual([1, 2, 3, 1, 2]);
    expect(found(confided).all).toEqual([]);
  });
  it.each([
    [0, 'number 1 is missing before it'],
    [1, 'number 2 is missing before it'],
    [2, 'the message that ended its key is missing before it'],
    [3, 'number 1 is missing before it'],
  ])('does not hide that the message %d of its history was dropped', (i, says) => {
    expect(found(confided.filter((_, j) => j !== i)).all).toMatchObject([
      { what: 'dropped', says },
    ]);
  });
  it('has no end in the snapshot to hold against', () => {
    expect(found(confided.slice(0, 3), new Map([[school, null]])).all).toEqual([]);
  });
});
