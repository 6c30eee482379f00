import fc from 'fast-check';
import type { AnyField, Json, JsonObject, Shape } from '#kernel';

/** Any value a field may hold, drawn from its declaration alone; days and moments that exist. */
export function valueOf(field: AnyField): fc.Arbitrary<Json> {
  const { kind } = field;
  switch (kind.is) {
    case 'text':
      return fc.string({ unit: 'grapheme' });
    case 'person':
      return fc.stringMatching(/^[a-z0-9-]{3,64}$/);
    case 'id':
      return fc.uuid();
    case 'integer':
      return fc.maxSafeInteger();
    case 'number':
      // JSON has no minus nought: it comes back as nought.
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    case 'flag':
      return fc.boolean();
    case 'date':
      return moment.map((at) => at.slice(0, 10));
    case 'instant':
      return moment;
    case 'word':
      return fc.constantFrom(...kind.words);
    case 'list':
      return fc.array(valueOf(kind.of), { maxLength: 4 });
    case 'record':
      return dataOf(kind.shape);
  }
}

const moment = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString());

/** Any data of a shape, its optional fields there or not. */
export const dataOf = (shape: Shape): fc.Arbitrary<JsonObject> =>
  fc.record(
    Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, valueOf(field)])),
    {
      requiredKeys: Object.keys(shape).filter((name) => shape[name]?.optional === false),
      noNullPrototype: true,
    },
  );
