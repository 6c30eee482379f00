import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { openEmbeddedReadStore } from '#adapters';
import type { CollectionSpec, ReadStore, StoreError } from '#kernel';
import { readStoreContract } from './read-store';
import {
  at,
  collections,
  counters,
  note,
  notes,
  pageOfCounters,
  refusal,
  rows,
} from './read-store-ground';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'read-store-'));

readStoreContract('The embedded store', () => {
  const folder = newFolder();
  const store = openEmbeddedReadStore({ folder, collections });
  return Promise.resolve({
    store,
    another: () => Promise.resolve(openEmbeddedReadStore({ folder, collections, readOnly: true })),
    dispose: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
});

describe('The embedded read store', () => {
  let folder: string;
  let file: string;
  let opened: ReadStore[];

  const open = (specs: readonly CollectionSpec[] = collections, readOnly = false): ReadStore => {
    const store = openEmbeddedReadStore({ folder, collections: specs, readOnly });
    opened.push(store);
    return store;
  };
  /** Some documents, closed again: the file is then all there is. */
  const someDocuments = async (): Promise<void> => {
    const store = open();
    const versions = Array.from({ length: 500 }, (_, i) =>
      note(`n${i}`, i + 1, { text: 'x'.repeat(300) }),
    );
    await store.writePage('v1', versions, at(500));
    await store.activate('v1');
    await store.close();
  };

  beforeEach(() => {
    folder = newFolder();
    file = join(folder, 'read-models.db');
    opened = [];
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives leases in a file that was made before there were any', async () => {
    await someDocuments();
    const database = new DatabaseSync(file);
    database.exec('DROP TABLE lease');
    database.close();
    expect(await open().lease('worker', 'a', 1000)).toBe(true);
  });

  it('has everything again after it was closed', async () => {
    await someDocuments();
    const store = open();
    expect(await store.generations()).toEqual([{ name: 'v1', checkpoint: 500, active: true }]);
    expect(await (await store.snapshot()).count(notes)).toBe(500);
  });

  describe('refuses', () => {
    const changed = async (change: () => void, code: StoreError['code'], says: RegExp) => {
      await someDocuments();
      change();
      const before = readFileSync(file);
      for (const readOnly of [false, true]) {
        expect(() => open(collections, readOnly)).toThrow(refusal(code, says));
      }
      expect(readFileSync(file).equals(before)).toBe(true);
    };
    const withSql = (sql: string) => {
      const database = new DatabaseSync(file);
      database.exec(sql);
      database.close();
    };

    it('a file that is no database', () =>
      changed(
        () => {
          writeFileSync(file, 'URN,EstablishmentName\n900001,Invented School\n');
        },
        'foreign',
        /read-models\.db is not a read store.*Move it away/,
      ));

    it('a database of something else', () =>
      changed(
        () => {
          rmSync(file);
          withSql('CREATE TABLE generation(name TEXT)');
        },
        'foreign',
        /Move it away/,
      ));

    it('a file of a newer format', () =>
      changed(
        () => {
          withSql('PRAGMA user_version = 7');
        },
        'newer-format',
        /format 7.*Use the newer version/,
      ));

    it('a file whose tables are overwritten', () =>
      changed(
        () => {
          const bytes = readFileSync(file);
          bytes.fill(0x5a, 100, 8192);
          writeFileSync(file, bytes);
        },
        'damaged',
        /damaged.*rebuilt from the events/,
      ));

    it('a file that is cut off', () =>
      changed(
        () => {
          truncateSync(file, 8192);
        },
        'damaged',
        /damaged.*rebuilt from the events/,
      ));

    it('to go on where a page in the middle is overwritten, and says so', async () => {
      await someDocuments();
      const bytes = readFileSync(file);
      bytes.fill(0x5a, 8192 * 8, 8192 * 14);
      writeFileSync(file, bytes);
      const store = open();
      const reading = store.snapshot().then((snapshot) => snapshot.list(notes));
      await expect(reading).rejects.toEqual(refusal('damaged', /Move it away/));
    });

    it('to read where nothing was written yet', () => {
      expect(() => open(collections, true)).toThrow(refusal('unavailable', /yet/));
    });

    it('two collections of one name', () => {
      expect(() => open([notes, notes])).toThrow(refusal('invalid', /notes/));
    });

    it('to write through a store opened for reading', async () => {
      await someDocuments();
      const reader = open(collections, true);
      const changes: readonly (() => Promise<unknown>)[] = [
        () => reader.writePage('v1', [], at(501)),
        () => reader.activate('v1'),
        () => reader.drop('v2'),
        () => reader.setMark('reactor', at(1)),
        () => reader.lease('worker', 'a', 1000),
        () => reader.release('worker', 'a'),
      ];
      for (const change of changes) {
        await expect(change()).rejects.toEqual(refusal('read-only', /reading only/));
      }
    });
  });

  describe('when the collections have changed since the file was written', () => {
    const moved: CollectionSpec = { name: notes.name, fixed: ['school'] };

    it('makes the tables of a new one when it is first written to', async () => {
      await someDocuments();
      const found = { name: 'findings', fixed: ['school'] };
      const store = open([...collections, found]);
      expect(await (await store.snapshot()).list(found)).toEqual([]);
      const version = {
        collection: 'findings',
        key: 'f',
        knownFrom: at(501),
        body: { school: 's' },
      };
      await store.writePage('v1', [version], at(501));
      expect(await (await store.snapshot()).count(found, { school: 's' })).toBe(1);
      expect(await (await store.snapshot()).count(notes)).toBe(500);
    });

    it('refuses a generation with other fixed fields, and builds a new one beside it', async () => {
      await someDocuments();
      const store = open([moved, rows]);
      const says = /v1 has notes with the fixed fields \["school","place"\].*Rebuild/;
      const snapshot = await store.snapshot();
      await expect(snapshot.list(moved)).rejects.toEqual(refusal('invalid', says));
      await expect(store.writePage('v1', [note('a', 501, {})], at(501))).rejects.toEqual(
        refusal('invalid', says),
      );
      await store.writePage('v2', [note('a', 1, {})], at(1));
      await store.activate('v2');
      expect(await (await store.snapshot()).count(moved)).toBe(1);
      await store.drop('v1');
    });
  });

  it('leaves no timer behind when nobody waits any longer', async () => {
    const store = open();
    await store.writePage('v1', [], at(1));
    await store.activate('v1');
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    try {
      const [short, reached, closed] = [
        store.waitFor(at(4), 100),
        store.waitFor(at(2), 60_000),
        store.waitFor(at(3), 60_000),
      ];
      expect(jest.getTimerCount()).toBe(4); // their deadlines, and one look at the file for all
      jest.advanceTimersByTime(100);
      expect(await short).toBe(false);
      await store.writePage('v1', [], at(2));
      expect(await reached).toBe(true);
      expect(jest.getTimerCount()).toBe(2);
      await store.close();
      expect(await closed).toBe(false);
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  describe('shared with another process', () => {
    const root = resolve(__dirname, '../..');
    /** Starts test/drills/read-store-process.ts on this folder, compiled as it is loaded. */
    const running = (verb: 'read' | 'write') => {
      const program = `
        const { transformFileSync } = require('@swc/core');
        require.extensions['.ts'] = (module, path) => module._compile(transformFileSync(path).code, path);
        require('./test/drills/read-store-process.ts');
      `;
      const options = ['--conditions', '@side-by-side/source', '--eval', program];
      return spawn(process.execPath, [...options, verb, folder], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    };

    it('lets it read whole pages while this one writes', async () => {
      const store = open();
      await store.writePage('v1', pageOfCounters(1), at(1));
      await store.activate('v1');
      const reader = running('read');
      const ended = once(reader, 'close');
      const seen: number[] = [];
      let position = 1;
      // A burst of pages each time the reader has seen a new one: they read and write at once, again and again.
      for await (const line of createInterface(reader.stdout)) {
        seen.push(Number(line));
        for (const end = Math.min(200, position + 20); position < end;) {
          position += 1;
          await store.writePage('v1', pageOfCounters(position), at(position));
        }
      }
      expect(await ended).toEqual([0, null]);
      expect(seen.length).toBeGreaterThan(10);
      expect(seen).toEqual([...new Set(seen)].sort((x, y) => x - y));
      expect(seen.at(-1)).toBe(200);
    }, 30_000);

    it('has whole pages, and all that was acknowledged, after a writer was killed', async () => {
      const writer = running('write');
      const output = text(writer.stdout);
      for await (const line of createInterface(writer.stdout)) if (Number(line) >= 150) break;
      writer.kill('SIGKILL');
      const acknowledged = Number((await output).trim().split('\n').at(-1));
      expect(existsSync(`${file}-wal`)).toBe(true);
      const store = open();
      const snapshot = await store.snapshot();
      expect(snapshot.position).toBeGreaterThanOrEqual(acknowledged);
      for (const position of [snapshot.position, snapshot.position - 1, 1]) {
        const then = await store.snapshot({ at: at(position) });
        const values = (await then.list<{ value: number }>(counters)).map(({ body }) => body.value);
        expect(values).toEqual(pageOfCounters(position).map(() => position));
      }
      const next = at(snapshot.position + 1);
      await store.writePage('v1', pageOfCounters(next), next);
      expect(await store.checkpoint()).toBe(next);
    }, 30_000);
  });
});
