import { randomUUID } from 'node:crypto';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { Calls } from './calls';
import type { Inside } from './inside';
import { identifier, textOf, uuidOf } from './records';
import { bounded, Trouble, troubleFrom } from './trouble';

type Call = ClientDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>;
/** Where the last event stands; its place is not a number where the server does not say. */
export type Answer = { readonly place: number; readonly revision: number } | 'conflict';

/** Bytes of events in one message; an append of more goes in several. */
const MESSAGE = 1024 * 1024;

/**
 * The server is told an instant by its own clock until which it may try, and tries for no longer than a limit of its own. With
 * an instant that is far ahead, in ms, it does not matter whose clock is right.
 */
const FAR = 24 * 3_600_000;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (trouble: Trouble) => void;
}

/**
 * Appends over one stream to the server, many under way at once. What is under way belongs to this connection alone: when
 * its stream breaks, ends or falls silent, every append on it ends with a `Trouble`, and nobody else's does. An answer to
 * something that nobody waits for any more is let pass.
 */
export class Appending {
  readonly #waiting = new Map<string, Waiting>();
  #call: Promise<Call> | undefined;

  constructor(
    private readonly inside: Inside,
    private readonly calls: Calls,
    private readonly deadline: number,
  ) {}

  async append(
    stream: string,
    behind: number | 'any',
    events: readonly { id: string; type: string; data: string; metadata: string }[],
  ): Promise<Answer> {
    const call = await bounded(this.deadline, this.#open());
    const name = randomUUID();
    const answer = Promise.withResolvers<Answer>();
    this.#waiting.set(name, answer);
    try {
      for (const message of this.#messages(name, stream, behind, events)) call.write(message);
      return await bounded(this.deadline, answer.promise);
    } finally {
      this.#waiting.delete(name);
    }
  }

  /** Ends every append that is under way. */
  end(trouble: Trouble): void {
    for (const { reject } of this.#waiting.values()) reject(trouble);
    this.#waiting.clear();
  }

  /** One stream for all who append meanwhile: they go off in the order they came. */
  #open(): Promise<Call> {
    if (this.#call !== undefined) return this.#call;
    const opening = this.calls
      .open('append', (client) =>
        client.batchAppend(
          ...this.inside.callArguments({ requiresLeader: true }, { deadline: Infinity }),
        ),
      )
      .then((call) => {
        this.#hear(call, opening);
        return call;
      });
    opening.catch(() => {
      this.#over(opening);
    });
    this.#call = opening;
    return opening;
  }

  #hear(call: Call, opened: Promise<Call>): void {
    const over = (trouble: Trouble): void => {
      if (this.#over(opened)) this.end(trouble);
    };
    call.on('data', (answer: streams.BatchAppendResp) => {
      this.#answered(answer);
    });
    call.on('error', (error: unknown) => {
      over(troubleFrom(error));
    });
    call.on('end', () => {
      // The server's half is closed: nothing that is under way will be answered. Ours is closed too, so that the next
      // append opens another stream.
      over(new Trouble('The server ended the stream of appends.'));
      this.calls.drop(call);
    });
  }

  /** The stream is not to be used any more; true the first time. */
  #over(opened: Promise<Call>): boolean {
    if (this.#call !== opened) return false;
    this.#call = undefined;
    return true;
  }

  #answered(answer: streams.BatchAppendResp): void {
    const waiting = this.#waiting.get(textOf(answer.getCorrelationId()));
    if (waiting === undefined) return;
    const success = answer.getSuccess();
    if (success !== undefined) {
      waiting.resolve({
        place: Number(success.getPosition()?.getCommitPosition() ?? NaN),
        revision: Number(success.getCurrentRevision()),
      });
      return;
    }
    const error = answer.getError();
    const what = error?.getDetails()?.getTypeName() ?? '';
    const said = error?.getMessage() ?? '';
    if (what.endsWith('.WrongExpectedVersion')) waiting.resolve('conflict');
    else waiting.reject(refused(what, said));
  }

  *#messages(
    name: string,
    stream: string,
    behind: number | 'any',
    events: readonly { id: string; type: string; data: string; metadata: string }[],
  ): Generator<streams.BatchAppendReq> {
    const options = new streams.BatchAppendReq.Options();
    options.setStreamIdentifier(identifier(stream));
    options.setDeadline(timestamps.Timestamp.fromDate(new Date(Date.now() + FAR)));
    if (behind === 'any') options.setAny(new shared.Empty());
    else if (behind < 0) options.setNoStream(new shared.Empty());
    else options.setStreamPosition(String(behind));
    const begin = (): streams.BatchAppendReq =>
      new streams.BatchAppendReq().setCorrelationId(uuidOf(name)).setIsFinal(false);
    let message = begin().setOptions(options);
    let size = 0;
    for (const { id, type, data, metadata } of events) {
      if (size > MESSAGE) {
        yield message;
        message = begin();
        size = 0;
      }
      const proposed = new streams.BatchAppendReq.ProposedMessage();
      proposed.setId(uuidOf(id));
      proposed.getMetadataMap().set('type', type).set('content-type', 'application/json');
      proposed.setData(Buffer.from(data));
      proposed.setCustomMetadata(Buffer.from(metadata));
      size += data.length + metadata.length;
      message.addProposedMessages(proposed);
    }
    yield message.setIsFinal(true);
  }
}

function refused(what: string, said: string): Trouble {
  if (what.endsWith('.AccessDenied'))
    return new Trouble('The server does not let this user append.', { why: 'denied' });
  if (what.endsWith('.MaximumAppendSizeExceeded'))
    return new Trouble('The append is larger than the server takes.', { why: 'too-large' });
  if (what.endsWith('.StreamDeleted'))
    return new Trouble('The stream was deleted.', { why: 'deleted' });
  return new Trouble(`The server said: ${said === '' ? what : said}`);
}
