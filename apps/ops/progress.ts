import { SingleBar } from 'cli-progress';

/** How far a piece of work has come. */
export interface Progress {
  at(done: number, of: number): void;
  end(): void;
}

/** Seconds between two lines where nobody watches. */
const EVERY = 2;

/** A bar for whoever watches a terminal, a line now and then for a log; both on stderr, so that stdout is the report's. */
export function progressOf(what: string): Progress {
  if (!process.stderr.isTTY) return lines(what);
  const bar = new SingleBar({
    format: `${what} [{bar}] {percentage}% | {value} of {total} | {eta} s left`,
    stream: process.stderr,
    hideCursor: true,
  });
  let begun = false;
  return {
    at: (done, of) => {
      if (begun) bar.setTotal(of);
      else bar.start(of, done);
      begun = true;
      bar.update(done);
    },
    end: () => bar.stop(),
  };
}

function lines(what: string): Progress {
  let next = 0;
  return {
    at: (done, of) => {
      if (performance.now() < next && done < of) return;
      next = performance.now() + EVERY * 1000;
      process.stderr.write(`${what}: ${done} of ${of}\n`);
    },
    end: () => undefined,
  };
}
