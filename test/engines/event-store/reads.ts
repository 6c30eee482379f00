import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Ground } from './ground';
import { BadRequest, identifier, nameOf } from './messages';
import * as refusals from './refusals';
import { type ReadCall, Sender } from './sender';
import type { Store, Stored } from './store';
import { allSource, type Place, streamSource, Subscription } from './subscription';

/** The stream of everything, which no stream identifier names. */
const ALL = '$all';

type Options = streams.ReadReq.Options;

export type Matches = (event: Stored) => boolean;

export function filterOf(options: Options): Matches | undefined {
  const filter = options.getFilter();
  if (filter === undefined) return undefined;
  const byStream = filter.hasStreamIdentifier();
  const expression = byStream ? filter.getStreamIdentifier() : filter.getEventType();
  const value = ({ stream, type }: Stored): string => (byStream ? stream : type);
  const regex = expression?.getRegex() ?? '';
  if (regex !== '') {
    const pattern = new RegExp(regex);
    return (event) => pattern.test(value(event));
  }
  const prefixes = expression?.getPrefixList() ?? [];
  return (event) => prefixes.some((prefix) => value(event).startsWith(prefix));
}

function placeOf(options: Options): Place | 'start' | 'end' {
  const all = options.getAll();
  const position = all?.getPosition();
  if (position === undefined) return all?.hasEnd() === true ? 'end' : 'start';
  const [commit, prepare] = [position.getCommitPosition(), position.getPreparePosition()];
  return { commit: Number(commit), prepare: Number(prepare) };
}

function* allForwards(store: Store, from: Place): Generator<Stored> {
  if (!store.isBoundary(from.commit)) {
    throw refusals.refusal(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition');
  }
  for (let index = store.indexFrom(from.commit); index < store.visible; index += 1) {
    const event = store.all[index];
    if (event === undefined || event.gone) continue;
    if (event.position === from.commit && event.position < from.prepare) continue;
    yield event;
  }
}

function* allBackwards(store: Store, from: Place): Generator<Stored> {
  if (!store.isBoundary(from.commit)) {
    throw refusals.refusal(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition');
  }
  for (let index = store.indexFrom(from.commit) - 1; index >= 0; index -= 1) {
    const event = store.all[index];
    if (event === undefined || event.gone || index >= store.visible) continue;
    // Read backwards, a place is behind an event, not at it.
    if (event.next === from.commit && event.next > from.prepare) continue;
    yield event;
  }
}

function* streamForwards(events: readonly Stored[], from: number, last: number): Generator<Stored> {
  for (let revision = from; revision <= last; revision += 1) {
    const event = events[revision];
    if (event !== undefined && !event.gone) yield event;
  }
}

function* streamBackwards(
  events: readonly Stored[],
  from: number,
  least: number,
): Generator<Stored> {
  for (let revision = from; revision >= least; revision -= 1) {
    const event = events[revision];
    if (event !== undefined && !event.gone) yield event;
  }
}

/** Where a reading of `$all` begins: forwards its end, and backwards its start, have nothing after them. */
function beginning(store: Store, options: Options): Place {
  const asked = placeOf(options);
  if (asked === 'start') return { commit: 0, prepare: 0 };
  return asked === 'end' ? { commit: store.end, prepare: store.end } : asked;
}

/** What a reading finds; undefined where there is no such stream. */
function found(store: Store, name: string, options: Options): Iterable<Stored> | undefined {
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  if (name === ALL) {
    const from = beginning(store, options);
    return backwards ? allBackwards(store, from) : allForwards(store, from);
  }
  const readable = store.readable(name);
  if (readable === 'deleted') throw refusals.streamDeleted(name);
  const { events, from, last } = readable;
  if (last < 0) return undefined;
  const stream = options.getStream();
  const end = stream?.hasEnd() === true ? Infinity : 0;
  const asked = stream?.hasRevision() === true ? Number(stream.getRevision()) : end;
  return backwards
    ? streamBackwards(events, Math.min(asked, last), from)
    : streamForwards(events, Math.max(asked, from), last);
}

async function read(ground: Ground, sender: Sender, name: string, options: Options): Promise<void> {
  const { store, faults } = ground;
  const events = found(store, name, options);
  if (events === undefined) {
    const missing = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier(name));
    await sender.message(new streams.ReadResp().setStreamNotFound(missing));
    sender.end();
    return;
  }
  const matches = filterOf(options);
  let left = Number(options.getCount());
  for (const event of events) {
    if (left <= 0 || sender.gone) break;
    if (matches !== undefined && !matches(event)) continue;
    if (faults.any) {
      const slow = faults.bites('read-slow', event.stream);
      if (slow !== undefined) await delay(slow.ms);
      if (faults.bites('read-end', event.stream) !== undefined) break;
      if (faults.bites('read-error', event.stream) !== undefined) {
        throw refusals.refusal(status.UNAVAILABLE, 'Connection dropped');
      }
    }
    const waiting = faults.any ? sender.event(event) : sender.message(event.bytes);
    if (waiting !== undefined) await waiting;
    left -= 1;
  }
  sender.end();
}

/** Never answered: the fault is a reader left waiting. */
function isLeftWaiting({ faults }: Ground, name: string, options: Options): boolean {
  if (faults.bites('black-hole', name) !== undefined) return true;
  if (options.hasSubscription()) return false;
  const hang = faults.bites('read-hang', name);
  if (hang === undefined) return false;
  const filter = options.getFilter();
  if (hang.filter === undefined) return true;
  return hang.filter === 'any' ? filter !== undefined : filter?.hasEventType() === true;
}

async function serve(ground: Ground, call: ReadCall): Promise<void> {
  const options = call.request.getOptions();
  if (options === undefined) throw new BadRequest('a reading without options');
  const name = options.hasAll() ? ALL : nameOf(options.getStream()?.getStreamIdentifier());
  const { store, faults, access, cluster } = ground;
  access.check(call.metadata, '$r', name);
  if (faults.bites('not-ready', name) !== undefined) throw refusals.notReady();
  const elsewhere =
    call.metadata.get('requires-leader')[0] === 'true'
      ? cluster.refusal(call.getPeer())
      : undefined;
  if (elsewhere !== undefined) throw elsewhere;
  const leader = faults.bites('not-leader', name);
  if (leader !== undefined) throw refusals.notLeader(leader.host, leader.port);
  if (isLeftWaiting(ground, name, options)) return;
  const sender = new Sender(ground, call);
  if (!options.hasSubscription()) return read(ground, sender, name, options);
  const source =
    name === ALL
      ? allSource(store, placeOf(options))
      : streamSource(store, name, options.getStream());
  await new Subscription(ground, sender, source, filterOf(options), options.getFilter()).run();
}

/** The half of the Streams service that reads. */
export const reads = (ground: Ground) => ({
  read: (call: ReadCall): void => {
    serve(ground, call).catch((error: unknown) => call.emit('error', error));
  },
});
