import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { positionIn, START, StoreError, volumeOf } from '#kernel';
import type { LogIdentity, Position } from '#kernel';
import { closed } from '../closed';
import { invalid } from '../invalid';
import { damaged, storeErrorFrom } from './trouble';

/** A stretch of an earlier volume whose events stand here in the same order without gaps at either end. */
export interface Run {
  /** Of its first event, in the earlier volume. */
  readonly position: Position;
  /** Of its first event, here. */
  readonly place: number;
  readonly events: number;
}

/**
 * Which log the file holds, in which volume of it, and where what it took over stood before. The file counts places from
 * 1; what the outside sees are positions, places in a volume.
 */
export class Volume {
  /** Undefined while the file is one of before there were identities. */
  #log: StatementSync | undefined;
  #byPosition: StatementSync | undefined;
  #byPlace: StatementSync | undefined;
  /** The stretch last met in each volume: whoever reads on in the log stays in it. */
  readonly #near = new Map<number, Run>();
  #number = 0;
  /** Only an empty store ever takes another identity on: with an event in it, what was read stays true. */
  #settled = false;

  constructor(
    private readonly db: DatabaseSync,
    private readonly file: string,
  ) {}

  /** What a place and its position differ by. Ask after reading rows, and never inside an open transaction that has written. */
  get base(): number {
    return positionIn(this.number, 0);
  }

  get number(): number {
    if (!this.db.isOpen) throw closed();
    if (!this.#settled) {
      const row = this.#look();
      this.#number = row === undefined ? 0 : (row[1] as number);
      this.#settled = row?.[2] === 1;
    }
    return this.#number;
  }

  positionOf(place: number): Position {
    return place === 0 ? START : positionIn(this.number, place);
  }

  /** The place of a position of this volume. @throws StoreError 'invalid' for one of another volume. */
  placeOf(position: Position): number {
    if (position === START) return 0;
    if (volumeOf(position) === this.number) return position - this.base;
    throw invalid(
      `Position ${position} lies in volume ${volumeOf(position)} of a log, and this store holds volume ${this.number}. ` +
        'A position of before a move is to be translated; read models that stand on such positions cannot be gone on with: ' +
        'give this log a read store that is empty, and they are built there anew.',
    );
  }

  identity(): LogIdentity {
    const row = this.#look();
    if (row !== undefined) return { id: row[0] as string, volume: row[1] as number };
    throw new StoreError(
      'read-only',
      `${this.file} was written by an older version and has no identity yet. It gets one when it is next opened to ` +
        'write: start the service of this version once.',
    );
  }

  /** The last stretch taken over from a volume that lies at or before the position; undefined when there is none. */
  runAt(position: Position): Run | undefined {
    if (this.number === 0) return undefined;
    this.#byPosition ??= this.#prepare(
      `SELECT position, place, events FROM earlier_positions
       WHERE position <= ? AND position >= ? ORDER BY position DESC LIMIT 1`,
    );
    return this.#rows(this.#byPosition, position, positionIn(volumeOf(position), 0)).map(runOf)[0];
  }

  /** How far the volume before has been taken over: its last position here, and that event's place. */
  takenOver(): { readonly position: Position; readonly place: number } {
    const own = this.number;
    const last = own === 0 ? undefined : this.runAt((positionIn(own, 0) - 1) as Position);
    return last === undefined
      ? { position: START, place: 0 }
      : {
          position: (last.position + last.events - 1) as Position,
          place: last.place + last.events - 1,
        };
  }

  translated(position: Position): Position | undefined {
    const own = this.number;
    const asked = volumeOf(position);
    if (position === START || asked === own) return position;
    if (asked > own) return undefined;
    const run = this.runAt(position);
    if (run !== undefined) {
      return this.positionOf(run.place + Math.min(position - run.position, run.events - 1));
    }
    // Before the first event of a volume we know; or of one from which nothing came.
    return asked === own - 1 || this.#knows(asked) ? START : undefined;
  }

  /** Where the event at a place stood in earlier volumes, the newest first; undefined when it was recorded in this one. */
  formerly(place: number): readonly Position[] | undefined {
    let former: Position[] | undefined;
    for (let volume = this.number - 1; volume >= 0; volume--) {
      let run = this.#near.get(volume);
      if (run === undefined || place < run.place || place >= run.place + run.events) {
        run = this.#runTo(volume, place);
        if (run === undefined) continue;
        this.#near.set(volume, run);
      }
      if (place < run.place + run.events) {
        (former ??= []).push((run.position + place - run.place) as Position);
      }
    }
    return former;
  }

  #runTo(volume: number, place: number): Run | undefined {
    this.#byPlace ??= this.#prepare(
      `SELECT position, place, events FROM earlier_positions
       WHERE position >> 44 = ? AND place <= ? ORDER BY place DESC LIMIT 1`,
    );
    return this.#rows(this.#byPlace, volume, place).map(runOf)[0];
  }

  #knows(volume: number): boolean {
    return this.runAt((positionIn(volume + 1, 0) - 1) as Position) !== undefined;
  }

  /** Identity, volume, and whether there is an event, all of one moment. */
  #look(): readonly unknown[] | undefined {
    if (this.#log === undefined) {
      const table = this.#prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'log'`);
      if (this.#rows(table).length === 0) return undefined;
      this.#log = this.#prepare('SELECT id, volume, EXISTS (SELECT 1 FROM events) FROM log');
    }
    const row = this.#rows(this.#log)[0];
    if (row === undefined) throw damaged(this.file, 'it does not say which log it holds');
    return row;
  }

  #rows(statement: StatementSync, ...values: SQLInputValue[]): readonly (readonly unknown[])[] {
    if (!this.db.isOpen) throw closed();
    try {
      return statement.all(...values) as unknown as readonly (readonly unknown[])[];
    } catch (error) {
      throw storeErrorFrom(error, this.file);
    }
  }

  #prepare(sql: string): StatementSync {
    if (!this.db.isOpen) throw closed();
    try {
      const statement = this.db.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    } catch (error) {
      throw storeErrorFrom(error, this.file);
    }
  }
}

const runOf = (row: readonly unknown[]): Run => ({
  position: row[0] as Position,
  place: row[1] as number,
  events: row[2] as number,
});
