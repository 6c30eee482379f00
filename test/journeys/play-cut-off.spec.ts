import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import { readModels } from '#read-models';
import { copy } from '../support/played-county';

/* What becomes of a first start that does not come to its end. The built program, on a data folder of its own. */
const MAIN = join(__dirname, '../../dist/apps/standalone/main.js');

jest.setTimeout(120_000);

let service: ChildProcess;
const start = (folder: string): void => {
  service = spawn(process.execPath, [MAIN], {
    env: { ...process.env, DATA_DIR: folder, PORT: '0', SEED: 'county', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
};

/** How far the log, the read models and the policies have come in a folder that nobody works on. */
async function standing(folder: string) {
  const events = openEmbeddedEventStore({ folder, readOnly: true });
  const documents = openEmbeddedReadStore({ folder, collections: readModels, readOnly: true });
  try {
    return {
      end: await events.end(),
      known: Math.max(await documents.checkpoint(), await documents.mark('reactor')),
    };
  } finally {
    await documents.close();
    await events.close();
  }
}

describe('a play that is cut off', () => {
  let folder: string;
  afterEach(() => {
    service.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('by kill -9 has lost nothing that was made use of, and goes on from there', async () => {
    folder = mkdtempSync(join(tmpdir(), 'side-by-side-cut-off-'));
    const kept: number[] = [];
    for (const after of [500, 3_000]) {
      start(folder);
      // The first looks may find files that are only being made.
      const come = () => standing(folder).catch(() => ({ known: 0 }));
      while ((await come()).known < after) await pause(20);
      service.kill('SIGKILL');
      await once(service, 'exit');
      const { end, known } = await standing(folder);
      expect(known).toBeLessThanOrEqual(end);
      kept.push(end);
    }
    expect(kept[1]).toBeGreaterThan(kept[0] ?? 0);
    expect(JSON.parse(readFileSync(join(folder, 'county.json'), 'utf8'))).toMatchObject({
      finished: false,
    });
  });

  it('by a power cut that took the end of the log is not gone on with, and says what to do', async () => {
    folder = copy();
    const log = new DatabaseSync(join(folder, 'events.db'));
    log.exec('DELETE FROM events WHERE position > (SELECT max(position) - 100 FROM events)');
    log.close();
    writeFileSync(join(folder, 'county.json'), '{"seed":2026,"finished":false}');
    start(folder);
    let said = '';
    service.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(service, 'close')) as [number | null];
    expect({ code, said }).toEqual({
      code: 1,
      said: expect.stringContaining(
        `The machine stopped while the invented county was being played, and not all of it reached the disk. Take ${folder} away and start again: nothing in it is anybody's yet.`,
      ) as string,
    });
  });
});
