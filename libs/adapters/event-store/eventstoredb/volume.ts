import { randomUUID } from 'node:crypto';
import type { LogIdentity, Position } from '#kernel';
import { placeOf, positionIn, START, StoreError, volumeOf } from '#kernel';
import { invalid } from '../invalid';
import { OWN } from './codec';
import type { Event } from './records';
import type { Supervised } from './supervised';

/** The stream that says which log this is; its last event counts. */
export const IDENTITY = `${OWN}log`;

/** Which log the server holds, and in which volume: what makes a place a position. */
export class Volume {
  #identity: LogIdentity | undefined;

  constructor(private readonly server: Supervised) {}

  get identity(): LogIdentity {
    if (this.#identity === undefined) throw new Error('The identity of the log was not read yet.');
    return this.#identity;
  }

  positionOf = (place: number): Position =>
    place === 0 ? START : positionIn(this.identity.volume, place);

  /** The place of a position of this volume. @throws StoreError 'invalid' for one of another. */
  placeOf(position: Position): number {
    if (position === START) return 0;
    if (volumeOf(position) === this.identity.volume) return placeOf(position);
    throw invalid(
      `Position ${position} lies in volume ${volumeOf(position)} of a log, and this store holds volume ${this.identity.volume}. ` +
        'A position of before a move is to be translated; what was built on such positions is to be built anew.',
    );
  }

  /** Reads the identity; a server that was never used is given one. */
  async read(): Promise<LogIdentity> {
    const read = { stream: IDENTITY, from: 'end', backwards: true, limit: 1 } as const;
    return this.server.until(`read ${IDENTITY}`, async (connection) => {
      const [last] = (await connection.readStream(read)) ?? [];
      if (last !== undefined) {
        this.heard(last);
        if (this.#identity === undefined) throw unreadable();
        return { done: this.#identity };
      }
      await connection.append(IDENTITY, -1, [named({ id: randomUUID(), volume: 0 })]);
      return undefined;
    });
  }

  /** From now on the server holds the next volume of another log. Only for one that holds no events. */
  async become(identity: LogIdentity): Promise<void> {
    await this.server.until(`write ${IDENTITY}`, async (connection) => {
      const read = { stream: IDENTITY, from: 'end', backwards: true, limit: 1 } as const;
      const [last] = (await connection.readStream(read)) ?? [];
      if (last !== undefined) this.heard(last);
      if (sameLog(this.#identity, identity)) return { done: undefined };
      await connection.append(IDENTITY, last?.revision ?? -1, [named(identity)]);
      return undefined;
    });
  }

  /** An event of the identity's stream came; one that cannot be read changes nothing. */
  heard({ data }: Event): void {
    const { id, volume } = (data ?? {}) as Partial<LogIdentity>;
    if (typeof id === 'string' && Number.isInteger(volume))
      this.#identity = { id, volume: Number(volume) };
  }
}

const unreadable = (): StoreError =>
  new StoreError(
    'damaged',
    `Which log EventStoreDB holds cannot be read: the last event of the stream ${IDENTITY} is not what was written. Restore the server's data from a backup.`,
  );

export const sameLog = (one: LogIdentity | undefined, other: LogIdentity): boolean =>
  one?.id === other.id && one.volume === other.volume;

const named = (identity: LogIdentity) => ({
  id: randomUUID(),
  type: `${OWN}log`,
  data: JSON.stringify(identity),
  metadata: '{}',
});
