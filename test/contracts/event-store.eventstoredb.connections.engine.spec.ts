import { setTimeout as delay } from 'node:timers/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { START } from '#kernel';
import {
  appended,
  FaultyGround,
  Follower,
  underLoad,
  until,
} from './event-store-eventstoredb-ground';
import { refusal, someEvents } from './event-store-ground';

/*
 * What EventStoreDB's adapter does about its connections: one that is dead is left for another, one that is only slow is
 * not, none is left open, and a server that is away for long is said and not shouted.
 */

jest.setTimeout(60_000);

const t = new FaultyGround();
beforeEach(() => t.begin());
afterEach(() => t.end());

/** A way to the server that can die as a cable does, or a firewall that forgets: nothing comes through, and nothing ends. */
class Way {
  readonly #server: Server;
  #sockets: { readonly near: Socket; readonly far: Socket }[] = [];

  constructor(port: number) {
    this.#server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      near.pipe(far).pipe(near);
      const pair = { near, far };
      this.#sockets.push(pair);
      const over = (): void => {
        near.destroy();
        far.destroy();
        this.#sockets = this.#sockets.filter((one) => one !== pair);
      };
      for (const one of [near, far]) one.on('error', over).on('close', over);
    });
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.#sockets.length;
  }

  /** Connections that are there now are dead; new ones are not. */
  die(): void {
    for (const { near, far } of this.#sockets) {
      near.unpipe(far);
      far.unpipe(near);
      // Whoever hangs up on it is heard, and nothing else.
      near.resume();
      far.resume();
    }
  }

  async close(): Promise<void> {
    for (const { near, far } of this.#sockets) {
      near.destroy();
      far.destroy();
    }
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const portOf = (url: string): number => Number(new URL(url.replace('esdb:', 'http:')).port);

describe('A connection', () => {
  it('that is dead is left for another one, long before its keep-alive says so, and closed', async () => {
    const way = new Way(portOf(t.engine.url));
    const port = await way.open();
    const store = await t.open({ url: t.engine.url.replace(/:\d+(?=[/?]|$)/, `:${port}`) });
    await appended(store, 's-1', 'none', someEvents(1));
    const follower = new Follower(store, START);
    await follower.has(1);
    for (let revision = 0; revision < 4; revision++) {
      const begun = performance.now();
      way.die();
      await appended(store, 's-1', revision, someEvents(1));
      await follower.has(revision + 2);
      expect(performance.now() - begun).toBeLessThan(6_000);
    }
    await until('left what is dead', () => way.connections <= 2, 5_000);
    await follower.stop();
    await store.close();
    await until('left all', () => way.connections === 0, 5_000);
    await way.close();
  });

  it('is kept when the server is only slow: an append that takes several heartbeats is waited for', async () => {
    const store = await t.open({ heartbeat: 200, deadline: 5_000 });
    await t.engine.fault({ fault: 'append-slow', ms: 900 });
    const begun = performance.now();
    await appended(store, 's-1', 'none', someEvents(1));
    expect(performance.now() - begun).toBeLessThan(1_800);
    await t.engine.lift();
  });

  it('to one server is nothing to a store on another: that one dies, this one does not even notice', async () => {
    const elsewhere = await t.another();
    const noticed: unknown[] = [];
    const patient = { heartbeat: 2_000, deadline: 10_000 };
    const one = await t.open({ ...patient, log: (warning) => noticed.push(warning) });
    const other = await t.open({ url: elsewhere.url });
    const lost = appended(other, 's-1', 'none', someEvents(1)).then(() =>
      other.append('s-1', 0, someEvents(1)),
    );
    await underLoad(one, async () => {
      await elsewhere.kill();
      await delay(1_000);
    });
    expect(noticed).toEqual([]);
    expect(t.warnings).not.toEqual([]);
    await elsewhere.restart();
    await lost;
  });
});

describe('A server that is away', () => {
  it('for longer than patience ends a subscription in a sentence; one that is begun where it was misses nothing', async () => {
    const store = await t.open({ patience: 1_500 });
    await appended(store, 's-1', 'none', someEvents(3));
    const follower = new Follower(store, START);
    await follower.has(3);
    await t.engine.kill();
    const begun = performance.now();
    await until('given up', () => follower.ended !== undefined);
    expect(follower.ended).toEqual(refusal('unavailable'));
    expect(performance.now() - begun).toBeLessThan(5_000);
    await t.engine.restart();
    await appended(store, 's-1', 2, someEvents(2));
    const again = new Follower(store, follower.scannedTo ?? START);
    await again.has(2);
    expect(again.events.map(({ revision }) => revision)).toEqual([3, 4]);
    await again.stop();
  });

  it('is said once, not at every try', async () => {
    const store = await t.open();
    await appended(store, 's-1', 'none', someEvents(1));
    const follower = new Follower(store, START);
    await follower.has(1);
    await t.engine.kill();
    await delay(2_500);
    await t.engine.restart();
    await appended(store, 's-1', 0, someEvents(1));
    await follower.has(2);
    expect(t.warnings.length).toBeGreaterThan(0);
    expect(t.warnings.length).toBeLessThan(4);
    await follower.stop();
  });
});

describe('What the adapter keeps on the server for itself', () => {
  it('is damaged: which log it is cannot be known by who comes now, and who is there goes on', async () => {
    const store = await t.open();
    const identity = await store.identity();
    await appended(store, 's-1', 'none', someEvents(2));
    await t.engine.fault({ fault: 'data-redacted', streams: 'sidebyside.' });
    await expect(t.open()).rejects.toThrow(refusal('damaged', /sidebyside\.log/));
    await t.engine.fault({ fault: 'cut' });
    const { position } = await appended(store, 's-1', 1, someEvents(1));
    expect(await store.identity()).toEqual(identity);
    expect(await store.end()).toBe(position);
    expect(await store.positionAt('9999-12-31T23:59:59.999Z')).toBe(position);
  });
});
