/**
 * Moves a history between two data folders, for tests that kill it on the way. Not a test by itself.
 *
 *   node moving.js FROM TO
 *
 * Tells after each page how many events this run has brought, a line each, written before anything else is done.
 */
import { writeSync } from 'node:fs';
import { openEmbeddedEventStore } from '#adapters';
import { moveHistory } from '#application';

async function move(from: string, to: string): Promise<void> {
  const source = openEmbeddedEventStore({ folder: from });
  const target = openEmbeddedEventStore({ folder: to });
  await moveHistory(source, target, ({ events }) => writeSync(1, `${events}\n`));
  await target.close();
  await source.close();
}

const [from = '', to = ''] = process.argv.slice(2);
void move(from, to);
