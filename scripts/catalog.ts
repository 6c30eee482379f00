/**
 * Writes what is generated from the code into docs/: `npm run catalog`. With `--check` it writes nothing and fails,
 * naming the files, when one of them is not what the code says now. `npm run catalog -- questions` writes
 * docs/questions.md alone, for which the sample county has to be played; a test holds it to what the county answers.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import { aggregates, policies } from '#domain';
import { readModels } from '#read-models';
import { apiPages } from '../apps/api/catalog';
import { eventsPage } from './events-page';
import { leadingIn } from './leading-to';
import playTheCounty, { copy } from '../test/support/played-county';
import { askAll } from '../test/support/questions/asked';
import { questionsPage } from '../test/support/questions/page';
import { elsewhere } from '../test/support/questions/table';
import { messagesPages } from './messages-pages';

const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/events.md': () => eventsPage(aggregates, { policies, readModels, leading: leadingIn() }),
  ...Object.fromEntries(
    Object.entries(apiPages).map(([file, page]) => [file, () => page(aggregates)]),
  ),
  ...messagesPages(),
};

const questions: typeof pages = {
  'docs/questions.md': async () => {
    await playTheCounty();
    const folder = copy();
    const events = openEmbeddedEventStore({ folder });
    const documents = openEmbeddedReadStore({ folder, collections: readModels });
    const asked = await askAll({ events, documents });
    await documents.close();
    await events.close();
    rmSync(folder, { recursive: true, force: true });
    return questionsPage(asked, elsewhere);
  },
};

async function main(written: typeof pages, check: boolean): Promise<void> {
  const stale: string[] = [];
  for (const [file, page] of Object.entries(written)) {
    const text = await page();
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    stale.push(file);
    if (check) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  if (!check)
    console.log(stale.length > 0 ? `Written: ${stale.join(', ')}` : 'Nothing has changed.');
  else if (stale.length > 0) {
    console.error(
      `No longer what the code says: ${stale.join(', ')}. Run "npm run catalog" and commit what it writes.`,
    );
    process.exitCode = 1;
  }
}

void main(process.argv.includes('questions') ? questions : pages, process.argv.includes('--check'));
