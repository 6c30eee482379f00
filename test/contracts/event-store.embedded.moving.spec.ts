import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { positionIn, START } from '#kernel';
import type { Position } from '#kernel';
import { compareHistories, moveHistory } from '#application';
import { compiled } from '../drills/compiled';
import { DataFolder, wholeLog } from './event-store-folder';
import { anEvent, refusal } from './event-store-ground';

/** What the file says to a program that only knows SQLite. */
function inFile(file: string, sql: string): unknown {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return Object.values(db.prepare(sql).get() ?? {})[0];
  } finally {
    db.close();
  }
}

describe('The embedded event store and a history that moves', () => {
  let old: DataFolder;
  let fresh: DataFolder;

  beforeEach(() => {
    [old, fresh] = [new DataFolder(), new DataFolder()];
  });
  afterEach(async () => {
    await old.remove();
    await fresh.remove();
  });

  describe('a file of before there were identities', () => {
    beforeEach(async () => {
      await old.someHistory(50);
      const db = new DatabaseSync(old.file);
      db.exec('DROP TABLE log');
      db.close();
    });

    it('is given one when it is first opened to write, and is of the format it was', async () => {
      const store = old.open();
      const identity = await store.identity();
      expect(identity.volume).toBe(0);
      await store.close();
      expect(inFile(old.file, 'PRAGMA user_version')).toBe(1);
      const again = old.open();
      expect(await again.identity()).toEqual(identity);
      expect((await wholeLog(again)).map(({ position }) => position)).toEqual(
        Array.from({ length: 50 }, (_, i) => i + 1),
      );
    });

    it('can be read before that, and says that it has none', async () => {
      const reader = old.open({ readOnly: true });
      expect(await wholeLog(reader)).toHaveLength(50);
      expect(await reader.translated(7 as Position)).toBe(7);
      expect(await reader.translated(positionIn(1, 7))).toBeUndefined();
      await expect(reader.identity()).rejects.toThrow(refusal('read-only', /opened to write/));
      expect(inFile(old.file, `SELECT count(*) FROM sqlite_schema WHERE name = 'log'`)).toBe(0);
      const writer = old.open();
      expect(await reader.identity()).toEqual(await writer.identity());
    });
  });

  it('counts its places from 1 again, in a format that a version which knows no volumes refuses', async () => {
    await old.someHistory(30);
    await moveHistory(old.open(), fresh.open());
    expect(inFile(fresh.file, 'PRAGMA user_version')).toBe(2);
    expect(inFile(fresh.file, 'SELECT max(position) FROM events')).toBe(30);
    expect(inFile(old.file, 'PRAGMA user_version')).toBe(1);
  });

  it('is refused as damaged when it does not say which log it goes on with', async () => {
    await old.someHistory(5);
    const store = fresh.open();
    await moveHistory(old.open(), store);
    await store.close();
    const db = new DatabaseSync(fresh.file);
    db.exec('UPDATE log SET volume = 0');
    db.close();
    expect(() => fresh.open()).toThrow(refusal('damaged', /which log it goes on with/));
  });

  it('may be moved on and on: positions of every volume are understood in the last', async () => {
    await old.someHistory(20);
    const folders = [old, fresh, new DataFolder(), new DataFolder()];
    const stores = folders.map((folder) => folder.open());
    try {
      for (const [i, store] of stores.entries()) {
        const [before] = stores.slice(i - 1, i);
        if (i > 0 && before !== undefined) await moveHistory(before, store);
        await store.append('school-0', 'any', [anEvent({ i }), anEvent({ i })]);
      }
      const [first, , , last] = stores;
      if (first === undefined || last === undefined) throw new Error('No stores.');
      expect(await last.identity()).toEqual({ id: (await first.identity()).id, volume: 3 });
      for (const [volume, store] of stores.entries()) {
        for (const { position, id } of await wholeLog(store)) {
          const here = await last.translated(position);
          expect([
            volume,
            (await wholeLog(last)).find((event) => event.id === id)?.position,
          ]).toEqual([volume, here]);
        }
      }
    } finally {
      for (const folder of folders.slice(2)) await folder.remove();
    }
  });

  it('shows a reader that was there before it the volume it has become', async () => {
    await old.someHistory(20);
    const writer = fresh.open();
    const reader = fresh.open({ readOnly: true });
    expect(await reader.end()).toBe(START);
    const seen: Position[] = [];
    const following = (async () => {
      for await (const page of reader.subscribe({ after: START })) {
        seen.push(...page.events.map(({ position }) => position));
        if (seen.length === 20) break;
      }
    })();
    await moveHistory(old.open(), writer);
    await following;
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => positionIn(1, i + 1)));
    expect(await reader.takenOver()).toBe(20);
    expect(await reader.translated(13 as Position)).toBe(positionIn(1, 13));
    await expect(reader.takeOver(await writer.identity(), [])).rejects.toThrow(
      refusal('read-only'),
    );
  });

  it('a backup of it is the same log in the same volume', async () => {
    await old.someHistory(20);
    const store = fresh.open();
    await moveHistory(old.open(), store);
    const restored = new DataFolder();
    await store.backup(restored.file);
    const copy = restored.open();
    expect(await copy.identity()).toEqual(await store.identity());
    expect(await wholeLog(copy)).toEqual(await wholeLog(store));
    await restored.remove();
  });

  it('tells what is not the same at both ends', async () => {
    await old.someHistory(1_200);
    const [source, target] = [old.open(), fresh.open()];
    await moveHistory(source, target);
    const equal = await compareHistories(source, target);
    expect(equal).toMatchObject({
      events: 1_200,
      since: 0,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
    expect(equal.difference).toBeUndefined();
    await target.append('school-0', 'any', [anEvent(), anEvent()]);
    expect(await compareHistories(source, target)).toEqual({ ...equal, since: 2 });
    await source.append('school-1', 'any', [anEvent()]);
    expect((await compareHistories(source, target)).difference).toMatch(
      /position 1201 has another id/,
    );
    await target.close();
    const db = new DatabaseSync(fresh.file);
    db.exec(`UPDATE events SET metadata = '{"actor":"somebody"}' WHERE position = 777`);
    db.close();
    const spoilt = await compareHistories(source, fresh.open());
    expect(spoilt.events).toBe(776);
    expect(spoilt.difference).toMatch(/position 777 has other metadata/);
  });

  it('is whole however often the move is killed, and nothing is there twice', async () => {
    const program = mkdtempSync(join(tmpdir(), 'moving-program-'));
    try {
      compiled(program, ['libs', 'test/drills/moving.ts']);
      await old.longHistory(30_000);
      const runs: number[] = [];
      for (let kill = 3; kill < 1_000; kill += 4) {
        const child = spawn(
          process.execPath,
          [join(program, 'test/drills/moving.js'), old.folder, fresh.folder],
          { stdio: ['ignore', 'pipe', 'inherit'] },
        );
        let lines = 0;
        for await (const line of createInterface({ input: child.stdout })) {
          lines += 1;
          if (lines === kill) {
            child.kill('SIGKILL');
            runs.push(Number(line));
          }
        }
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
        if (child.signalCode !== 'SIGKILL') {
          expect(child.exitCode).toBe(0);
          break;
        }
      }
      expect(runs.length).toBeGreaterThan(2);
      const [source, target] = [old.open(), fresh.open()];
      const compared = await compareHistories(source, target);
      expect(compared).toMatchObject({ events: 30_000, since: 0 });
      expect(compared.difference).toBeUndefined();
    } finally {
      rmSync(program, { recursive: true, force: true });
    }
  }, 60_000);
});
