import { StoreError } from '#kernel';
import { ConfigFault } from './config';

/** How long a process gives itself to finish what it has in hand, in milliseconds. */
const STOP_WITHIN = 10_000;

/** The life of a process, from its start to the signal that ends it. */
export interface Life {
  /** Aborted as soon as the process is asked to end: nothing long is begun any more. */
  readonly stopping: AbortSignal;
  /**
   * What is to be done at the end; of several, the one named last is done first. `doing` says what is being done, for the
   * line that tells what was cut off when time ran out.
   */
  atEnd(doing: () => string, end: () => void | Promise<void>): void;
}

interface Ending {
  readonly doing: () => string;
  readonly end: () => void | Promise<void>;
}

/**
 * Runs a process. SIGTERM or SIGINT ends it in order, with exit code 0; a second signal, or `STOP_WITHIN` running out,
 * ends it on the spot with a line that says what was cut off, and exit code 1. A start that fails ends with 1 and, where
 * the fault is one of the settings or the stores, with its sentence alone.
 */
export function run(start: (life: Life) => Promise<void>): void {
  const stopping = new AbortController();
  const endings: Ending[] = [];
  let doing = (): string => 'starting';

  const inOrder = async (): Promise<void> => {
    for (let ending = endings.pop(); ending !== undefined; ending = endings.pop()) {
      doing = ending.doing;
      await ending.end();
    }
  };
  const cutOff = (because: string): void => {
    console.error(`${because}; cut off while ${doing()}.`);
    process.exit(1);
  };
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping.signal.aborted) {
      cutOff(`Ended by a second signal, ${signal}`);
      return;
    }
    stopping.abort();
    setTimeout(() => {
      cutOff(`Ended ${STOP_WITHIN / 1000} s after ${signal}, which is the bound`);
    }, STOP_WITHIN).unref();
    inOrder().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error instanceof StoreError ? error.message : error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);

  const life: Life = {
    stopping: stopping.signal,
    atEnd: (what, end) => endings.push({ doing: what, end }),
  };
  start(life).catch((error: unknown) => {
    // Told to end before it had begun: what broke off then is no fault.
    if (stopping.signal.aborted) return;
    console.error(isForeseen(error) ? error.message : error);
    // Whatever had been opened by then must not keep a process alive that serves nobody.
    process.exit(1);
  });
}

const isForeseen = (error: unknown): error is Error =>
  error instanceof ConfigFault || error instanceof StoreError;
