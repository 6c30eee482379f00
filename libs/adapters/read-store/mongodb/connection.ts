import * as os from 'node:os';
import { MongoClient, MongoCompatibilityError, type Db, type MongoClientOptions } from 'mongodb';
import { StoreError } from '#kernel';
import { Trouble } from './trouble';

export interface MongoPlace {
  /** Connection string of a replica set, `mongodb://…` or `mongodb+srv://…`. Pool sizes, timeouts and TLS in it win over ours. */
  readonly url: string;
  /** The product's own database; nothing else lives in it. */
  readonly database: string;
}

/** A database that answers, is one we can work on, and lets us. */
export interface Connection {
  readonly client: MongoClient;
  readonly db: Db;
  readonly trouble: Trouble;
}

/** MongoDB 6.0; older ones are no longer mended by their makers. */
const OLDEST = { wireVersion: 17, name: '6.0' };

/** How long a server may take to answer one request, in ms; what answers later is taken for dead. */
const ANSWER = 10_000;
/** How long a majority may take to confirm a write, in ms: within the time for an answer, so that it is said which it was. */
const MAJORITY = 8_000;

/**
 * What has to be so whatever the connection string says.
 * - `w: majority, j: true`: a page's order (history, latest, checkpoint) has to survive the loss of any one server; a
 *   write a majority has on disk is never rolled back. Without `wtimeout` it would wait for ever for a lost majority.
 * - `readConcern: majority` from the primary: what has been seen is never taken back, and no later read is older than an
 *   earlier one, on which reading in two steps rests (see snapshot.ts). A secondary may lag, and two reads meet two of them.
 * - One retry of reads and writes by the driver covers a change of primary. Each write of ours may be done twice.
 * - Positions are whole numbers below 2^53, exact in a double; nothing is stored as a 64-bit integer, so what comes back
 *   are plain numbers (`promoteLongs`), without BigInt.
 * - What is undefined is left out, as JSON does, rather than stored as null.
 * - The driver asks for `node:os` by a dynamic import, which is not to be had in every place that runs this code (jest).
 */
const FIRM: MongoClientOptions = {
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: MAJORITY },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  retryReads: true,
  retryWrites: true,
  promoteLongs: true,
  useBigInt64: false,
  ignoreUndefined: true,
  runtimeAdapters: { os },
};

/**
 * What the connection string may say otherwise. The pool: a page writes its collections side by side and a process
 * answers a few dozen questions at once; a hundred connections (the driver's own number) from each of ten processes would
 * only queue at the server. Times bound every call: no answer, no server and no free connection each end in a sentence.
 */
const USUAL = {
  appName: 'side-by-side',
  maxPoolSize: 20,
  maxConnecting: 4,
  waitQueueTimeoutMS: ANSWER,
  connectTimeoutMS: 5_000,
  socketTimeoutMS: ANSWER,
  serverSelectionTimeoutMS: 5_000,
  heartbeatFrequencyMS: 5_000,
} satisfies MongoClientOptions;

/**
 * Connects and looks whether this is a MongoDB the read store can work on.
 * @param slow for work that takes as long as it takes, such as making an index over documents that are there.
 * @throws StoreError with a sentence, within about ten seconds.
 */
export async function connect(
  { url, database }: MongoPlace,
  { slow = false } = {},
): Promise<Connection> {
  const trouble = new Trouble(hostsIn(url), database, secretsIn(url));
  const client = await trouble.guard(() =>
    Promise.resolve().then(() => new MongoClient(url, optionsFor(url, slow))),
  );
  try {
    const db = databaseOf(client, database);
    await trouble.guard(async () => {
      await client.connect();
      refuseUnfit(await client.db('admin').command({ hello: 1 }), trouble);
      await refuseWithoutRights(db);
    });
    return { client, db, trouble };
  } catch (error) {
    await client.close().catch(() => undefined);
    throw tooOld(error, trouble) ?? error;
  }
}

function databaseOf(client: MongoClient, database: string): Db {
  try {
    return client.db(database);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(
      'invalid',
      `${database} can not be the name of a database: ${reason}. Use letters, digits and underscores.`,
      { cause: error },
    );
  }
}

function optionsFor(url: string, slow: boolean): MongoClientOptions {
  const given = new Set(
    [...new URLSearchParams(url.split('?')[1] ?? '').keys()].map((name) => name.toLowerCase()),
  );
  const usual = Object.entries({ ...USUAL, ...(slow ? { socketTimeoutMS: 0 } : {}) }).filter(
    ([name]) => !given.has(name.toLowerCase()),
  );
  return { ...Object.fromEntries(usual), ...FIRM };
}

/** What a server says of itself. */
interface Hello {
  readonly setName?: string;
  readonly msg?: string;
  readonly isWritablePrimary?: boolean;
  readonly maxWireVersion?: number;
}

function refuseUnfit(hello: Hello, { hosts }: Trouble): void {
  const sharded = hello.msg === 'isdbgrid';
  if (hello.setName === undefined && !sharded) {
    throw new StoreError(
      'unavailable',
      `MongoDB at ${hosts} is a standalone server. Side by Side needs a replica set, for writes that a majority confirms; ` +
        'one member is enough: start it with --replSet rs0, run rs.initiate() once, and add replicaSet=rs0 to the connection string.',
    );
  }
  if (hello.isWritablePrimary === false) {
    throw new StoreError(
      'unavailable',
      `The MongoDB at ${hosts} is no primary. Name all members of the replica set in the connection string, with replicaSet=${hello.setName} and without directConnection, so that the primary is found.`,
    );
  }
  if ((hello.maxWireVersion ?? 0) < OLDEST.wireVersion) throw older(hosts);
}

/** Reads and writes nothing that matters: who may not do that is told now, not with the first page. */
async function refuseWithoutRights(db: Db): Promise<void> {
  await db.collection('catalogue').findOne({});
  await db.collection('leases').deleteMany({ until: { $lt: 0 } });
}

function older(hosts: string, cause?: unknown): StoreError {
  return new StoreError(
    'unavailable',
    `MongoDB at ${hosts} is too old: Side by Side needs ${OLDEST.name} or newer. Upgrade it.`,
    { cause },
  );
}

/** The driver has a lowest version of its own, far below ours, and says so by an error. */
function tooOld(error: unknown, { hosts }: Trouble): StoreError | undefined {
  for (let one = error; one instanceof Error; one = one.cause)
    if (one instanceof MongoCompatibilityError) return older(hosts, error);
  return undefined;
}

function hostsIn(url: string): string {
  const authority = /^[^:]*:\/\/([^/?]*)/.exec(url)?.[1];
  return authority?.slice(authority.lastIndexOf('@') + 1) ?? 'the address given';
}

/** The password as it stands in the connection string, and as it is meant. */
function secretsIn(url: string): readonly string[] {
  const credentials = /^[^:]*:\/\/(.*)@/.exec(url)?.[1];
  const colon = credentials?.indexOf(':') ?? -1;
  if (credentials === undefined || colon === -1) return [];
  const password = credentials.slice(colon + 1);
  const meant = ((): string => {
    try {
      return decodeURIComponent(password);
    } catch {
      return password;
    }
  })();
  return [...new Set([url, credentials, password, meant])].filter((secret) => secret !== '');
}
