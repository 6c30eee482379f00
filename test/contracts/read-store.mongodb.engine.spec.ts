import { mkdtempSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Db } from 'mongodb';
import { migrateMongo, openEmbeddedReadStore, openMongoReadStore } from '#adapters';
import type { CollectionSpec, DocumentVersion, Filter, JsonObject, ReadStore, Sort } from '#kernel';
import type { Engine } from '../engines/engine';
import { startMongo } from '../engines/mongodb';
import { readStoreContract } from './read-store';
import { at, collections, note, notes, pageOfHistory, refusal, rows } from './read-store-ground';

// Over a network, and every write waits for the disk.
jest.setTimeout(90_000);

let engine: Engine;
let databases = 0;
beforeAll(async () => {
  engine = await startMongo();
});
afterAll(() => engine.dispose());

readStoreContract('The MongoDB store', async () => {
  const database = `contract_${process.pid}_${(databases += 1)}`;
  const open = () => openMongoReadStore({ url: engine.url, database, collections });
  const store = await open();
  return {
    store,
    another: open,
    dispose: async () => {
      await store.close();
      const client = new MongoClient(engine.url, { runtimeAdapters: { os } });
      await client.db(database).dropDatabase();
      await client.close();
    },
  };
});

describe('The MongoDB read store', () => {
  let client: MongoClient;
  let db: Db;
  let database: string;
  let opened: ReadStore[];
  let said: string[];

  const open = async (specs: readonly CollectionSpec[] = collections, migrate = false) => {
    const log = (line: string) => said.push(line);
    const store = await openMongoReadStore({
      url: engine.url,
      database,
      collections: specs,
      migrate,
      log,
    });
    opened.push(store);
    return store;
  };
  const migrate = async (specs = collections): Promise<readonly string[]> => {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    await migrateMongo({ url: engine.url, database, collections: specs, log });
    return lines;
  };

  beforeEach(async () => {
    database = `store_${process.pid}_${(databases += 1)}`;
    client = new MongoClient(engine.url, { runtimeAdapters: { os } });
    db = client.db(database);
    opened = [];
    said = [];
    await client.connect();
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    await db.dropDatabase();
    await client.close();
  });

  describe('gives back every body as it was', () => {
    const deep = (levels: number): JsonObject => (levels === 0 ? {} : { in: deep(levels - 1) });
    it.each<[string, JsonObject]>([
      [
        'numbers',
        { a: -0, b: 1e300, c: 5e-324, d: 2 ** 53 - 1, e: -(2 ** 31), f: 0.1, g: 2 ** 31 },
      ],
      ['nothing', { a: null, b: [], c: {}, d: [null, [null]], e: '' }],
      [
        'names MongoDB reads otherwise',
        { 'a.b': 1, $set: { $ref: 'x', $id: 1 }, '': 2, 'x\0y': 3 },
      ],
      ['names the driver reads otherwise', { of: { _bsontype: 'ObjectId', id: 'x' }, toBSON: 1 }],
      [
        'a name JavaScript reads otherwise',
        JSON.parse('{"__proto__":{"a":1},"constructor":1}') as JsonObject,
      ],
      ['its own names', { _id: 1, key: 2, knownFrom: 3, body: 4, json: 5, gone: true, moved: 6 }],
      ['lists without end', { in: deep(150) }],
      ['the order of fields', { z: 1, a: 2, m: { y: 1, b: 2 } }],
      ['text', { a: 'Ünï\u0000cödé 🏫\u2028', 'Schlüssel 🏫': 'x' }],
    ])('%s', async (_, more) => {
      const store = await open();
      const body = { school: 's1', place: 1, status: 'open', ...more };
      await store.writePage('v1', [{ ...note('a', 1, {}), body }], at(1));
      await store.activate('v1');
      const asNewest = await (await store.snapshot()).get(notes, 'a');
      expect(asNewest?.body).toEqual(body);
      expect(JSON.stringify(asNewest?.body)).toBe(JSON.stringify(body));
      // Filters find it by its other fields, whatever form it had to take.
      const found = await (await store.snapshot()).list(notes, { filter: { status: 'open' } });
      expect(found).toEqual([{ key: 'a', knownFrom: 1, body }]);
      await store.writePage('v1', [note('a', 2, {})], at(2));
      const asPast = await (await store.snapshot({ at: at(1) })).list(notes);
      expect(asPast).toEqual(found);
    });

    it.each<[string, JsonObject, RegExp]>([
      ['half a character', { text: 'a\ud800' }, /notes\/b has a text with half of a character/],
      ['a name with half a character', { 'a\udfff': 1 }, /notes\/b.*half of a character/],
      ['more than a document may have', { text: 'x'.repeat(17_000_000) }, /notes\/b.*15 MB/],
    ])('but refuses %s, and writes nothing of its page', async (_, body, says) => {
      const store = await open();
      await store.writePage('v1', [note('a', 1, { text: 'a1' })], at(1));
      const page = [note('a', 2, { text: 'a2' }), note('b', 2, body)];
      await expect(store.writePage('v1', page, at(2))).rejects.toEqual(refusal('invalid', says));
      expect(await store.checkpoint('v1')).toBe(1);
      await store.writePage('v1', [note('a', 2, { text: 'right' })], at(2));
      const [latest] = await store.latest('v1', notes.name, ['a'], at(2));
      expect(latest?.body?.['text']).toBe('right');
    });

    it('in bulks of bounded size, however large the page', async () => {
      const store = await open();
      const text = '🏫'.repeat(200_000);
      const page = Array.from({ length: 40 }, (_, i) => note(`n${i}`, 1, { text, i }));
      await store.writePage('v1', page, at(1));
      expect(
        await store.latest(
          'v1',
          notes.name,
          page.map(({ key }) => key),
          at(1),
        ),
      ).toEqual(page);
    });
  });

  it('answers as the embedded store does, whatever part of a query the server takes', async () => {
    const folder = mkdtempSync(join(os.tmpdir(), 'read-store-'));
    const embedded = openEmbeddedReadStore({ folder, collections });
    const store = await open();
    const names = ['Kelvin K', 'ſs', 'a.b (c)', 'A.B (C)', 'Ärger', 'ab', 'line\nend', 'x', ''];
    const pages = [1, 2, 3].map((position) =>
      names.map((name, i): DocumentVersion => {
        const body = {
          name,
          open: i % 2 === 0,
          tags: i % 3 === 0 ? ['x', i] : [],
          urns: [{ urn: `10000${i}`, from: i }, { urn: `20000${position}` }],
          ...(i % 4 === 0 ? { category: { is: i % 8 === 0 ? 'E' : null, at: i } } : {}),
          ...(i === 5 ? { category: 'none' } : {}),
        };
        return note(`k${i}`, position, (i + position) % 5 === 0 ? null : body);
      }),
    );
    for (const target of [embedded, store]) {
      for (const [i, page] of pages.entries()) await target.writePage('v1', page, at(i + 1));
      await target.activate('v1');
    }
    const asked: readonly Filter[] = [
      { name: { $regex: 'a\\.b \\(C\\)', $options: 'i' } },
      { name: { $regex: 'k', $options: 'i' } },
      { name: { $regex: 's', $options: 'i' }, open: false },
      { name: { $regex: '^.*d$' } },
      { 'urns.urn': '100003' },
      { 'urns.from': { $gte: 3, $lt: 5 } },
      { urns: { $elemMatch: { urn: '200002', from: { $exists: false } } } },
      { tags: 'x' },
      { tags: { $ne: 'x' } },
      { tags: { $size: 0 } },
      { tags: { $nin: [3, 6] } },
      { tags: ['x', 3] },
      { 'category.is': { $exists: false } },
      { 'category.is': 'E' },
      { category: { is: 'E', at: 0 } },
      { category: null },
      { category: { $in: [null, 'none'] } },
      { open: { $ne: true } },
      { open: { $gt: false } },
      { name: { $not: { $gt: 'a' } } },
      { $or: [{ open: true, 'category.at': { $lt: 8 } }, { name: 'x' }] },
      { $and: [{ open: true }, { $nor: [{ name: 'x' }, { tags: 'x' }] }] },
      { school: 's1', $or: [{ place: 1 }], place: { $ne: 2 } },
    ];
    const sorts: readonly Sort[] = [{}, { name: 1 }, { open: -1, name: -1 }, { 'category.at': -1 }];
    for (const position of [3, 2, 1]) {
      const [one, other] = await Promise.all(
        [embedded, store].map((from) => from.snapshot({ at: at(position) })),
      );
      for (const filter of asked) {
        const wanted = await one!.count(notes, filter);
        expect([filter, await other!.count(notes, filter)]).toEqual([filter, wanted]);
        for (const sort of sorts) {
          for (const options of [
            { filter, sort },
            { filter, sort, skip: 1, limit: 2 },
          ]) {
            const right = await outcome(one!.list(notes, options));
            expect([options, await outcome(other!.list(notes, options))]).toEqual([options, right]);
          }
        }
      }
    }
    await embedded.close();
    rmSync(folder, { recursive: true });
  });

  /** What was found, or that it was refused. */
  const outcome = (asked: Promise<unknown>): Promise<unknown> =>
    asked.catch((error: unknown) => (error as StoreErrorLike).code);
  interface StoreErrorLike {
    readonly code: string;
  }

  it('comes to the same with four writers at once, each at its own pace', async () => {
    const stores = await Promise.all([open(), open(), open(), open()]);
    await Promise.all(
      stores.map(async (store, which) => {
        for (let position = 1; position <= 24; position += which === 3 ? 2 : 1) {
          // The last one writes two pages as one.
          const pages = which === 3 ? [position, position + 1] : [position];
          await store.writePage('v1', pages.flatMap(pageOfHistory), at(pages.at(-1)!));
        }
      }),
    );
    const alone = await open();
    for (let position = 1; position <= 24; position += 1)
      await alone.writePage('alone', pageOfHistory(position), at(position));
    for (const position of [24, 23, 13, 1]) {
      const [raced, right] = await Promise.all(
        ['v1', 'alone'].map((generation) => alone.snapshot({ at: at(position), generation })),
      );
      for (const spec of collections)
        expect(await raced!.list(spec)).toEqual(await right!.list(spec));
    }
  });

  it('refuses a page of a generation that is dropped meanwhile, and leaves nothing of it', async () => {
    const [writer, other] = await Promise.all([open(), open()]);
    await writer.writePage('v1', [], at(1));
    await other.writePage('v2', [note('a', 1, {})], at(1));
    await writer.drop('v2');
    const writing = other.writePage('v2', [note('a', 2, {})], at(2));
    await expect(writing).rejects.toEqual(refusal('invalid', /v2 was dropped/));
    expect((await writer.generations()).map(({ name }) => name)).toEqual(['v1']);
    const generations = new Set(
      (await db.listCollections().toArray()).map(({ name }) => name.split('.')[2]),
    );
    generations.delete(undefined);
    expect(generations.size).toBe(1);
  });

  describe('has indexes', () => {
    it('made with each generation, for every collection that is declared', async () => {
      await (await open()).writePage('v1', [], at(1));
      expect(await migrate()).toEqual(['v1: nothing to make.']);
      await open();
      expect(said).toEqual([]);
    });

    it('that are missed when opening, made when allowed, and made by a migration once', async () => {
      expect(await migrate()).toEqual([expect.stringMatching(/no read models yet/)]);
      await (await open()).writePage('v1', [note('a', 1, {})], at(1));
      const lose = async () => {
        const all = await db.listCollections().toArray();
        const name = all.find((one) => one.name.startsWith('notes.latest'))?.name ?? '';
        await db.collection(name).dropIndex('fixed');
      };
      await lose();
      await open();
      expect(said).toEqual([expect.stringMatching(/missing.*v1 notes fixed.*Run: npm run ops/)]);
      said = [];
      await open(collections, true);
      expect(said).toEqual([expect.stringMatching(/v1: made the index notes\.latest\..*: fixed/)]);
      await lose();
      expect(await migrate()).toHaveLength(1);
      expect(await migrate()).toEqual(['v1: nothing to make.']);
    });

    it('for a collection that came later, made by a migration', async () => {
      await (await open()).writePage('v1', [note('a', 1, {})], at(1));
      const found = { name: 'findings', fixed: ['school'] };
      expect(await migrate([...collections, found])).toEqual(['v1: made the collection findings.']);
      const store = await open([...collections, found]);
      await store.activate('v1');
      expect(await (await store.snapshot()).list(found)).toEqual([]);
    });
  });

  it('refuses a generation with other fixed fields, and builds a new one beside it', async () => {
    const moved: CollectionSpec = { name: notes.name, fixed: ['school'] };
    const first = await open();
    await first.writePage('v1', [note('a', 1, {})], at(1));
    await first.activate('v1');
    const store = await open([moved, rows]);
    const says = /v1 has notes with the fixed fields \["school","place"\].*Rebuild/;
    await expect((await store.snapshot()).list(moved)).rejects.toEqual(refusal('invalid', says));
    await expect(store.writePage('v1', [note('a', 2, {})], at(2))).rejects.toEqual(
      refusal('invalid', says),
    );
    await store.writePage('v2', [note('a', 1, {})], at(1));
    await store.activate('v2');
    expect(await (await store.snapshot()).count(moved)).toBe(1);
  });

  it('refuses read models of a newer version of the program', async () => {
    await (await open()).writePage('v1', [], at(1));
    await db
      .collection<{ _id: string }>('catalogue')
      .updateOne({ _id: 'catalogue' }, { $set: { format: 7 } });
    await expect(open()).rejects.toEqual(refusal('newer-format', /format 7.*newer version/));
  });

  it('tells another process of a page within a share of a second', async () => {
    const [writer, reader] = await Promise.all([open(), open()]);
    await writer.writePage('v1', [], at(1));
    await writer.activate('v1');
    const late: number[] = [];
    for (let position = 2; position <= 40; position += 1) {
      const waiting = reader.waitFor(at(position), 10_000).then(() => performance.now());
      const [seen, written] = await Promise.all([
        waiting,
        writer
          .writePage('v1', [note('a', position, { position })], at(position))
          .then(() => performance.now()),
      ]);
      late.push(seen - written);
    }
    late.sort((a, b) => a - b);
    expect(late[Math.floor(late.length / 2)]).toBeLessThan(75);
  });
});
