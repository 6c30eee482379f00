import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/**
 * The driver waits for a socket's `drain` when a write was not taken at once, and nothing else ends that wait. A socket
 * whose other side has just gone takes no write, says no error a second time and never drains: the call would wait for
 * ever, with its place in the pool. So that it does not, a socket of the driver's that closes is said to have drained;
 * the driver then looks, finds it closed, and goes on as after any broken connection.
 */
const driving = new AsyncLocalStorage<true>();
let watching = false;

/** Does work that may make the driver open sockets. */
export function drivingMongo<T>(work: () => T): T {
  if (!watching) {
    watching = true;
    subscribe('net.client.socket', (opened) => {
      if (driving.getStore() === undefined) return;
      const { socket } = opened as { readonly socket: Socket };
      socket.once('close', () => socket.emit('drain'));
    });
  }
  return driving.run(true, work);
}
