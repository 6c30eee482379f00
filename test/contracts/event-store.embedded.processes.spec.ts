import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openEmbeddedEventStore } from '#adapters';
import { START } from '#kernel';
import { compiled } from '../drills/compiled';
import type { Acknowledged } from '../drills/event-store-kill';
import { anEvent, refusal } from './event-store-ground';

/** Rounds of kill -9 in the drill; more by hand: `KILLS=200 npx jest --selectProjects contract -- processes`. */
const KILLS = Number(process.env['KILLS'] ?? 5);

describe('The embedded event store between processes', () => {
  let program: string;
  let folder: string;
  let children: ChildProcess[];

  beforeAll(() => {
    program = mkdtempSync(join(tmpdir(), 'event-store-program-'));
    compiled(program, ['libs/kernel', 'libs/adapters', 'test/drills/event-store-kill.ts']);
  });
  afterAll(() => {
    rmSync(program, { recursive: true, force: true });
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'event-store-'));
    children = [];
  });
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (...words: string[]) => {
    const child = spawn(
      process.execPath,
      [join(program, 'test/drills/event-store-kill.js'), ...words],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    children.push(child);
    return child;
  };
  /** The whole lines of what a process told; what it was killed in the middle of telling does not count. */
  const linesOf = (told: string) =>
    told
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Acknowledged);

  it(
    'has everything that was acknowledged, once and in its place, however often the writer is killed',
    async () => {
      const acknowledged: Acknowledged[] = [];
      for (let round = 0; round < KILLS; round++) {
        const writer = start('write', folder);
        const told = text(writer.stdout);
        // Under load when it dies: at a moment that differs from round to round, some time after its first answer.
        await once(writer.stdout, 'data');
        setTimeout(() => writer.kill('SIGKILL'), 30 + ((round * 37) % 150));
        await once(writer, 'close');
        expect(writer.signalCode).toBe('SIGKILL');
        const lines = linesOf(await told);
        expect(lines.length).toBeGreaterThan(0);
        acknowledged.push(...lines);
      }

      const store = openEmbeddedEventStore({ folder });
      const { events } = await store.readLog(START, { limit: 10_000_000 });
      await store.close();
      expect(events.map((event) => event.position)).toEqual(events.map((_, i) => i + 1));
      expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
      for (const { ids, position } of acknowledged) {
        expect(events.slice(position - ids.length, position).map((event) => event.id)).toEqual(ids);
      }
      const revisions = new Map<string, number>();
      for (const { stream, revision } of events) {
        expect([stream, revision]).toEqual([stream, (revisions.get(stream) ?? -1) + 1]);
        revisions.set(stream, revision);
      }
    },
    30_000 + KILLS * 2_000,
  );

  it('lets one process write while another reads along and misses nothing', async () => {
    const writer = start('write', folder);
    const written = text(writer.stdout);
    await once(writer.stdout, 'data');
    const reader = start('read', folder, '3000');
    const read = text(reader.stdout);
    await once(reader, 'close');
    expect(reader.exitCode).toBe(0);
    writer.kill('SIGKILL');
    const seen = linesOf(await read);
    expect(seen.length).toBeGreaterThanOrEqual(3_000);
    expect(seen.map(({ position }) => position)).toEqual(seen.map((_, i) => i + 1));
    for (const { ids, position } of linesOf(await written)) {
      const first = position - ids.length;
      if (position <= seen.length)
        expect(seen.slice(first, position).map((line) => line.ids[0])).toEqual(ids);
    }
  });

  it('refuses a second writing process while the first lives, and takes it the moment it was killed', async () => {
    const first = start('write', folder);
    await once(first.stdout, 'data');
    first.stdout.resume();
    const second = start('write', folder);
    const said = text(second.stdout);
    await once(second, 'close');
    expect(second.exitCode).toBe(1);
    expect(JSON.parse(await said)).toEqual({ failed: 'second-writer' });

    expect(() => openEmbeddedEventStore({ folder })).toThrow(refusal('second-writer'));
    // Refused, and it has not shaken the first one's lock off either.
    expect(() => openEmbeddedEventStore({ folder })).toThrow(refusal('second-writer'));
    first.kill('SIGKILL');
    await once(first, 'close');
    const store = openEmbeddedEventStore({ folder });
    expect(await store.append('school-0', 'any', [anEvent()])).toMatchObject({ appended: true });
    await store.close();
  });

  it('a reader opens what a killed writer left behind', async () => {
    const writer = start('write', folder);
    const told = text(writer.stdout);
    await once(writer.stdout, 'data');
    writer.kill('SIGKILL');
    await once(writer, 'close');
    const last = Math.max(...linesOf(await told).map(({ position }) => position));
    const reader = openEmbeddedEventStore({ folder, readOnly: true });
    expect(await reader.end()).toBeGreaterThanOrEqual(last);
    await reader.close();
  });
});
