import type { Collection, Db } from 'mongodb';
import { START, type Position } from '#kernel';
import { isTaken } from './trouble';

interface LeaseDocument {
  readonly _id: string;
  readonly holder: string;
  /** Milliseconds since 1970, by the server's clock. */
  readonly until: number;
}

/** One document for each lease. */
export class Leases {
  readonly #documents: Collection<LeaseDocument>;

  constructor(db: Db) {
    this.#documents = db.collection('leases');
  }

  /**
   * One atomic step by the server's own clock, so that holders on machines whose clocks differ agree. Who has it now is
   * read from the document it leaves.
   */
  async take(name: string, holder: string, ms: number): Promise<boolean> {
    const me = { $literal: holder };
    const now = { $toLong: '$$NOW' };
    const free = { $or: [{ $eq: ['$holder', me] }, { $lte: ['$until', now] }] };
    try {
      const lease = await this.#documents.findOneAndUpdate(
        { _id: name },
        [
          {
            $set: {
              holder: { $cond: [free, me, '$holder'] },
              // One part sets all its fields from what was there before.
              until: { $cond: [free, { $add: [now, ms] }, '$until'] },
            },
          },
        ],
        { upsert: true, returnDocument: 'after' },
      );
      return lease?.holder === holder;
    } catch (error) {
      // Two began it at once, and the other one was first.
      if (isTaken(error)) return false;
      throw error;
    }
  }

  async release(name: string, holder: string): Promise<void> {
    await this.#documents.deleteOne({ _id: name, holder });
  }
}

interface MarkDocument {
  readonly _id: string;
  readonly position: Position;
}

/** Small named positions outside the generations. */
export class Marks {
  readonly #documents: Collection<MarkDocument>;

  constructor(db: Db) {
    this.#documents = db.collection('marks');
  }

  async get(name: string): Promise<Position> {
    return (await this.#documents.findOne({ _id: name }))?.position ?? START;
  }

  async set(name: string, position: Position): Promise<void> {
    const set = () =>
      this.#documents.updateOne({ _id: name }, { $set: { position } }, { upsert: true });
    // Two may begin it at once; the second time it is there.
    await set().catch((error: unknown) => {
      if (!isTaken(error)) throw error;
      return set();
    });
  }
}
