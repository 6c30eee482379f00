import { setImmediate } from 'node:timers/promises';
import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  type WriteError,
} from 'mongodb';
import { StoreError } from '#kernel';
import { refused } from '../page';
import { drivingMongo } from './closed-sockets';

/** Codes of MongoDB's errors that mean something to us. */
const UNAUTHORIZED = 13;
const AUTHENTICATION_FAILED = 18;
const DUPLICATE_KEY = 11000;
const OUT_OF_DISK_SPACE = 14031;
const TOO_LARGE = [10334, 17280, 17419, 17420];
const SOCKET = ['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'];
const ATTEMPTS = 4;
/** Far beyond all the driver's own limits together, in ms. */
const LONGEST = 60_000;
/** A majority did not confirm in time: 64 within `wtimeout`, 91 and 189 while a primary goes. */
const NOT_CONFIRMED = [64, 91, 100, 189];

/** Turns what the driver says into a `StoreError` with what to do about it. Never the password. */
export class Trouble {
  /**
   * @param hosts where the servers are, without credentials.
   * @param secrets what must not be said, in every spelling it has in the connection string.
   */
  constructor(
    readonly hosts: string,
    readonly database: string,
    private readonly secrets: readonly string[],
  ) {}

  /** A `StoreError` as it is, anything of the driver's as one, a bug as it is. */
  explained(error: unknown): unknown {
    if (isError(error) && ['RangeError', 'BSONError'].includes(error.name)) {
      return new StoreError(
        'invalid',
        `A document or a query is beyond what MongoDB takes: ${this.#said(error)}`,
        { cause: error },
      );
    }
    // The reader of connection strings has an error class of its own, of the same name as the driver's.
    if (isError(error) && error.name === 'MongoParseError') return this.#unreadable(error);
    if (error instanceof MongoError) return this.#ofTheDriver(error);
    if (isOfTheNetwork(error)) return this.#away(error);
    return error;
  }

  /**
   * Does a piece of work, which may be done twice. The driver tries once more what was broken off, at once, and then
   * finds the same server still going; and where it takes a connection whose end it has not heard of, the socket's own
   * error comes through. Tried again here, it waits until there is a server, within the time set for finding one.
   */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await drivingMongo(work);
      } catch (error) {
        if (!isBrokenOff(error) || attempt === ATTEMPTS) throw this.explained(error);
        // By the next turn the driver has heard of it.
        await setImmediate();
      }
    }
  }

  /** The same, for work that is over in seconds: should the driver never come back, the caller is told all the same. */
  async bounded<T>(work: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const said = `MongoDB at ${this.hosts} has not answered for ${LONGEST / 1000} seconds. It is safe to try again.`;
        reject(new StoreError('unavailable', said));
      }, LONGEST);
    });
    try {
      return await Promise.race([this.guard(work), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #ofTheDriver(error: MongoError): StoreError {
    if (
      error instanceof MongoClientClosedError ||
      error instanceof MongoTopologyClosedError ||
      error instanceof MongoNotConnectedError
    ) {
      return refused.closed();
    }
    const code = codeOf(error);
    if (code === UNAUTHORIZED) return this.#forbidden(error);
    if (code === AUTHENTICATION_FAILED || /authentication failed/i.test(error.message)) {
      return this.#because('unavailable', error, [
        `MongoDB at ${this.hosts} does not know this user with this password.`,
        'Look at the user, the password (percent-encoded) and authSource in the connection string.',
      ]);
    }
    if (code === OUT_OF_DISK_SPACE) {
      return this.#because('disk-full', error, [
        `The disk of MongoDB at ${this.hosts} is full. Free some space there; this page is not yet seen by anybody and is written again.`,
      ]);
    }
    if (code !== undefined && TOO_LARGE.includes(code)) {
      return this.#because('invalid', error, [
        `A document is larger than MongoDB takes (16 MB): ${this.#said(error)}.`,
        'Documents are small and bounded; a list that grows is a row per entry.',
      ]);
    }
    if (code !== undefined && NOT_CONFIRMED.includes(code)) {
      return this.#because('unavailable', error, [
        `A majority of the replica set at ${this.hosts} did not confirm a write (${this.#said(error)}).`,
        'Look at rs.status(): most of the members have to be up. What was written is written again.',
      ]);
    }
    return this.#away(error);
  }

  #away(error: Error): StoreError {
    return this.#because('unavailable', error, [
      `MongoDB at ${this.hosts} can not be used now: ${this.#said(rootOf(error))}.`,
      'It is safe to try again; if it stays so, look whether the replica set has a primary and can be reached from here.',
    ]);
  }

  #unreadable(error: Error): StoreError {
    return this.#because('invalid', error, [
      `The connection string for MongoDB can not be used: ${this.#said(error)}.`,
      'Write it as mongodb://user:password@host:27017,host:27017/?replicaSet=rs0, with what is no letter or digit in the password percent-encoded.',
    ]);
  }

  /** Without what the server says: it quotes the whole command. */
  #forbidden(error: MongoError): StoreError {
    if (/requires authentication/.test(error.message)) {
      return this.#because('unavailable', error, [
        `MongoDB at ${this.hosts} lets nobody in without a user and a password.`,
        'Write them into the connection string: mongodb://user:password@host:27017/?authSource=admin.',
      ]);
    }
    return this.#because('unavailable', error, [
      `The user in the connection string may not read and write the database ${this.database} of MongoDB at ${this.hosts}.`,
      `Grant it readWrite on ${this.database}.`,
    ]);
  }

  #because(code: StoreError['code'], cause: Error, sentences: readonly string[]): StoreError {
    return new StoreError(code, sentences.join(' '), { cause });
  }

  #said(error: Error): string {
    let said = error.message.replace(/\.$/, '');
    for (const secret of this.secrets) said = said.replaceAll(secret, '***');
    return said;
  }
}

/** Also one that was made in another realm, where `instanceof` says no: the runtime's own errors under jest. */
function isError(error: unknown): error is Error {
  return Object.prototype.toString.call(error) === '[object Error]';
}

/** Broken off on its way, so that it may be tried again at once. */
function isBrokenOff(error: unknown): boolean {
  if (error instanceof MongoBulkWriteError) {
    const { writeErrors, result } = error;
    return [writeErrors].flat().length === 0 && result.getWriteConcernError() === undefined;
  }
  return (
    isOfTheNetwork(error) ||
    (error instanceof MongoNetworkError && !(error instanceof MongoNetworkTimeoutError))
  );
}

/** An error of a socket or of the name service that the driver has let through as it was. */
function isOfTheNetwork(error: unknown): error is Error {
  if (!isError(error) || error instanceof MongoError) return false;
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && (SOCKET.includes(code) || 'syscall' in error);
}

/** What is at the bottom of it: that no server was found in time says little. */
function rootOf(error: Error): Error {
  if (isError(error.cause)) return rootOf(error.cause);
  if (!(error instanceof MongoServerSelectionError)) return error;
  const servers = [...(error.reason?.servers.values() ?? [])];
  if (servers.length === 0 && error.reason?.type === 'ReplicaSetNoPrimary') {
    return new Error('no server there belongs to the replica set named in the connection string');
  }
  return servers.map((server) => server.error).find((one) => one !== null) ?? error;
}

function codeOf(error: MongoError): number | undefined {
  if (typeof error.code === 'number') return error.code;
  return error.cause instanceof MongoError ? codeOf(error.cause) : undefined;
}

/**
 * Which of a bulk's operations found their key taken, by their place in it. Anything else that went wrong with the bulk
 * is thrown: another error, or a majority that did not confirm what was written. A bulk that was broken off on its way
 * comes as the same kind of error with no operation named in it: what became of it is not known then.
 */
export function takenIn(error: unknown): readonly number[] {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const wrong = error.writeErrors as WriteError | readonly WriteError[];
  const each = Array.isArray(wrong) ? (wrong as readonly WriteError[]) : [wrong as WriteError];
  if (each.length === 0 || each.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  if (error.result.getWriteConcernError() !== undefined) throw error;
  return each.map(({ index }) => index);
}

/** True when another writer was first with this key. */
export function isTaken(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}
