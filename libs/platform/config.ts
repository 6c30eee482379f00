import { z } from 'zod';
import { signingKeyFrom } from './signing-key';

const port = z.coerce.number().int().min(0).max(65535);
const yesOrNo = z.enum(['true', 'false']);

/** Every setting there is, with what it means. Anything else is a default of the product, not a setting. */
const settings = z.object({
  PORT: port
    .optional()
    .describe('port to listen on; 0 picks a free one. Default 3000, 3001 for web, 3002 for worker'),
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  DATA_DIR: z.string().min(1).default('data').describe('folder of the embedded stores'),
  AUTHORITY: z
    .string()
    .regex(/^\d{3}$/, 'is a three-digit code of a local authority, e.g. 825')
    .default('825')
    .describe('code of the local authority whose schools are read from national files'),
  SEED: z
    .enum(['county', 'none'])
    .optional()
    .describe(
      'what to put into an empty log: the invented county, or nothing. Default county on the embedded log, none on a shared one',
    ),
  SIGN_IN: z
    .enum(['demo', 'token'])
    .default('demo')
    .describe(
      'how people prove who they are; demo: one invented person per role, on loopback only; token: signed tokens that `ops token` issues',
    ),
  SIGNING_KEY: z
    .string()
    .optional()
    .describe(
      'signs tokens and forms, the same for all processes: at least 32 bytes in base64, hexadecimal or plain text. Default: a key of its own in DATA_DIR',
    ),
  EVENTSTORE_URL: address(['esdb:', 'esdb+discover:', 'kurrentdb:', 'kurrentdb+discover:'])
    .optional()
    .describe('connection string of EventStoreDB. Default: the embedded log in DATA_DIR'),
  MONGODB_URL: address(['mongodb:', 'mongodb+srv:'])
    .optional()
    .describe('connection string of a MongoDB replica set. Default: embedded, in DATA_DIR'),
  MONGODB_DATABASE: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,38}$/, 'is 1 to 38 letters, digits, _ and -')
    .default('side_by_side')
    .describe('name of the database'),
  KAFKA_BROKERS: z
    .string()
    .regex(
      /^[^\s,:/]+:\d{1,5}(,[^\s,:/]+:\d{1,5})*$/,
      'is names of brokers with their ports and commas between, e.g. kafka-1:9092,kafka-2:9092',
    )
    .optional()
    .describe('where messages go to. Default: nobody outside is told'),
  KAFKA_TOPIC_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,100}$/, 'is 1 to 100 letters, digits, ., _ and -')
    .default('sidebyside')
    .describe('what the names of all topics begin with'),
  KAFKA_SSL: yesOrNo.default('false').describe('whether to speak TLS to the brokers'),
  KAFKA_USERNAME: z.string().optional(),
  KAFKA_PASSWORD: z.string().optional(),
  KAFKA_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  SERVICE_URL: address(['http:', 'https:'])
    .optional()
    .describe('for the command line: the address of a running service to work through'),
  SERVICE_TOKEN: z
    .string()
    .optional()
    .describe('for the command line: the token to work with, which `ops token` issues'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
});

/** A connection string with one of these schemes. Its text never appears in what is said about it: it may hold a password. */
function address(schemes: readonly string[]): z.ZodString {
  return z
    .string()
    .refine(
      (text) =>
        schemes.some((scheme) => text.startsWith(`${scheme}//`) && text.length > scheme.length + 2),
      `must begin with ${schemes.map((scheme) => `${scheme}//`).join(' or ')} and name a host`,
    );
}

type Settings = z.infer<typeof settings>;
export type Config = Readonly<Settings> & {
  readonly PORT: number;
  readonly SEED: 'county' | 'none';
};

/** What is being started: each process needs settings of its own. */
export type Program = 'standalone' | 'api' | 'web' | 'worker' | 'ops';

/** All faults of the settings at once, each with its name and what it must be. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings once, at the start; one that is there and empty is one that is not there. Throws `ConfigFault` with
 * every fault in one message.
 */
export function configFrom(environment: Environment, program: Program = 'standalone'): Config {
  const faults: string[] = [];
  // What cannot be used stands as it was given meanwhile, so that nothing else is said to be missing because of it.
  const values = Object.entries(settings.shape).map(([name, shape]) => {
    const given = environment[name] === '' ? undefined : environment[name];
    const parsed = shape.safeParse(given);
    if (parsed.success) return [name, parsed.data] as const;
    faults.push(...parsed.error.issues.map(({ message }) => `${name}: ${message}`));
    return [name, given] as const;
  });
  const all = Object.fromEntries(values) as Settings;
  faults.push(...combinations(all, program));
  if (faults.length > 0) {
    throw new ConfigFault(
      `The settings cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
  }
  return {
    ...all,
    PORT: all.PORT ?? PORTS[program],
    SEED: all.SEED ?? (all.EVENTSTORE_URL === undefined ? 'county' : 'none'),
  };
}

/** So that all of them can be started on one machine as they are. */
const PORTS: Readonly<Record<Program, number>> = {
  standalone: 3000,
  api: 3000,
  web: 3001,
  worker: 3002,
  ops: 0,
};

/** What each of the settings may be, and all of them together may not. */
const combinations = (given: Settings, program: Program): string[] => [
  ...enginesOf(given, program),
  ...listeningOf(given, program),
  ...keyOf(given, program),
  ...kafkaOf(given),
  ...serviceOf(given),
];

const isAlone = (program: Program): boolean => program === 'standalone' || program === 'ops';

function enginesOf({ EVENTSTORE_URL, MONGODB_URL, SEED }: Settings, program: Program): string[] {
  const faults: string[] = [];
  if (MONGODB_URL !== undefined && EVENTSTORE_URL === undefined) {
    faults.push(
      'EVENTSTORE_URL: is not set, but MONGODB_URL is. Read models that several processes share would be made from a log that only this machine has. Set EVENTSTORE_URL too, or leave MONGODB_URL out.',
    );
  }
  if (isAlone(program)) return faults;
  if (EVENTSTORE_URL === undefined && MONGODB_URL === undefined)
    faults.push(
      `EVENTSTORE_URL and MONGODB_URL: are not set. A ${program} process shares its stores with the others, and the embedded ones belong to one process. Set both, or run everything in one process by npm start.`,
    );
  else if (MONGODB_URL === undefined)
    faults.push(
      `MONGODB_URL: is not set. A ${program} process shares its read models with the others, and the embedded ones belong to one process. Set it.`,
    );
  if (SEED === 'county')
    faults.push(
      `SEED: a ${program} process does not play the invented county. Leave SEED out and run npm run -s ops -- seed before the first worker starts.`,
    );
  return faults;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

function listeningOf({ HOST, SIGN_IN }: Settings, program: Program): string[] {
  // A worker offers nobody to sign in, and ops does not listen.
  if (program === 'worker' || program === 'ops') return [];
  if (SIGN_IN !== 'demo' || LOOPBACK.has(HOST)) return [];
  return [
    `HOST: ${HOST} is not this machine's loopback address. The demo sign-in lets anyone be anyone, so with it on the service listens on 127.0.0.1 only. Set SIGN_IN=token to listen elsewhere.`,
  ];
}

function keyOf({ SIGNING_KEY }: Settings, program: Program): string[] {
  if (SIGNING_KEY === undefined) {
    return program === 'api' || program === 'web'
      ? [
          `SIGNING_KEY: is not set. Whoever signs in at one process must be known to the others, so all of them get the same key: 32 random bytes, as openssl rand -base64 32 makes them.`,
        ]
      : [];
  }
  const key = signingKeyFrom(SIGNING_KEY);
  return 'weak' in key ? [`SIGNING_KEY: ${key.weak}`] : [];
}

function kafkaOf(given: Settings): string[] {
  const { KAFKA_BROKERS, KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_MECHANISM, KAFKA_SSL } = given;
  const faults: string[] = [];
  if (KAFKA_BROKERS === undefined) {
    const about = Object.entries({ KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_MECHANISM })
      .filter(([, value]) => value !== undefined)
      .map(([name]) => name);
    if (KAFKA_SSL === 'true') about.push('KAFKA_SSL');
    if (about.length > 0)
      faults.push(
        `KAFKA_BROKERS: is not set, but ${about.join(', ')} ${about.length === 1 ? 'is' : 'are'}. Name the brokers, or leave the rest out.`,
      );
    return faults;
  }
  if ((KAFKA_USERNAME === undefined) !== (KAFKA_PASSWORD === undefined))
    faults.push(
      `${KAFKA_USERNAME === undefined ? 'KAFKA_USERNAME' : 'KAFKA_PASSWORD'}: is not set. A name and a password belong together: set both or neither.`,
    );
  if (KAFKA_MECHANISM !== undefined && KAFKA_USERNAME === undefined)
    faults.push(
      'KAFKA_MECHANISM: says how to sign in, but there is no KAFKA_USERNAME. Set it, or leave KAFKA_MECHANISM out.',
    );
  if (KAFKA_MECHANISM === 'plain' && KAFKA_SSL === 'false')
    faults.push(
      'KAFKA_MECHANISM: plain sends the password readable for everyone on the way. Set KAFKA_SSL=true, or use scram-sha-512.',
    );
  return faults;
}

function serviceOf({ SERVICE_URL, SERVICE_TOKEN }: Settings): string[] {
  if (SERVICE_URL !== undefined && SERVICE_TOKEN === undefined)
    return [
      'SERVICE_TOKEN: is not set, but SERVICE_URL is. npm run -s ops -- token --role operator --id NAME --days N issues one, where SIGNING_KEY is that of the service.',
    ];
  if (SERVICE_URL === undefined && SERVICE_TOKEN !== undefined)
    return ['SERVICE_URL: is not set, but SERVICE_TOKEN is. Say where the service is.'];
  return [];
}

const SECRETS: ReadonlySet<string> = new Set(['SIGNING_KEY', 'KAFKA_PASSWORD', 'SERVICE_TOKEN']);

/** An address without the password in it: `esdb://ops:***@events.example:2113`. */
export const withoutPassword = (url: string): string =>
  url
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#@]*?):[^/?#]*@/i, '$1:***@')
    .replace(/([?&](?:[a-z]*password|authmechanismproperties)=)[^&#]*/gi, '$1***');

/** The settings as they may be shown: every one that is set, passwords and keys as `***`. */
export function shownSettings(config: Config): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(config)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, SECRETS.has(name) ? '***' : withoutPassword(String(value))]),
  );
}
