import { randomUUID } from 'node:crypto';
import {
  type AllStreamSubscription,
  type AppendToStreamOptions,
  EventStoreDBClient,
  type EventData,
  jsonEvent,
  type ResolvedEvent,
  type StreamSubscription,
} from '@eventstore/db-client';

export type Recorded = NonNullable<ResolvedEvent['event']>;

/** How long anything may take that is going to happen, in ms. */
const SOON = 15_000;

/** Names of this run, so that a server with other things in it serves as well. */
export const run = randomUUID().slice(0, 8);
let streams = 0;
export const freshStream = (prefix = 'spec'): string => `${prefix}${run}-${String(++streams)}`;

export const event = (
  data: unknown = {},
  type = 'SpecHappened',
  id: string = randomUUID(),
): EventData => jsonEvent({ id, type, data: data as Record<string, unknown> });

export const events = (count: number): EventData[] =>
  Array.from({ length: count }, (_, index) => event({ index }));

/** Credentials on a call make the client use the older way to append, one call each. */
const [, username = 'admin', password = 'changeit'] =
  /^[^:]+:\/\/([^:/@]+):([^@]+)@/.exec(process.env['EVENTSTORE_URL'] ?? '') ?? [];
export const UNARY: AppendToStreamOptions = { credentials: { username, password } };

export const client = (url: string, more = ''): EventStoreDBClient =>
  EventStoreDBClient.connectionString(`${url}${more}`);

export async function all(reading: AsyncIterable<ResolvedEvent>): Promise<Recorded[]> {
  const found: Recorded[] = [];
  for await (const { event: one } of reading) if (one !== undefined) found.push(one);
  return found;
}

/** What a promise comes to within a time; it fails where it is still pending then. */
export async function soon<T>(promise: Promise<T>, what = 'it', within = SOON): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not happen in ${within} ms`)), within);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether a promise is still pending after a time, in ms. */
export const pendingAfter = (promise: Promise<unknown>, ms: number): Promise<boolean> =>
  Promise.race([
    promise.then(
      () => false,
      () => false,
    ),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(true), ms)),
  ]);

/** The first events of a subscription that satisfy `enough`; it is unsubscribed then. */
export async function taken(
  subscription: AllStreamSubscription | StreamSubscription,
  enough: (events: readonly Recorded[]) => boolean,
): Promise<Recorded[]> {
  const found: Recorded[] = [];
  await soon(
    new Promise<void>((resolve, reject) => {
      subscription.on('error', reject);
      subscription.on('data', (resolved: ResolvedEvent) => {
        if (resolved.event !== undefined) found.push(resolved.event);
        if (enough(found)) resolve();
      });
    }),
    'the subscription',
  );
  await subscription.unsubscribe();
  return found;
}
