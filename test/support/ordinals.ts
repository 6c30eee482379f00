import type { Ordinals } from '#application';
import { inOrdinals } from '#application';
import type { Documents } from './pure-fold';

export { ordinalsOf } from '#application';

/** Documents of one history that are equal whatever store it is in: with ordinals of events where positions are. */
export function canonicalWithOrdinals(documents: Documents, ordinals: Ordinals): Documents {
  return new Map(
    [...documents].map(([name, document]) => {
      const { key, body } = inOrdinals(name, document, ordinals);
      return [key, body];
    }),
  );
}
