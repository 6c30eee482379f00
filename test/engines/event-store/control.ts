import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Cluster } from './cluster';
import type { Connections } from './connections';
import type { Fault, Faults } from './faults';
import type { Store } from './store';

interface Parts {
  readonly faults: Faults;
  readonly store: Store;
  readonly connections: Connections;
  readonly cluster: Cluster;
}

async function act(
  { faults, store, connections, cluster }: Parts,
  request: IncomingMessage,
): Promise<unknown> {
  switch (`${request.method ?? ''} ${request.url ?? ''}`) {
    case 'POST /faults': {
      const fault = JSON.parse(await text(request)) as Fault;
      if (fault.fault === 'cut') connections.cut();
      else faults.add(fault);
      return {};
    }
    case 'DELETE /faults':
      faults.lift();
      return {};
    case 'POST /leader':
      cluster.lead(Number(await text(request)));
      return {};
    case 'POST /scavenge':
      return { removed: await store.scavenge() };
    case 'GET /state':
      return { events: store.visible, end: store.end, connections: connections.count };
    default:
      return undefined;
  }
}

/** Faults from outside, over HTTP on the loopback. Resolves when it listens. */
export function startControl(port: number, parts: Parts): Promise<Server> {
  const server = createServer((request, response) => {
    act(parts, request).then(
      (answer) => {
        response.statusCode = answer === undefined ? 404 : 200;
        response.end(JSON.stringify(answer ?? {}));
      },
      (error: unknown) => {
        response.statusCode = 400;
        response.end(String(error));
      },
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
