import type { BulkWriteResult } from 'mongodb';
import { MongoBulkWriteError, MongoNetworkError } from 'mongodb';
import { takenIn } from './trouble';

const result = (wrong?: object): BulkWriteResult =>
  ({ getWriteConcernError: () => wrong }) as BulkWriteResult;
const taken = (index: number) => ({ index, code: 11000, errmsg: 'duplicate key' });

describe('what went wrong with a bulk', () => {
  it('is that keys were taken, where nothing else is named', () => {
    const error = new MongoBulkWriteError(
      { message: 'duplicate key', code: 11000, writeErrors: [taken(3), taken(5)] as never },
      result(),
    );
    expect(takenIn(error)).toEqual([3, 5]);
  });

  it('is never taken for a bulk that went in, when it was broken off on its way', () => {
    // As the driver has it: an error of its own, wrapped, and no operation named.
    const error = new MongoBulkWriteError(new MongoNetworkError('connection closed'), result());
    expect(() => takenIn(error)).toThrow('connection closed');
  });

  it('is thrown when a majority did not confirm, or one operation failed for another reason', () => {
    const writeErrors = [taken(0), { index: 1, code: 121, errmsg: 'not valid' }] as never;
    const other = new MongoBulkWriteError({ message: 'x', code: 121, writeErrors }, result());
    expect(() => takenIn(other)).toThrow(MongoBulkWriteError);
    const unconfirmed = new MongoBulkWriteError(
      { message: 'x', code: 64, writeErrors: [taken(0)] as never },
      result({ code: 64 }),
    );
    expect(() => takenIn(unconfirmed)).toThrow(MongoBulkWriteError);
  });
});
