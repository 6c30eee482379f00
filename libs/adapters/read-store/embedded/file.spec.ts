import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadModelsFile } from './file';

it('keeps nothing of what the disk has no room for, says so, and goes on when there is room', () => {
  const folder = mkdtempSync(join(tmpdir(), 'read-store-'));
  const file = new ReadModelsFile(join(folder, 'read-models.db'), false);
  const writeMarks = () => {
    file.guard(() => {
      file.transaction(() => {
        const insert = file.statement('INSERT INTO mark(name, position) VALUES (?, 1)');
        for (let i = 0; i < 100; i += 1) insert.run(`${i} ${'x'.repeat(1000)}`);
      });
    });
  };
  const marks = () => file.statement('SELECT count(*) AS marks FROM mark').get();
  file.define('PRAGMA max_page_count = 12');
  const full: unknown = expect.objectContaining({ name: 'StoreError', code: 'disk-full' });
  expect(writeMarks).toThrow(full as Error);
  expect(marks()).toEqual({ marks: 0 });
  file.define('PRAGMA max_page_count = 1000');
  writeMarks();
  expect(marks()).toEqual({ marks: 100 });
  file.close();
  rmSync(folder, { recursive: true });
});
