import { finished } from 'node:stream';
import type { ClientReadableStream, Metadata } from '@grpc/grpc-js';
import { EventStoreDBClient } from '@eventstore/db-client';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { ofItsOwn } from './address';
import type { Answer } from './appending';
import { Appending } from './appending';
import { Calls } from './calls';
import type { Inside } from './inside';
import type { Event } from './records';
import { eventOf, identifier } from './records';
import { bounded, tooLate, Trouble, troubleFrom } from './trouble';

type Call = ClientReadableStream<streams.ReadResp>;

/** Which events of everything: by the name of their stream or by their type, as an expression of the server's. */
export interface ServerFilter {
  readonly by: 'stream' | 'type';
  readonly regex: string;
}

/** A place in everything to read from: its ends, or a place that is known to be one. */
export type From = 'start' | 'end' | number;

export interface ReadAll {
  readonly from: From;
  readonly backwards?: boolean;
  readonly limit: number;
  readonly filter?: ServerFilter;
}
export interface ReadOne {
  readonly stream: string;
  readonly from: 'start' | 'end' | number;
  readonly backwards?: boolean;
  readonly limit: number;
}

/** A running subscription to everything. It tells of each event once it has come, and once of its end. */
export interface Following {
  stop(): void;
}
export interface Follower {
  event(event: Event): void;
  /** It has come to this place and had nothing to tell. */
  passed(place: number): void;
  /** The server has said that it listens. */
  confirmed(): void;
  /** It is over, whether with an error, in good order or by silence: a subscription has no good end but `stop`. */
  ended(trouble: Trouble): void;
}

/** Places considered by the server between two words of how far it is, in thirty-twos. */
const CHECKPOINT = 8;
/** Events the server looks through at a time in a reading with a filter: it says nothing in between, so many. */
const SEARCHED = 1_000;

/**
 * One connection to EventStoreDB: what the client can do for us, in our terms. The only file, with those it is made of
 * (appending, records, trouble), that knows the client; another client of the same protocol takes the place of these.
 *
 * Reads and appends are put together here out of the client's own messages, because its methods read everything without
 * a filter, keep the appends of all clients of a process in one table, and never end an append that is not answered.
 * Every call is bound by a time of ours, whatever the server does.
 */
export class Connection {
  readonly #inside: Inside;
  readonly #calls: Calls;
  readonly #appending: Appending;

  constructor(
    url: string,
    private readonly deadline: number,
  ) {
    this.#inside = EventStoreDBClient.connectionString(ofItsOwn(url)) as unknown as Inside;
    this.#calls = new Calls(this.#inside);
    const asked = this.#inside.callArguments.bind(this.#inside);
    this.#inside.callArguments = (options, call) => {
      const [metadata, more] = asked(options, call);
      return [uncompressed(metadata), more];
    };
    this.#appending = new Appending(this.#inside, this.#calls, deadline);
  }

  /** Whether the server knows the stream of appends this adapter uses (21.10 and later). @throws Trouble */
  async isRecent(): Promise<boolean> {
    return bounded(this.deadline, this.#inside.supports(StreamsService.batchAppend));
  }

  /**
   * Appends behind a revision, -1 for an empty stream, or wherever the stream is.
   * @returns where the last event stands, or 'conflict'.
   * @throws Trouble, whose `why` says whether it is known that nothing was written.
   */
  append(
    stream: string,
    behind: number | 'any',
    events: readonly { id: string; type: string; data: string; metadata: string }[],
  ): Promise<Answer> {
    return this.#appending.append(stream, behind, events);
  }

  /** Events of everything, with those of the server itself among them unless a filter leaves them out. @throws Trouble */
  async readAll({ from, backwards = false, limit, filter }: ReadAll): Promise<readonly Event[]> {
    const options = new streams.ReadReq.Options();
    options.setAll(placed(from));
    options.setCount(String(limit));
    if (filter === undefined) options.setNoFilter(new shared.Empty());
    else options.setFilter(filtered(filter, SEARCHED));
    return (await this.#read(options, backwards)) ?? [];
  }

  /** Events of one stream; undefined when there is none of that name. @throws Trouble */
  async readStream({
    stream,
    from,
    backwards = false,
    limit,
  }: ReadOne): Promise<readonly Event[] | undefined> {
    const options = new streams.ReadReq.Options();
    const one = new streams.ReadReq.Options.StreamOptions();
    one.setStreamIdentifier(identifier(stream));
    if (from === 'start') one.setStart(new shared.Empty());
    else if (from === 'end') one.setEnd(new shared.Empty());
    else one.setRevision(String(from));
    options.setStream(one);
    options.setCount(String(limit));
    options.setNoFilter(new shared.Empty());
    return this.#read(options, backwards);
  }

  /** Follows everything behind a place. */
  follow(after: From, filter: ServerFilter, follower: Follower): Following {
    const options = new streams.ReadReq.Options();
    options.setAll(placed(after));
    options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
    options.setFilter(filtered(filter, 32));
    let call: Call | undefined;
    let over = false;
    const end = (trouble: Trouble): void => {
      if (over) return;
      over = true;
      follower.ended(trouble);
    };
    const tell = (message: streams.ReadResp): void => {
      if (over) return;
      if (message.hasConfirmation()) follower.confirmed();
      const event = message.getEvent()?.getEvent();
      if (event !== undefined) follower.event(eventOf(event));
      const checkpoint = message.getCheckpoint();
      // Half a place is where the next event will stand, not where the last one does.
      if (checkpoint?.getCommitPosition() === checkpoint?.getPreparePosition())
        follower.passed(Number(checkpoint?.getCommitPosition() ?? 0));
    };
    this.#open(options).then(
      (opened) => {
        call = opened;
        if (over) {
          this.#calls.drop(opened);
          return;
        }
        opened.on('data', tell);
        opened.on('error', (error: unknown) => {
          end(troubleFrom(error));
        });
        // What the client takes for the end of a reading is, of a subscription, a break.
        opened.on('end', () => {
          end(new Trouble('The server ended the subscription.'));
        });
      },
      (error: unknown) => {
        end(troubleFrom(error));
      },
    );
    return {
      stop: () => {
        over = true;
        if (call !== undefined) this.#calls.drop(call);
      },
    };
  }

  /** Lets go of the connection; whatever is under way ends with an error. */
  close(): void {
    this.#appending.end(new Trouble('The connection was closed.'));
    this.#calls.close();
  }

  async #read(
    options: streams.ReadReq.Options,
    backwards: boolean,
  ): Promise<readonly Event[] | undefined> {
    const { FORWARDS, BACKWARDS } = streams.ReadReq.Options.ReadDirection;
    options.setReadDirection(backwards ? BACKWARDS : FORWARDS);
    const call = await bounded(this.deadline, this.#open(options));
    const events: Event[] = [];
    const found = { stream: true };
    const whole = new Promise<void>((resolve, reject) => {
      // For as long as something comes it goes on, however much there is.
      const silence = setTimeout(() => {
        reject(tooLate(this.deadline));
      }, this.deadline);
      call.on('data', (message: streams.ReadResp) => {
        silence.refresh();
        if (message.hasStreamNotFound()) found.stream = false;
        const event = message.getEvent()?.getEvent();
        if (event !== undefined) events.push(eventOf(event));
      });
      finished(call, (error) => {
        clearTimeout(silence);
        if (!error) resolve();
        else reject(troubleFrom(error));
      });
    });
    try {
      await whole;
    } catch (error) {
      this.#calls.drop(call);
      throw error;
    }
    return found.stream ? events : undefined;
  }

  #open(options: streams.ReadReq.Options): Promise<Call> {
    const uuids = new streams.ReadReq.Options.UUIDOption();
    uuids.setString(new shared.Empty());
    options.setUuidOption(uuids);
    const request = new streams.ReadReq();
    request.setOptions(options);
    return this.#calls.open('read', (client) =>
      client.read(
        request,
        ...this.#inside.callArguments({ requiresLeader: true }, { deadline: Infinity }),
      ),
    );
  }
}

/**
 * Asks for answers that are not compressed. The server compresses each message by default, and inflating one by one makes
 * reading about ten times slower. The library underneath writes this header itself, late, and into a copy.
 */
function uncompressed(metadata: Metadata): Metadata {
  const [set, clone] = [metadata.set.bind(metadata), metadata.clone.bind(metadata)];
  metadata.set = (key, value) => {
    set(key, key === 'grpc-accept-encoding' ? 'identity' : value);
  };
  metadata.clone = () => uncompressed(clone());
  return metadata;
}

function placed(from: From): streams.ReadReq.Options.AllOptions {
  const options = new streams.ReadReq.Options.AllOptions();
  if (from === 'start') options.setStart(new shared.Empty());
  else if (from === 'end') options.setEnd(new shared.Empty());
  else {
    const position = new streams.ReadReq.Options.Position();
    position.setCommitPosition(String(from));
    position.setPreparePosition(String(from));
    options.setPosition(position);
  }
  return options;
}

function filtered(
  { by, regex }: ServerFilter,
  searched: number,
): streams.ReadReq.Options.FilterOptions {
  const expression = new streams.ReadReq.Options.FilterOptions.Expression();
  expression.setRegex(regex);
  const options = new streams.ReadReq.Options.FilterOptions();
  if (by === 'stream') options.setStreamIdentifier(expression);
  else options.setEventType(expression);
  options.setMax(searched);
  options.setCheckpointintervalmultiplier(CHECKPOINT);
  return options;
}
