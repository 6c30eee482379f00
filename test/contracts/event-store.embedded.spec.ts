import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { START } from '#kernel';
import type { Position, RecordedEvent } from '#kernel';
import { openEmbeddedEventStore } from '../../libs/adapters/event-store/embedded/event-store';
import type {
  EmbeddedEventStore,
  EmbeddedEventStoreOptions,
} from '../../libs/adapters/event-store/embedded/event-store';
import type { StoreWarning } from '../../libs/adapters/event-store/embedded/log-writer';
import { anEvent, eventStoreContract } from './event-store';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'event-store-'));

eventStoreContract('The embedded store', () => {
  const folder = newFolder();
  const store = openEmbeddedEventStore({ folder });
  return Promise.resolve({
    store,
    dispose: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
});

describe('The embedded event store', () => {
  let folder: string;
  let file: string;
  let opened: EmbeddedEventStore[];

  const open = (options: Partial<EmbeddedEventStoreOptions> = {}): EmbeddedEventStore => {
    const store = openEmbeddedEventStore({ folder, ...options });
    opened.push(store);
    return store;
  };
  /** Some streams with some events, closed again: the file is then all there is. */
  const someHistory = async (events = 200): Promise<void> => {
    const store = open();
    await Promise.all(
      Array.from({ length: events }, (_, i) =>
        store.append(`school-${i % 7}`, 'any', [anEvent({ i, words: 'x'.repeat(100) })]),
      ),
    );
    await store.close();
  };
  const wholeLog = async (store: EmbeddedEventStore): Promise<readonly RecordedEvent[]> =>
    (await store.readLog(START, { limit: 1_000_000 })).events;

  beforeEach(() => {
    folder = newFolder();
    file = join(folder, 'events.db');
    opened = [];
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('numbers positions 1, 2, 3 … without gaps, refusals in between or not, and goes on after a restart', async () => {
    const asked = async (store: EmbeddedEventStore) => {
      await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          store.append(`s-${i % 5}`, i % 3 === 0 ? 'none' : 'any', [anEvent(), anEvent()]),
        ),
      );
    };
    const first = open();
    await asked(first);
    await first.close();
    const second = open();
    await asked(second);
    const positions = (await wholeLog(second)).map((event) => event.position);
    expect(positions.length).toBeGreaterThan(50);
    expect(positions).toEqual(positions.map((_, i) => i + 1));
  });

  it('gives appends of the same turn one transaction, and appends of different turns one each', async () => {
    const store = open();
    const before = transactionsIn(file);
    await Promise.all(
      Array.from({ length: 64 }, (_, i) => store.append(`s-${i}`, 'none', [anEvent()])),
    );
    expect(transactionsIn(file) - before).toBe(1);
    for (let i = 0; i < 5; i++) await store.append('s-0', 'any', [anEvent()]);
    expect(transactionsIn(file) - before).toBe(6);
  });

  it('writes nothing to the disk for what it refuses or has already', async () => {
    const store = open();
    const event = anEvent();
    await store.append('s', 'none', [event]);
    const before = transactionsIn(file);
    await store.append('s', 'none', [event]);
    await store.append('s', 'any', [event]);
    await store.append('s', 'none', [anEvent()]);
    await store.append('other', 'any', [event]);
    expect(transactionsIn(file)).toBe(before);
  });

  it('takes more appends at once than fit in one transaction', async () => {
    const store = open();
    const answers = await Promise.all(
      Array.from({ length: 1_500 }, (_, i) => store.append(`s-${i}`, 'none', [anEvent()])),
    );
    expect(answers.map((answer) => answer.appended && answer.position)).toEqual(
      answers.map((_, i) => i + 1),
    );
  });

  it('refuses an append too large for one transaction, and its neighbour goes in', async () => {
    const store = open();
    const [large, small] = await Promise.allSettled([
      store.append('s', 'any', [anEvent({ words: 'x'.repeat(5_000_000) })]),
      store.append('s', 'any', [anEvent()]),
    ]);
    expect(large).toMatchObject({ status: 'rejected', reason: { code: 'invalid' } });
    expect(small).toMatchObject({ status: 'fulfilled', value: { appended: true, position: 1 } });
  });

  it('reads a stream and a page longer than one window whole', async () => {
    const store = open();
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

  it('lets other work through while a filter that nothing passes goes over a long log', async () => {
    await open().close();
    fill(file, 200_000);
    const store = open();
    let turns = 0;
    let longest = 0;
    let last = performance.now();
    const ticking = setInterval(() => undefined, 0);
    const tick = (): void => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      turns++;
      next = setImmediate(tick);
    };
    let next = setImmediate(tick);
    const page = await store.readLog(START, {
      filter: { types: ['NeverHappened'], streamPrefixes: ['x'] },
    });
    clearInterval(ticking);
    clearImmediate(next);
    expect(page).toEqual({ events: [], scannedTo: 200_000, atEnd: true });
    expect(turns).toBeGreaterThan(100);
    // About 1 ms on an idle machine; this one may be busy.
    expect(longest).toBeLessThan(100);
  });

  it('tells a subscriber how far it has looked while nothing passes its filter', async () => {
    await open().close();
    fill(file, 50_000);
    const pages: [number, boolean][] = [];
    for await (const page of open().subscribe({
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
      const first = open(options);
      await append(first, '10:00:00.000');
      await append(first, '09:00:00.000');
      await append(first, '09:30:00.000');
      await append(first, '10:00:01.000');
      await append(first, '09:59:00.000');
      await first.close();
      const second = open(options);
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
      const store = open({ clock: () => now });
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
      const store = open({ maxBytes: 400_000 });
      const fillUp = async (): Promise<void> => {
        for (;;) await store.append('s', 'any', [anEvent({ words: 'x'.repeat(20_000) })]);
      };
      await expect(fillUp()).rejects.toMatchObject({
        name: 'StoreError',
        code: 'disk-full',
        message: expect.stringContaining('Free space') as unknown,
      });
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

      const again = open({ maxBytes: 4_000_000 });
      expect(await wholeLog(again)).toHaveLength(before);
      expect(await again.append('a', 'none', [anEvent()])).toMatchObject({
        appended: true,
        position: before + 1,
      });
    });
  });

  describe('a file it cannot use', () => {
    /** Opens it both ways, expects the refusal, and that not a byte has changed. */
    const expectRefused = (code: string, says: RegExp): void => {
      const before = readFileSync(file);
      for (const readOnly of [false, true]) {
        expect(() => open({ readOnly })).toThrow(
          expect.objectContaining({
            name: 'StoreError',
            code,
            message: expect.stringMatching(says) as unknown,
          }),
        );
      }
      expect(readFileSync(file).equals(before)).toBe(true);
    };

    it('a text file', () => {
      writeFileSync(file, 'URN,LA (code),LA (name)\n'.repeat(1_000));
      expectRefused('foreign', /no SQLite file.*not been touched/);
    });

    it('a database of another program', () => {
      const db = new DatabaseSync(file);
      db.exec('CREATE TABLE events (id INTEGER); PRAGMA user_version = 1');
      db.close();
      expectRefused('foreign', /another program/);
    });

    it('a store of a newer version', async () => {
      await someHistory();
      const db = new DatabaseSync(file);
      db.exec('PRAGMA user_version = 2');
      db.close();
      expectRefused('newer-format', /format 2.*Start the newer version/);
    });

    it('a store whose first bytes were overwritten', async () => {
      await someHistory();
      overwrite(file, 0, 200);
      expectRefused('foreign', /first bytes were overwritten/);
    });

    it('a store cut short', async () => {
      await someHistory();
      truncateSync(file, Math.floor(statSync(file).size / 2));
      expectRefused('damaged', /backup/);
    });

    it('a store cut to nothing', async () => {
      await someHistory();
      truncateSync(file, 0);
      expectRefused('damaged', /empty/);
    });

    it('a store whose tables were overwritten', async () => {
      await someHistory();
      overwrite(file, 4_096, statSync(file).size - 4_096);
      expectRefused('damaged', /malformed/);
    });

    it('a store without its indexes', async () => {
      await someHistory();
      const db = new DatabaseSync(file);
      db.exec('DROP INDEX events_by_id');
      db.close();
      expectRefused('damaged', /tables/);
    });

    it('a store whose last event is missing from an index', async () => {
      await someHistory();
      const db = new DatabaseSync(file, { defensive: false });
      // The index keeps what the table has no more: as after a lost write.
      db.exec(`
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = 'CREATE UNIQUE INDEX events_by_id ON events (id) WHERE 0' WHERE name = 'events_by_id';
        PRAGMA writable_schema = RESET;
        INSERT INTO events SELECT max(position) + 1, 'x', 0, x'00112233445566778899aabbccddeeff', 'X', 0, '{}', '{}' FROM events;
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = 'CREATE UNIQUE INDEX events_by_id ON events (id)' WHERE name = 'events_by_id';
      `);
      db.close();
      expectRefused('damaged', /last event is not in its indexes/);
    });

    it('a write-ahead log whose store is gone', async () => {
      const store = open();
      await store.append('s', 'none', [anEvent()]);
      const elsewhere = newFolder();
      copyFileSync(`${file}-wal`, join(elsewhere, 'events.db-wal'));
      expect(() => openEmbeddedEventStore({ folder: elsewhere })).toThrow(
        expect.objectContaining({
          code: 'damaged',
          message: expect.stringContaining('belong together') as unknown,
        }),
      );
      expect(readdirSync(elsewhere).toSorted()).toEqual(['events.db-wal', 'writer.lock']);
      rmSync(elsewhere, { recursive: true });
    });

    it('names the event that cannot be read', async () => {
      await someHistory();
      const db = new DatabaseSync(file);
      db.exec(`UPDATE events SET data = '{"half":' WHERE position = 17`);
      db.close();
      const store = open();
      await expect(store.readLog(START)).rejects.toMatchObject({
        code: 'damaged',
        message: expect.stringContaining('position 17') as unknown,
      });
      await expect(store.subscribe({ after: START }).next()).rejects.toMatchObject({
        code: 'damaged',
      });
      expect((await store.readLog(17 as Position, { limit: 5 })).events).toHaveLength(5);
    });

    it('says "damaged" when the damage is met while reading', async () => {
      await someHistory(2_000);
      const size = statSync(file).size;
      overwrite(file, Math.floor(size / 8192) * 4_096, 10 * 4_096);
      const store = open();
      await expect(store.readLog(START, { limit: 5_000 })).rejects.toMatchObject({
        code: 'damaged',
      });
    });

    it('no file at all, for a reader', () => {
      expect(() => open({ readOnly: true })).toThrow(
        expect.objectContaining({ code: 'unavailable' }),
      );
      expect(readdirSync(folder)).toEqual([]);
    });

    it('a folder that cannot be made', () => {
      writeFileSync(join(folder, 'file'), '');
      expect(() => openEmbeddedEventStore({ folder: join(folder, 'file', 'data') })).toThrow(
        expect.objectContaining({ code: 'unavailable' }),
      );
    });

    it('what was left of making a store is no hindrance', async () => {
      writeFileSync(`${file}.new`, 'half');
      writeFileSync(`${file}.new-journal`, 'half');
      expect(await open().end()).toBe(START);
      expect(readdirSync(folder).filter((name) => name.includes('.new'))).toEqual([]);
    });
  });

  describe('one writer, many readers', () => {
    it('refuses a second writer with a sentence, and lets it in when the first has closed', async () => {
      const first = open();
      expect(() => open()).toThrow(
        expect.objectContaining({
          code: 'second-writer',
          message: expect.stringContaining('one writer') as unknown,
        }),
      );
      await first.append('s', 'none', [anEvent()]);
      await first.close();
      expect(await open().end()).toBe(1);
    });

    it('leaves the lock when it refuses the file', () => {
      writeFileSync(file, 'not ours, and long enough to be looked at');
      expect(() => open()).toThrow(expect.objectContaining({ code: 'foreign' }));
      rmSync(file);
      expect(() => open()).not.toThrow();
    });

    it('a reader sees what is committed, follows the log, and may not append', async () => {
      const writer = open();
      await writer.append('s', 'none', [anEvent()]);
      const reader = open({ readOnly: true });
      expect(await wholeLog(reader)).toEqual(await wholeLog(writer));
      await expect(reader.append('s', 'any', [anEvent()])).rejects.toMatchObject({
        code: 'read-only',
      });

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

  describe('backup', () => {
    it('copies a prefix of the log while appends go on, and the copy opens', async () => {
      await open().close();
      fill(file, 40_000);
      const store = open();
      const copies = newFolder();
      const copy = join(copies, 'events.db');
      const progress: [number, number][] = [];
      let going = true;
      const appending = (async () => {
        let count = 0;
        for (; going; count++) await store.append('s', 'any', [anEvent({ count })]);
        return count;
      })();
      const end = await store.backup(copy, (done, total) => progress.push([done, total]));
      going = false;
      expect(await appending).toBeGreaterThan(1);

      expect(progress.length).toBeGreaterThan(2);
      expect(progress.at(-1)).toEqual([statSync(copy).size, statSync(copy).size]);
      for (const [done, total] of progress) expect(done).toBeLessThanOrEqual(total);
      expect(readdirSync(copies)).toEqual(['events.db']);
      const copied = openEmbeddedEventStore({ folder: copies });
      expect(await copied.end()).toBe(end);
      expect(await wholeLog(copied)).toEqual((await wholeLog(store)).slice(0, end));
      await copied.append('s', 'any', [anEvent()]);
      await copied.close();
      rmSync(copies, { recursive: true });
    });

    it('never overwrites a file, and leaves nothing behind when it fails', async () => {
      const store = open();
      await store.append('s', 'none', [anEvent()]);
      const target = join(folder, 'copy.db');
      writeFileSync(target, 'precious');
      await expect(store.backup(target)).rejects.toMatchObject({ code: 'invalid' });
      expect(readFileSync(target, 'utf8')).toBe('precious');
      await expect(store.backup(join(folder, 'nowhere', 'copy.db'))).rejects.toMatchObject({
        code: 'unavailable',
      });
      const other = join(folder, 'other.db');
      writeFileSync(`${other}.partial`, 'precious');
      await expect(store.backup(other)).rejects.toMatchObject({ code: 'invalid' });
      expect(readFileSync(`${other}.partial`, 'utf8')).toBe('precious');
      expect(existsSync(other)).toBe(false);
    });

    it('is waited for when the store closes', async () => {
      const store = open();
      await store.append('s', 'none', [anEvent()]);
      const target = join(folder, 'copy.db');
      const copying = store.backup(target);
      await store.close();
      expect(await copying).toBe(1);
      await expect(store.backup(join(folder, 'another.db'))).rejects.toMatchObject({
        code: 'closed',
      });
    });
  });
});

/** How many transactions the write-ahead log holds: https://sqlite.org/fileformat2.html#the_write_ahead_log */
function transactionsIn(file: string): number {
  const log = readFileSync(`${file}-wal`);
  if (log.length === 0) return 0;
  const frame = 24 + log.readUInt32BE(8);
  const salt = log.subarray(16, 24);
  let commits = 0;
  for (
    let at = 32;
    at + frame <= log.length && log.subarray(at + 8, at + 16).equals(salt);
    at += frame
  ) {
    if (log.readUInt32BE(at + 4) > 0) commits++;
  }
  return commits;
}

/** Events by the thousand, straight into the file of a closed store. */
function fill(file: string, count: number): void {
  const db = new DatabaseSync(file);
  db.prepare(
    `INSERT INTO events
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     SELECT i, 'school-' || (i % 97), i / 97, unhex(printf('%032x', i)), 'SchoolVisited', 0, '{"i":' || i || '}', '{}' FROM n`,
  ).run(count);
  db.close();
}

function overwrite(file: string, at: number, length: number): void {
  const bytes = readFileSync(file);
  for (let i = at; i < at + length && i < bytes.length; i++) bytes[i] = (i * 31) % 251;
  writeFileSync(file, bytes);
}
