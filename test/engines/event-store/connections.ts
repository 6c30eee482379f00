import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { ConnectionInjector } from '@grpc/grpc-js';

/** The TCP side of the server in our own hands, so that a test can cut what gRPC would close politely. */
export class Connections {
  readonly #open = new Map<string, Socket>();
  readonly #server = createServer((socket) => {
    socket.setNoDelay(true);
    const peer = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`;
    this.#open.set(peer, socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#open.delete(peer));
    this.injector.injectConnection(socket);
  });

  constructor(private readonly injector: ConnectionInjector) {}

  /** Resolves with the port: the one asked for, or a free one for 0. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => resolve((this.#server.address() as AddressInfo).port));
    });
  }

  get count(): number {
    return this.#open.size;
  }

  /** Ends the connection of this peer, or all, without a word. */
  cut(peer?: string): void {
    for (const [name, socket] of this.#open)
      if (peer === undefined || name === peer) socket.destroy();
  }

  close(): void {
    this.#server.close();
    this.cut();
  }
}
