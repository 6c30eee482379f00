import { StoreError } from '#kernel';

/** What was asked for cannot be done as it was asked, whatever the state of the store. */
export const invalid = (reason: string): StoreError => new StoreError('invalid', reason);
