import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { positionIn, StoreError, volumeOf } from '#kernel';
import type { LogIdentity, Position, RecordedEvent } from '#kernel';
import { appendRequest } from '../append-request';
import { assertIdentity, assertOrder, timeOf } from '../history';
import { invalid } from '../invalid';
import { MOVED_FORMAT } from './format';
import { isUniqueViolation, storeErrorFrom } from './trouble';
import type { Run, Volume } from './volume';

/** The end of the log while a page is written: its last place, and the instant recorded there in ms. */
interface End {
  place: number;
  recordedAt: number;
}

/**
 * Writes pages of another store's history into this one, a page in one transaction. An event is the next one of its
 * stream, not older than the one before it and new to the log, or nothing of its page is written.
 */
export class TakingOver {
  constructor(
    private readonly db: DatabaseSync,
    private readonly file: string,
    private readonly volume: Volume,
  ) {}

  /** As `EventStore.takeOver`. Nobody else may have a transaction open. */
  takeOver(from: LogIdentity, events: readonly RecordedEvent[]): Position {
    assertIdentity(from);
    assertOrder(from, events);
    try {
      this.db.exec('BEGIN IMMEDIATE');
      this.#begin(from);
      const { position, place } = this.#takenOver(from);
      const fresh = events.findIndex((event) => event.position > position);
      const known = fresh === -1 ? events : events.slice(0, fresh);
      for (const event of known) this.#assertHere(event);
      if (fresh !== -1) this.#write(events.slice(fresh), place);
      this.db.exec('COMMIT');
    } catch (error) {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw storeErrorFrom(error, this.file);
    }
    return this.volume.takenOver().position;
  }

  /** Makes an empty store the next volume of the log; refuses one that is anything else than that already. */
  #begin(from: LogIdentity): void {
    const own = this.volume.identity();
    const volume = from.volume + 1;
    if (own.id === from.id && own.volume === volume) return;
    if (own.volume > 0 || this.#end().place > 0) {
      throw new StoreError(
        'foreign',
        `${this.file} holds ${own.volume > 0 ? `volume ${own.volume} of the log ${own.id}` : 'events of its own'}, so it ` +
          `cannot become volume ${volume} of the log ${from.id}. Move the history into a folder that holds nothing yet.`,
      );
    }
    // From here on an older version would take one position for another: it is to refuse the file.
    this.db.exec(`
      CREATE TABLE earlier_positions (
        position INTEGER PRIMARY KEY,
        place INTEGER NOT NULL,
        events INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX earlier_positions_by_place ON earlier_positions (position >> 44, place);
      PRAGMA user_version = ${MOVED_FORMAT};
    `);
    this.db.prepare('UPDATE log SET id = ?, volume = ?').run(from.id, volume);
  }

  #takenOver(from: LogIdentity): { readonly position: Position; readonly place: number } {
    const taken = this.volume.takenOver();
    if (this.#end().place === taken.place) return taken;
    throw new StoreError(
      'foreign',
      `${this.file} has gone on by itself since it took over volume ${from.volume}, so nothing more can come from there. ` +
        'To move the history once more, move it into a folder that holds nothing yet.',
    );
  }

  #end(): End {
    const last = this.db
      .prepare('SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1')
      .get();
    return {
      place: Number(last?.['position'] ?? 0),
      recordedAt: Number(last?.['recorded_at'] ?? 0),
    };
  }

  /** What was taken over before must be this very event: two stores may call themselves the same volume of a log. */
  #assertHere(event: RecordedEvent): void {
    const run = this.volume.runAt(event.position);
    const place = run === undefined ? 0 : run.place + event.position - run.position;
    const here = this.db
      .prepare('SELECT 1 FROM events WHERE position = ? AND id = unhex(?, ?)')
      .get(place, event.id, '-');
    if (here !== undefined) return;
    throw invalid(
      `The event ${event.id} at position ${event.position} is not the one that was taken over from there. The histories ` +
        'have gone different ways; find out which one is right before anything is moved.',
    );
  }

  #write(events: readonly RecordedEvent[], after: number): void {
    const insert = this.db.prepare(
      `INSERT INTO events (position, stream, revision, id, type, recorded_at, data, metadata)
       VALUES (?, ?, ?, unhex(?, '-'), ?, ?, ?, ?)`,
    );
    const next = new NextOfStream(this.db);
    const runs = new Runs(this.db, this.volume);
    const end = { ...this.#end(), place: after };
    for (const event of events) {
      const { stream, revision } = event;
      const [stored] = appendRequest(stream, 'any', [event]).events;
      if (stored === undefined) continue;
      const wanted = next.revisionOf(stream);
      if (revision !== wanted) {
        throw invalid(
          `${stream} has its revision ${wanted} to come, and was given revision ${revision}.`,
        );
      }
      end.recordedAt = timeOf(event, end.recordedAt);
      end.place += 1;
      const { id, type, data, metadata } = stored;
      try {
        insert.run(end.place, stream, revision, id, type, end.recordedAt, data, metadata);
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        throw invalid(`The id ${id} of revision ${revision} of ${stream} is in the log already.`);
      }
      for (const position of [event.position, ...(event.takenFrom ?? [])]) {
        runs.add(position, end.place);
      }
    }
    runs.write();
  }
}

class NextOfStream {
  readonly #next = new Map<string, number>();
  readonly #last: StatementSync;

  constructor(db: DatabaseSync) {
    this.#last = db.prepare('SELECT max(revision) AS last FROM events WHERE stream = ?');
  }

  revisionOf(stream: string): number {
    const next = this.#next.get(stream) ?? Number(this.#last.get(stream)?.['last'] ?? -1) + 1;
    this.#next.set(stream, next + 1);
    return next;
  }
}

/** Gathers where events stood before into stretches, one open for each earlier volume. */
class Runs {
  readonly #open = new Map<number, Run>();
  readonly #insert: StatementSync;

  constructor(
    db: DatabaseSync,
    private readonly volume: Volume,
  ) {
    this.#insert = db.prepare(
      `INSERT INTO earlier_positions (position, place, events) VALUES (?, ?, ?)
       ON CONFLICT (position) DO UPDATE SET events = excluded.events`,
    );
  }

  add(position: Position, place: number): void {
    const volume = volumeOf(position);
    const run = this.#open.get(volume) ?? this.#last(volume);
    const ahead = run === undefined ? 0 : position - run.position;
    if (run !== undefined && ahead < run.events) {
      throw invalid(`Position ${position} comes after one that is not before it.`);
    }
    if (run?.events === ahead && run.place + ahead === place) {
      this.#open.set(volume, { ...run, events: ahead + 1 });
      return;
    }
    if (run !== undefined) this.#put(run);
    this.#open.set(volume, { position, place, events: 1 });
  }

  write(): void {
    for (const run of this.#open.values()) this.#put(run);
  }

  #last(volume: number): Run | undefined {
    return this.volume.runAt((positionIn(volume + 1, 0) - 1) as Position);
  }

  #put({ position, place, events }: Run): void {
    this.#insert.run(position, place, events);
  }
}
