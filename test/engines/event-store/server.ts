/**
 * A small server that speaks EventStoreDB's gRPC protocol, for tests only. It keeps everything in memory and in one file,
 * says nothing is written before it is on the disk, and does on purpose what a real one does by accident (faults.ts).
 *
 *   server.js --data FOLDER [--host A] [--port N]... [--control N] [--fault JSON]... [--server-version V] [--compress]
 *             [--cert FILE --key FILE] [--user NAME:PASSWORD[:GROUP,GROUP]]... [--chatter MS]
 *
 * Ports are free ones unless they are named; each is a node of a cluster that shares the log, of which the first leads.
 * When it listens it says so, and where, in one line of JSON.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { compressionAlgorithms, Server, ServerCredentials } from '@grpc/grpc-js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Access, type Users } from './access';
import { appends } from './appends';
import { Cluster } from './cluster';
import { Connections } from './connections';
import { startControl } from './control';
import { type Fault, Faults } from './faults';
import type { Ground } from './ground';
import { gossip, serverFeatures } from './node';
import { reads } from './reads';
import { Store } from './store';

const MAX_APPEND_SIZE = 1024 * 1024;
/** What the client accepts of a server too: an event may be larger than an append of this protocol. */
const MAX_MESSAGE = 17 * 1024 * 1024;

const { values: given } = parseArgs({
  options: {
    data: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', multiple: true, default: ['0'] },
    control: { type: 'string', default: '0' },
    fault: { type: 'string', multiple: true, default: [] },
    'server-version': { type: 'string', default: '24.10.6' },
    compress: { type: 'boolean', default: false },
    cert: { type: 'string' },
    key: { type: 'string' },
    user: { type: 'string', multiple: true, default: [] },
    chatter: { type: 'string', default: '0' },
  },
});

function users(): Users {
  if (given.user.length === 0) return undefined;
  return new Map(
    given.user.map((user) => {
      const [name = '', password = '', groups = ''] = user.split(':');
      return [name, { name, password, groups: groups.split(',').filter((group) => group !== '') }];
    }),
  );
}

function credentials(): ServerCredentials {
  if (given.cert === undefined || given.key === undefined)
    return ServerCredentials.createInsecure();
  const pair = { cert_chain: readFileSync(given.cert), private_key: readFileSync(given.key) };
  return ServerCredentials.createSsl(null, [pair], false);
}

/** Statistics, as a server writes them about itself between the events of everybody else. */
function chatter(store: Store, node: string, every: number): void {
  setInterval(() => {
    const data = Buffer.from(JSON.stringify({ 'proc-mem': process.memoryUsage().rss }));
    const event = { id: randomUUID(), type: '$statsCollected', json: true, data };
    store.append(`$stats-${node}`, 'any', [{ ...event, metadata: new Uint8Array() }]);
  }, every).unref();
}

async function main(): Promise<void> {
  if (given.data === undefined) throw new Error('--data FOLDER is missing');
  const store = await Store.open(given.data);
  const faults = new Faults();
  for (const fault of given.fault) faults.add(JSON.parse(fault) as Fault);
  store.now = () => Date.now() + faults.clock;

  const server = new Server({
    'grpc.max_receive_message_length': MAX_MESSAGE,
    'grpc.default_compression_algorithm': given.compress
      ? compressionAlgorithms.gzip
      : compressionAlgorithms.identity,
  });
  const connections = new Connections(server.createConnectionInjector(credentials()));
  const members: string[] = [];
  const cluster = new Cluster(members, (peer) => connections.portOf(peer));
  const ground: Ground = {
    store,
    faults,
    access: new Access(users(), store),
    cluster,
    cut: (peer) => connections.cut(peer),
    maxAppendSize: MAX_APPEND_SIZE,
  };

  const { StreamsService } = streamsService;
  server.addService(
    {
      ...StreamsService,
      read: {
        ...StreamsService.read,
        responseSerialize: (response: Buffer | streams.ReadResp) =>
          Buffer.isBuffer(response) ? response : Buffer.from(response.serializeBinary()),
      },
    },
    { ...appends(ground), ...reads(ground) },
  );
  server.addService(gossipService.GossipService, gossip(faults, cluster));
  const features = serverFeatures(given['server-version'], faults);
  if (features !== undefined) server.addService(featuresService.ServerFeaturesService, features);
  const parts = { faults, store, connections, cluster };
  const control = await startControl(Number(given.control), parts);
  for (const asked of given.port) {
    members.push(`${given.host}:${await connections.listen(Number(asked), given.host)}`);
  }
  if (Number(given.chatter) > 0) chatter(store, cluster.leader, Number(given.chatter));

  process.once('disconnect', () => process.exit(0));
  process.once('SIGTERM', () => {
    server.forceShutdown();
    connections.close();
    control.close();
    void store.close().then(() => process.exit(0));
  });
  const { port } = control.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ members, control: port })}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
