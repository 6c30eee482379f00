import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventStore, openEmbeddedPublisher } from '#adapters';
import type { EmbeddedEventStore, EmbeddedPublisher } from '#adapters';
import { EventCodec, openDoor, Publishing } from '#application';
import { aggregates } from '#domain';
import { audiences, canonical, START, StoreError } from '#kernel';
import type { Batch, Publisher } from '#kernel';
import { readEnvelope, readSnapshot } from '#streams';

jest.setTimeout(60_000);

const codec = new EventCodec(aggregates, openDoor);
const schoolId = (n: number): string => `00000001-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('Publishing', () => {
  let folder: string;
  let events: EmbeddedEventStore;
  let outside: EmbeddedPublisher;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'publishing-'));
    events = openEmbeddedEventStore({ folder });
    outside = openEmbeddedPublisher({ folder });
  });
  afterEach(async () => {
    await outside.close();
    await events.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** So many facts about each of so many schools, a school after the other. */
  const history = async (schools: number, facts: number, store = events): Promise<void> => {
    for (let fact = 0; fact < facts; fact++) {
      await Promise.all(
        Array.from({ length: schools }, (_, n) => {
          const data = { schoolId: schoolId(n), pupils: 100 + fact, asAt: '2026-10-01' };
          const commandId = randomUUID();
          const metadata = {
            actor: { id: 'person-adviser-01', role: 'adviser' },
            ...{ commandId, correlationId: commandId },
          };
          const stream = `school-${schoolId(n)}`;
          const event = codec.toStore(
            stream,
            { type: 'PupilNumbersRecorded', data },
            randomUUID(),
            metadata,
          );
          return store.append(stream, 'any', [event]);
        }),
      );
    }
  };
  /** Tells until everything that is in the log now is told. */
  const tellAll = async (publisher: Publisher = outside, store = events): Promise<number> => {
    const end = await store.end();
    const ending = new AbortController();
    const publishing = new Publishing(store, publisher, codec);
    let reached = 0;
    await publishing.follow(ending.signal, () => {
      reached = publishing.position;
      if (reached >= end) ending.abort();
    });
    return reached;
  };
  const told = () =>
    audiences.flatMap((audience) =>
      outside.read(audience, 0, 100_000).map(({ text }) => readEnvelope(text)),
    );
  /** As a reader proves that nothing is missing, from what is written alone. */
  const expectWhole = (): void => {
    const last = new Map<string, { sequence: number; hash: string }>();
    for (const { text } of outside.read('public', 0, 100_000)) {
      const { key, sequence, previousHash, hash } = readEnvelope(text);
      const before = last.get(key) ?? { sequence: 0, hash: '' };
      expect({ sequence, previousHash }).toEqual({
        ...{ sequence: before.sequence + 1, previousHash: before.hash },
      });
      const { hash: _, ...rest } = JSON.parse(text) as Record<string, string>;
      expect(createHash('sha256').update(canonical(rest)).digest('hex')).toBe(hash);
      last.set(key, { sequence, hash });
    }
  };

  it('tells every event of the log in chains that can be proved, and goes on where it was', async () => {
    await history(7, 200);
    expect(await tellAll()).toBe(await events.end());
    expect(told()).toHaveLength(1_400);
    await history(7, 3);
    await tellAll();
    expect(told()).toHaveLength(1_421);
    expectWhole();
    const [snapshot] = outside.snapshots('public');
    const { sequence, state } = readSnapshot(snapshot!.text);
    expect(sequence).toBe(203);
    expect(state).toMatchObject({ pupils: 102 });
  });

  it('tells an event as soon as it is there', async () => {
    const ending = new AbortController();
    const publishing = new Publishing(events, outside, codec);
    const following = publishing.follow(ending.signal);
    await history(1, 1);
    while (publishing.position < (await events.end())) await new Promise(setImmediate);
    expect(told()).toHaveLength(1);
    ending.abort();
    await following;
  });

  it('tells nobody of long work until it has ended, and then all of it in full pages', async () => {
    const elsewhere = openEmbeddedPublisher({ folder: join(folder, 'elsewhere') });
    let batches = 0;
    const counting: Publisher = {
      resume: () => outside.resume(),
      publish: (batch) => {
        batches += 1;
        return outside.publish(batch);
      },
      close: () => Promise.resolve(),
    };
    const ending = new AbortController();
    const publishing = new Publishing(events, counting, codec);
    const following = publishing.follow(ending.signal);
    // Somebody who does not rest, and tells a folder of their own: what they have told twice over, the other could have.
    const restless = new Publishing(events, elsewhere, codec);
    const restlessly = restless.follow(ending.signal);
    await publishing.afterwards(async () => {
      for (const told of [100, 200]) {
        await history(5, 20);
        while (restless.position < (await events.end())) await new Promise(setImmediate);
        expect(elsewhere.read('public', 0, 1_000)).toHaveLength(told);
      }
      expect(told()).toEqual([]);
    });
    while (publishing.position < (await events.end())) await new Promise(setImmediate);
    expect(told()).toHaveLength(200);
    expect(batches).toBeLessThan(5);
    expectWhole();
    const broken = publishing.afterwards(async () => {
      await history(1, 1);
      throw new Error('broken off');
    });
    await expect(broken).rejects.toThrow('broken off');
    while (publishing.position < (await events.end())) await new Promise(setImmediate);
    ending.abort();
    await Promise.all([following, restlessly]);
    expect(told()).toHaveLength(201);
    await elsewhere.close();
  });

  it('ends while it waits for long work, and tells it when it begins again', async () => {
    const ending = new AbortController();
    const publishing = new Publishing(events, outside, codec);
    await publishing.afterwards(async () => {
      const following = publishing.follow(ending.signal);
      await history(2, 1);
      await new Promise(setImmediate);
      ending.abort();
      await following;
      expect(told()).toEqual([]);
    });
    await tellAll();
    expect(told()).toHaveLength(2);
  });

  it('after a failure whose outcome nobody knows, says everything and nothing else', async () => {
    await history(5, 700);
    let batches = 0;
    // Some batches are broken off: by turns before they are outside, and after.
    const broken = [2, 5, 6, 12];
    const unsteady: Publisher = {
      resume: () => outside.resume(),
      publish: async (batch: Batch) => {
        const fails = broken.includes(++batches);
        const before = batches % 2 === 0;
        if (!fails || !before) await outside.publish(batch);
        if (fails) throw new StoreError('unavailable', 'broken off');
      },
      close: () => Promise.resolve(),
    };
    let failures = 0;
    for (let done = false; !done;) {
      try {
        await tellAll(unsteady);
        done = true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'unavailable' });
        failures++;
      }
    }
    expect(failures).toBe(4);
    expect(told()).toHaveLength(3_500);
    expectWhole();
  });

  it('ends with the fault where the last hand-over fails and nothing more comes', async () => {
    await history(2, 2);
    const publishing = new Publishing(
      events,
      {
        resume: () => outside.resume(),
        publish: async (batch) => {
          if (batch.ends !== undefined) throw new StoreError('unavailable', 'no ends today');
          await outside.publish(batch);
        },
        close: () => Promise.resolve(),
      },
      codec,
    );
    const following = publishing.follow(new AbortController().signal);
    await expect(following).rejects.toMatchObject({ message: 'no ends today' });
    expect(told()).toHaveLength(4);
    await tellAll();
    expect(told()).toHaveLength(4);
    expectWhole();
    expect(outside.snapshots('public')).toHaveLength(2);
  });

  it('never has two batches under way, and asks for its place only when none is', async () => {
    await history(5, 500);
    let [under, most] = [0, 0];
    const watched: Publisher = {
      resume: () => {
        expect(under).toBe(0);
        return outside.resume();
      },
      publish: async (batch) => {
        most = Math.max(most, ++under);
        await new Promise(setImmediate);
        await outside.publish(batch);
        under--;
      },
      close: () => Promise.resolve(),
    };
    await tellAll(watched);
    expect(most).toBe(1);
    expect(under).toBe(0);
  });

  it('tells an event to each school it concerns, and knows each of its messages again', async () => {
    const schoolIds = [1, 2, 3].map(schoolId);
    const data = {
      collaborationId: schoolId(9),
      schoolIds,
      endedOn: '2026-10-01',
      reason: 'Done.',
    };
    const metadata = {
      actor: { id: 'person-adviser-01', role: 'adviser' },
      ...{ commandId: randomUUID(), correlationId: randomUUID() },
    };
    const ended = codec.toStore(
      'collaboration-9',
      { type: 'CollaborationEnded', data },
      randomUUID(),
      metadata,
    );
    await events.append('collaboration-9', 'any', [ended]);
    await tellAll();
    const first = told();
    expect(first.map(({ key }) => key)).toEqual(schoolIds);
    expect(new Set(first.map(({ id }) => id)).size).toBe(3);
    // As where the ends of the chains are outside, and where it had come to is not known.
    const lost: Publisher = {
      resume: async () => ({ ...(await outside.resume()), after: START }),
      publish: (batch) => outside.publish(batch),
      close: () => Promise.resolve(),
    };
    await history(1, 1);
    await tellAll(lost);
    expect(told()).toHaveLength(4);
  });

  it('does not go on from what was told of another log', async () => {
    await history(3, 4);
    await tellAll();
    const other = join(folder, 'other');
    const another = openEmbeddedEventStore({ folder: other });
    await expect(tellAll(outside, another)).rejects.toMatchObject({ code: 'foreign' });
    await history(3, 9, another);
    await expect(tellAll(outside, another)).rejects.toMatchObject({
      ...{ code: 'foreign', message: expect.stringMatching(/another log/) as unknown },
    });
    await another.close();
    expect(told()).toHaveLength(12);
  });

  it('begins at the start of an empty log, and waits', async () => {
    const ending = new AbortController();
    const publishing = new Publishing(events, outside, codec);
    const following = publishing.follow(ending.signal, () => {
      ending.abort();
    });
    await following;
    expect(publishing.position).toBe(START);
  });
});
