import { SingleBar } from 'cli-progress';

/** How far a piece of work has come. */
export interface Progress {
  /** `says` stands in the place of the two numbers where they are not what people count in. */
  at(done: number, of: number, says?: string): void;
  end(): void;
}

/** Seconds between two lines where nobody watches. */
const EVERY = 2;

/** A bar for whoever watches a terminal, a line now and then for a log; both on stderr, so that stdout is the report's. */
export function progressOf(what: string): Progress {
  if (!process.stderr.isTTY) return lines(what);
  let bar: SingleBar | undefined;
  return {
    at: (done, of, says) => {
      if (bar === undefined) {
        bar = barOf(
          `${what} [{bar}] {percentage}% | ${says === undefined ? '{value} of {total} | {eta} s left' : '{says}'}`,
        );
        bar.start(of, done, { says });
      } else bar.setTotal(of);
      bar.update(done, { says });
    },
    end: () => bar?.stop(),
  };
}

const barOf = (format: string): SingleBar =>
  new SingleBar({ format, stream: process.stderr, hideCursor: true });

function lines(what: string): Progress {
  let next = 0;
  return {
    at: (done, of, says = `${done} of ${of}`) => {
      if (performance.now() < next && done < of) return;
      next = performance.now() + EVERY * 1000;
      process.stderr.write(`${what}: ${says}\n`);
    },
    end: () => undefined,
  };
}
