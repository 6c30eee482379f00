import type { Readable } from 'node:stream';
import { finished } from 'node:stream';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { Inside } from './inside';
import { Trouble } from './trouble';

type Cancellable = Readable & { cancel(): void };

/**
 * The calls that are under way on one connection. The client's own way of opening them takes a call that was given up
 * here for one the server broke off, and leaves the whole connection with everything else on it; and what it disposes of
 * are its calls, while the connection stays open for as long as the process lives.
 */
export class Calls {
  readonly #open = new Set<Readable>();
  #closed = false;

  constructor(private readonly inside: Inside) {}

  /** @throws whatever the client says when it finds no server. */
  async open<C extends Cancellable>(what: string, make: (client: StreamsClient) => C): Promise<C> {
    const client = await this.inside.getGRPCClient(StreamsClient, what);
    if (this.#closed) throw new Trouble('The connection was closed.');
    const call = make(client);
    this.#open.add(call);
    finished(call, (error) => {
      if (!this.#open.delete(call) || !error) return;
      // Broken off by the server or on the way: the client makes another connection, to the leader where it was told who leads.
      this.inside.handleError(client, error).catch(() => undefined);
    });
    return call;
  }

  /** Ends a call whose answer nobody waits for any more. */
  drop(call: Cancellable): void {
    this.#open.delete(call);
    // Cancelling is an error of the call's own; nobody is interested.
    call.on('error', () => undefined);
    call.cancel();
  }

  close(): void {
    this.#closed = true;
    for (const call of [...this.#open]) this.drop(call as Cancellable);
    this.inside.getChannel().then(
      (channel) => {
        channel.close();
      },
      () => undefined,
    );
  }
}
