import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);

/** Every setting there is, with what it means. Anything else is a default of the product, not a setting. */
const settings = z.object({
  PORT: port.default(3000).describe('port to listen on; 0 picks a free one'),
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  DATA_DIR: z.string().min(1).default('data').describe('folder of the embedded stores'),
  AUTHORITY: z
    .string()
    .regex(/^\d{3}$/, 'is a three-digit code of a local authority, e.g. 825')
    .default('825')
    .describe('code of the local authority whose schools are read from national files'),
  SEED: z
    .enum(['county', 'none'])
    .default('county')
    .describe('what to put into an empty data folder: the invented county, or nothing'),
  SIGN_IN: z
    .enum(['demo'])
    .default('demo')
    .describe(
      'how people prove who they are; demo: one invented person per role, on loopback only',
    ),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('warn'),
});
export type Config = Readonly<z.infer<typeof settings>>;

/** All faults of the settings at once, each with its name and what it must be. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Reads the settings once, at the start. Throws `ConfigFault` with every fault in one message. */
export function configFrom(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(settings.shape)
      .map((name) => [name, environment[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(given);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (parsed.success && !LOOPBACK.has(parsed.data.HOST)) {
    faults.push(
      `HOST: ${parsed.data.HOST} is not this machine's loopback address. The demo sign-in lets anyone be anyone, so with it on the service listens on 127.0.0.1 only.`,
    );
  }
  if (!parsed.success || faults.length > 0) {
    throw new ConfigFault(
      `The settings cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
  }
  return parsed.data;
}
