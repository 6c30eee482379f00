import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { openEventStoreDb } from '#adapters';
import { START } from '#kernel';
import type { StoreError } from '#kernel';
import type { EventStoreEngine, EventStoreOptions } from '../engines/event-store/start';
import { startOwnEventStore } from '../engines/event-store/start';
import { appended } from './event-store-eventstoredb-ground';
import { refusal, someEvents } from './event-store-ground';

/* What EventStoreDB's adapter says when it cannot begin: a sentence, in time, and never with a password in it. */

jest.setTimeout(60_000);

const SECRET = 'geheim';
const NOBODY = '127.0.0.1:1';
/** How long is tried, in ms, and how long it may take until it has been said what is wrong. */
const BOUNDS = { patience: 2_000, deadline: 1_000 };
const BOUND = 8_000;

const refuses = async (url: string, code: StoreError['code'], says: RegExp): Promise<void> => {
  const begun = performance.now();
  const error: unknown = await openEventStoreDb({ url, ...BOUNDS }).then(
    async (store) => {
      await store.close();
      return 'it was opened';
    },
    (reason: unknown) => reason,
  );
  expect(error).toEqual(refusal(code, says));
  expect((error as Error).message).not.toContain(SECRET);
  expect((error as Error).message).not.toMatch(/\n|\bat .*\.[jt]s:/);
  expect(performance.now() - begun).toBeLessThan(BOUND);
};

const withServer = async (
  options: EventStoreOptions,
  work: (engine: EventStoreEngine) => Promise<void>,
): Promise<void> => {
  const engine = await startOwnEventStore(options);
  try {
    await work(engine);
  } finally {
    await engine.dispose();
  }
};
const secure = { tls: true, users: { app: { password: SECRET } } };
const as = (user: string, { url }: EventStoreEngine): string =>
  url.replace('admin:changeit', `${user}:${SECRET}`);

describe('EventStoreDB is refused in a sentence', () => {
  it.each<[string, string, RegExp]>([
    ['another scheme', `http://u:${SECRET}@127.0.0.1`, /begin with esdb:/],
    ['nothing', '', /begin with esdb:/],
    ['no host', 'esdb://', /begin with esdb:/],
    ['credentials and no host', `esdb://u:${SECRET}@`, /no host/],
    ['a password that is not encoded', `esdb://u:${SECRET}/x@127.0.0.1`, /percent-encoded/],
    ['a setting nobody knows', `esdb://u:${SECRET}@127.0.0.1?frob=1`, /no setting "frob"/],
    ['a port that is none', `esdb://u:${SECRET}@127.0.0.1:x`, /port/],
    [
      'a certificate that is not there',
      `esdb://u:${SECRET}@127.0.0.1?tlsCAFile=/no/such/file`,
      /certificate/,
    ],
  ])('for an address with %s', async (_, url, says) => {
    const said = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    await refuses(url, 'invalid', says);
    // The client itself would say it to the terminal, password and all.
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });

  it.each<[string, string, RegExp]>([
    ['nobody is', `esdb://u:${SECRET}@${NOBODY}?tls=false`, /127\.0\.0\.1:1.*Nobody answers/],
    ['no host is', `esdb://u:${SECRET}@no-such-host.invalid?tls=false`, /no-such-host\.invalid/],
    ['no cluster is', `esdb+discover://u:${SECRET}@${NOBODY}?tls=false`, /127\.0\.0\.1:1/],
    [
      'none of a cluster is',
      `esdb://u:${SECRET}@127.0.0.1:1,127.0.0.1:2?tls=false`,
      /127\.0\.0\.1:1,127\.0\.0\.1:2/,
    ],
  ])('where %s', (_, url, says) => refuses(url, 'unavailable', says));

  it('where somebody listens who never answers', async () => {
    const callers: Socket[] = [];
    const mute = createServer((caller) => callers.push(caller)).listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    const { port } = mute.address() as AddressInfo;
    await refuses(`esdb://127.0.0.1:${port}?tls=false`, 'unavailable', /did not answer/);
    for (const caller of callers) caller.destroy();
    await new Promise((resolve) => mute.close(resolve));
  });

  it('where the password is wrong, none is given, or this user may not read $all', () =>
    withServer(secure, async (engine) => {
      await refuses(as('admin', engine), 'unavailable', /name and password/);
      await refuses(engine.url.replace(/\/\/.*@/, '//'), 'unavailable', /name and password/);
      await refuses(as('app', engine), 'unavailable', /read \$all.*\$admins, or named in an ACL/);
    }));

  it('where one side speaks TLS and the other does not, or its certificate is not trusted', () =>
    withServer(secure, async (engine) => {
      const plain = as('admin', engine).replace(/\?.*/, '?tls=false');
      await refuses(plain, 'unavailable', /speaks TLS.*write tls=true/);
      const { url } = engine;
      await refuses(url.replace(/&tlsCAFile.*/, ''), 'unavailable', /not trusted.*tlsCAFile/);
      await withServer({}, async (other) => {
        const safe = other.url.replace('tls=false', 'tls=true');
        await refuses(safe, 'unavailable', /does not speak TLS.*write tls=false/);
      });
    }));

  it.each(['5.0.0', '20.10.4'])('where the server is of version %s: too old', (version) =>
    withServer({ version }, ({ url }) => refuses(url, 'unavailable', /too old.*21\.10/)),
  );

  it('where the server does not get ready', () =>
    withServer({ faults: [{ fault: 'not-ready' }] }, ({ url }) =>
      refuses(url, 'unavailable', /Not Ready/),
    ));
});

describe('EventStoreDB is opened', () => {
  const isUsable = async (url: string): Promise<void> => {
    const store = await openEventStoreDb({ url, ...BOUNDS });
    const { position } = await appended(store, `s-${url.length}`, 'none', someEvents(2));
    expect(await store.end()).toBe(position);
    expect((await store.readLog(START)).events.at(-1)?.position).toBe(position);
    await store.close();
  };

  it('over TLS with a name and a password', () => withServer(secure, ({ url }) => isUsable(url)));

  it('by the names of a cluster, and by one that is asked for the others', () =>
    withServer({ nodes: 3 }, async (cluster) => {
      await isUsable(cluster.url);
      await cluster.lead(2);
      await isUsable(cluster.url.replace('esdb:', 'esdb+discover:').replace(/,.*\?/, '?'));
    }));

  it('by a user who is named in the ACL of $all', () =>
    withServer(secure, async (engine) => {
      const admin = await openEventStoreDb({ url: engine.url, ...BOUNDS });
      await admin.close();
      await refuses(as('app', engine), 'unavailable', /\$all/);
      const { EventStoreDBClient } = await import('@eventstore/db-client');
      const client = EventStoreDBClient.connectionString(engine.url);
      await client.setStreamMetadata('$all', { acl: { readRoles: ['app'] } });
      await client.dispose();
      await isUsable(as('app', engine));
    }));

  it('while the server is starting: it is waited for', () =>
    withServer({ faults: [{ fault: 'not-ready', forMs: 800 }] }, ({ url }) => isUsable(url)));
});
