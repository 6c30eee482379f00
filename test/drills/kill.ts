/*
 * kill -9 while commands pour in. Starts the service, sends bursts of concurrent commands, kills it when a random part of
 * each burst has been answered, starts it again, and sends what was not acknowledged once more under the same keys. At the
 * end it holds the log and the read models against what was acknowledged.
 *
 *   node dist/test/drills/kill.js [BURSTS=200] [SEED=1]
 */
import 'reflect-metadata';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import { START } from '#kernel';
import { readModels } from '#read-models';
import { digestOf, documentsIn, pureFold } from '../support/pure-fold';
import { seeded } from '../support/seeded';
import type { Acknowledged, Sent } from './load';
import { headChange, registration, send } from './load';
import { caughtUp, start } from './service';

const SCHOOLS = 20;
const BURST = 64;

async function drill(bursts: number, seed: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kill-drill-'));
  const random = seeded(seed);
  const acknowledged = new Map<string, Acknowledged>();
  let service = await start(folder);
  for (let n = 0; n < SCHOOLS; n++) {
    const answer = await send(service, registration(n));
    if (answer === undefined) throw new Error('The service died without being killed.');
    acknowledged.set(answer.key, answer);
  }
  let next = 0;
  let unanswered: Sent[] = [];
  for (let burst = 1; burst <= bursts; burst++) {
    const fresh = Array.from({ length: BURST }, () => headChange(next++, SCHOOLS));
    const all = [...unanswered, ...fresh];
    // Killed at the moment when so many have been answered: of the others some are under way, some on disk.
    const enough = Math.floor(random() * (all.length + 1));
    const killed = Promise.withResolvers<undefined>();
    let arrived = 0;
    const sending = all.map(async (sent) => {
      const answer = await send(service, sent);
      if (++arrived >= enough) killed.resolve(undefined);
      return { sent, answer };
    });
    if (enough > 0) await killed.promise;
    service.process.kill('SIGKILL');
    const answers = await Promise.all(sending);
    for (const { answer } of answers)
      if (answer !== undefined) acknowledged.set(answer.key, answer);
    unanswered = answers.filter(({ answer }) => answer === undefined).map(({ sent }) => sent);
    if (service.process.exitCode === null && service.process.signalCode === null)
      await once(service.process, 'exit');
    service = await start(folder);
    if (burst % 10 === 0)
      console.error(
        `${burst} of ${bursts} bursts, ${acknowledged.size} acknowledged, ${unanswered.length} to send again`,
      );
  }
  for (const sent of unanswered) {
    const answer = await send(service, sent);
    if (answer === undefined) throw new Error('The service died without being killed.');
    acknowledged.set(answer.key, answer);
  }
  await caughtUp(service);
  service.process.kill('SIGTERM');
  await once(service.process, 'exit');
  await holdAgainst(folder, acknowledged);
  rmSync(folder, { recursive: true, force: true });
}

/** Every acknowledged command is in the log once, at the position it was told; and the read models are the pure fold. */
async function holdAgainst(
  folder: string,
  acknowledged: ReadonlyMap<string, Acknowledged>,
): Promise<void> {
  const events = openEmbeddedEventStore({ folder, readOnly: true });
  const documents = openEmbeddedReadStore({ folder, collections: readModels, readOnly: true });
  const told = new Map<number, number>();
  const perCommand = new Map<string, number>();
  let after = START;
  for (let atEnd = false; !atEnd;) {
    const page = await events.readLog(after, { limit: 5000 });
    for (const { position, type, data, metadata } of page.events) {
      told.set(position, (told.get(position) ?? 0) + 1);
      if (type === 'HeadteacherChangeRecorded') {
        const key = `${data['schoolId'] as string} ${data['personRef'] as string}`;
        perCommand.set(key, (perCommand.get(key) ?? 0) + 1);
      }
      if (typeof metadata['commandId'] !== 'string')
        throw new Error(`Event ${position} has no command.`);
    }
    ({ scannedTo: after, atEnd } = page);
  }
  const lost = [...acknowledged.values()].filter(({ position }) => !told.has(position));
  const doubled = [...perCommand].filter(([, times]) => times > 1);
  const heads = [...acknowledged.values()].filter(({ path }) =>
    path.endsWith('record-head-change'),
  );
  const missing = heads.filter(({ body }) => {
    const { schoolId: school, personRef } = body as { schoolId: string; personRef: string };
    return perCommand.get(`${school} ${personRef}`) !== 1;
  });
  const snapshot = await documents.snapshot();
  const projected = digestOf(await documentsIn(snapshot, readModels));
  const folded = digestOf(await pureFold(events, readModels, snapshot.position));
  const end = await events.end();
  console.log(
    JSON.stringify({
      acknowledged: acknowledged.size,
      events: end,
      lost: lost.length + missing.length,
      doubled: doubled.length,
      readModelsAt: snapshot.position,
      readModelsEqualPureFold: projected === folded,
    }),
  );
  const right =
    lost.length + missing.length + doubled.length === 0 &&
    projected === folded &&
    snapshot.position === end;
  await documents.close();
  await events.close();
  if (!right) throw new Error(`The drill found a fault; the folder is kept: ${folder}`);
}

drill(Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 1)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
