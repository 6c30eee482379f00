/**
 * Writes what is generated from the code into docs/: `npm run catalog`. With `--check` it writes nothing and fails,
 * naming the files, when one of them is not what the code says now.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { aggregates } from '#domain';
import { apiPages } from '../apps/api/catalog';
import { eventsPage } from './events-page';
import { messagesPages } from './messages-pages';

const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/events.md': () => eventsPage(aggregates),
  ...Object.fromEntries(
    Object.entries(apiPages).map(([file, page]) => [file, () => page(aggregates)]),
  ),
  ...messagesPages(),
};

async function main(check: boolean): Promise<void> {
  const stale: string[] = [];
  for (const [file, page] of Object.entries(pages)) {
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

void main(process.argv.includes('--check'));
