import { join } from 'node:path';
import { openEmbeddedEventStore } from '#adapters';
import type { NewEvent } from '#kernel';
import { BARE_INSERT, bareLog, toAppend } from './ground';
import { historyOf } from './history';
import type { Figure } from './measuring';
import { figureOf, timed, turnAbout } from './measuring';

const SCHOOLS = 236;
const ONE_BY_ONE = { rounds: 15, count: 100, limit: { atLeast: 0.85 } };
const TOGETHER = { rounds: 15, count: 1_280, limit: { atLeast: 0.6 } };
const AT_ONCE = 64;

interface ToAppend {
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
    Array.from({ length: count }, () => events.next().value as ToAppend);

  const last = new Map<string, number>();
  const append = async ({ stream, event }: ToAppend): Promise<void> => {
    const revision = last.get(stream);
    const answer = await store.append(stream, revision ?? 'none', [event]);
    if (!answer.appended) throw new Error(`The store refused an append: ${answer.reason}.`);
    last.set(stream, answer.revision);
  };
  let position = 0;
  const lastBare = new Map<string, number>();
  const bareRows = (count: number) =>
    next(count).map(({ stream, event: { id, type, data, metadata } }) => {
      const revision = (lastBare.get(stream) ?? -1) + 1;
      lastBare.set(stream, revision);
      return [
        ++position,
        stream,
        revision,
        id,
        type,
        Date.now(),
        JSON.stringify(data),
        JSON.stringify(metadata),
      ] as const;
    });

  // Many first: what is measured singly then runs in compiled code, as it does in a service.
  const grouped = await turnAbout(
    TOGETHER.rounds,
    () => {
      const wanted = next(TOGETHER.count);
      return timed(wanted.length, async () => {
        for (let i = 0; i < wanted.length; i += AT_ONCE)
          await Promise.all(wanted.slice(i, i + AT_ONCE).map(append));
      });
    },
    () => {
      const rows = bareRows(TOGETHER.count);
      return timed(rows.length, () => {
        for (let i = 0; i < rows.length; i += AT_ONCE) {
          begin.run();
          for (const row of rows.slice(i, i + AT_ONCE)) insert.run(...row);
          commit.run();
        }
      });
    },
  );
  const single = await turnAbout(
    ONE_BY_ONE.rounds,
    () => {
      const wanted = next(ONE_BY_ONE.count);
      return timed(wanted.length, async () => {
        for (const one of wanted) await append(one);
      });
    },
    () => {
      const rows = bareRows(ONE_BY_ONE.count);
      return timed(rows.length, () => {
        for (const row of rows) {
          begin.run();
          insert.run(...row);
          commit.run();
        }
      });
    },
  );
  await store.close();
  db.close();
  return [
    figureOf('Durable appends, one at a time', single, ONE_BY_ONE),
    figureOf('Durable appends, 64 at once', grouped, TOGETHER),
  ];
}

/** Single events without end, never two of one stream among 64 that follow each other. */
function* spread(): Generator<ToAppend, never> {
  for (let lap = 0; ; lap++) {
    const waiting = new Map<string, NewEvent[]>();
    for (const batch of historyOf(SCHOOLS, SCHOOLS * 25)) {
      const stream = `lap-${lap}-${batch.stream}`;
      const queue = waiting.get(stream);
      if (queue === undefined) waiting.set(stream, [...toAppend(batch)]);
      else queue.push(...toAppend(batch));
    }
    while (waiting.size >= AT_ONCE) {
      for (const [stream, queue] of waiting) {
        const event = queue.shift();
        if (event === undefined) waiting.delete(stream);
        else yield { stream, event };
      }
    }
  }
}
