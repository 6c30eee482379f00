import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventStore, openEmbeddedReadStore } from '#adapters';
import { compareReadModels, moveHistory } from '#application';
import { readModels } from '#read-models';
import { canonicalWithOrdinals, ordinalsOf } from '../support/ordinals';
import { folder } from '../support/played-county';
import { digestOf, documentsIn } from '../support/pure-fold';
import { CommandLine, movingJourney, Served } from './moving';

// Each command line is a process of its own that loads the whole application.
jest.setTimeout(60_000);

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'moving-'));

movingJourney('another data folder', () => {
  const place = newFolder();
  return Promise.resolve({
    place,
    open: () => Promise.resolve(openEmbeddedEventStore({ folder: place })),
    dispose: () => {
      rmSync(place, { recursive: true, force: true });
      return Promise.resolve();
    },
  });
});

it('the played county has the same read models at the new place, but for what positions are called', async () => {
  const target = newFolder();
  const source = openEmbeddedEventStore({ folder: folder(), readOnly: true });
  const documents = openEmbeddedReadStore({
    folder: folder(),
    collections: readModels,
    readOnly: true,
  });
  const moved = openEmbeddedEventStore({ folder: target });
  const { upTo } = await moveHistory(source, moved);
  expect(upTo).toBe(await source.end());
  const before = await documentsIn(await documents.snapshot(), readModels);
  const ordinals = await ordinalsOf(source);
  const end = await moved.end();
  const served = await Served.over(moved);
  // No policy has answered the past a second time.
  expect(await moved.end()).toBe(end);
  const now = await documentsIn(await served.documents.snapshot(), readModels);
  expect(now.size).toBeGreaterThan(1_000);
  expect(digestOf(canonicalWithOrdinals(now, await ordinalsOf(moved)))).toBe(
    digestOf(canonicalWithOrdinals(before, ordinals)),
  );
  expect(
    await compareReadModels(
      { events: source, documents },
      { events: moved, documents: served.documents },
      readModels,
    ),
  ).toEqual({
    documents: now.size,
    differing: [],
    digest: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
  });
  await served.stop();
  await documents.close();
  await source.close();
  rmSync(target, { recursive: true, force: true });
}, 120_000);

describe('ops copy', () => {
  let ops: CommandLine;
  let scratch: string;
  beforeAll(() => {
    ops = new CommandLine();
  });
  afterAll(() => {
    ops.remove();
  });
  beforeEach(() => {
    scratch = newFolder();
  });
  afterEach(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  const a = () => join(scratch, 'a');
  const b = () => join(scratch, 'b');
  /** A log of its own with some events, closed again. */
  async function history(at: string, events: number): Promise<void> {
    const store = openEmbeddedEventStore({ folder: at });
    for (let i = 0; i < events; i++) {
      const id = `00000000-0000-4000-8000-${at.endsWith('a') ? 'a' : 'b'}${String(i).padStart(11, '0')}`;
      await store.append('school-1', 'any', [
        { id, type: 'SchoolVisited', data: { i }, metadata: {} },
      ]);
    }
    await store.close();
  }

  it('says what is not there, and makes nothing', async () => {
    const { code, report } = await ops.run('copy', '--from', a(), '--to', b());
    expect(code).toBe(1);
    expect(report.problem?.detail).toMatch(/no event log/);
    expect(existsSync(b())).toBe(false);
  });

  it('refuses to copy a place to itself, and into a log that is another', async () => {
    await history(a(), 3);
    await history(b(), 2);
    const itself = await ops.run('copy', '--from', a(), '--to', join(a(), '.'));
    expect(itself.report.problem?.detail).toMatch(/one place/);
    const other = await ops.run('copy', '--from', a(), '--to', b());
    expect([other.code, other.report.problem?.detail]).toEqual([
      1,
      expect.stringMatching(/events of its own.*holds nothing yet/),
    ]);
  });

  it('refuses a place that is being written to', async () => {
    await history(a(), 3);
    const writer = openEmbeddedEventStore({ folder: b() });
    const { code, report } = await ops.run('copy', '--from', a(), '--to', b());
    expect([code, report.problem?.detail]).toEqual([1, expect.stringMatching(/Stop that process/)]);
    await writer.close();
  });

  it('only compares when that is asked, and says where two differ', async () => {
    await history(a(), 3);
    await ops.run('copy', '--from', a(), '--to', b());
    const same = await ops.run('copy', '--from', a(), '--to', b(), '--verify-only');
    expect(same).toMatchObject({ code: 0, report: { events: 3, since: 0 } });
    expect(same.report.copied).toBeUndefined();
    await history(a(), 5);
    const longer = await ops.run('copy', '--from', a(), '--to', b(), '--verify-only');
    expect(longer).toMatchObject({
      code: 1,
      report: {
        events: 3,
        difference: expect.stringMatching(/position 4 is not at the new place/) as unknown,
      },
    });
  });

  it('moves on once more, and back: the digest stays', async () => {
    await history(a(), 20);
    const there = await ops.run('copy', '--from', a(), '--to', b());
    const back = await ops.run('copy', '--from', b(), '--to', join(scratch, 'c'));
    expect([there.code, back.code]).toEqual([0, 0]);
    expect(back.report.digest).toBe(there.report.digest);
    // Into the first folder it cannot go: that one holds volume 0, and is kept as it is.
    const onto = await ops.run('copy', '--from', b(), '--to', a());
    expect(onto.report.problem?.detail).toMatch(/holds nothing yet/);
  });
});
