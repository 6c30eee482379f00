import { writeSync } from 'node:fs';
import { type FileHandle, open, readFile, truncate } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** What a record is to the store: an event, or something that only the log itself needs, which still takes up room. */
export const KIND = { event: 1, own: 2, scavenge: 3 } as const;
/** Ends an append: records since the last that had it belong together, and are there together or not at all. */
const LAST = 1;
const HEADER = 10;

export interface LogRecord {
  /** Where it begins in the file, in bytes: its position, for good. */
  readonly position: number;
  /** Where the next one begins. */
  readonly next: number;
  readonly kind: number;
  readonly body: Buffer;
}

/** Length of the body, CRC-32 of what follows it, kind, flags, body. */
function framed(kind: number, last: boolean, body: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(HEADER + body.length);
  frame.writeUInt32LE(body.length, 0);
  frame.writeUInt8(kind, 8);
  frame.writeUInt8(last ? LAST : 0, 9);
  body.copy(frame, HEADER);
  frame.writeUInt32LE(crc32(frame.subarray(8)), 4);
  return frame;
}

/** The whole appends in `bytes`. What is torn at the end was never acknowledged. */
function recordsIn(bytes: Buffer): { records: LogRecord[]; end: number } {
  const records: LogRecord[] = [];
  let whole = { count: 0, end: 0 };
  for (let at = 0; at + HEADER <= bytes.length;) {
    const next = at + HEADER + bytes.readUInt32LE(at);
    if (next > bytes.length || crc32(bytes.subarray(at + 8, next)) !== bytes.readUInt32LE(at + 4)) {
      break;
    }
    const body = bytes.subarray(at + HEADER, next);
    records.push({ position: at, next, kind: bytes.readUInt8(at + 8), body });
    if ((bytes.readUInt8(at + 9) & LAST) !== 0) whole = { count: records.length, end: next };
    at = next;
  }
  return { records: records.slice(0, whole.count), end: whole.end };
}

/**
 * One file that only grows. Appends that come while the disk is busy go to it together (one fdatasync for all); none is
 * durable, and so none is acknowledged or shown to a reader, before that.
 */
export class LogFile {
  #waiting: Buffer[] = [];
  #end: number;
  #durable: number;
  #flushing: Promise<void> | undefined;

  private constructor(
    private readonly file: FileHandle,
    end: number,
    private readonly onDurable: () => void,
  ) {
    this.#end = end;
    this.#durable = end;
  }

  static async open(
    path: string,
    onDurable: () => void,
  ): Promise<{ log: LogFile; records: LogRecord[] }> {
    const file = await open(path, 'a');
    const bytes = await readFile(path);
    const { records, end } = recordsIn(bytes);
    if (end < bytes.length) {
      await truncate(path, end);
      await file.datasync();
    }
    return { log: new LogFile(file, end, onDurable), records };
  }

  /** Where the next record will begin. */
  get end(): number {
    return this.#end;
  }

  /** Everything before this is on the disk. */
  get durable(): number {
    return this.#durable;
  }

  write(kind: number, last: boolean, body: Buffer): LogRecord {
    const position = this.#end;
    this.#waiting.push(framed(kind, last, body));
    this.#end += HEADER + body.length;
    return { position, next: this.#end, kind, body };
  }

  /** Resolves when everything written so far is on the disk. */
  async flushed(): Promise<void> {
    const upTo = this.#end;
    while (this.#durable < upTo) await (this.#flushing ??= this.#flush());
  }

  async close(): Promise<void> {
    await this.flushed();
    await this.file.close();
  }

  async #flush(): Promise<void> {
    const [chunk, upTo] = [Buffer.concat(this.#waiting), this.#end];
    this.#waiting = [];
    // Into the system's memory at once, which takes no time; what takes time is to have it on the disk.
    for (let done = 0; done < chunk.length;) done += writeSync(this.file.fd, chunk, done);
    await this.file.datasync();
    this.#durable = upTo;
    this.#flushing = undefined;
    this.onDurable();
  }
}
