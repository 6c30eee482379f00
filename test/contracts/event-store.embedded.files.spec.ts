import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openEmbeddedEventStore } from '#adapters';
import { START } from '#kernel';
import type { Position, StoreError } from '#kernel';
import { DataFolder, newFolder, overwrite, wholeLog } from './event-store-folder';
import { anEvent, refusal } from './event-store-ground';

describe('The file of the embedded event store', () => {
  let t: DataFolder;

  beforeEach(() => {
    t = new DataFolder();
  });
  afterEach(() => t.remove());

  describe('a file it cannot use', () => {
    /** Opens it both ways, expects the refusal, and that not a byte has changed. */
    const expectRefused = (code: StoreError['code'], says: RegExp): void => {
      const before = readFileSync(t.file);
      for (const readOnly of [false, true]) {
        expect(() => t.open({ readOnly })).toThrow(refusal(code, says));
      }
      expect(readFileSync(t.file).equals(before)).toBe(true);
    };

    it('a text file', () => {
      writeFileSync(t.file, 'URN,LA (code),LA (name)\n'.repeat(1_000));
      expectRefused('foreign', /no SQLite file.*not been touched/);
    });

    it('a database of another program', () => {
      const db = new DatabaseSync(t.file);
      db.exec('CREATE TABLE events (id INTEGER); PRAGMA user_version = 1');
      db.close();
      expectRefused('foreign', /another program/);
    });

    it('a store of a newer version', async () => {
      await t.someHistory();
      const db = new DatabaseSync(t.file);
      db.exec('PRAGMA user_version = 3');
      db.close();
      expectRefused('newer-format', /format 3.*Start the newer version/);
    });

    it('a store whose first bytes were overwritten', async () => {
      await t.someHistory();
      overwrite(t.file, 0, 200);
      expectRefused('foreign', /first bytes were overwritten/);
    });

    it('a store cut short', async () => {
      await t.someHistory();
      truncateSync(t.file, Math.floor(statSync(t.file).size / 2));
      expectRefused('damaged', /backup/);
    });

    it('a store cut to nothing', async () => {
      await t.someHistory();
      truncateSync(t.file, 0);
      expectRefused('damaged', /empty/);
    });

    it('a store whose tables were overwritten', async () => {
      await t.someHistory();
      overwrite(t.file, 4_096, statSync(t.file).size - 4_096);
      expectRefused('damaged', /malformed/);
    });

    it('a store without its indexes', async () => {
      await t.someHistory();
      const db = new DatabaseSync(t.file);
      db.exec('DROP INDEX events_by_id');
      db.close();
      expectRefused('damaged', /tables/);
    });

    it('a store whose last event is missing from an index', async () => {
      await t.someHistory();
      const db = new DatabaseSync(t.file, { defensive: false });
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
      const store = t.open();
      await store.append('s', 'none', [anEvent()]);
      const elsewhere = newFolder();
      copyFileSync(`${t.file}-wal`, join(elsewhere, 'events.db-wal'));
      expect(() => openEmbeddedEventStore({ folder: elsewhere })).toThrow(
        refusal('damaged', /belong together/),
      );
      expect(readdirSync(elsewhere).toSorted()).toEqual(['events.db-wal', 'writer.lock']);
      rmSync(elsewhere, { recursive: true });
    });

    it('names the event that cannot be read', async () => {
      await t.someHistory();
      const db = new DatabaseSync(t.file);
      db.exec(`UPDATE events SET data = '{"half":' WHERE position = 17`);
      db.close();
      const store = t.open();
      await expect(store.readLog(START)).rejects.toThrow(refusal('damaged', /position 17/));
      await expect(store.subscribe({ after: START }).next()).rejects.toThrow(refusal('damaged'));
      expect((await store.readLog(17 as Position, { limit: 5 })).events).toHaveLength(5);
    });

    it('says "damaged" when the damage is met while reading', async () => {
      await t.someHistory(2_000);
      // The page that holds an event in the middle: opening looks at the last one only.
      const at = readFileSync(t.file).indexOf('{"i":1000,');
      expect(at).toBeGreaterThan(0);
      overwrite(t.file, Math.floor(at / 4_096) * 4_096, 4_096);
      const store = t.open();
      await expect(store.readLog(START, { limit: 5_000 })).rejects.toThrow(refusal('damaged'));
    });

    it('no file at all, for a reader', () => {
      expect(() => t.open({ readOnly: true })).toThrow(refusal('unavailable'));
      expect(readdirSync(t.folder)).toEqual([]);
    });

    it('a folder that cannot be made', () => {
      writeFileSync(join(t.folder, 'file'), '');
      expect(() => openEmbeddedEventStore({ folder: join(t.folder, 'file', 'data') })).toThrow(
        refusal('unavailable'),
      );
    });

    it('what was left of making a store is no hindrance', async () => {
      writeFileSync(`${t.file}.new`, 'half');
      writeFileSync(`${t.file}.new-journal`, 'half');
      expect(await t.open().end()).toBe(START);
      expect(readdirSync(t.folder).filter((name) => name.includes('.new'))).toEqual([]);
    });
  });

  describe('backup', () => {
    it('copies a prefix of the log while appends go on, and the copy opens', async () => {
      await t.longHistory(40_000);
      const store = t.open();
      const copies = newFolder();
      const copy = join(copies, 'events.db');
      const progress: [number, number][] = [];
      const stop = new AbortController();
      const appending = (async () => {
        let count = 0;
        for (; !stop.signal.aborted; count++) await store.append('s', 'any', [anEvent({ count })]);
        return count;
      })();
      const end = await store.backup(copy, (done, total) => progress.push([done, total]));
      stop.abort();
      expect(await appending).toBeGreaterThan(1);

      expect(progress.length).toBeGreaterThan(2);
      expect(progress.at(-1)).toEqual([statSync(copy).size, statSync(copy).size]);
      for (const [done, total] of progress) expect(done).toBeLessThanOrEqual(total);
      expect(readdirSync(copies)).toEqual(['events.db']);
      const copied = openEmbeddedEventStore({ folder: copies });
      expect(await copied.end()).toBe(end);
      const [inCopy, inLog] = [await wholeLog(copied), await wholeLog(store)];
      // Not toEqual: 40,000 events compared field by field take longer than copying them.
      expect(JSON.stringify(inCopy) === JSON.stringify(inLog.slice(0, end))).toBe(true);
      await copied.append('s', 'any', [anEvent()]);
      await copied.close();
      rmSync(copies, { recursive: true });
    });

    it('never overwrites a file, and leaves nothing behind when it fails', async () => {
      const store = t.open();
      await store.append('s', 'none', [anEvent()]);
      const target = join(t.folder, 'copy.db');
      writeFileSync(target, 'precious');
      await expect(store.backup(target)).rejects.toThrow(refusal('invalid'));
      expect(readFileSync(target, 'utf8')).toBe('precious');
      await expect(store.backup(join(t.folder, 'nowhere', 'copy.db'))).rejects.toThrow(
        refusal('unavailable'),
      );
      const other = join(t.folder, 'other.db');
      writeFileSync(`${other}.partial`, 'precious');
      await expect(store.backup(other)).rejects.toThrow(refusal('invalid'));
      expect(readFileSync(`${other}.partial`, 'utf8')).toBe('precious');
      expect(existsSync(other)).toBe(false);
    });

    it('is waited for when the store closes', async () => {
      const store = t.open();
      await store.append('s', 'none', [anEvent()]);
      const target = join(t.folder, 'copy.db');
      const copying = store.backup(target);
      await store.close();
      expect(statSync(target).size).toBeGreaterThan(0);
      expect(await copying).toBe(1);
      await expect(store.backup(join(t.folder, 'another.db'))).rejects.toThrow(refusal('closed'));
    });
  });
});
