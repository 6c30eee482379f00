import type { AnyBulkWriteOperation, Db } from 'mongodb';
import { StoreError, type CollectionSpec } from '#kernel';
import type { VersionsOfOne } from '../page';
import { BATCH, documentsOf, type Documents, type LatestDocument } from './collection';
import { planOf, type Plan, type Sized } from './plan';
import { takenIn } from './trouble';

/** A bulk has at most `BATCH` documents and about this many bytes; MongoDB takes 48 MB in one message. */
const BULK = 8 * 1024 * 1024;
/** Each time somebody else was first with a document, which then is further on than before. */
const ATTEMPTS = 50;

/** Writes the versions of one page that belong to one collection of a generation. */
export class PageWriter {
  readonly #documents: Documents;
  #plans: ReadonlyMap<string, Plan> = new Map();

  constructor(
    db: Db,
    private readonly spec: CollectionSpec,
    generation: string,
    private readonly byKey: ReadonlyMap<string, VersionsOfOne>,
  ) {
    this.#documents = documentsOf(db, spec.name, generation);
  }

  /** Looks at what stands and decides what to write. Refuses what is wrong with the page; nothing is written yet. */
  async prepare(): Promise<void> {
    this.#plans = await this.#planned([...this.byKey.keys()]);
  }

  /** Puts superseded versions into the history. Those that are there already stay as they are. */
  async writePast(): Promise<void> {
    const past = [...this.#plans.values()].flatMap((plan) => plan.past);
    for (const bulk of bulksOf(past)) {
      await this.#documents.history.insertMany(bulk, { ordered: false }).catch(takenIn);
    }
  }

  /** Moves the newest versions forward. What they supersede has to be in the history by now. */
  async writeNewest(): Promise<void> {
    let moved = await this.#move();
    for (let attempt = 1; moved.length > 0; attempt += 1) {
      if (attempt === ATTEMPTS) {
        throw new StoreError(
          'unavailable',
          `Others write the same documents of ${this.spec.name} all the time. The page can be written again.`,
        );
      }
      // Another worker was first: what it has put there stands already, or is to be superseded in its turn.
      this.#plans = await this.#planned(moved);
      await this.writePast();
      moved = await this.#move();
    }
  }

  /** Returns the keys that another writer may have moved since they were looked at. */
  async #move(): Promise<readonly string[]> {
    const moved: string[] = [];
    const begin: Sized<Step>[] = [];
    const goOn: Sized<Step>[] = [];
    for (const [key, { newest }] of this.#plans) {
      if (newest === undefined) continue;
      const step = { what: { key, operation: newest.what }, size: newest.size };
      ('insertOne' in newest.what ? begin : goOn).push(step);
    }
    for (const bulk of bulksOf(begin)) {
      await this.#write(bulk).catch((error: unknown) => {
        for (const index of takenIn(error)) moved.push(bulk[index]?.key ?? '');
      });
    }
    for (const bulk of bulksOf(goOn)) {
      const { matchedCount } = await this.#write(bulk);
      // Which of them did not match is not told; to look at all of them again does no harm.
      if (matchedCount < bulk.length) moved.push(...bulk.map(({ key }) => key));
    }
    return moved;
  }

  #write(bulk: readonly Step[]) {
    const operations = bulk.map(({ operation }) => operation);
    return this.#documents.latest.bulkWrite(operations, { ordered: false });
  }

  async #planned(keys: readonly string[]): Promise<ReadonlyMap<string, Plan>> {
    const standing = new Map<string, LatestDocument>();
    for (let from = 0; from < keys.length; from += BATCH) {
      const asked = { _id: { $in: keys.slice(from, from + BATCH) } };
      const cursor = this.#documents.latest.find(asked, { batchSize: BATCH });
      for (const document of await cursor.toArray()) standing.set(document._id, document);
    }
    const plans = new Map<string, Plan>();
    for (const key of keys) {
      const versions = this.byKey.get(key);
      if (versions === undefined) continue;
      plans.set(key, planOf(this.spec, key, versions, standing.get(key)));
    }
    return plans;
  }
}

/** One operation on the newest version of a document. */
interface Step {
  readonly key: string;
  readonly operation: AnyBulkWriteOperation<LatestDocument>;
}

/** The same in the same order, in bulks of bounded size. */
function bulksOf<T>(all: readonly Sized<T>[]): T[][] {
  const bulks: T[][] = [];
  let bulk: T[] = [];
  let bytes = 0;
  for (const { what, size } of all) {
    if (bulk.length === BATCH || (bulk.length > 0 && bytes + size > BULK)) {
      bulks.push(bulk);
      bulk = [];
      bytes = 0;
    }
    bulk.push(what);
    bytes += size;
  }
  if (bulk.length > 0) bulks.push(bulk);
  return bulks;
}
