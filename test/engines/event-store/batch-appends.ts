import type { ServerDuplexStream, ServiceError } from '@grpc/grpc-js';
import code from '@eventstore/db-client/generated/code_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import rpcStatus from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import nothing from 'google-protobuf/google/protobuf/empty_pb.js';
import { type Answer, answerTo, expectedOf } from './answers';
import type { Ground } from './ground';
import { BadRequest, idOf, identifier, nameOf, type Proposed, proposed, sizeOf } from './messages';
import type { Expected } from './store';

export type BatchCall = ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>;

/** An append whose parts have not all come. */
interface Open {
  readonly name: string;
  readonly expected: Expected;
  readonly events: Proposed[];
  readonly timer: NodeJS.Timeout;
  size: number;
}

/** No append is waited for any longer than this, in milliseconds, however late its own deadline is. */
const WRITE_TIMEOUT = 2000;

function errorOf(
  message: string,
  at: code.Code,
  details: { serializeBinary(): Uint8Array },
  type: string,
): rpcStatus.Status {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), type);
  return new rpcStatus.Status().setCode(at).setMessage(message).setDetails(packed);
}

const ours = (
  name: string,
  at: code.Code,
  details: { serializeBinary(): Uint8Array },
): rpcStatus.Status => errorOf(name, at, details, `event_store.client.${name}`);

const empty = (): nothing.Empty => new nothing.Empty();

function wrongVersion(expected: Expected, current: number): rpcStatus.Status {
  const wrong = new shared.WrongExpectedVersion();
  if (expected === 'any') wrong.setExpectedAny(empty());
  else if (expected === 'exists') wrong.setExpectedStreamExists(empty());
  else if (expected === 'no-stream') wrong.setExpectedNoStream(empty());
  else wrong.setExpectedStreamPosition(expected.toString());
  if (current < 0) wrong.setCurrentNoStream(empty());
  else wrong.setCurrentStreamRevision(current.toString());
  return ours('WrongExpectedVersion', code.Code.ALREADY_EXISTS, wrong);
}

function success(revision: number, position: number | undefined): streams.BatchAppendResp.Success {
  const done = new streams.BatchAppendResp.Success();
  if (revision < 0) done.setNoStream(empty());
  else done.setCurrentRevision(revision.toString());
  const place = position?.toString();
  if (place === undefined) return done.setNoPosition(empty());
  const at = new shared.AllStreamPosition();
  return done.setPosition(at.setCommitPosition(place).setPreparePosition(place));
}

/** One long call that appends come in on and answers go out of, in whatever order they are ready. */
export class BatchAppends {
  readonly #open = new Map<string, Open>();
  #inFlight = 0;
  #ended = false;

  constructor(
    private readonly ground: Ground,
    private readonly call: BatchCall,
  ) {}

  serve(): void {
    this.call.on('data', (request: streams.BatchAppendReq) => this.#take(request));
    this.call.on('end', () => {
      this.#ended = true;
      this.#endWhenDone();
    });
    this.call.on('error', () => this.#forget());
    this.call.on('cancelled', () => this.#forget());
  }

  #take(request: streams.BatchAppendReq): void {
    const correlation = request.getCorrelationId();
    const stream = request.getOptions()?.getStreamIdentifier();
    try {
      const id = idOf(correlation);
      const options = request.getOptions();
      if (options !== undefined && !this.#begin(id, correlation, options)) return;
      const open = this.#open.get(id);
      if (open === undefined) return;
      const events = request.getProposedMessagesList().map(proposed);
      open.events.push(...events);
      open.size += events.reduce((sum, event) => sum + sizeOf(event), 0);
      const { maxAppendSize } = this.ground;
      if (open.size > maxAppendSize) {
        this.#close(id, open);
        const limit = new shared.MaximumAppendSizeExceeded().setMaxappendsize(maxAppendSize);
        const error = ours('MaximumAppendSizeExceeded', code.Code.INVALID_ARGUMENT, limit);
        this.#answer(correlation, stream, (response) => response.setError(error));
        return;
      }
      if (!request.getIsFinal()) return;
      if (open.name === '') throw new BadRequest('Parameter "eventStreamId" should not be empty.');
      this.#close(id, open);
      void this.#write(correlation, open);
    } catch (error) {
      if (!(error instanceof BadRequest)) {
        this.call.emit('error', error);
        return;
      }
      // What was bad stays open, as on a real server: when its time is up it is answered a second time.
      const bad = new shared.BadRequest().setMessage(error.message);
      const status = ours('BadRequest', code.Code.INVALID_ARGUMENT, bad);
      this.#answer(correlation, stream, (response) => response.setError(status));
    }
  }

  /** false: answered already, nothing to wait for. */
  #begin(
    id: string,
    correlation: shared.UUID | undefined,
    options: streams.BatchAppendReq.Options,
  ): boolean {
    const stream = options.getStreamIdentifier();
    const name = nameOf(stream);
    const fail = (status: rpcStatus.Status): void =>
      this.#answer(correlation, stream, (response) => response.setError(status));
    this.ground.access.userOf(this.call.metadata);
    try {
      this.ground.access.check(this.call.metadata, '$w', name);
    } catch {
      fail(ours('AccessDenied', code.Code.PERMISSION_DENIED, new shared.AccessDenied()));
      return false;
    }
    const left = (options.getDeadline()?.toDate().getTime() ?? Infinity) - Date.now();
    const late = ours('Timeout', code.Code.DEADLINE_EXCEEDED, new shared.Timeout());
    if (left <= 0) {
      fail(late);
      return false;
    }
    const timer = setTimeout(
      () => {
        if (this.#open.delete(id)) fail(late);
      },
      Math.min(left, WRITE_TIMEOUT),
    );
    const expected = expectedOf(options, options.getStreamPosition());
    this.#open.set(id, { name, expected, events: [], size: 0, timer });
    return true;
  }

  #close(id: string, open: Open): void {
    clearTimeout(open.timer);
    this.#open.delete(id);
  }

  async #write(correlation: shared.UUID | undefined, open: Open): Promise<void> {
    const { name, expected, events } = open;
    this.#inFlight += 1;
    const peer = this.call.getPeer();
    const answer = await answerTo(this.ground, peer, name, expected, events);
    this.#inFlight -= 1;
    this.#tell(correlation, open, answer);
    this.#endWhenDone();
  }

  #tell(correlation: shared.UUID | undefined, { name, expected }: Open, answer: Answer): void {
    const respond = (fill: (response: streams.BatchAppendResp) => unknown): void =>
      this.#answer(correlation, identifier(name), fill);
    switch (answer.result) {
      case 'written':
        respond((response) => response.setSuccess(success(answer.revision, answer.position)));
        return;
      case 'wrong-version':
        respond((response) => response.setError(wrongVersion(expected, answer.current)));
        return;
      case 'deleted': {
        const closed = new shared.StreamDeleted().setStreamIdentifier(identifier(name));
        const status = ours('StreamDeleted', code.Code.NOT_FOUND, closed);
        respond((response) => response.setError(status));
        return;
      }
      case 'refused':
        this.#refuse(respond, answer.error);
        return;
      case 'half-close':
        this.call.end();
        return;
      case 'none':
        return;
    }
  }

  /** Most refusals are one append's own answer; that another server leads now ends the call for all of them. */
  #refuse(
    respond: (fill: (response: streams.BatchAppendResp) => unknown) => void,
    error: ServiceError,
  ): void {
    if (error.metadata.get('leader-endpoint-host').length > 0) {
      this.call.emit('error', error);
      return;
    }
    const status = errorOf(error.details, code.Code.OK, empty(), 'google.protobuf.Empty');
    respond((response) => response.setError(status));
  }

  #answer(
    correlation: shared.UUID | undefined,
    stream: shared.StreamIdentifier | undefined,
    fill: (response: streams.BatchAppendResp) => unknown,
  ): void {
    if (this.call.cancelled || this.call.writableEnded) return;
    const response = new streams.BatchAppendResp();
    fill(response.setCorrelationId(correlation).setStreamIdentifier(stream));
    this.call.write(response);
  }

  #endWhenDone(): void {
    if (this.#ended && this.#inFlight === 0 && !this.call.writableEnded) this.call.end();
  }

  #forget(): void {
    for (const { timer } of this.#open.values()) clearTimeout(timer);
    this.#open.clear();
  }
}
