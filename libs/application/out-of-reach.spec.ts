import { NotThereYet, StoreError } from '#kernel';
import type { Position } from '#kernel';
import { outOfReach } from './out-of-reach';

describe('a store that cannot be used', () => {
  it('is something to ask again for, and says nothing of the inside', () => {
    const said = outOfReach(new StoreError('unavailable', 'EventStoreDB at 10.0.0.7:2113 …'));
    expect(said).toMatch(/same Idempotency-Key/);
    expect(said).not.toMatch(/10\.0\.0\.7/);
    expect(outOfReach(new StoreError('closed', 'closed'))).toBe(said);
    expect(outOfReach(new StoreError('disk-full', 'full'))).toMatch(/no room/);
    expect(outOfReach(new NotThereYet(7 as Position, 5 as Position))).toMatch(/position 7/);
  });

  it('is no excuse for what is wrong with the data or with us', () => {
    for (const code of ['damaged', 'foreign', 'invalid', 'newer-format'] as const)
      expect(outOfReach(new StoreError(code, 'x'))).toBeUndefined();
    expect(outOfReach(new Error('x'))).toBeUndefined();
  });
});
