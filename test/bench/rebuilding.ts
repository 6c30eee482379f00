import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import type { ReadEvent } from '#application';
import { Projector } from '#application';
import type { RecordedEvent } from '#kernel';
import { readModels } from '#read-models';
import type { Version } from './bare-read-models';
import { BareReadModels, Versions } from './bare-read-models';
import { codec } from './ground';
import type { Figure } from './measuring';
import { median, mostMemory, perSecond } from './measuring';

const PAGE = `SELECT position, stream, revision, lower(hex(id)), type, recorded_at, data, metadata
  FROM events WHERE position > ? AND position <= ? ORDER BY position`;

/** Rebuilds every read model alone in this process, and leaves them active: how fast, and with how much memory. */
export async function rebuildingAlone(
  folder: string,
  { events }: { readonly events: number },
): Promise<readonly Figure[]> {
  rmSync(join(folder, 'read-models.db'), { force: true });
  const log = openEmbeddedEventStore({ folder });
  const documents = openEmbeddedReadStore({ folder, collections: readModels });
  const begun = performance.now();
  await new Projector(log, documents, codec, readModels, 'g1').catchUp();
  const seconds = (performance.now() - begun) / 1000;
  await documents.activate('g1');
  await documents.close();
  await log.close();
  const most = mostMemory();
  return [
    {
      what: 'Most memory of a process that rebuilds',
      ours: `${most} MB`,
      beside: `${perSecond(events / seconds)}, ${seconds.toFixed(1)} s in all`,
      value: most,
      unit: 'MB',
      limit: { atMost: 400 },
      events,
    },
  ];
}

/**
 * Rebuilding everything, beside a bare loop that reads and parses the same events and writes the same rows into the same
 * tables in the same transactions. The two take turns page by page, so that a noisy machine meets both; the versions the
 * bare loop writes are worked out outside of the time measured. One bare loop makes objects into text as it goes, as
 * ours must; the stricter one finds its text ready made.
 */
export async function rebuilding(
  folder: string,
  { events, passes }: { readonly events: number; readonly passes: number },
): Promise<readonly Figure[]> {
  const made: { ours: number; bare: number; ready: number }[] = [];
  for (let pass = 0; pass < passes; pass++) made.push({ ...(await pagesInTurn(folder)) });
  const rate = (of: 'ours' | 'bare' | 'ready'): number =>
    events / median(made.map((pass) => pass[of]));
  const against = (of: 'bare' | 'ready'): number =>
    median(made.map((pass) => pass[of] / pass.ours));
  return [
    {
      what: 'Rebuilding everything; the bare loop writes from objects',
      ours: perSecond(rate('ours')),
      beside: perSecond(rate('bare')),
      value: against('bare'),
      unit: 'of bare',
      limit: { atLeast: 0.5 },
      events,
    },
    {
      what: 'The same; the bare loop finds every text ready made',
      ours: perSecond(rate('ours')),
      beside: perSecond(rate('ready')),
      value: against('ready'),
      unit: 'of bare',
      events,
    },
  ];
}

/** One rebuild of ours with both bare loops in between; seconds of each. */
async function pagesInTurn(folder: string): Promise<{ ours: number; bare: number; ready: number }> {
  const collect = minorCollection();
  const files = ['bare.db', 'ready.db'].map((name) => join(folder, name));
  const spoor = [
    join(folder, 'rebuilt'),
    ...files.flatMap((file) => [file, `${file}-wal`, `${file}-shm`]),
  ];
  for (const left of spoor) rmSync(left, { recursive: true, force: true });

  const log = openEmbeddedEventStore({ folder });
  const documents = openEmbeddedReadStore({
    folder: join(folder, 'rebuilt'),
    collections: readModels,
  });
  const source = new DatabaseSync(join(folder, 'events.db'), { readOnly: true });
  source.exec('PRAGMA cache_size = -16384');
  const select = source.prepare(PAGE);
  select.setReturnArrays(true);
  const readAndParse = (from: number, to: number): number => {
    const rows = select.all(from, to) as unknown as readonly (readonly unknown[])[];
    for (const row of rows) {
      JSON.parse(row[6] as string);
      JSON.parse(row[7] as string);
    }
    return rows.length;
  };
  const spent = { ours: 0, bare: 0, ready: 0 };
  const measure = (what: keyof typeof spent, work: () => void): void => {
    collect();
    const begun = performance.now();
    work();
    spent[what] += (performance.now() - begun) / 1000;
  };

  const versionsOf = new Versions(readModels);
  let bare: BareReadModels[] | undefined;
  let from = 0;
  let since = performance.now();
  /** Called by the projector after each page of its own. */
  const bareTurn = (to: number): void => {
    spent.ours += (performance.now() - since) / 1000;
    bare ??= files.map((file) => new BareReadModels('g1', join(folder, 'rebuilt'), file));
    const [asObjects, asText] = bare as [BareReadModels, BareReadModels];
    const versions = versionsOf.of(
      eventsOf(select.all(from, to) as unknown as readonly (readonly unknown[])[]),
    );
    const texts = new Map(versions.map((version) => [version, textOf(version)]));
    for (const file of bare) file.prepare(versions);
    measure('bare', () => {
      readAndParse(from, to);
      asObjects.write(versions, textOf, to);
    });
    measure('ready', () => {
      readAndParse(from, to);
      asText.write(versions, (version) => texts.get(version) ?? null, to);
    });
    from = to;
    collect();
    since = performance.now();
  };
  await new Projector(log, documents, codec, readModels, 'g1').catchUp(({ position }) => {
    bareTurn(position);
  });
  for (const file of bare ?? []) {
    file.assertSameRows();
    file.close();
  }
  source.close();
  await documents.close();
  await log.close();
  for (const left of spoor) rmSync(left, { recursive: true, force: true });
  return spent;
}

const textOf = ({ body }: Version): string | null => (body === null ? null : JSON.stringify(body));

const eventsOf = (rows: readonly (readonly unknown[])[]): readonly ReadEvent[] =>
  rows.map((row) =>
    codec.fromStore({
      position: row[0],
      stream: row[1],
      revision: row[2],
      id: uuidOf(row[3] as string),
      type: row[4],
      recordedAt: new Date(row[5] as number).toISOString(),
      data: JSON.parse(row[6] as string) as unknown,
      metadata: JSON.parse(row[7] as string) as unknown,
    } as RecordedEvent),
  );

const uuidOf = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** Empties the young part of the heap, so that no loop pays for what another left lying. */
function minorCollection(): () => void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as (options: { type: 'minor' }) => void;
  return () => {
    gc({ type: 'minor' });
  };
}
