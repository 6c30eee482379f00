import { connect } from 'node:net';
import { connect as connectSafely } from 'node:tls';

/** What answers at an address: nobody, somebody in TLS, or somebody who does not speak it. */
export type Spoken = 'nothing' | 'tls' | 'plain';

/** How long a server may take to answer at all, in milliseconds. */
const PATIENCE = 3_000;

/**
 * Finds out whether the server at HOST:PORT speaks TLS, so that a setting that says otherwise can be named. Says nothing of its
 * certificate and sends nothing but the beginning of a handshake.
 */
export async function spokenBy(address: string): Promise<Spoken> {
  const [, host, port] = /^\[?([^\]]+)\]?:(\d+)$/.exec(address) ?? [];
  return host === undefined || port === undefined ? 'nothing' : spokenAt(host, Number(port));
}

async function spokenAt(host: string, port: number): Promise<Spoken> {
  if (!(await isReached(host, port))) return 'nothing';
  return new Promise((resolve) => {
    const socket = connectSafely({ host, port, rejectUnauthorized: false, timeout: PATIENCE });
    const end = (spoken: Spoken) => () => {
      socket.destroy();
      resolve(spoken);
    };
    // A server that wants to see a certificate of ours ends the handshake, but in TLS.
    socket.once('secureConnect', end('tls'));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      end(error.code?.includes('ALERT') === true ? 'tls' : 'plain')();
    });
    socket.once('timeout', end('plain'));
    socket.once('close', end('plain'));
  });
}

const isReached = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE });
    const end = (reached: boolean) => () => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
    socket.once('timeout', end(false));
  });

/** What to do where a server was spoken to in the wrong way; undefined where that is not what is wrong. */
export async function tlsAdvice(
  address: string,
  { tls, set }: { readonly tls: boolean; readonly set: (tls: boolean) => string },
): Promise<string | undefined> {
  const spoken = await spokenBy(address);
  if (spoken === 'nothing')
    return `Nobody answers at ${address} at all: see whether it runs there, and whether a firewall is between.`;
  if (spoken === 'tls' && !tls)
    return `${address} speaks TLS, and the settings do not: ${set(true)}.`;
  if (spoken === 'plain' && tls)
    return `${address} does not speak TLS, and the settings do: ${set(false)}, or switch TLS on there.`;
  return undefined;
}
