import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What this reads of dependency-cruiser's JSON. */
interface Account {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

const root = join(__dirname, '../..');
const indexes = [
  'kernel',
  'domain',
  'read-models',
  'streams',
  'application',
  'adapters',
  'platform',
];

/** A house with nothing wrong in it: every arrow that is allowed, once. */
const sound: Readonly<Record<string, string>> = {
  ...Object.fromEntries(indexes.map((lib) => [`libs/${lib}/index.ts`, `export * from './it';`])),
  'libs/kernel/it.ts': `export type It = string;`,
  'libs/domain/it.ts': `export * from './policies/a'; export * from './risk/a';`,
  'libs/domain/shared/words.ts': `import type { It } from '#kernel'; export const word: It = 'w';`,
  'libs/domain/risk/a.ts': `import { IsInt } from 'class-validator'; import { word } from '../shared/words'; export const risk = [IsInt, word];`,
  'libs/domain/risk/a.spec.ts': `import { assert } from 'fast-check'; import { risk } from './a'; export const s = [assert, risk];`,
  'libs/domain/schools/a.ts': `export const school = 1;`,
  'libs/domain/policies/a.ts': `import { risk } from '../risk/a'; import { school } from '../schools/a'; export const both = [risk, school];`,
  'libs/read-models/it.ts': `import type { It } from '#kernel'; import { both } from '#domain'; export const card: It = String(both);`,
  'libs/streams/it.ts': `import { both } from '#domain'; export const told = both;`,
  'libs/platform/it.ts': `import { hostname } from 'node:os'; export const host = hostname;`,
  'libs/adapters/it.ts': `import type { It } from '#kernel'; import { host } from '#platform'; export const a: It = host();`,
  'libs/application/it.ts': `import { card } from '#read-models'; import { told } from '#streams'; import { host } from '#platform'; export const run = [card, told, host];`,
  'apps/api/api.module.ts': `import { run } from '#application'; import { a } from '#adapters'; export const api = [run, a];`,
  'apps/api/routes.ts': `export const routes = 1;`,
  'apps/standalone/main.ts': `import { api } from '../api/api.module'; export const all = api;`,
  'test/journeys/it.spec.ts': `import { run } from '#application'; export const r = run;`,
};

/** One file wrong in one way, and the rule that is to say so. */
const wrong: readonly (readonly [rule: string, file: string, text: string])[] = [
  [
    'no-circular',
    'libs/kernel/about.ts',
    `import type { B } from './round'; export type A = B | 1;`,
  ],
  [
    'libs-do-not-import-apps',
    'libs/platform/up.ts',
    `import type { api } from '../../apps/api/api.module'; export type X = typeof api;`,
  ],
  [
    'apps-do-not-import-each-other',
    'apps/worker/a.ts',
    `import { api } from '../api/api.module'; export const x = api;`,
  ],
  [
    'apps-do-not-import-each-other',
    'apps/standalone/b.ts',
    `import { routes } from '../api/routes'; export const x = routes;`,
  ],
  [
    'pure-libs-stay-pure',
    'libs/kernel/file.ts',
    `import type { Stats } from 'node:fs'; export type X = Stats;`,
  ],
  [
    'pure-libs-stay-pure',
    'libs/streams/check.ts',
    `import { IsInt } from 'class-validator'; export const x = IsInt;`,
  ],
  [
    'pure-libs-stay-pure',
    'libs/domain/risk/nest.ts',
    `import { Injectable } from '@nestjs/common'; export const x = Injectable;`,
  ],
  [
    'pure-libs-stay-pure',
    'libs/read-models/gone.ts',
    `import { x } from 'no-such-package'; export const y = x;`,
  ],
  [
    'kernel-imports-nothing',
    'libs/kernel/down.ts',
    `import type { host } from '#platform'; export type X = typeof host;`,
  ],
  [
    'domain-imports-kernel',
    'libs/domain/risk/down.ts',
    `import type { host } from '#platform'; export type X = typeof host;`,
  ],
  [
    'contexts-are-strangers',
    'libs/domain/risk/next-door.ts',
    `import type { school } from '../schools/a'; export type X = typeof school;`,
  ],
  [
    'contexts-are-strangers',
    'libs/domain/shared/nosy.ts',
    `import { school } from '../schools/a'; export const x = school;`,
  ],
  [
    'read-models-and-streams-read-domain',
    'libs/read-models/told.ts',
    `import { told } from '#streams'; export const x = told;`,
  ],
  [
    'read-models-and-streams-read-domain',
    'libs/streams/host.ts',
    `import { host } from '#platform'; export const x = host;`,
  ],
  [
    'adapters-implement-kernel-ports',
    'libs/adapters/knowing.ts',
    `import type { both } from '#domain'; export type X = typeof both;`,
  ],
  [
    'application-knows-no-adapter',
    'libs/application/which.ts',
    `import type { a } from '#adapters'; export type X = typeof a;`,
  ],
  [
    'no-own-barrel',
    'libs/streams/own.ts',
    `import { told } from './index'; export const x = told;`,
  ],
  [
    'no-own-barrel',
    'libs/read-models/own.ts',
    `import { card } from '#read-models'; export const x = card;`,
  ],
  [
    'no-deep-imports',
    'libs/application/deep.ts',
    `import { card } from '../read-models/it'; export const x = card;`,
  ],
  [
    'no-deep-imports',
    'libs/application/beside.ts',
    `import { card } from '../read-models/index'; export const x = card;`,
  ],
  [
    'no-deep-imports',
    'apps/api/deep.ts',
    `import { risk } from '#domain/risk'; export const x = risk;`,
  ],
  [
    'no-deep-imports',
    'test/journeys/deep.spec.ts',
    `import { card } from '../../libs/read-models/it'; export const x = card;`,
  ],
];

/** What some of the wrong files need beside them to be wrong. */
const partners: Readonly<Record<string, string>> = {
  'libs/kernel/round.ts': `import type { A } from './about'; export type B = A | 2;`,
  'libs/domain/risk/index.ts': `export * from './a';`,
};

/** What the house's rules say of a tree of files: "rule: file", each once. */
function judged(files: Readonly<Record<string, string>>): string[] {
  const house = mkdtempSync(join(tmpdir(), 'side-by-side-rules-'));
  try {
    for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.js']) {
      copyFileSync(join(root, file), join(house, file));
    }
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(house, file)), { recursive: true });
      writeFileSync(join(house, file), text);
    }
    const cruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [cruise, '--output-type', 'json', 'apps', 'libs', 'test'],
      { cwd: house, encoding: 'utf8' },
    );
    if (stdout === '') throw new Error(stderr);
    const { summary } = JSON.parse(stdout) as Account;
    return [...new Set(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`))];
  } finally {
    rmSync(house, { recursive: true });
  }
}

describe('the dependency rules', () => {
  it('let through what the design allows', () => {
    expect(judged(sound)).toEqual([]);
  });

  describe('stop', () => {
    let said: readonly string[];
    beforeAll(() => {
      const files = wrong.map(([, file, text]) => [file, text] as const);
      said = judged({ ...sound, ...partners, ...Object.fromEntries(files) });
    });

    it.each(wrong)('%s: %s', (rule, file) => {
      expect(said).toContain(`${rule}: ${file}`);
    });

    it('nothing that is sound beside them', () => {
      const guilty = new Set([...Object.keys(partners), ...wrong.map(([, file]) => file)]);
      // A wrong file may close a circle through sound ones; only that may be said of them.
      const others = said.filter((line) => !guilty.has(line.split(': ')[1] ?? ''));
      expect(others.filter((line) => !line.startsWith('no-circular'))).toEqual([]);
    });

    it('and each of the rules is tried', () => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the rules themselves, as dependency-cruiser reads them
      const { forbidden } = require('../../.dependency-cruiser.js') as {
        forbidden: { name: string }[];
      };
      const names = new Set(forbidden.map(({ name }) => name));
      expect(names.size).toBe(12);
      expect(new Set(wrong.map(([rule]) => rule))).toEqual(names);
    });
  });
});
