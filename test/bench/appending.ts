import { join } from 'node:path';
import { openEmbeddedEventStore } from '#adapters';
import type { NewEvent } from '#kernel';
import { BARE_INSERT, bareLog, toAppend } from './ground';
import { historyOf } from './history';
import type { Done, Figure } from './measuring';
import { figureOf, timed, turnAbout } from './measuring';

const SCHOOLS = 236;
/** `atOnce` appends under way together; `limit` in proportion to the bare loop. */
const WAYS = [
  // Many first: what is measured singly then runs in compiled code, as it does in a service.
  {
    what: 'Durable appends, 64 at once',
    atOnce: 64,
    rounds: 20,
    count: 1_280,
    limit: { atLeast: 0.6 },
  },
  {
    what: 'Durable appends, one at a time',
    atOnce: 1,
    rounds: 60,
    count: 40,
    limit: { atLeast: 0.85 },
  },
] as const;
/** Two events of one stream are never nearer to each other than this. */
const APART = 64;

export interface ToAppend {
  readonly stream: string;
  readonly event: NewEvent;
}

/** Durable appends of one event each through the port, beside bare inserts of the same rows into the same table. */
export async function appending(folder: string): Promise<readonly Figure[]> {
  const store = openEmbeddedEventStore({ folder: join(folder, 'ours') });
  const db = await bareLog(join(folder, 'bare'));
  const [begin, insert, commit] = [
    db.prepare('BEGIN IMMEDIATE'),
    db.prepare(BARE_INSERT),
    db.prepare('COMMIT'),
  ];
  const events = spread();
  const next = (count: number): readonly ToAppend[] =>
    Array.from({ length: count }, () => events.next().value);

  const last = new Map<string, number>();
  const append = async ({ stream, event }: ToAppend): Promise<void> => {
    const revision = last.get(stream);
    const answer = await store.append(stream, revision ?? 'none', [event]);
    if (!answer.appended) throw new Error(`The store refused an append: ${answer.reason}.`);
    last.set(stream, answer.revision);
  };
  const ours = async (count: number, atOnce: number): Promise<Done> => {
    const wanted = next(count);
    return timed(count, async () => {
      for (let i = 0; i < count; i += atOnce)
        await Promise.all(wanted.slice(i, i + atOnce).map(append));
    });
  };

  let position = 0;
  const lastBare = new Map<string, number>();
  const bare = async (count: number, atOnce: number, textReady: boolean): Promise<Done> => {
    const rows = next(count).map(({ stream, event: { id, type, data, metadata } }) => {
      const revision = (lastBare.get(stream) ?? -1) + 1;
      lastBare.set(stream, revision);
      const asText = () => [JSON.stringify(data), JSON.stringify(metadata)] as const;
      const ready = textReady ? asText() : undefined;
      return () => {
        insert.run(++position, stream, revision, id, type, Date.now(), ...(ready ?? asText()));
      };
    });
    return timed(count, () => {
      for (let i = 0; i < count; i += atOnce) {
        begin.run();
        for (const write of rows.slice(i, i + atOnce)) write();
        commit.run();
      }
    });
  };

  const figures: Figure[] = [];
  for (const { what, atOnce, rounds, count, limit } of WAYS) {
    const beside = (textReady: boolean) =>
      turnAbout(
        rounds,
        () => ours(count, atOnce),
        () => bare(count, atOnce, textReady),
      );
    figures.push(
      figureOf(what, await beside(false), { limit }),
      figureOf(`${what}; the bare loop finds its text ready made`, await beside(true)),
    );
  }
  await store.close();
  db.close();
  return figures;
}

/** Single events without end, never two of one stream near each other. */
export function* spread(): Generator<ToAppend, never> {
  for (let lap = 0; ; lap++) {
    const waiting = new Map<string, NewEvent[]>();
    for (const batch of historyOf(SCHOOLS, SCHOOLS * 25)) {
      const stream = `lap-${lap}-${batch.stream}`;
      const queue = waiting.get(stream);
      if (queue === undefined) waiting.set(stream, [...toAppend(batch)]);
      else queue.push(...toAppend(batch));
    }
    while (waiting.size >= APART) {
      for (const [stream, queue] of waiting) {
        const event = queue.shift();
        if (event === undefined) waiting.delete(stream);
        else yield { stream, event };
      }
    }
  }
}
