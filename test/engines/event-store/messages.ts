import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

/** What a client wants written. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** Revision of the record that closes a stream for good. */
export const DELETED = '9223372036854775807';
const TICKS = 10_000n;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export class BadRequest extends Error {}

export const empty = (): shared.Empty => new shared.Empty();

/** Throws BadRequest where there is no id, or one that is none. */
export function idOf(uuid: shared.UUID | undefined): string {
  const structured = uuid?.getStructured();
  if (structured !== undefined) {
    const half = (bits: string): string =>
      BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
    const hex =
      half(structured.getMostSignificantBits()) + half(structured.getLeastSignificantBits());
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
  const given = uuid?.getString() ?? '';
  if (!UUID.test(given)) throw new BadRequest('Unrecognized Guid format.');
  return given.toLowerCase();
}

/** The form a client speaks of a stream in. */
export const identifier = (name: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(name, 'utf8'));

export const nameOf = (stream: shared.StreamIdentifier | undefined): string =>
  Buffer.from(stream?.getStreamName_asU8() ?? []).toString('utf8');

/** Throws BadRequest for what no server writes. */
export function proposed(
  message: streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage,
): Proposed {
  const metadata = message.getMetadataMap();
  const type = metadata.get('type') ?? '';
  const id = idOf(message.getId());
  if (type === '') throw new BadRequest("Empty eventType provided. (Parameter 'eventType')");
  if (id === '00000000-0000-0000-0000-000000000000') {
    throw new BadRequest("Empty eventId provided. (Parameter 'eventId')");
  }
  return {
    id,
    type,
    json: metadata.get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** What an event weighs against the limit of an append. */
export const sizeOf = ({ type, data, metadata }: Proposed): number =>
  data.length + metadata.length + type.length * 2;

export interface Recorded {
  readonly id: string;
  readonly stream: string;
  readonly revision: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** An event as a reader gets it, which is also how it lies in the file. */
export function encoded(event: Recorded, position: number): Buffer {
  const place = position.toString();
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(identifier(event.stream))
    .setStreamRevision(event.revision)
    .setCommitPosition(place)
    .setPreparePosition(place)
    .setCustomMetadata(event.metadata)
    .setData(event.data);
  const facts = recorded.getMetadataMap();
  facts.set('type', event.type);
  facts.set('created', (BigInt(Math.round(event.created)) * TICKS).toString());
  facts.set('content-type', event.json ? 'application/json' : 'application/octet-stream');
  const read = new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(place);
  return Buffer.from(new streams.ReadResp().setEvent(read).serializeBinary());
}

export function decoded(bytes: Buffer): Recorded {
  const recorded = streams.ReadResp.deserializeBinary(bytes).getEvent()?.getEvent();
  if (recorded === undefined) throw new Error('a record of the log is no event');
  const facts = recorded.getMetadataMap();
  return {
    id: recorded.getId()?.getString() ?? '',
    stream: nameOf(recorded.getStreamIdentifier()),
    revision: recorded.getStreamRevision(),
    type: facts.get('type') ?? '',
    json: facts.get('content-type') === 'application/json',
    data: recorded.getData_asU8(),
    metadata: recorded.getCustomMetadata_asU8(),
    created: Number(BigInt(facts.get('created') ?? 0) / TICKS),
  };
}

/** The same event with other data in it: for faults. */
export function withData(bytes: Buffer, data: (given: Uint8Array) => Uint8Array): Buffer {
  const response = streams.ReadResp.deserializeBinary(bytes);
  const recorded = response.getEvent()?.getEvent();
  recorded?.setData(data(recorded.getData_asU8()));
  return Buffer.from(response.serializeBinary());
}
