import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { ConnectionInjector } from '@grpc/grpc-js';

/** The TCP side of the server in our own hands, so that a test can cut what gRPC would close politely. */
export class Connections {
  readonly #open = new Map<string, { socket: Socket; port: number }>();
  readonly #servers: Server[] = [];

  constructor(private readonly injector: ConnectionInjector) {}

  /** Listens on one port more. Resolves with it: the one asked for, or a free one for 0. */
  listen(asked: number, host: string): Promise<number> {
    const server = createServer((socket) => this.#accept(socket));
    this.#servers.push(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(asked, host, () => resolve((server.address() as AddressInfo).port));
    });
  }

  get count(): number {
    return this.#open.size;
  }

  /** The port that this peer has come to. */
  portOf(peer: string): number | undefined {
    return this.#open.get(peer)?.port;
  }

  /** Ends the connection of this peer, or all, without a word. */
  cut(peer?: string): void {
    for (const [name, { socket }] of this.#open) {
      if (peer === undefined || name === peer) socket.destroy();
    }
  }

  close(): void {
    for (const server of this.#servers) server.close();
    this.cut();
  }

  #accept(socket: Socket): void {
    socket.setNoDelay(true);
    const peer = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`;
    this.#open.set(peer, { socket, port: socket.localPort ?? 0 });
    socket.on('error', () => undefined);
    socket.once('close', () => this.#open.delete(peer));
    this.injector.injectConnection(socket);
  }
}
