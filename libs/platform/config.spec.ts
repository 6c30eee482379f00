import { randomBytes } from 'node:crypto';
import { ConfigFault, configFrom, shownSettings, withoutPassword } from './config';
import type { Program } from './config';
import { signingKeyFrom } from './signing-key';

const KEY = randomBytes(32).toString('base64');
const SHARED = {
  EVENTSTORE_URL: 'esdb://events.example:2113',
  MONGODB_URL: 'mongodb://documents.example:27017/?replicaSet=rs0',
  SIGNING_KEY: KEY,
};
const DEPLOYED = { ...SHARED, SIGN_IN: 'token', HOST: '0.0.0.0' };

/** What is wrong with these settings, a line each; none when they can be used. */
function faultsOf(settings: Record<string, string>, program?: Program): string[] {
  try {
    configFrom(settings, program);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    const [head, ...faults] = error.message.split('\n');
    expect(head).toBe('The settings cannot be used:');
    return faults.map((fault) => fault.trim());
  }
}

describe('the settings', () => {
  it('need nothing to be set where everything runs in one process', () => {
    expect(configFrom({})).toMatchObject({
      ...{ PORT: 3000, HOST: '127.0.0.1', DATA_DIR: 'data', SEED: 'county', SIGN_IN: 'demo' },
    });
    expect(configFrom({ PORT: '', SEED: '' })).toMatchObject({ PORT: 3000, SEED: 'county' });
  });

  it('put nothing of their own accord into a log that others may share', () => {
    expect(configFrom(SHARED)).toMatchObject({ SEED: 'none' });
    expect(configFrom({ ...SHARED, SEED: 'county' })).toMatchObject({ SEED: 'county' });
  });

  it.each(['api', 'web', 'worker'] as const)(
    'let a process of the %s run on shared stores',
    (program) => {
      expect(faultsOf(SHARED, program)).toEqual([]);
      expect(faultsOf(DEPLOYED, program)).toEqual([]);
    },
  );

  it('give each process a port of its own', () => {
    const ports = (['api', 'web', 'worker'] as const).map((one) => configFrom(SHARED, one).PORT);
    expect(new Set(ports).size).toBe(3);
  });

  it('say all that is wrong at once, what cannot be read and what does not go together', () => {
    const faults = faultsOf(
      {
        ...{ PORT: 'many', AUTHORITY: 'Kent', SIGN_IN: 'guess', MONGODB_URL: 'http://x' },
        ...{ KAFKA_BROKERS: 'kafka', KAFKA_USERNAME: 'relay', SIGNING_KEY: 'short' },
      },
      'api',
    );
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(
      expect.arrayContaining([
        ...['PORT', 'AUTHORITY', 'SIGN_IN', 'MONGODB_URL', 'KAFKA_BROKERS'],
        ...['EVENTSTORE_URL', 'KAFKA_PASSWORD', 'SIGNING_KEY'],
      ]),
    );
    expect(faults).toHaveLength(8);
  });

  const refused: readonly (readonly [string, Program, Record<string, string>, RegExp])[] = [
    [
      'shared documents of a log nobody shares',
      'standalone',
      { MONGODB_URL: SHARED.MONGODB_URL },
      /^EVENTSTORE_URL: .*MONGODB_URL/,
    ],
    [
      'an api on embedded stores',
      'api',
      { SIGNING_KEY: KEY },
      /^EVENTSTORE_URL and MONGODB_URL: .*npm start/,
    ],
    [
      'a web without shared documents',
      'web',
      { EVENTSTORE_URL: SHARED.EVENTSTORE_URL, SIGNING_KEY: KEY },
      /^MONGODB_URL: .*web process/,
    ],
    ['an api without a key', 'api', { ...SHARED, SIGNING_KEY: '' }, /^SIGNING_KEY: .*openssl/],
    [
      'a worker that is to play the county',
      'worker',
      { ...SHARED, SEED: 'county' },
      /^SEED: .*ops -- seed/,
    ],
    [
      'the demo sign-in for everyone to reach',
      'api',
      { ...SHARED, HOST: '0.0.0.0' },
      /^HOST: .*SIGN_IN=token/,
    ],
    [
      'the demo sign-in of one process for everyone to reach',
      'standalone',
      { HOST: '10.0.0.7' },
      /^HOST: .*loopback/,
    ],
    [
      'settings of brokers that are not named',
      'worker',
      { ...SHARED, KAFKA_SSL: 'true', KAFKA_USERNAME: 'relay' },
      /^KAFKA_BROKERS: .*KAFKA_USERNAME, KAFKA_SSL are/,
    ],
    [
      'a name without a password',
      'worker',
      { ...SHARED, KAFKA_BROKERS: 'k:9092', KAFKA_USERNAME: 'relay' },
      /^KAFKA_PASSWORD: /,
    ],
    [
      'a password without a name',
      'worker',
      { ...SHARED, KAFKA_BROKERS: 'k:9092', KAFKA_PASSWORD: 'p' },
      /^KAFKA_USERNAME: /,
    ],
    [
      'a way to sign in for nobody',
      'worker',
      { ...SHARED, KAFKA_BROKERS: 'k:9092', KAFKA_MECHANISM: 'scram-sha-512' },
      /^KAFKA_MECHANISM: /,
    ],
    [
      'a password in the clear',
      'worker',
      {
        ...SHARED,
        KAFKA_BROKERS: 'k:9092',
        KAFKA_USERNAME: 'r',
        KAFKA_PASSWORD: 'p',
        KAFKA_MECHANISM: 'plain',
      },
      /^KAFKA_MECHANISM: .*KAFKA_SSL=true/,
    ],
    [
      'a service without a token',
      'ops',
      { SERVICE_URL: 'https://side-by-side.example' },
      /^SERVICE_TOKEN: .*ops -- token/,
    ],
    ['a token for no service', 'ops', { SERVICE_TOKEN: 'x' }, /^SERVICE_URL: /],
    [
      'an address of another kind',
      'standalone',
      { EVENTSTORE_URL: 'https://events.example' },
      /^EVENTSTORE_URL: .*esdb:\/\//,
    ],
    [
      'an address without a host',
      'standalone',
      { ...SHARED, MONGODB_URL: 'mongodb://' },
      /^MONGODB_URL: .*host/,
    ],
    [
      'brokers without ports',
      'worker',
      { ...SHARED, KAFKA_BROKERS: 'kafka-1,kafka-2' },
      /^KAFKA_BROKERS: .*kafka-1:9092/,
    ],
  ];
  it.each(refused)('refuse %s, and say what to do', (_, program, settings, says) => {
    const faults = faultsOf(settings, program);
    expect(faults).toEqual([expect.stringMatching(says) as unknown]);
  });

  it('let a worker be asked for its health from elsewhere, for it offers nobody to sign in', () => {
    expect(faultsOf({ ...SHARED, HOST: '0.0.0.0' }, 'worker')).toEqual([]);
  });

  it('never show a password or a key, not even in what is wrong with one', () => {
    const secrets = {
      ...{ EVENTSTORE_URL: 'esdb://ops:tops3cret@events.example:2113?tls=true' },
      ...{
        MONGODB_URL:
          'mongodb+srv://me:tops3cret@documents.example/?tlsCertificateKeyFilePassword=tops3cret',
      },
      ...{ KAFKA_BROKERS: 'k:9092', KAFKA_USERNAME: 'relay', KAFKA_PASSWORD: 'tops3cret' },
      ...{ SIGNING_KEY: `tops3cret ${KEY}`, SERVICE_URL: 'http://x', SERVICE_TOKEN: 'tops3cret' },
    };
    const shown = shownSettings(configFrom(secrets));
    expect(JSON.stringify(shown)).not.toContain('tops3cret');
    expect(shown).toMatchObject({
      EVENTSTORE_URL: 'esdb://ops:***@events.example:2113?tls=true',
      KAFKA_PASSWORD: '***',
      MONGODB_DATABASE: 'side_by_side',
    });
    const faults = faultsOf({
      ...{ EVENTSTORE_URL: 'http://ops:tops3cret@x', MONGODB_URL: 'tops3cret' },
      ...{ SIGNING_KEY: 'tops3cret', KAFKA_BROKERS: 'relay:tops3cret@k:9092' },
    });
    expect(faults).toHaveLength(4);
    expect(faults.join()).not.toContain('tops3cret');
  });

  it.each([
    ['esdb://a:b@c', 'esdb://a:***@c'],
    ['esdb://a@c:2113', 'esdb://a@c:2113'],
    ['mongodb://h1:1,h2:2/x?y=z', 'mongodb://h1:1,h2:2/x?y=z'],
    ['plain text with : and @ in it', 'plain text with : and @ in it'],
  ])('show %s as %s', (url, shown) => {
    expect(withoutPassword(url)).toBe(shown);
  });
});

describe('a signing key', () => {
  const bytes = randomBytes(32);
  it.each([
    ['base64', bytes.toString('base64')],
    ['base64 for addresses', bytes.toString('base64url')],
    ['hexadecimal', bytes.toString('hex')],
  ])('is the same key in %s', (_, text) => {
    expect(signingKeyFrom(`${text}\n`)).toEqual({ bytes: new Uint8Array(bytes) });
  });

  it('may be a sentence', () => {
    const sentence = 'the otter, who was late, took the second boat';
    expect(signingKeyFrom(sentence)).toEqual({ bytes: new Uint8Array(Buffer.from(sentence)) });
  });

  it.each([
    ['16 bytes', bytes.toString('base64').slice(0, 22)],
    ['a word', 'changeme'],
    ['the same again and again', 'ab'.repeat(40)],
    ['nothing but noughts', '0'.repeat(64)],
  ])('is none when it is %s', (_, text) => {
    expect(signingKeyFrom(text)).toEqual({ weak: expect.stringMatching(/openssl/) as unknown });
  });
});
