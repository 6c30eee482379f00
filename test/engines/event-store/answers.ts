import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceError } from '@grpc/grpc-js';
import type { Ground } from './ground';
import type { Proposed } from './messages';
import * as refusals from './refusals';
import type { Expected, Outcome } from './store';

interface ExpectedOptions {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

/** What a client expects of the stream; `revision` where it names one. */
export function expectedOf(options: ExpectedOptions, revision: string): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no-stream';
  return options.hasStreamExists() ? 'exists' : Number(revision);
}

/** What becomes of an append, faults included. */
export type Answer =
  | Outcome
  | { readonly result: 'none' }
  | { readonly result: 'half-close' }
  | { readonly result: 'refused'; readonly error: ServiceError };

const NONE: Answer = { result: 'none' };
const refused = (error: ServiceError): Answer => ({ result: 'refused', error });

/** What a fault makes of an append before anything is written. */
function instead({ faults, cut, cluster }: Ground, peer: string, name: string): Answer | undefined {
  if (faults.bites('append-lost', name) !== undefined) return NONE;
  if (faults.bites('append-cut-before', name) !== undefined) {
    cut(peer);
    return NONE;
  }
  if (faults.bites('not-ready', name) !== undefined) return refused(refusals.notReady());
  const leader = faults.bites('not-leader', name);
  if (leader !== undefined) return refused(refusals.notLeader(leader.host, leader.port));
  const elsewhere = cluster.refusal(peer);
  if (elsewhere !== undefined) return refused(elsewhere);
  return faults.bites('append-error', name) && refused(refusals.diskFull());
}

/** Writes an append and tells its answer once it is on the disk: what happens at once, in the order of the calls, is the writing. */
export async function answerTo(
  ground: Ground,
  peer: string,
  name: string,
  expected: Expected,
  events: readonly Proposed[],
): Promise<Answer> {
  const { faults, store, cut } = ground;
  const hole = faults.bites('black-hole', name);
  const closing = faults.bites('append-half-close', name);
  const fault = instead(ground, peer, name);
  if (fault !== undefined) return fault;
  if (hole !== undefined && hole.written !== true) return NONE;
  if (closing?.written === false) return { result: 'half-close' };
  const outcome = store.append(name, expected, events);
  const [unanswered, slow, severed] = [
    faults.bites('append-unanswered', name),
    faults.bites('append-slow', name),
    faults.bites('append-cut', name),
  ];
  await store.settled();
  if (slow !== undefined) await delay(slow.ms);
  if (severed !== undefined) cut(peer);
  if (hole !== undefined || unanswered !== undefined || severed !== undefined) return NONE;
  return closing === undefined ? outcome : { result: 'half-close' };
}
