/** The command line. One path for everything: it asks the API, of the service that runs on the data folder or of its own. */
import { existsSync } from 'node:fs';
import type { Config } from '#platform';
import { configFrom } from '#platform';
import { Command, CommanderError, Option } from 'commander';
import type { Api } from './api';
import { notDone } from './api';
import type { CopyWishes } from './copy';
import { county } from './county';
import type { ImportWishes } from './operating';
import { backup, check, give, importFile, status } from './operating';
import { journey, schools, why } from './reading';
import type { RebuildWishes } from './rebuild';
import { rebuild } from './rebuild';
import type { Report } from './report';
import { refused, told } from './report';
import { serviceFor } from './service';
import type { TokenWishes } from './token';

const json = process.argv.includes('--json');
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const program = new Command('npm run -s ops --')
  .description(
    'The command line of Side by Side. Works through the service that SERVICE_URL names, or on the stores that the settings name: by default the data folder DATA_DIR (default: data), through its service while one runs.',
  )
  .exitOverride()
  .configureOutput({ writeErr: (text) => json || process.stderr.write(text) })
  .showHelpAfterError('(add --help for what it takes)');

/** A verb, its one sentence, and an example for its help text. */
function verb(usage: string, says: string, example: string): Command {
  return program
    .command(usage)
    .description(says)
    .option('--json', 'one machine-readable report on stdout; progress stays on stderr')
    .addHelpText('after', `\nExample:\n  npm run -s ops -- ${example}`);
}

/** Does a piece of work through a service, and lets it go whatever came of it. `creates`: an absent folder may be made. */
function through(
  name: string,
  work: (api: Api, config: Config) => Promise<Report>,
  creates = false,
): Promise<void> {
  return told(name, json, async () => {
    const config = configFrom(process.env, 'ops');
    const { DATA_DIR, EVENTSTORE_URL, SERVICE_URL } = config;
    const inFolder = EVENTSTORE_URL === undefined && SERVICE_URL === undefined;
    if (inFolder && !creates && !existsSync(DATA_DIR)) {
      throw notDone(
        'No data folder',
        `There is no folder ${DATA_DIR}. Name the right one in DATA_DIR, or make one by npm start or an import.`,
      );
    }
    const service = await serviceFor(config, say);
    try {
      return await work(service.api, config);
    } finally {
      await service.end();
    }
  });
}

verb(
  'import',
  'bring a national file in: the schools register, its links, or Ofsted\u2019s inspections',
  'import register edubasealldata20261101.csv --dry-run',
)
  .argument('<kind>', 'register, links or inspections')
  .argument('<file>', 'the CSV file as it was downloaded')
  .option('--dry-run', 'say what would change, and change nothing')
  .option('--even-if-older', 'take it although a file of a later day went in before')
  .option('--as-at <date>', 'the day the file speaks of, where its name does not tell: 2026-11-01')
  .action((kind: string, file: string, wishes: ImportWishes) =>
    through('import', (api) => importFile(api, kind, file, wishes), true),
  );

verb(
  'why',
  'why a school has its category: the whole chain behind one decision',
  'why 900001 --at 2026-03-01',
)
  .argument('<urn>', 'a URN the school has or ever had, or its id')
  .option('--at <date>', 'the decision behind the category in force on this day')
  .option('--change <id>', 'this decision, by the id of its event')
  .option('--as-of <moment>', 'what was known then: a position, a day or an instant')
  .action((urn: string, { at, change, asOf }: { at?: string; change?: string; asOf?: string }) =>
    through('why', (api) => why(api, urn, given({ at, change, asOf }))),
  );

verb('journey', 'everything recorded of a school, newest first', 'journey 900001')
  .argument('<urn>', 'a URN the school has or ever had, or its id')
  .option('--types <names>', 'only these kinds of event, with commas between')
  .option('--as-of <moment>', 'what was known then: a position, a day or an instant')
  .action((urn: string, { types, asOf }: { types?: string; asOf?: string }) =>
    through('journey', (api) => journey(api, urn, given({ types, asOf }))),
  );

verb('schools', 'the schools, by name', 'schools --category Intervention')
  .option('--q <text>', 'part of a name, or a URN')
  .option('--category <category>', 'Enhancement, Prevention, Intervention or none')
  .option('--phase <phase>', 'primary, secondary, …')
  .option('--status <status>', 'maintained or academy')
  .option('--closed', 'closed schools too')
  .option('--as-of <moment>', 'what was known then: a position, a day or an instant')
  .action(
    ({ q, category, phase, status: stands, closed, asOf }: Record<string, string | undefined>) =>
      through('schools', (api) =>
        schools(api, {
          q,
          category,
          phase,
          status: stands,
          closed: closed === undefined ? undefined : 'true',
          asOf,
        }),
      ),
  );

verb(
  'rebuild',
  'build every read model anew from the log beside the present ones, compare, and switch',
  'rebuild --expect declared.json --rate 5000',
)
  .option('--expect <what>', 'what may change: none, any, or a JSON file that says it', 'none')
  .addOption(new Option('--rate <events>', 'events a second at most').argParser(Number))
  .option('--dry-run', 'build and compare; do not switch')
  .option('--resume', 'go on with one that broke off, was refused or was a dry run')
  .option('--undo', 'go back to what people saw before the last switch')
  .option('--finish', 'drop what is kept to go back to')
  .action((wishes: RebuildWishes) => through('rebuild', (api) => rebuild(api, wishes)));

verb('status', 'how far each follower of the log has come', 'status --json').action(() =>
  through('status', status),
);

verb(
  'backup',
  'copy the log to a new file while the service goes on',
  'backup /srv/backup/events-2026-11-23.db',
)
  .argument('<file>', 'a file that is not there yet')
  .action((file: string) => through('backup', (api) => backup(api, file)));

verb(
  'copy',
  'move the whole history to another place: from a data folder to EventStoreDB, and back; compares both at the end',
  'copy --from data --to esdb://events.example:2113',
)
  .requiredOption('--from <place>', 'a data folder, a connection string of EventStoreDB, or here')
  .requiredOption('--to <place>', 'the same; it must hold nothing, or what an earlier run brought')
  .option('--verify-only', 'copy nothing, only compare the two')
  .option('--compare-read-models', 'compare what was made of the log at both places, too')
  .action((wishes: CopyWishes) =>
    told('copy', json, async () => {
      const { copy } = await import('./copy.js');
      return copy(wishes, configFrom(process.env, 'ops'));
    }),
  );

verb(
  'county',
  'write an invented county in the national file formats; needs no data folder',
  'county --out /tmp/county --seed 7',
)
  .requiredOption('--out <folder>', 'where to write the three files')
  .addOption(
    new Option('--seed <number>', 'the same number gives the same county')
      .default(1)
      .argParser(Number),
  )
  .action(({ out, seed }: { out: string; seed: number }) =>
    told('county', json, () => county(out, seed)),
  );

verb(
  'give',
  'give one command; docs/commands.md lists them',
  'give schools/register-school --data @school.json --key 7f3a',
)
  .argument('<command>', 'context and command, e.g. schools/register-school')
  .option('--data <json>', 'the command\u2019s fields, or @ and the name of a file that holds them')
  .option('--key <text>', 'your own name for this request: sent again under it, it is done once')
  .option(
    '--as <role>',
    'as the invented person of this role, where the demo sign-in is on; default: the operator',
  )
  .option('--urn <urn>', 'the school that person speaks for')
  .action((command: string, { data, key, as, urn }: Record<string, string | undefined>) =>
    through('give', (api) => give(api, command, given({ data, key, as, urn }))),
  );

verb(
  'seed',
  'play the invented county into an empty log; stop every worker and service before',
  'seed',
).action(() =>
  told('seed', json, async () => {
    const { seed } = await import('./seed.js');
    return seed(configFrom(process.env, 'ops'));
  }),
);

verb(
  'migrate',
  'make the indexes in MongoDB and the topics in Kafka; before a new version starts',
  'migrate',
).action(() =>
  told('migrate', json, async () => {
    const { migrate } = await import('./doctor.js');
    return migrate(configFrom(process.env, 'ops'));
  }),
);

verb(
  'doctor',
  'are the settings and the engines as they have to be? Starts nothing and changes nothing',
  'doctor --json',
).action(() =>
  told('doctor', json, async () => {
    const { doctor } = await import('./doctor.js');
    return doctor(process.env);
  }),
);

verb(
  'token',
  'issue a signed token for somebody, where SIGN_IN is token or for programs',
  'token --role adviser --id adviser-7 --days 30',
)
  .requiredOption('--role <role>', 'adviser, team-leader, head-of-service, …, operator')
  .requiredOption('--id <reference>', 'by what the council knows this person; never a name')
  .option('--school <id>', 'the id of the school this person speaks for')
  .addOption(
    new Option('--days <number>', 'how long it is valid').makeOptionMandatory().argParser(Number),
  )
  .action((wishes: TokenWishes) =>
    told('token', json, async () => {
      const { token } = await import('./token.js');
      return token(wishes, configFrom(process.env, 'ops'));
    }),
  );

verb(
  'check',
  'is everything in order: the data folder, both stores, the read models, the URNs?',
  'check',
).action(() => through('check', check));

/** Options that were given; those that were not are absent, not undefined. */
function given<T extends Record<string, string | undefined>>(
  options: T,
): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}

async function main(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) {
      // Commander has said it to people already; machines get it as any refusal.
      if (json)
        refused(process.argv[2] ?? '', json, { title: 'Not understood', detail: error.message });
      process.exitCode = 2;
    }
  }
}

void main();
