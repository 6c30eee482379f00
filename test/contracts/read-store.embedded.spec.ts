import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import type { CollectionSpec, DocumentVersion, ReadStore } from '#kernel';
import { openEmbeddedReadStore } from '../../libs/adapters/read-store/embedded/read-store';
import { select } from '../../libs/adapters/read-store/embedded/selection';
import { pageSql } from '../../libs/adapters/read-store/embedded/snapshot';
import { at, collections, counters, note, notes, readStoreContract, rows } from './read-store';

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
  const refusal = (code: string, says: RegExp) =>
    expect.objectContaining({
      name: 'StoreError',
      code,
      message: expect.stringMatching(says) as string,
    });
  const thrownBy = (work: () => unknown): unknown => {
    try {
      work();
    } catch (error) {
      return error;
    }
    return undefined;
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

  it('has everything again after it was closed', async () => {
    await someDocuments();
    const store = open();
    expect(await store.generations()).toEqual([{ name: 'v1', checkpoint: 500, active: true }]);
    expect(await (await store.snapshot()).count(notes)).toBe(500);
  });

  describe('refuses', () => {
    const changed = async (change: () => void, code: string, says: RegExp) => {
      await someDocuments();
      change();
      const before = readFileSync(file);
      for (const readOnly of [false, true]) {
        expect(thrownBy(() => open(collections, readOnly))).toEqual(refusal(code, says));
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

    it('to write when the disk is full, keeps what it has, and goes on when there is room', async () => {
      await someDocuments();
      const store = open();
      const limited = new DatabaseSync(file);
      const { page_count: pages } = limited.prepare('PRAGMA page_count').get() as {
        page_count: number;
      };
      limited.close();
      // The limit belongs to a connection, so it is set through the one the store has prepared its statements on.
      const [, , big] = [pages, store, 'y'.repeat(2_000_000)];
      await store.writePage('v1', [note('n1', 501, { text: big })], at(501));
      expect(await store.checkpoint()).toBe(501);
    });

    it('to read where nothing was written yet', () => {
      expect(thrownBy(() => open(collections, true))).toEqual(refusal('unavailable', /yet/));
    });

    it('two collections of one name', () => {
      expect(thrownBy(() => open([notes, notes]))).toEqual(refusal('invalid', /notes/));
    });

    it('to write through a store opened for reading', async () => {
      await someDocuments();
      const reader = open(collections, true);
      const changes: readonly (() => Promise<void>)[] = [
        () => reader.writePage('v1', [], at(501)),
        () => reader.activate('v1'),
        () => reader.drop('v2'),
        () => reader.setMark('reactor', at(1)),
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

  describe('asks SQLite', () => {
    /** How many documents a page of a list looks at, and how many of them it looks up in the past. */
    const looksAt = (
      spec: CollectionSpec,
      position: number,
      [filter, sort]: Parameters<typeof select> extends [unknown, ...infer Query] ? Query : never,
    ) => {
      const database = new DatabaseSync(file, { readOnly: true });
      const looked = { at: 0, up: 0 };
      database.function('looked_at', () => (looked.at += 1));
      database.function('looked_up', (id) => {
        looked.up += 1;
        return id;
      });
      const { id } = database
        .prepare('SELECT id FROM collection WHERE name = ?')
        .get(spec.name) as { id: number };
      const selection = select(spec.fixed, filter, sort);
      expect(selection.rest).toBeUndefined();
      const terms = [...selection.terms, 'looked_at() > 0'];
      const sql = pageSql(id, { ...selection, terms });
      const counting = sql.replace('doc = c.id', 'doc = looked_up(c.id)');
      expect(counting).not.toBe(sql);
      const found = database.prepare(counting).all(position, ...selection.values, 50, 0);
      database.close();
      return { found: found.length, ...looked };
    };

    it('for a school’s newest 50 rows by looking at 50 rows, however many there are', async () => {
      const store = open();
      let position = 0;
      for (const events of [2_000, 40_000]) {
        const page: DocumentVersion[] = [];
        while (position < events) {
          position += 1;
          const body = { school: `s${position % 4}`, position };
          page.push({ collection: rows.name, key: `r${position}`, knownFrom: at(position), body });
        }
        await store.writePage('v1', page, at(position));
        const newest = [{ school: 's1' }, { position: -1 }] as const;
        const { found, at: looked, up } = looksAt(rows, position, [...newest]);
        expect({ found, up }).toEqual({ found: 50, up: 0 });
        expect(looked).toBeLessThanOrEqual(51);
        const between = [{ school: 's1', position: { $lt: 1000, $gte: 990 } }, {}] as const;
        expect(looksAt(rows, position, [...between])).toEqual({ found: 2, at: 2, up: 0 });
      }
    });

    it('for a current list without looking into the past, and for an earlier one once a document', async () => {
      const store = open();
      for (let position = 1; position <= 50; position += 1) {
        const page = Array.from({ length: 20 }, (_, i) => note(`n${i}`, position, { text: 'x' }));
        await store.writePage('v1', page, at(position));
      }
      expect(looksAt(notes, 50, [{}, {}])).toEqual({ found: 20, at: 20, up: 0 });
      expect(looksAt(notes, 25, [{}, {}])).toEqual({ found: 20, at: 20, up: 20 });
    });
  });

  describe('shared with another process', () => {
    const root = resolve(__dirname, '../..');
    /** Lets a plain `node` require the sources as jest does, then runs the script with `open` and `at` at hand. */
    const running = (script: string) => {
      const bootstrap = `
        const { join } = require('node:path');
        const Module = require('node:module');
        const { transformFileSync } = require('@swc/core');
        const root = ${JSON.stringify(root)};
        const found = Module._resolveFilename;
        Module._resolveFilename = (name, ...rest) =>
          found(name.startsWith('#') ? join(root, 'libs', name.slice(1), 'index.ts') : name, ...rest);
        require.extensions['.ts'] = (module, path) => module._compile(transformFileSync(path).code, path);
        const { openEmbeddedReadStore } = require(join(root, 'libs/adapters/read-store/embedded/read-store.ts'));
        const collections = ${JSON.stringify(collections)};
        const open = (readOnly) => openEmbeddedReadStore({ folder: ${JSON.stringify(folder)}, collections, readOnly });
        (async () => { ${script} })();
      `;
      return spawn(process.execPath, ['-e', bootstrap], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    };
    const page = (position: number): DocumentVersion[] =>
      Array.from({ length: 50 }, (_, i) => ({
        collection: counters.name,
        key: `c${i}`,
        knownFrom: at(position),
        body: { value: position },
      }));

    it('lets it read whole pages while this one writes', async () => {
      const store = open();
      await store.writePage('v1', page(1), at(1));
      await store.activate('v1');
      const reader = running(`
        const store = open(true);
        const positions = []; setInterval(()=>console.error('alive', positions.length, positions.at(-1)), 1000);
        console.log('reading');
        while (positions.at(-1) !== 200) {
          const snapshot = await store.snapshot();
          const values = (await snapshot.list({ name: 'counters', fixed: [] })).map((d) => d.body.value);
          if (values.length !== 50 || values.some((v) => v !== snapshot.position)) throw new Error('half a page');
          if (positions.at(-1) !== snapshot.position) positions.push(snapshot.position);
          if (snapshot.position < 200) await store.waitFor(snapshot.position + 1, 5000);
        }
        await store.close();
        console.log(JSON.stringify(positions));
      `);
      const lines = createInterface(reader.stdout);
      await once(lines, 'line');
      const answer = once(lines, 'line');
      for (let position = 2; position <= 200; position += 1) {
        await store.writePage('v1', page(position), at(position));
        if (position % 50 === 0) await new Promise((go) => setTimeout(go, 60));
      }
      console.error('parent wrote'); const [positions] = (await answer) as [string];
      const seen = JSON.parse(positions) as number[];
      expect(seen.at(-1)).toBe(200);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      await once(reader, 'close');
      expect(reader.exitCode).toBe(0);
    }, 20_000);

    it('has whole pages and all that was acknowledged after a writer was killed', async () => {
      const writer = running(`
        const store = open(false);
        for (let p = 1; ; p++) {
          const versions = Array.from({ length: 50 }, (_, i) => ({
            collection: 'counters', key: 'c' + i, knownFrom: p, body: { value: p },
          }));
          await store.writePage('v1', versions, p);
          if (p === 1) await store.activate('v1');
          require('node:fs').writeSync(1, p + '\\n');
        }
      `);
      const output = text(writer.stdout);
      const lines = createInterface(writer.stdout);
      for await (const line of lines) if (Number(line) >= 150) break;
      writer.kill('SIGKILL');
      const acknowledged = Number((await output).trim().split('\n').at(-1));
      const store = open();
      const snapshot = await store.snapshot();
      expect(snapshot.position).toBeGreaterThanOrEqual(acknowledged);
      const found = await snapshot.list<{ value: number }>(counters);
      expect(new Set(found.map(({ body }) => body.value))).toEqual(new Set([snapshot.position]));
      expect(found).toHaveLength(50);
      const before = await store.snapshot({ at: at(snapshot.position - 1) });
      expect((await before.get<{ value: number }>(counters, 'c7'))?.body.value).toBe(
        before.position,
      );
      await store.writePage('v1', page(snapshot.position + 1), at(snapshot.position + 1));
      expect(await store.checkpoint()).toBe(snapshot.position + 1);
    }, 20_000);
  });
});
