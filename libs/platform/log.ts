import pino from 'pino';
import { StoreError } from '#kernel';

/** JSON lines. Ids, codes and positions only: never a person's name, never free text out of an event. */
export type Log = pino.Logger;

export function logTo(level: string): Log {
  // stderr, so that what a command prints on stdout stays its own.
  const destination = pino.destination({ dest: 2, sync: true });
  return pino({ level, base: null, serializers: { err: saying } }, destination);
}

/** Trouble of a store is foreseen, and its sentence says all there is to say; of anything else the stack is wanted. */
const saying = (error: unknown): unknown =>
  error instanceof StoreError
    ? { type: error.name, code: error.code, message: error.message }
    : pino.stdSerializers.err(error as Error);
