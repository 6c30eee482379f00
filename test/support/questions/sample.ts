import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listening } from '#application';
import type { EventStore, ReadStore, RecordedEvent } from '#kernel';
import { START } from '#kernel';
import type { Identity } from '#platform';
import { configFrom, logTo, tokensFor } from '#platform';
import { countyApp } from '../../../apps/standalone/county-app';

/** The last day the sample county was played: what is asked is asked as of it, so that every day gives the same answer. */
export const SAMPLE_DAY = '2026-11-20';

/** The stores that hold the sample county. */
export interface Stores {
  readonly events: EventStore;
  readonly documents: ReadStore;
}

/** An answer of the API, as whoever asked got it. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** The service over the sample county: somebody asks, and is answered. */
export interface Sample {
  ask(who: Identity, path: string): Promise<Answered>;
  /** Events of these types up to the sample day, in order. */
  events(...types: readonly string[]): Promise<readonly RecordedEvent[]>;
  close(): Promise<void>;
}

/** Opens the service over the sample county. It records nothing; the stores stay open when it closes. */
export async function openSample({ events, documents }: Stores): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'side-by-side-'));
  const config = configFrom({ DATA_DIR: folder, SEED: 'none', LOG_LEVEL: 'silent' });
  const tokens = tokensFor(config);
  const now = Date.parse(`${SAMPLE_DAY}T17:00:00.000Z`);
  const app = await countyApp({
    ...{ eventStore: events, readStore: documents, clock: { now: () => now } },
    ...{ config, tokens, log: logTo('silent') },
  });
  const url = await listening(app, { PORT: 0, HOST: '127.0.0.1' });
  const issued = new Map<string, Promise<string>>();
  const tokenOf = (who: Identity): Promise<string> => {
    const name = JSON.stringify(who);
    const token = issued.get(name) ?? tokens.issue(who, 24 * 3600);
    issued.set(name, token);
    return token;
  };
  return {
    ask: async (who, path) => {
      const headers = { Authorization: `Bearer ${await tokenOf(who)}` };
      const answer = await fetch(`${url}${path}`, { headers });
      return { status: answer.status, body: await answer.json() };
    },
    events: async (...types) => {
      const found: RecordedEvent[] = [];
      for (let after = START, atEnd = false; !atEnd;) {
        const page = await events.readLog(after, { filter: { types } });
        found.push(...page.events);
        ({ scannedTo: after, atEnd } = page);
      }
      return found.filter(({ recordedAt }) => recordedAt.slice(0, 10) <= SAMPLE_DAY);
    },
    close: async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
