import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '#kernel';
import { closed } from '../closed';
import { unusable } from './address';
import { Connection } from './client';
import { Trouble, troubleFrom } from './trouble';

/** Between two tries, in ms: at first, and at most. */
const FIRST_PAUSE = 30;
const LONGEST_PAUSE = 500;

export interface Bounds {
  /** How long the server may take over one call, in ms. */
  readonly deadline: number;
  /** How long is tried again before it is said that the store cannot be used, in ms. */
  readonly patience: number;
}

/**
 * The connection in use, and another one when that cannot be trusted any more. What is safe to repeat is repeated within
 * the store's patience: after a restart of the server, a change of its leader or a break of the network it goes on.
 */
export class Supervised {
  #connection: Connection;
  #closed = false;

  constructor(
    private readonly url: string,
    readonly bounds: Bounds,
    /** What to call the server in a sentence: its address without a password. */
    readonly called: string,
  ) {
    this.#connection = connected(url, bounds.deadline);
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** The connection of this moment, for what is not to be repeated. */
  get now(): Connection {
    if (this.#closed) throw closed();
    return this.#connection;
  }

  /** Another connection in place of this one, unless somebody has seen to that already. */
  renew(broken: Connection): void {
    if (this.#closed || broken !== this.#connection) return;
    try {
      this.#connection = new Connection(this.url, this.bounds.deadline);
    } catch {
      // The file of a certificate, say, is not there at the moment: better this one than none.
      return;
    }
    broken.close();
  }

  /**
   * Does work that may be done any number of times until it succeeds.
   * @throws StoreError 'unavailable' when patience runs out or the server refuses, 'closed' when the store is closed.
   */
  async again<T>(what: string, work: (connection: Connection) => Promise<T>): Promise<T> {
    return this.until(what, async (connection) => ({ done: await work(connection) }));
  }

  /** As `again`; `work` may also answer that it is not done yet. `tries` counts from 0. */
  async until<T>(
    what: string,
    work: (connection: Connection, tries: number) => Promise<{ readonly done: T } | undefined>,
  ): Promise<T> {
    // By a clock that nobody sets.
    const end = performance.now() + this.bounds.patience;
    let wait = FIRST_PAUSE;
    for (let tries = 0; ; tries++) {
      const connection = this.now;
      let trouble: Trouble | undefined;
      try {
        const answer = await work(connection, tries);
        if (answer !== undefined) return answer.done;
      } catch (error) {
        if (error instanceof StoreError) throw error;
        trouble = troubleFrom(error);
        if (this.#closed) throw closed();
        if (trouble.why !== 'passing') throw this.refused(what, trouble);
        if (trouble.late) this.renew(connection);
      }
      if (performance.now() + wait > end)
        throw this.#outOfPatience(what, trouble ?? new Trouble('It is not done yet.'));
      await pause(wait);
      wait = Math.min(wait * 2, LONGEST_PAUSE);
    }
  }

  refused(what: string, trouble: Trouble): StoreError {
    const because = { cause: trouble };
    switch (trouble.why) {
      case 'denied':
        return new StoreError(
          'unavailable',
          `EventStoreDB at ${this.called} does not let this user ${what}. Check the name and password in EVENTSTORE_URL, and that the user may read and write all streams and read $all (a member of $admins, or named in an ACL).`,
          because,
        );
      case 'too-large':
        return new StoreError(
          'invalid',
          `To ${what}: it is more than the server takes in one append. Split it.`,
          because,
        );
      case 'deleted':
        return new StoreError(
          'damaged',
          `To ${what}: the stream was deleted on the server. The record is incomplete; restore the server's data from a backup.`,
          because,
        );
      case 'no-such-place':
        return new StoreError(
          'invalid',
          `To ${what}: that is not a position this log has given out.`,
          because,
        );
      case 'passing':
        return this.#outOfPatience(what, trouble);
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
  }

  #outOfPatience(what: string, trouble: Trouble): StoreError {
    return new StoreError(
      'unavailable',
      `EventStoreDB at ${this.called} could not be brought to ${what} within ${this.bounds.patience / 1000} s. ${trouble.message}`,
      { cause: trouble },
    );
  }
}

/** What the client says of an address it cannot read has the password in it, so that is not passed on. */
function connected(url: string, deadline: number): Connection {
  try {
    return new Connection(url, deadline);
  } catch {
    throw unusable('a host, a port, a setting or the file of a certificate in it is none');
  }
}
