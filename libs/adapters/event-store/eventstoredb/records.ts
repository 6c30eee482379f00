import shared from '@eventstore/db-client/generated/shared_pb.js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';

/** An event as the server has it, whoever wrote it. Data and metadata are undefined where they are not JSON, null where there are none. */
export interface Event {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly place: number;
  /** Bytes of data and metadata. */
  readonly size: number;
  readonly data: unknown;
  readonly metadata: unknown;
}

export function eventOf(recorded: streams.ReadResp.ReadEvent.RecordedEvent): Event {
  const data = recorded.getData_asU8();
  const metadata = recorded.getCustomMetadata_asU8();
  return {
    id: textOf(recorded.getId()),
    type: recorded.getMetadataMap().get('type') ?? '',
    stream: Buffer.from(recorded.getStreamIdentifier()?.getStreamName_asU8() ?? '').toString(),
    revision: Number(recorded.getStreamRevision()),
    place: Number(recorded.getCommitPosition()),
    size: data.length + metadata.length,
    data: jsonOf(data),
    metadata: jsonOf(metadata),
  };
}

function jsonOf(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return null;
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
  } catch {
    return undefined;
  }
}

export function uuidOf(text: string): shared.UUID {
  const id = new shared.UUID();
  id.setString(text);
  return id;
}

export function textOf(id: shared.UUID | undefined): string {
  if (id === undefined) return '';
  if (id.hasString()) return id.getString();
  const parts = id.getStructured();
  if (parts === undefined) return '';
  const half = (bits: string): string =>
    BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
  const hex = `${half(parts.getMostSignificantBits())}${half(parts.getLeastSignificantBits())}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function identifier(stream: string): shared.StreamIdentifier {
  const named = new shared.StreamIdentifier();
  named.setStreamName(Buffer.from(stream).toString('base64'));
  return named;
}
