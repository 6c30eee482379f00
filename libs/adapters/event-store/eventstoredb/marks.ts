import { hash } from 'node:crypto';
import type { Supervised } from './supervised';

/** Marks looked at beside the one that was found: two processes may have made theirs in the wrong order. */
const BESIDE = 8;

/**
 * A stream of this adapter's own with signposts in it, in log order: to find a place in the log by what was recorded
 * there, without reading the log. They save work only: whatever is found is looked at in the log itself, and where there
 * are no signposts the search begins at the log's beginning.
 */
export class Marks<M extends { readonly place: number }> {
  constructor(
    private readonly server: Supervised,
    private readonly stream: string,
  ) {}

  /** Puts one up. A mark of the same place and text is the same mark. */
  async put(mark: M): Promise<void> {
    const data = JSON.stringify(mark);
    const digest = hash('sha1', `${this.stream} ${data}`);
    const id = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
    await this.server.until('put up a signpost', async (connection) => {
      const last = (await this.#read('end', 1, true))[0];
      if ((last?.mark?.place ?? -1) >= mark.place) return { done: undefined };
      const event = { id, type: this.stream, data, metadata: '{}' };
      const answer = await connection.append(this.stream, last?.revision ?? -1, [event]);
      return answer === 'conflict' ? undefined : { done: undefined };
    });
  }

  /** A mark at or before what is looked for, and not far from it; undefined when there is none before it. */
  async before(isBefore: (mark: M) => boolean): Promise<M | undefined> {
    return this.server.again('find a place in the log', async () => {
      const last = (await this.#read('end', 1, true))[0];
      if (last === undefined) return undefined;
      if (last.mark !== undefined && isBefore(last.mark)) return last.mark;
      // The first mark that is not before it lies in (low, high].
      let [low, high] = [-1, last.revision];
      while (high - low > BESIDE) {
        const middle = (low + high) >> 1;
        const found = (await this.#read(middle, 1))[0];
        if (found?.mark === undefined || isBefore(found.mark)) low = middle;
        else high = middle;
      }
      const around = await this.#read(Math.max(0, low - BESIDE), high - low + 2 * BESIDE);
      const marks = around.flatMap(({ mark }) => mark ?? []);
      const first = marks.findIndex((mark) => !isBefore(mark));
      return marks[first === -1 ? marks.length - 1 : first - 1];
    });
  }

  async #read(
    from: number | 'end',
    limit: number,
    backwards = false,
  ): Promise<readonly { readonly revision: number; readonly mark: M | undefined }[]> {
    const read = { stream: this.stream, from, limit, backwards };
    const events = (await this.server.now.readStream(read)) ?? [];
    return events.map(({ revision, data }) => ({
      revision,
      mark: isMark(data) ? (data as M) : undefined,
    }));
  }
}

/** What cannot be read is no signpost. */
const isMark = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'place' in data && typeof data.place === 'number';
