import { StoreError } from '#kernel';
import type { Finding } from '#platform';
import { addressIn } from './address';
import { openEventStoreDb } from './event-store';

const check = 'EventStoreDB';
/** How long it is tried, in milliseconds: who looks wants to know how it is now. */
const PATIENCE = 4_000;

/**
 * Looks whether EventStoreDB is as it has to be, and changes nothing but that a log that was never used gets its identity.
 * Never throws for what is wrong there.
 */
export async function examineEventStoreDb(url: string): Promise<readonly Finding[]> {
  try {
    // No heartbeats: they are events.
    const store = await openEventStoreDb({
      ...{ url, deadline: PATIENCE, patience: PATIENCE, heartbeat: 0 },
    });
    try {
      const end = await store.end();
      const says = `${addressIn(url).called} answers, is recent enough and lets this user read $all; the log ends at position ${end}`;
      return [{ check, ok: true, says }];
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [{ check, ok: false, says: error.message }];
  }
}
