import type { Readable } from 'node:stream';
import type { CallOptions, Metadata } from '@grpc/grpc-js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';

/** What of the client is used that it keeps to itself: how it opens a stream to the server, and with what. */
export interface Inside {
  callArguments(options: object, call?: CallOptions): [Metadata, CallOptions];
  GRPCStreamCreator<T extends Readable>(
    client: typeof StreamsClient,
    name: string,
    creator: (client: StreamsClient) => T,
  ): () => Promise<T>;
  supports(method: unknown): Promise<boolean>;
}
