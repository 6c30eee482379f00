import { invalid } from '../invalid';

/** What a connection string may set, as the client reads it: capitals, - and _ do not matter. */
const SETTINGS = [
  ...['tls', 'tlsverifycert', 'tlscafile', 'usercertfile', 'userkeyfile', 'connectionname'],
  ...['nodepreference', 'discoveryinterval', 'gossiptimeout', 'maxdiscoverattempts'],
  ...['keepaliveinterval', 'keepalivetimeout', 'defaultdeadline', 'throwonappendfailure'],
];
const PORT = 2113;
/** How long the client waits for an answer to its keep-alive when nothing else is said, in ms. */
const KEEP_ALIVE = 10_000;

/** Of a connection string, what may be said aloud: nothing of who asks and with what password. */
export interface Address {
  /** What to call the server in a sentence: host and port, of each node where several are named. */
  readonly called: string;
  readonly tls: boolean;
  /** HOST:PORT of the only node that is named; undefined where there are several, or a name that stands for several. */
  readonly node: string | undefined;
}

/**
 * Looks at a connection string before the client does, which says what it does not understand to the terminal, password and all.
 * @throws StoreError 'invalid' with what is wrong with it and how to write it.
 */
export function addressIn(url: string): Address {
  const [, scheme, rest = ''] = /^(esdb|esdb\+discover):\/\/(.+)$/s.exec(url) ?? [];
  if (scheme === undefined) throw unusable('it does not begin with esdb:// or esdb+discover://');
  const [authority = '', settings = ''] = rest.split(/\/?\?(.*)/s);
  const called = authority.replace(/^.*@/s, '').replace(/\/$/, '');
  if (called === '') throw unusable('it names no host');
  const credentials = authority.includes('@') ? authority.replace(/@[^@]*$/s, '') : undefined;
  if (credentials !== undefined && !/^[^:/@]+:[^:/@]+$/.test(credentials))
    throw unusable('before the @ stands something else than user:password');
  const set = settingsIn(settings);
  const isOne = scheme === 'esdb' && !called.includes(',');
  const node = called.includes(':') ? called : `${called}:${PORT}`;
  return { called, tls: set.get('tls')?.toLowerCase() !== 'false', node: isOne ? node : undefined };
}

let made = 0;

/**
 * The connection string with a setting that no other in this process has. Connections of equal settings are one underneath:
 * another one in place of one that is dead would be the dead one again. So each waits for an answer to its keep-alive a few
 * ms more or less, which makes no difference but that.
 */
export function ofItsOwn(url: string): string {
  const plain = url.trim().replace(/\/+$/, '');
  const [, settings = ''] = plain.split(/\?(.*)/s);
  const timeout = Number(settingsIn(settings).get('keepalivetimeout') ?? KEEP_ALIVE);
  // Below 0 it waits for ever: whoever wants that has keep-alive switched off.
  if (!(timeout >= 0)) return url;
  made = (made + 1) % 1_000;
  return `${plain}${plain.includes('?') ? '&' : '?'}keepAliveTimeout=${timeout + made}`;
}

function settingsIn(text: string): ReadonlyMap<string, string> {
  const set = new Map<string, string>();
  for (const setting of text.split('&').filter((one) => one !== '')) {
    const [name = '', value = ''] = setting.split('=');
    const plain = name.toLowerCase().replace(/[_-]/g, '');
    if (!SETTINGS.includes(plain)) throw unusable(`it has no setting "${name}"`);
    set.set(plain, value);
  }
  return set;
}

export const unusable = (why: string) =>
  invalid(
    `EVENTSTORE_URL cannot be used: ${why}. Write it as esdb://user:password@host:2113 (or esdb+discover://user:password@name for a cluster), ` +
      'with ?tls=false where the server has no TLS, and special characters of user and password percent-encoded.',
  );
