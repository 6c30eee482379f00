import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { StoreError } from '#kernel';
import { isBusy, storeErrorFrom } from './trouble';

/** The side file whose lock says "this folder has a writer". Nothing is ever written to it. */
const LOCK_FILE = 'writer.lock';

/**
 * Takes the one writer's place in a data folder and holds it until the answer is closed or the process ends, in whatever
 * way: it is the operating system's lock under an open SQLite transaction, so nothing is left behind by kill -9 and
 * no process id is ever believed. Nothing else may open this file: on POSIX, closing any handle of it drops the lock.
 * @throws StoreError 'second-writer' when the place is taken, 'unavailable' when the folder cannot be written.
 */
export function lockForWriting(folder: string): DatabaseSync {
  const file = join(folder, LOCK_FILE);
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (!isBusy(error)) throw storeErrorFrom(error, file);
    throw new StoreError(
      'second-writer',
      `Another process is already writing to ${folder}, and an event store has one writer. Stop that process first, ` +
        'let it do the work, or open the store for reading only.',
      { cause: error },
    );
  }
}
