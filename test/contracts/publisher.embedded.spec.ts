import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openEmbeddedPublisher } from '#adapters';
import type { EmbeddedPublisher } from '#adapters';
import { audiences } from '#kernel';
import { publisherContract } from './publisher';
import { Chains, publishAll, refusal, relay, round } from './publisher-ground';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'publisher-'));

publisherContract('The embedded file', () => {
  const folder = newFolder();
  const publisher = openEmbeddedPublisher({ folder });
  const reader = openEmbeddedPublisher({ folder });
  return Promise.resolve({
    publisher,
    another: () => Promise.resolve(openEmbeddedPublisher({ folder })),
    heard: () =>
      Promise.resolve(
        audiences.flatMap((audience) =>
          reader.read(audience, 0, 1_000_000).map(({ key, text }) => ({ audience, key, text })),
        ),
      ),
    snapshots: () =>
      Promise.resolve(
        new Map(
          audiences.flatMap((audience) =>
            reader
              .snapshots(audience)
              .map(({ key, text }) => [`${audience} ${key}`, text] as const),
          ),
        ),
      ),
    dispose: async () => {
      await reader.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
});

describe('The embedded publisher', () => {
  let folder: string;
  let file: string;
  let opened: EmbeddedPublisher[];
  const open = (): EmbeddedPublisher => {
    const one = openEmbeddedPublisher({ folder });
    opened.push(one);
    return one;
  };

  beforeEach(() => {
    folder = newFolder();
    file = join(folder, 'messages.db');
    opened = [];
  });
  afterEach(async () => {
    for (const one of opened) await one.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is paged through by offset, without gaps', async () => {
    const publisher = open();
    await relay(publisher, round(1, 95));
    const offsets: number[] = [];
    for (let after = 0, page; (page = publisher.read('public', after, 20)).length > 0;) {
      expect(page.length).toBeLessThanOrEqual(20);
      offsets.push(...page.map(({ offset }) => offset));
      after = offsets.at(-1)!;
    }
    expect(offsets).toEqual(Array.from({ length: 95 }, (_, i) => i + 1));
    expect(publisher.read('confidential', 0, 20)).toEqual([]);
  });

  it('has all of a batch or nothing', async () => {
    const publisher = open();
    await publisher.resume();
    const chains = new Chains();
    await publishAll(publisher, chains, round(1, 10));
    const broken = chains.messages(round(11, 10));
    const unfit = { ...broken[5]!, text: undefined as unknown as string };
    const batch = { messages: broken.with(5, unfit), upTo: broken[9]!.position };
    await expect(publisher.publish(batch)).rejects.toThrow();
    expect(publisher.read('public', 0, 100)).toHaveLength(10);
    await expect(publisher.publish(batch)).rejects.toEqual(refusal('invalid', /resume/));
    const { ends } = await publisher.resume();
    expect(Math.max(...ends.map(({ position }) => position))).toBe(10);
  });

  it.each([
    [
      'a file that is no database',
      () => writeFileSync(file, 'URN\n900001\n'.repeat(50)),
      'foreign',
    ],
    [
      'a database of something else',
      () => {
        const db = new DatabaseSync(file);
        db.exec('CREATE TABLE message(text TEXT)');
        db.close();
      },
      'foreign',
    ],
  ] as const)('refuses %s, and leaves it as it was', (_, make, code) => {
    make();
    const before = readFileSync(file);
    expect(() => open()).toThrow(refusal(code, /Move it away/));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('refuses a file of a newer format', async () => {
    await open().close();
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 9');
    db.close();
    expect(() => open()).toThrow(refusal('newer-format', /newer version/));
  });

  it('says what is wrong with a folder it cannot have', () => {
    writeFileSync(file, '');
    expect(() => openEmbeddedPublisher({ folder: join(file, 'in-a-file') })).toThrow(
      refusal('unavailable', /cannot be used/),
    );
  });
});
