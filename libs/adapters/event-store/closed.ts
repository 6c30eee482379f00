import { StoreError } from '#kernel';

export const closed = (): StoreError =>
  new StoreError('closed', 'The event store has been closed. Open it again to go on.');
