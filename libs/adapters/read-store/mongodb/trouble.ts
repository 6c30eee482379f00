import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoInvalidArgumentError,
  MongoNotConnectedError,
  MongoParseError,
  MongoServerError,
  MongoTopologyClosedError,
  type WriteError,
} from 'mongodb';
import { StoreError } from '#kernel';
import { refused } from '../page';

/** Codes of MongoDB's errors that mean something to us. */
const UNAUTHORIZED = 13;
const AUTHENTICATION_FAILED = 18;
const DUPLICATE_KEY = 11000;
const OUT_OF_DISK_SPACE = 14031;
const TOO_LARGE = [10334, 17280, 17419, 17420];
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
    if (error instanceof RangeError || (error instanceof Error && error.name === 'BSONError')) {
      return new StoreError(
        'invalid',
        `A document or a query is beyond what MongoDB takes: ${this.#said(error)}`,
        { cause: error },
      );
    }
    return error instanceof MongoError ? this.#ofTheDriver(error) : error;
  }

  async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.explained(error);
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
    if (error instanceof MongoParseError || error instanceof MongoInvalidArgumentError) {
      return this.#because('invalid', error, [
        `The connection string for MongoDB can not be used: ${this.#said(error)}.`,
        'Write it as mongodb://user:password@host:27017,host:27017/?replicaSet=rs0, with what is no letter or digit in the password percent-encoded.',
      ]);
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
    return this.#because('unavailable', error, [
      `MongoDB at ${this.hosts} can not be used now: ${this.#said(rootOf(error))}.`,
      'It is safe to try again; if it stays so, look whether the replica set has a primary and can be reached from here.',
    ]);
  }

  #forbidden(error: MongoError): StoreError {
    return this.#because('unavailable', error, [
      `This user may not do that in the database ${this.database} of MongoDB at ${this.hosts}: ${this.#said(error)}.`,
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

/** What is at the bottom of it: a selection error only says that time ran out. */
function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}

function codeOf(error: MongoError): number | undefined {
  if (typeof error.code === 'number') return error.code;
  return error.cause instanceof MongoError ? codeOf(error.cause) : undefined;
}

/**
 * Which of a bulk's operations found their key taken, by their place in it. Anything else that went wrong with the bulk
 * is thrown: another error, or a majority that did not confirm what was written.
 */
export function takenIn(error: unknown): readonly number[] {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const wrong = error.writeErrors as WriteError | readonly WriteError[];
  const each = Array.isArray(wrong) ? (wrong as readonly WriteError[]) : [wrong as WriteError];
  if (each.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  if (error.result.getWriteConcernError() !== undefined) throw error;
  return each.map(({ index }) => index);
}

/** True when another writer was first with this key. */
export function isTaken(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}
