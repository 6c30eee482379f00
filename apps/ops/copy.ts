import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openEmbeddedEventStore, openEventStoreDb } from '#adapters';
import type { Moving } from '#application';
import { compareHistories, moveHistory } from '#application';
import type { EventStore, LogIdentity } from '#kernel';
import { StoreError } from '#kernel';
import type { Config } from '#platform';
import { notDone } from './api';
import { comparedReadModels, readModelsInWords } from './copied-read-models';
import { counted } from './plain';
import { progressOf } from './progress';
import type { Report } from './report';

export interface CopyWishes {
  readonly from: string;
  readonly to: string;
  readonly verifyOnly?: true;
  readonly compareReadModels?: true;
}

/** A place a log is at: a data folder, or an EventStoreDB. */
interface Place {
  readonly store: EventStore;
  /** In words, without the password its address may hold. */
  readonly says: string;
  readonly folder: string | undefined;
  /** Something writes to it at this moment, so that what is copied is its present end. */
  readonly written: boolean;
}

/**
 * Moves a whole history from one place to another and shows that both hold the same. Broken off, it goes on when it is run
 * again; run again when all is done, it changes nothing.
 */
export async function copy(wishes: CopyWishes, settings: Config): Promise<Report> {
  const { from, to, verifyOnly } = wishes;
  if (isSame(from, to, settings)) {
    throw notDone(
      'One place',
      'What --from and --to name is one place. Name the place the history is to go to.',
    );
  }
  const source = await opened(from, settings, 'source');
  try {
    const target = await opened(to, settings, verifyOnly === true ? 'compared' : 'target');
    try {
      return await copied(source, target, wishes, settings);
    } finally {
      await target.store.close();
    }
  } finally {
    await source.store.close();
  }
}

async function copied(
  source: Place,
  target: Place,
  { verifyOnly, compareReadModels }: CopyWishes,
  settings: Config,
): Promise<Report> {
  const moved =
    verifyOnly === true
      ? undefined
      : await watched(`copying`, (told) => moveHistory(source.store, target.store, told));
  const compared = await watched('comparing', (told) =>
    compareHistories(source.store, target.store, told),
  );
  const [there, here] = [await source.store.identity(), await target.store.identity()];
  const documents =
    compareReadModels === true ? await comparedReadModels(source, target, settings) : undefined;
  const report = {
    from: { place: source.says, ...there },
    to: { place: target.says, ...here },
    ...(moved === undefined ? {} : { copied: moved.events, upTo: moved.upTo }),
    ...compared,
    stillWritten: source.written,
    ...(documents === undefined ? {} : { readModels: documents }),
  };
  const { events, digest, difference, since } = compared;
  const plain = [
    ...(moved === undefined
      ? []
      : [`Copied ${counted(moved.events, 'event')} from ${source.says} to ${target.says}.`]),
    difference === undefined
      ? `The same at both ends: ${counted(events, 'event')} with ids, streams, revisions, types, times, data and metadata; SHA-256 over all of them ${digest}.`
      : `NOT THE SAME after ${counted(events, 'event')} that are: ${difference}`,
    ...(since === 0 ? [] : [`${target.says} has ${counted(since, 'event')} of its own since.`]),
    ...(documents === undefined ? [] : [readModelsInWords(documents)]),
    ...(difference === undefined && documents === undefined
      ? next(source, target, here, since)
      : []),
  ];
  const same =
    documents === undefined || ('differing' in documents && documents.differing.length === 0);
  return { ok: difference === undefined && same, report, plain: plain.join('\n') };
}

/** What is to be done now, for whoever runs it. */
function next(source: Place, target: Place, { volume }: LogIdentity, since: number): string[] {
  if (source.written) {
    return [
      `${source.says} is still written to: this is its present end. Stop what writes there and run this once more; it takes only what came since.`,
    ];
  }
  if (since > 0) return [];
  const start =
    target.folder === undefined
      ? `set EVENTSTORE_URL to ${target.says}, run \`ops migrate\` and start the workers`
      : `start the service with DATA_DIR=${target.folder}`;
  return [
    `Next: leave ${source.says} as it is, and ${start}. The read models are built from the log there, in a read store that is empty; then --verify-only --compare-read-models compares them. Every position given out before is understood: the log goes on in volume ${volume}.`,
  ];
}

function isSame(from: string, to: string, settings: Config): boolean {
  const named = (place: string): string => {
    const address = addressOf(place, settings);
    return isUrl(address) ? address : resolve(address);
  };
  return named(from) === named(to);
}

const isUrl = (place: string): boolean => /^[a-z+]+:\/\//.test(place);

/** `here` is what the settings say; everything else means itself. */
function addressOf(place: string, { EVENTSTORE_URL, DATA_DIR }: Config): string {
  return place === 'here' ? (EVENTSTORE_URL ?? DATA_DIR) : place;
}

async function opened(
  place: string,
  settings: Config,
  as: 'source' | 'target' | 'compared',
): Promise<Place> {
  const address = addressOf(place, settings);
  if (isUrl(address)) return openedServer(address);
  const says = `the folder ${address}`;
  if (as !== 'target' && !existsSync(join(address, 'events.db'))) {
    throw notDone('No log there', `There is no event log in ${says}. Name the folder it lies in.`);
  }
  try {
    return {
      store: openEmbeddedEventStore({ folder: address }),
      says,
      folder: address,
      written: false,
    };
  } catch (error) {
    // Nobody else may write while a history comes in; one that is only read may go on.
    if (as === 'target' || !(error instanceof StoreError) || error.code !== 'second-writer')
      throw error;
  }
  return {
    store: openEmbeddedEventStore({ folder: address, readOnly: true }),
    says,
    folder: address,
    written: true,
  };
}

/** Whether anybody writes to a server cannot be seen from here; what came meanwhile is found when it is run again. */
async function openedServer(url: string): Promise<Place> {
  return {
    // Nobody subscribes here, so that no heartbeat is needed, and a source is only read.
    store: await openEventStoreDb({ url, heartbeat: 0 }),
    // Without the name and the password that may stand before the host.
    says: url.replace(/\/\/[^/?]*@/, '//').replace(/\?.*$/s, ''),
    folder: undefined,
    written: false,
  };
}

/** Does a long piece of work and shows how it goes: events, events a second, and how long it will still take. */
async function watched<T>(
  what: string,
  work: (told: (moving: Moving) => void) => Promise<T>,
): Promise<T> {
  const progress = progressOf(what);
  const begun = performance.now();
  let first: number | undefined;
  try {
    return await work(({ events, share }) => {
      first ??= share;
      const seconds = (performance.now() - begun) / 1000;
      const done = share - first;
      const left = done > 0 ? Math.ceil((seconds * (1 - share)) / done) : undefined;
      const rate = Math.round(events / Math.max(seconds, 0.001));
      progress.at(
        Math.round(share * 1000),
        1000,
        `${counted(events, 'event')}, ${rate.toLocaleString('en-GB')} a second${left === undefined ? '' : `, ${left} s left`}`,
      );
    });
  } finally {
    progress.end();
  }
}
