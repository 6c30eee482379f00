import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CollectionSpec, DocumentVersion, Filter, Position, ReadStore, Sort } from '#kernel';
import { openEmbeddedReadStore } from './read-store';
import { select } from './selection';
import { pageSql } from './snapshot';

const rows: CollectionSpec = { name: 'journey-rows', fixed: ['school', 'position'] };
const cards: CollectionSpec = { name: 'cards', fixed: [] };

describe('A page of a list', () => {
  let folder: string;
  let store: ReadStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'read-store-'));
    store = openEmbeddedReadStore({ folder, collections: [rows, cards] });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  /** How many documents the first fifty look at, and how many of those they look up in the past. */
  const work = (spec: CollectionSpec, position: number, filter: Filter, sort: Sort) => {
    const database = new DatabaseSync(join(folder, 'read-models.db'), { readOnly: true });
    const seen = { lookedAt: 0, lookedUp: 0 };
    database.function('looked_at', () => (seen.lookedAt += 1));
    database.function('looked_up', (id) => {
      seen.lookedUp += 1;
      return id;
    });
    const { id } = database.prepare('SELECT id FROM collection WHERE name = ?').get(spec.name) as {
      id: number;
    };
    const selection = select(spec.fixed, filter, sort);
    expect(selection.rest).toBeUndefined();
    const sql = pageSql(id, { ...selection, terms: [...selection.terms, 'looked_at() > 0'] });
    const counting = sql.replace('doc = c.id', 'doc = looked_up(c.id)');
    expect(counting).not.toBe(sql);
    const found = database.prepare(counting).all(position, ...selection.values, 50, 0).length;
    database.close();
    return { found, ...seen };
  };

  it('of a school’s newest rows looks at no more rows than it shows, however many there are', async () => {
    let position = 0;
    for (const events of [2_000, 30_000]) {
      const page: DocumentVersion[] = [];
      while (position < events) {
        position += 1;
        const knownFrom = position as Position;
        const body = { school: `s${position % 4}`, position };
        page.push({ collection: rows.name, key: `r${position}`, knownFrom, body });
      }
      await store.writePage('v1', page, position as Position);
      const newest = work(rows, position, { school: 's1' }, { position: -1 });
      expect(newest).toEqual({ found: 50, lookedAt: expect.any(Number) as number, lookedUp: 0 });
      expect(newest.lookedAt).toBeLessThanOrEqual(51);
      const some = { school: 's1', position: { $in: [1, 2, 5, 999] } };
      expect(work(rows, position, some, {})).toEqual({ found: 2, lookedAt: 2, lookedUp: 0 });
      const between = { school: 's1', position: { $lt: 1000, $gte: 990 } };
      expect(work(rows, position, between, {})).toEqual({ found: 2, lookedAt: 2, lookedUp: 0 });
    }
  });

  it('at the checkpoint never looks into the past; earlier, once for each document', async () => {
    for (let position = 1; position <= 50; position += 1) {
      const knownFrom = position as Position;
      const page = Array.from({ length: 20 }, (_, i) => {
        return { collection: cards.name, key: `c${i}`, knownFrom, body: { position } };
      });
      await store.writePage('v1', page, knownFrom);
    }
    expect(work(cards, 50, {}, {})).toEqual({ found: 20, lookedAt: 20, lookedUp: 0 });
    expect(work(cards, 25, {}, {})).toEqual({ found: 20, lookedAt: 20, lookedUp: 20 });
  });
});
