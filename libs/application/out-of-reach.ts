import { NotThereYet, StoreError } from '#kernel';

/** Seconds after which asking again is worth while. */
export const ASK_AGAIN_AFTER = 2;

/**
 * What to tell whoever asked when a store could not be used: undefined for every other error. What is wrong, and where,
 * is for the log: it names the inside.
 */
export function outOfReach(error: unknown): string | undefined {
  if (error instanceof NotThereYet) return error.message;
  if (!(error instanceof StoreError)) return undefined;
  switch (error.code) {
    case 'unavailable':
    case 'closed':
      return 'The records cannot be reached at the moment. Nothing was half recorded: send the same request again, under the same Idempotency-Key, and it is done once.';
    case 'disk-full':
      return 'There is no room left to record anything. Nothing was recorded; whoever runs the service has to make room first.';
    case 'second-writer':
    case 'read-only':
    case 'damaged':
    case 'foreign':
    case 'newer-format':
    case 'invalid':
      return undefined;
  }
}
