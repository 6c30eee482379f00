import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { openEmbeddedEventStore } from '#adapters';
import type { EmbeddedEventStore, EmbeddedEventStoreOptions } from '#adapters';
import { START } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { eventStoreContract } from './event-store';
import { DataFolder, newFolder, transactionsIn, wholeLog } from './event-store-folder';
import { anEvent, refusal } from './event-store-ground';

type StoreWarning = Parameters<NonNullable<EmbeddedEventStoreOptions['log']>>[0];

const emptyStore = () => {
  const folder = newFolder();
  let store = openEmbeddedEventStore({ folder });
  return Promise.resolve({
    store,
    reopen: async () => {
      await store.close();
      store = openEmbeddedEventStore({ folder });
      return store;
    },
    dispose: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
};
eventStoreContract('The embedded store', emptyStore, emptyStore);

describe('The embedded event store', () => {
  let t: DataFolder;

  beforeEach(() => {
    t = new DataFolder();
  });
  afterEach(() => t.remove());

  it('numbers positions 1, 2, 3 … without gaps, refusals in between or not, and goes on after a restart', async () => {
    const asked = async (store: EmbeddedEventStore) => {
      await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          store.append(`s-${i % 5}`, i % 3 === 0 ? 'none' : 'any', [anEvent(), anEvent()]),
        ),
      );
    };
    const first = t.open();
    await asked(first);
    await first.close();
    const second = t.open();
    await asked(second);
    const positions = (await wholeLog(second)).map((event) => event.position);
    expect(positions.length).toBeGreaterThan(50);
    expect(positions).toEqual(positions.map((_, i) => i + 1));
  });

  it('gives appends of the same turn one transaction, and appends of different turns one each', async () => {
    const store = t.open();
    const before = transactionsIn(t.file);
    await Promise.all(
      Array.from({ length: 64 }, (_, i) => store.append(`s-${i}`, 'none', [anEvent()])),
    );
    expect(transactionsIn(t.file) - before).toBe(1);
    for (let i = 0; i < 5; i++) await store.append('s-0', 'any', [anEvent()]);
    expect(transactionsIn(t.file) - before).toBe(6);
  });

  it('has what was appended in one go in the file itself when that has ended, whatever came of the work', async () => {
    const store = t.open();
    const inTheFile = async () => {
      const other = new DataFolder();
      copyFileSync(t.file, other.file);
      const events = await wholeLog(other.open());
      await other.remove();
      return events;
    };
    await store.append('s', 'any', [anEvent()]);
    await store.inOneGo(async () => {
      for (let i = 0; i < 20; i++) await store.append('s', 'any', [anEvent(), anEvent()]);
    });
    expect(await inTheFile()).toEqual(await wholeLog(store));
    const broken = store.inOneGo(async () => {
      await store.append('s', 'any', [anEvent()]);
      throw new Error('broken off');
    });
    await expect(broken).rejects.toThrow('broken off');
    expect(await inTheFile()).toHaveLength(42);
    await expect(t.open({ readOnly: true }).inOneGo(() => Promise.resolve())).rejects.toThrow(
      refusal('read-only', /for reading only/),
    );
  });

  it('hands a subscriber what comes turn after turn as few pages, and what comes alone as its own', async () => {
    const store = t.open();
    const ending = new AbortController();
    const pages: number[] = [];
    let heard = Promise.withResolvers();
    const listening = (async () => {
      for await (const { events } of store.subscribe({ after: START, signal: ending.signal })) {
        pages.push(events.length);
        if (pages.reduce((sum, n) => sum + n, 0) >= 202) ending.abort();
        heard.resolve(undefined);
      }
    })();
    await heard.promise;
    for (let i = 0; i < 2; i++) {
      heard = Promise.withResolvers();
      await store.append('s', 'any', [anEvent()]);
      await heard.promise;
    }
    expect(pages).toEqual([0, 1, 1]);
    for (let i = 0; i < 200; i++) await store.append('s', 'any', [anEvent()]);
    await listening;
    expect(pages.length).toBeLessThan(100);
  });

  it('writes nothing to the disk for what it refuses or has already', async () => {
    const store = t.open();
    const event = anEvent();
    await store.append('s', 'none', [event]);
    const before = transactionsIn(t.file);
    await store.append('s', 'none', [event]);
    await store.append('s', 'any', [event]);
    await store.append('s', 'none', [anEvent()]);
    await store.append('other', 'any', [event]);
    expect(transactionsIn(t.file)).toBe(before);
  });

  it('takes more appends at once than fit in one transaction', async () => {
    const store = t.open();
    const answers = await Promise.all(
      Array.from({ length: 1_500 }, (_, i) => store.append(`s-${i}`, 'none', [anEvent()])),
    );
    expect(answers.map((answer) => answer.appended && answer.position)).toEqual(
      answers.map((_, i) => i + 1),
    );
  });

  it('refuses an append too large for one transaction, and its neighbour goes in', async () => {
    const store = t.open();
    const [large, small] = await Promise.allSettled([
      store.append('s', 'any', [anEvent({ words: 'x'.repeat(5_000_000) })]),
      store.append('s', 'any', [anEvent()]),
    ]);
    expect(large).toMatchObject({ status: 'rejected', reason: { code: 'invalid' } });
    expect(small).toMatchObject({ status: 'fulfilled', value: { appended: true, position: 1 } });
  });

  it('reads a stream and a page longer than one window whole', async () => {
    const store = t.open();
    for (let i = 0; i < 25; i++) {
      await store.append(
        's',
        'any',
        Array.from({ length: 100 }, () => anEvent()),
      );
    }
    const forwards = await store.readStream('s');
    expect(forwards.map((event) => event.revision)).toEqual(
      Array.from({ length: 2_500 }, (_, i) => i),
    );
    expect(await store.readStream('s', { direction: 'backwards' })).toEqual(forwards.toReversed());
    expect(await store.readStream('s', { from: 10, limit: 2_000 })).toEqual(
      forwards.slice(10, 2_010),
    );
    expect((await store.readLog(START, { limit: 2_100 })).events).toEqual(forwards.slice(0, 2_100));
  });

  it('lets other work through after every few hundred events that a filter leaves out', async () => {
    await t.longHistory(50_000);
    const store = t.open();
    let turns = 0;
    const tick = (): void => {
      turns++;
      next = setImmediate(tick);
    };
    let next = setImmediate(tick);
    const filter = { types: ['NeverHappened'], streamPrefixes: ['x'] };
    const page = await store.readLog(START, { filter });
    clearImmediate(next);
    expect(page).toEqual({ events: [], scannedTo: 50_000, atEnd: true });
    expect(turns).toBeGreaterThanOrEqual(99);
  });

  it('tells a subscriber how far it has looked while nothing passes its filter', async () => {
    await t.longHistory(50_000);
    const pages: [number, boolean][] = [];
    for await (const page of t.open().subscribe({
      after: START,
      filter: { types: ['NeverHappened'] },
    })) {
      pages.push([page.scannedTo, page.atEnd]);
      if (page.atEnd) break;
    }
    expect(pages).toEqual([
      [20_000, false],
      [40_000, false],
      [50_000, true],
    ]);
  });

  it('delivers nothing when a subscription is aborted while it looks for its next page', async () => {
    await t.longHistory(50_000);
    const stop = new AbortController();
    const pages = t.open().subscribe({ after: START, signal: stop.signal, pageSize: 10_000 });
    const first = pages.next();
    setImmediate(() => {
      stop.abort();
    });
    expect(await first).toEqual({ done: true, value: undefined });
  });

  describe('recorded time', () => {
    const at = (time: string): number => Date.parse(`2026-11-23T${time}Z`);

    it('stands still while the clock is set back, says so once, and goes on when the clock has caught up', async () => {
      let now = at('10:00:00.000');
      const warnings: StoreWarning[] = [];
      const options = { clock: () => now, log: (warning: StoreWarning) => warnings.push(warning) };
      const append = async (store: EmbeddedEventStore, time: string) => {
        now = at(time);
        await store.append('s', 'any', [anEvent()]);
      };
      const first = t.open(options);
      await append(first, '10:00:00.000');
      await append(first, '09:00:00.000');
      await append(first, '09:30:00.000');
      await append(first, '10:00:01.000');
      await append(first, '09:59:00.000');
      await first.close();
      const second = t.open(options);
      await append(second, '08:00:00.000');
      await append(second, '10:00:02.000');

      expect((await second.readStream('s')).map((event) => event.recordedAt.slice(11, 23))).toEqual(
        [
          '10:00:00.000',
          '10:00:00.000',
          '10:00:00.000',
          '10:00:01.000',
          '10:00:01.000',
          '10:00:01.000',
          '10:00:02.000',
        ],
      );
      expect(
        warnings.map(({ code, clock, recordedAs }) => [
          code,
          clock.slice(11, 19),
          recordedAs.slice(11, 19),
        ]),
      ).toEqual([
        ['clock-set-back', '09:00:00', '10:00:00'],
        ['clock-set-back', '09:59:00', '10:00:01'],
        ['clock-set-back', '08:00:00', '10:00:01'],
      ]);
    });

    it('finds positions between, at and beyond recorded instants', async () => {
      const times = [
        '10:00:00.000',
        '10:00:00.000',
        '10:00:00.005',
        '10:00:07.000',
        '10:00:07.000',
        '11:00:00.000',
      ];
      let now = 0;
      const store = t.open({ clock: () => now });
      expect(await store.positionAt('2026-11-23T10:00:00.000Z')).toBe(START);
      for (const time of times) {
        now = at(time);
        await store.append('s', 'any', [anEvent()]);
      }
      for (const time of [
        '09:59:59.999',
        ...times,
        '10:00:00.004',
        '10:00:00.006',
        '10:30:00.000',
        '12:00:00.000',
      ]) {
        const expected = times.filter((recorded) => recorded <= time).length;
        expect([time, await store.positionAt(`2026-11-23T${time}Z`)]).toEqual([time, expected]);
      }
    });
  });

  describe('a full disk', () => {
    it('is an answer to everybody in the group, and what was stored stays readable', async () => {
      const store = t.open({ maxBytes: 400_000 });
      const fillUp = async (): Promise<void> => {
        for (;;) await store.append('s', 'any', [anEvent({ words: 'x'.repeat(20_000) })]);
      };
      await expect(fillUp()).rejects.toThrow(refusal('disk-full', /Free space/));
      const before = await store.end();
      const group = await Promise.allSettled([
        store.append('a', 'none', [anEvent({ words: 'x'.repeat(100_000) })]),
        store.append('b', 'none', [anEvent({ words: 'x'.repeat(100_000) })]),
      ]);
      expect(group).toMatchObject([
        { status: 'rejected', reason: { code: 'disk-full' } },
        { status: 'rejected', reason: { code: 'disk-full' } },
      ]);
      expect(await store.end()).toBe(before);
      expect(await store.readStream('a')).toEqual([]);
      await store.close();

      const again = t.open({ maxBytes: 4_000_000 });
      expect(await wholeLog(again)).toHaveLength(before);
      expect(await again.append('a', 'none', [anEvent()])).toMatchObject({
        appended: true,
        position: before + 1,
      });
    });
  });

  describe('one writer, many readers', () => {
    it('refuses a second writer with a sentence, and lets it in when the first has closed', async () => {
      const first = t.open();
      expect(() => t.open()).toThrow(refusal('second-writer', /one writer/));
      await first.append('s', 'none', [anEvent()]);
      await first.close();
      expect(await t.open().end()).toBe(1);
    });

    it('leaves the lock when it refuses the file', () => {
      writeFileSync(t.file, 'not ours, and long enough to be looked at');
      expect(() => t.open()).toThrow(refusal('foreign'));
      rmSync(t.file);
      expect(() => t.open()).not.toThrow();
    });

    it('a reader sees what is committed, follows the log, and may not append', async () => {
      const writer = t.open();
      await writer.append('s', 'none', [anEvent()]);
      const reader = t.open({ readOnly: true });
      expect(await wholeLog(reader)).toEqual(await wholeLog(writer));
      await expect(reader.append('s', 'any', [anEvent()])).rejects.toThrow(refusal('read-only'));

      const seen: RecordedEvent[] = [];
      for await (const page of reader.subscribe({ after: START, pageSize: 2 })) {
        seen.push(...page.events);
        if (seen.length === 6) break;
        if (page.atEnd)
          void writer.append(
            's',
            'any',
            Array.from({ length: 5 }, () => anEvent()),
          );
      }
      expect(seen).toEqual(await wholeLog(writer));
      await reader.close();
      expect(await writer.append('s', 'any', [anEvent()])).toMatchObject({ appended: true });
    });
  });
});
