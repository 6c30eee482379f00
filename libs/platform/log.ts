import pino from 'pino';

/** JSON lines. Ids, codes and positions only: never a person's name, never free text out of an event. */
export type Log = pino.Logger;

export function logTo(level: string): Log {
  // stderr, so that what a command prints on stdout stays its own.
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
}
