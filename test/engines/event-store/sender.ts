import type { ServerWritableStream } from '@grpc/grpc-js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Ground } from './ground';
import { withData } from './messages';
import type { Stored } from './store';

/** Events go out as they lie in the log; only what is not an event is built for the purpose. */
export type ReadCall = ServerWritableStream<streams.ReadReq, Buffer | streams.ReadResp>;

/** Sends to one reader, no faster than it reads, with the faults that data may have. */
export class Sender {
  constructor(
    private readonly ground: Ground,
    readonly call: ReadCall,
  ) {}

  get gone(): boolean {
    return this.call.cancelled || this.call.destroyed;
  }

  async event(event: Stored): Promise<void> {
    const { faults } = this.ground;
    if (!faults.any) return this.message(event.bytes);
    if (faults.bites('data-malformed', event.stream) !== undefined) {
      return this.message(withData(event.bytes, (data) => data.subarray(0, data.length >> 1)));
    }
    if (faults.bites('data-redacted', event.stream) !== undefined) {
      return this.message(withData(event.bytes, (data) => new Uint8Array(data.length).fill(0xff)));
    }
    return this.message(event.bytes);
  }

  /** Undefined, and so no waiting at all, while the reader keeps up. */
  message(message: Buffer | streams.ReadResp): Promise<void> | undefined {
    if (this.gone || this.call.write(message)) return undefined;
    return new Promise((resolve) => {
      const done = (): void => {
        for (const name of ['drain', 'cancelled', 'close', 'error']) this.call.off(name, done);
        resolve();
      };
      for (const name of ['drain', 'cancelled', 'close', 'error']) this.call.once(name, done);
    });
  }

  /** Ends the call with OK. */
  end(): void {
    if (!this.gone) this.call.end();
  }
}
