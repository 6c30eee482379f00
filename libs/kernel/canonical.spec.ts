import fc from 'fast-check';
import { canonical } from './canonical';
import type { Json } from './ports/event-store';

it('says the same value, with its fields in order', () => {
  expect(canonical({ b: [1, { d: null, c: 'x"y' }], a: true, '': [] })).toBe(
    '{"":[],"a":true,"b":[1,{"c":"x\\"y","d":null}]}',
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonical(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('is the same text in whatever order the fields were written', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
      const turned = Object.fromEntries(Object.entries(fields).toReversed());
      expect(canonical(turned as Json)).toBe(canonical(fields as Json));
    }),
  );
});
