import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import * as os from 'node:os';
import { MongoClient } from 'mongodb';
import { openMongoReadStore } from '#adapters';
import type { ReadStore, StoreError } from '#kernel';
import type { Engine } from '../engines/engine';
import { startMongo } from '../engines/mongodb';
import { at, collections, note, notes, refusal } from './read-store-ground';

jest.setTimeout(90_000);

/** A server of our own is needed for most of this: one that may be killed, or asks for passwords. */
const ours = process.env['MONGODB_URL'] ? describe.skip : describe;
const database = `faults_${process.pid}`;
const SECRET = 'geheim:wort/1';

/** Opens, and closes again what should not have been opened. */
const open = async (url: string, name = database): Promise<void> => {
  const store = await openMongoReadStore({ url, database: name, collections });
  await store.close();
};

/** It is refused in time, in a sentence that says this and never the password. */
const refuses = async (url: string, code: StoreError['code'], says: RegExp): Promise<void> => {
  const began = performance.now();
  const message = await open(url).then(
    () => 'opened',
    (error: unknown) => {
      expect(error).toEqual(refusal(code, says));
      return (error as Error).message;
    },
  );
  expect(message).toMatch(says);
  expect(message).not.toMatch(/geheim|wort/);
  expect(performance.now() - began).toBeLessThan(12_000);
};

describe('Opening the MongoDB read store is refused in a sentence', () => {
  it.each<[string, string, RegExp]>([
    ['of another scheme', 'http://127.0.0.1/', /scheme.*Write it as mongodb:/],
    ['with a password that is not encoded', `mongodb://u:${SECRET}@127.0.0.1/`, /percent-encoded/],
    ['with an option nobody knows', 'mongodb://127.0.0.1/?frobnicate=1', /frobnicate/],
  ])('for an address %s', (_, url, says) => refuses(url, 'invalid', says));

  it('where nobody is', () =>
    refuses(
      `mongodb://u:${encodeURIComponent(SECRET)}@127.0.0.1:1/?directConnection=true`,
      'unavailable',
      /127\.0\.0\.1:1 can not be used now: connect ECONNREFUSED/,
    ));

  it('for a host that has no name', () =>
    refuses('mongodb://no-such-host.invalid/', 'unavailable', /no-such-host\.invalid/));

  it('where something listens that never answers', async () => {
    const callers: Socket[] = [];
    const mute: Server = createServer((caller) => callers.push(caller)).listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    const { port } = mute.address() as AddressInfo;
    await refuses(`mongodb://127.0.0.1:${port}/`, 'unavailable', /can not be used now/);
    for (const caller of callers) caller.destroy();
    await new Promise((resolve) => mute.close(resolve));
  });

  ours('by a server of its own:', () => {
    const withEngine = async (
      flags: readonly string[],
      work: (engine: Engine) => Promise<void>,
    ): Promise<void> => {
      const engine = await startMongo({ flags });
      try {
        await work(engine);
      } finally {
        await engine.dispose();
      }
    };

    it('a standalone one', () =>
      withEngine(['--standalone'], ({ url }) =>
        refuses(url, 'unavailable', /standalone server.*--replSet rs0.*rs\.initiate/),
      ));

    it('one of another replica set', () =>
      withEngine([], ({ url }) =>
        refuses(
          url.replace('directConnection=true', 'replicaSet=other'),
          'unavailable',
          /replica set named in the connection string/,
        ),
      ));

    it('a name that no database can have', () =>
      withEngine([], async ({ url }) => {
        await expect(open(url, 'a.b')).rejects.toEqual(refusal('invalid', /a\.b can not be/));
      }));

    it('one that asks who is there', () =>
      withEngine(['--auth'], async ({ url }) => {
        const as = (user: string, password: string) =>
          url.replace('//', `//${user}:${encodeURIComponent(password)}@`);
        const make = async (from: string, user: string, roles: readonly unknown[]) => {
          const client = new MongoClient(from, { runtimeAdapters: { os } });
          await client.db('admin').command({ createUser: user, pwd: SECRET, roles });
          await client.close();
        };
        await make(url, 'chief', ['root']);
        await make(as('chief', SECRET), 'guest', [{ role: 'read', db: database }]);
        await make(as('chief', SECRET), 'owner', [{ role: 'readWrite', db: database }]);
        await refuses(url, 'unavailable', /nobody in without a user/);
        await refuses(as('owner', `${SECRET}x`), 'unavailable', /does not know this user/);
        await refuses(as('guest', SECRET), 'unavailable', /may not.*Grant it readWrite on faults/);
        await open(as('owner', SECRET));
      }));
  });
});

ours('The MongoDB read store while its server is away', () => {
  let engine: Engine;
  let store: ReadStore;
  beforeEach(async () => {
    engine = await startMongo();
    const url = `${engine.url}&socketTimeoutMS=2000&serverSelectionTimeoutMS=2000`;
    store = await openMongoReadStore({ url, database, collections });
    await store.writePage('v1', [note('a', 1, { text: 'a1' })], at(1));
    await store.activate('v1');
  });
  afterEach(async () => {
    await store.close();
    await engine.dispose();
  });

  /** Everything is refused in words and in time; afterwards all is as it was. */
  const away = async (leave: () => Promise<void> | void, comeBack: () => Promise<void> | void) => {
    const snapshot = await store.snapshot();
    await leave();
    const began = performance.now();
    const calls = [
      snapshot.list(notes),
      snapshot.get(notes, 'a'),
      store.snapshot(),
      store.waitFor(at(2), 60_000),
      store.writePage('v1', [note('a', 2, { text: 'a2' })], at(2)),
      store.lease('w', 'me', 1000),
      store.setMark('reactor', at(2)),
    ];
    const says = /MongoDB at 127.*safe to try again/;
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toEqual({ status: 'rejected', reason: refusal('unavailable', says) });
    }
    expect(performance.now() - began).toBeLessThan(20_000);
    await comeBack();
    // The driver looks for it again and again; the first call after that finds it.
    await store.writePage('v1', [note('a', 2, { text: 'a2' })], at(2));
    expect(await store.waitFor(at(2), 10_000)).toBe(true);
    expect((await (await store.snapshot()).get(notes, 'a'))?.body['text']).toBe('a2');
  };

  it('because it was killed', () =>
    away(
      () => engine.kill(),
      () => engine.restart(),
    ));

  it('because it neither answers nor hangs up', () =>
    away(
      () => {
        engine.freeze();
      },
      () => {
        engine.thaw();
      },
    ));

  it('does not notice at all when it is back soon enough', async () => {
    await engine.kill();
    const write = store.writePage('v1', [note('a', 2, { text: 'a2' })], at(2));
    await engine.restart();
    await write;
    expect(await store.checkpoint()).toBe(2);
  });
});
