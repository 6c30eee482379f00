import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import { readModels } from '#read-models';
import { cutOverJourney } from './cut-over';

// Two workers, two processes that answer and one that rebuilds, under load.
jest.setTimeout(180_000);

cutOverJourney(
  'the embedded stores',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'cut-over-'));
    const events = openEmbeddedEventStore({ folder });
    return Promise.resolve({
      name: 'embedded',
      events,
      another: () => Promise.resolve(openEmbeddedReadStore({ folder, collections: readModels })),
      dispose: async () => {
        await events.close();
        rmSync(folder, { recursive: true, force: true });
      },
    });
  },
  5,
);
