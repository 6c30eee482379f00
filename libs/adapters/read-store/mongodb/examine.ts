import type { CollectionSpec } from '#kernel';
import { StoreError } from '#kernel';
import type { Finding } from '#platform';
import { tlsAdvice } from '../../tls-probe';
import { byName } from '../page';
import { Catalogue } from './catalogue';
import type { Connection, MongoPlace } from './connection';
import { connect } from './connection';
import { indexesMissing } from './migrate';

/** Clocks may differ by this much before somebody should look, in milliseconds. */
const CLOCKS = 2_000;

/** Looks whether MongoDB is as it has to be, and changes nothing. Never throws for what is wrong there. */
export async function examineMongo({
  collections,
  ...place
}: MongoPlace & { readonly collections: readonly CollectionSpec[] }): Promise<readonly Finding[]> {
  const connected = await reached(place);
  if (!('connection' in connected)) return [connected];
  const { connection } = connected;
  const { client, db, trouble } = connection;
  try {
    return await trouble.guard(async () => {
      const begun = Date.now();
      const hello = await client.db('admin').command({ hello: 1 });
      const answered = Date.now();
      const { version } = (await db.command({ buildInfo: 1 })) as { version?: string };
      const name = String(hello['setName'] ?? 'a sharded cluster');
      return [
        {
          check: 'MongoDB',
          ok: true,
          says: `${trouble.hosts} answers, version ${version ?? 'unknown'}, replica set ${name}; this user may read and write ${place.database}, and a majority confirms it`,
        },
        await indexes(connection, collections),
        clocks(hello['localTime'] as unknown, begun, answered),
      ];
    });
  } catch (error) {
    return [fault(error)];
  } finally {
    await client.close();
  }
}

async function reached(place: MongoPlace): Promise<{ connection: Connection } | Finding> {
  try {
    return { connection: await connect(place) };
  } catch (error) {
    const found = fault(error);
    const advice = await mongoAdvice(place.url);
    return advice === undefined ? found : { ...found, says: `${found.says} ${advice}` };
  }
}

/** What is wrong with the way a server is spoken to that cannot be used; undefined where it is something else. */
export async function mongoAdvice(url: string): Promise<string | undefined> {
  const address = /^mongodb:\/\/(?:[^@/]*@)?([^,/?]+)/.exec(url)?.[1] ?? '';
  return tlsAdvice(address.includes(':') ? address : `${address}:27017`, {
    tls: /[?&](tls|ssl)=true/i.test(url),
    set: (tls) => `write tls=${String(tls)} into MONGODB_URL`,
  });
}

function fault(error: unknown): Finding {
  if (!(error instanceof StoreError)) throw error;
  return { check: 'MongoDB', ok: false, says: error.message };
}

async function indexes(
  connection: Connection,
  collections: readonly CollectionSpec[],
): Promise<Finding> {
  const missing = await indexesMissing(
    connection,
    new Catalogue(connection.db, byName(collections)),
  );
  return {
    check: 'MongoDB: indexes',
    ok: missing.length === 0,
    says:
      missing.length === 0
        ? 'every declared index is there'
        : `missing: ${missing.join(', ')}. Lists are slow without them; run npm run -s ops -- migrate`,
  };
}

function clocks(there: unknown, begun: number, answered: number): Finding {
  const check = 'MongoDB: clock';
  if (!(there instanceof Date)) return { check, ok: true, says: 'it does not tell its time' };
  // Whatever it said is of some moment between asking and hearing the answer.
  const apart = Math.max(begun - there.getTime(), there.getTime() - answered, 0);
  return {
    check,
    ok: apart <= CLOCKS,
    says:
      apart <= CLOCKS
        ? `within ${CLOCKS / 1000} s of this machine's`
        : `${Math.round(apart / 1000)} s apart from this machine's. Have both kept by a time server`,
  };
}
