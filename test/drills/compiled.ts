import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { transformFileSync } from '@swc/core';

const ROOT = resolve(__dirname, '../..');

/**
 * Compiles what a child process is to run: these folders and files of the repository, into a folder of the same layout
 * with the same `#` imports and the same packages. For tests that need a process of their own without a build before.
 */
export function compiled(into: string, paths: readonly string[]): void {
  for (const path of paths) {
    const sources = path.endsWith('.ts')
      ? [path]
      : readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' }).map((name) =>
          join(path, name),
        );
    for (const source of sources.filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'),
    )) {
      const target = join(into, source.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, transformFileSync(join(ROOT, source), { sourceMaps: false }).code);
    }
  }
  symlinkSync(join(ROOT, 'node_modules'), join(into, 'node_modules'), 'junction');
  writeFileSync(
    join(into, 'package.json'),
    JSON.stringify({ imports: { '#*': './libs/*/index.js' } }),
  );
}
