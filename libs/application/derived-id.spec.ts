import fc from 'fast-check';
import { v5 } from 'uuid';
import { derivedId } from './derived-id';

describe('an id derived from a name', () => {
  it('is the UUID of version 5 of that name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uuid(), (name, namespace) => {
        expect(derivedId(name, namespace)).toBe(v5(name, namespace));
      }),
    );
  });

  it('is not made in a namespace that is no UUID', () => {
    expect(() => derivedId('event 0', 'school')).toThrow('school is no UUID');
  });
});
