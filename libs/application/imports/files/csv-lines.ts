import type { Readable } from 'node:stream';

/** One physical line, still in bytes, without its line end. */
export interface Line {
  readonly number: number;
  readonly bytes: Buffer;
  /** An odd number of quotes: a quoted field begins or ends here without its other end. */
  readonly oddQuotes: boolean;
  /** Longer than `MAX_LINE_BYTES`; the bytes were dropped. */
  readonly tooLong: boolean;
}

/** No line of the national files comes near this; it bounds the memory a file without line ends can take. */
export const MAX_LINE_BYTES = 1 << 20;

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const NOTHING = Buffer.alloc(0);

/** Cuts a stream into physical lines, a batch a chunk. Quote and line feed are the same byte in windows-1252 and UTF-8. */
export async function* linesOf(source: Readable): AsyncGenerator<Line[]> {
  let rest: Buffer = NOTHING;
  let number = 1;
  let odd = false;
  let dropping = false;

  const line = (bytes: Buffer): Line => {
    const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
    const made = {
      number,
      bytes: bytes.subarray(0, end),
      oddQuotes: odd && !dropping,
      tooLong: dropping,
    };
    number += 1;
    odd = false;
    dropping = false;
    return made;
  };

  for await (const piece of source) {
    const chunk = Buffer.isBuffer(piece) ? piece : Buffer.from(piece as Uint8Array);
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: Line[] = [];
    let start = 0;
    for (let at = rest.length; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) odd = !odd;
      else if (byte === LINE_FEED) {
        lines.push(line(dropping ? NOTHING : bytes.subarray(start, at)));
        start = at + 1;
      }
    }
    rest = bytes.subarray(start);
    if (dropping || rest.length > MAX_LINE_BYTES) {
      dropping = true;
      rest = NOTHING;
    }
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0 || dropping) yield [line(rest)];
}
