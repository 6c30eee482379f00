import { invalid } from '../invalid';

/** What a connection string may set, as the client reads it: capitals, - and _ do not matter. */
const SETTINGS = [
  ...['tls', 'tlsverifycert', 'tlscafile', 'usercertfile', 'userkeyfile', 'connectionname'],
  ...['nodepreference', 'discoveryinterval', 'gossiptimeout', 'maxdiscoverattempts'],
  ...['keepaliveinterval', 'keepalivetimeout', 'defaultdeadline', 'throwonappendfailure'],
];
const PORT = 2113;

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
