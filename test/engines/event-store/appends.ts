import type {
  sendUnaryData,
  ServerReadableStream,
  ServerUnaryCall,
  ServiceError,
} from '@grpc/grpc-js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type Answer, answerTo, expectedOf } from './answers';
import { BatchAppends, type BatchCall } from './batch-appends';
import type { Ground } from './ground';
import { BadRequest, empty, nameOf, type Proposed, proposed, sizeOf } from './messages';
import * as refusals from './refusals';
import type { Expected } from './store';

function unaryAnswer(
  answer: Exclude<Answer, { result: 'none' | 'half-close' }>,
  name: string,
  expected: Expected,
): streams.AppendResp {
  switch (answer.result) {
    case 'written': {
      const success = new streams.AppendResp.Success();
      if (answer.revision < 0) success.setNoStream(empty());
      else success.setCurrentRevision(answer.revision.toString());
      const place = answer.position?.toString();
      if (place === undefined) success.setNoPosition(empty());
      else {
        const position = new streams.AppendResp.Position();
        success.setPosition(position.setCommitPosition(place).setPreparePosition(place));
      }
      return new streams.AppendResp().setSuccess(success);
    }
    case 'wrong-version': {
      const wrong = new streams.AppendResp.WrongExpectedVersion();
      if (expected === 'any') wrong.setExpectedAny(empty());
      else if (expected === 'exists') wrong.setExpectedStreamExists(empty());
      else if (expected === 'no-stream') wrong.setExpectedNoStream(empty());
      else wrong.setExpectedRevision(expected.toString());
      if (answer.current < 0) wrong.setCurrentNoStream(empty());
      else wrong.setCurrentRevision(answer.current.toString());
      return new streams.AppendResp().setWrongExpectedVersion(wrong);
    }
    case 'deleted':
      throw refusals.streamDeleted(name);
    case 'refused':
      throw answer.error;
  }
}

type AppendCall = ServerReadableStream<streams.AppendReq, streams.AppendResp>;

async function append(
  ground: Ground,
  call: AppendCall,
  answer: (response: streams.AppendResp) => void,
): Promise<void> {
  let options: streams.AppendReq.Options | undefined;
  const events: Proposed[] = [];
  let size = 0;
  for await (const request of call as AsyncIterable<streams.AppendReq>) {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (message === undefined) continue;
    const event = proposed(message);
    size += sizeOf(event);
    if (size > ground.maxAppendSize) throw refusals.tooLarge(ground.maxAppendSize);
    events.push(event);
  }
  if (options === undefined) throw new BadRequest('an append without options');
  const name = nameOf(options.getStreamIdentifier());
  ground.access.check(call.metadata, '$w', name);
  if (name === '') throw new BadRequest('Parameter "eventStreamId" should not be empty.');
  const expected = expectedOf(options, options.getRevision());
  const outcome = await answerTo(ground, call.getPeer(), name, expected, events);
  if (outcome.result === 'none' || outcome.result === 'half-close') return;
  answer(unaryAnswer(outcome, name, expected));
}

type Removal = streams.DeleteReq | streams.TombstoneReq;

/** Deletes or closes a stream: the position of what was written about it. */
async function remove(
  { store, access, faults, cluster }: Ground,
  call: ServerUnaryCall<Removal, unknown>,
  how: 'delete' | 'tombstone',
): Promise<number | undefined> {
  const options = call.request.getOptions();
  const name = nameOf(options?.getStreamIdentifier());
  if (options === undefined || name === '') throw new BadRequest('no stream is named');
  access.check(call.metadata, '$d', name);
  if (faults.bites('black-hole', name) !== undefined) return new Promise(() => undefined);
  if (faults.bites('not-ready', name) !== undefined) throw refusals.notReady();
  const elsewhere = cluster.refusal(call.getPeer());
  if (elsewhere !== undefined) throw elsewhere;
  const expected = expectedOf(options, options.getRevision());
  const outcome = store[how](name, expected);
  await store.settled();
  switch (outcome.result) {
    case 'written':
      return outcome.position;
    case 'deleted':
      throw refusals.streamDeleted(name);
    case 'wrong-version': {
      const [operation, number] = ['Delete', { any: -2, 'no-stream': -1, exists: -4 }];
      const asked = typeof expected === 'number' ? expected : number[expected];
      throw refusals.wrongVersion(operation, name, asked, outcome.current);
    }
  }
}

const placeOf = <P extends { setCommitPosition(at: string): P; setPreparePosition(at: string): P }>(
  position: P,
  at: number,
): P => position.setCommitPosition(at.toString()).setPreparePosition(at.toString());

/** The half of the Streams service that writes. */
export const appends = (ground: Ground) => ({
  append: (call: AppendCall, callback: sendUnaryData<streams.AppendResp>): void => {
    append(ground, call, (response) => callback(null, response)).catch((error: unknown) =>
      callback(error as ServiceError),
    );
  },
  batchAppend: (call: BatchCall): void => new BatchAppends(ground, call).serve(),
  delete: (
    call: ServerUnaryCall<streams.DeleteReq, streams.DeleteResp>,
    callback: sendUnaryData<streams.DeleteResp>,
  ): void => {
    remove(ground, call, 'delete').then(
      (at) => {
        const response = new streams.DeleteResp();
        if (at === undefined) callback(null, response.setNoPosition(empty()));
        else callback(null, response.setPosition(placeOf(new streams.DeleteResp.Position(), at)));
      },
      (error: unknown) => callback(error as ServiceError),
    );
  },
  tombstone: (
    call: ServerUnaryCall<streams.TombstoneReq, streams.TombstoneResp>,
    callback: sendUnaryData<streams.TombstoneResp>,
  ): void => {
    remove(ground, call, 'tombstone').then(
      (at) => {
        const response = new streams.TombstoneResp();
        if (at === undefined) callback(null, response.setNoPosition(empty()));
        else
          callback(null, response.setPosition(placeOf(new streams.TombstoneResp.Position(), at)));
      },
      (error: unknown) => callback(error as ServiceError),
    );
  },
});
