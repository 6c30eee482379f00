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
  const cutter = new LineCutter();
  for await (const piece of source) {
    const lines = cutter.push(Buffer.isBuffer(piece) ? piece : Buffer.from(piece as Uint8Array));
    if (lines.length > 0) yield lines;
  }
  const last = cutter.rest();
  if (last) yield [last];
}

class LineCutter {
  private held: Buffer = NOTHING;
  private number = 1;
  private odd = false;
  /** The line held has grown too long and its bytes are thrown away as they come. */
  private dropping = false;

  push(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte === QUOTE) this.odd = !this.odd;
      else if (byte === LINE_FEED) {
        lines.push(this.line(this.withHeld(chunk.subarray(start, at))));
        this.held = NOTHING;
        start = at + 1;
      }
    }
    this.held = this.withHeld(chunk.subarray(start));
    this.dropping ||= this.held.length > MAX_LINE_BYTES;
    if (this.dropping) this.held = NOTHING;
    return lines;
  }

  /** Only the one line that two chunks share is put together anew; the others are parts of their chunk. */
  private withHeld(bytes: Buffer): Buffer {
    return this.held.length === 0 ? bytes : Buffer.concat([this.held, bytes]);
  }

  /** What follows the last line feed. */
  rest(): Line | undefined {
    return this.held.length > 0 || this.dropping ? this.line(this.held) : undefined;
  }

  private line(bytes: Buffer): Line {
    const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
    const tooLong = this.dropping || end > MAX_LINE_BYTES;
    const kept = tooLong ? NOTHING : bytes.subarray(0, end);
    const made = { number: this.number, bytes: kept, oddQuotes: this.odd && !tooLong, tooLong };
    this.number += 1;
    this.odd = false;
    this.dropping = false;
    return made;
  }
}
