import { StoreError } from '#kernel';
import type { Finding } from '#platform';
import { tlsAdvice } from '../../tls-probe';
import { openEventStoreDb } from './event-store';

const check = 'EventStoreDB';
/** How long it is tried, in milliseconds: who looks wants to know how it is now. */
const PATIENCE = 4_000;
const PORT = 2113;

/**
 * Looks whether EventStoreDB is as it has to be, and changes nothing but that a log that was never used gets its identity.
 * Never throws for what is wrong there.
 */
export async function examineEventStoreDb(url: string): Promise<readonly Finding[]> {
  const address = /^[^:]*:\/\/(?:[^@/?]*@)?([^,/?]+)/.exec(url)?.[1] ?? '';
  const at = address.includes(':') ? address : `${address}:${PORT}`;
  try {
    // No heartbeats: they are events.
    const store = await openEventStoreDb({
      ...{ url, deadline: PATIENCE, patience: PATIENCE, heartbeat: 0 },
    });
    try {
      const end = await store.end();
      const says = `${at} answers, is recent enough and lets this user read $all; the log ends at position ${end}`;
      return [{ check, ok: true, says }];
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const advice = await tlsAdvice(at, {
      tls: !/[?&]tls=false/.test(url),
      set: (tls) => `write tls=${String(tls)} into EVENTSTORE_URL`,
    });
    return [{ check, ok: false, says: [error.message, advice].filter(Boolean).join(' ') }];
  }
}
