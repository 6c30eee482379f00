import type { CallOptions, Metadata } from '@grpc/grpc-js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';

/** What of the client is used that it keeps to itself: its connection to the server, and what a call is sent with. */
export interface Inside {
  callArguments(options: object, call?: CallOptions): [Metadata, CallOptions];
  getGRPCClient(client: typeof StreamsClient, what: string): Promise<StreamsClient>;
  /** Leaves the connection when the error says that it is of no use any more. */
  handleError(client: StreamsClient, error: unknown): Promise<void>;
  getChannel(): Promise<{ close(): void }>;
  supports(method: unknown): Promise<boolean>;
}
