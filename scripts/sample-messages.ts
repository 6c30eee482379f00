import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, Position, Recorded } from '#kernel';
import type { ReadMessage, StateType } from '#streams';
import {
  envelopeOf,
  readEnvelope,
  snapshotText,
  stateAfter,
  stateTypeOf,
  toMessages,
} from '#streams';

const EVENTS = 'test/golden/events';
/** What stands for the log in examples. */
const SOURCE = 'urn:side-by-side:00000000-0000-4000-8000-000000000000';

interface EventSample {
  readonly type: string;
  readonly version: number;
  readonly data: JsonObject;
}

/** A message of each type as it goes out, made from the frozen samples of events; and a snapshot of each kind. */
export interface Samples {
  readonly messages: ReadonlyMap<string, string>;
  readonly snapshots: ReadonlyMap<StateType, string>;
}

/** The newest sample of each event as it would be read from a log; the folder is the checkout's. */
export function sampleEvents(): readonly Recorded<{ type: string; data: JsonObject }>[] {
  const newest = new Map<string, EventSample>();
  for (const file of readdirSync(EVENTS).sort()) {
    const sample = JSON.parse(readFileSync(join(EVENTS, file), 'utf8')) as EventSample;
    if (sample.version >= (newest.get(sample.type)?.version ?? 0)) newest.set(sample.type, sample);
  }
  return [...newest.values()].map(({ type, version, data }, i) => ({
    id: `00000000-0000-4000-8000-${String(i + 1).padStart(12, '0')}`,
    type,
    data,
    position: (i + 1) as Position,
    stream: 'sample',
    revision: i,
    recordedAt: '2026-11-23T18:20:00.000Z',
    effectiveOn: '2026-11-23',
    metadata: {
      version,
      actor: { id: 'person-adviser-01', role: 'adviser' },
      commandId: `00000000-0000-4000-8000-${String(i + 1).padStart(12, '0')}`,
      correlationId: '00000000-0000-4000-8000-000000000000',
    },
  }));
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Messages as they would go out one after the other, each in the chain of its audience and key. */
export function sent(events: readonly Recorded<{ type: string; data: JsonObject }>[]): {
  readonly texts: readonly string[];
  readonly snapshots: ReadonlyMap<StateType, string>;
} {
  const ends = new Map<string, { sequence: number; hash: string; state: JsonObject }>();
  const snapshots = new Map<StateType, string>();
  const texts: string[] = [];
  for (const message of events.flatMap(toMessages)) {
    const chain = `${message.audience} ${message.key}`;
    const end = ends.get(chain);
    const link = { sequence: (end?.sequence ?? 0) + 1, previousHash: end?.hash ?? '' };
    const envelope = envelopeOf(SOURCE, message, link);
    const hash = sha256(envelope.hashed);
    texts.push(envelope.textWith(hash));
    const state = stateAfter(end?.state, message);
    if (state === null) {
      ends.delete(chain);
      continue;
    }
    ends.set(chain, { sequence: link.sequence, hash, state });
    snapshots.set(
      stateTypeOf(message.audience, message.key),
      snapshotText(SOURCE, { ...message, ...link, hash }, state),
    );
  }
  return { texts, snapshots };
}

export function samples(): Samples {
  const events = sampleEvents();
  const { texts, snapshots } = sent(events);
  const messages = new Map<string, string>();
  for (const text of texts) {
    const { type }: ReadMessage = readEnvelope(text);
    if (!messages.has(type)) messages.set(type, text);
  }
  return { messages, snapshots };
}
