// What the compiler does not see. Each rule that is changed from typescript-eslint's strictest set says why.
import tseslint from 'typescript-eslint';

const PURE = ['libs/{kernel,domain,read-models,streams}/**/*.ts'];
const SPECS = ['**/*.spec.ts', 'test/**/*.ts'];

const comesIn =
  'A pure lib gives the same answer to the same question: time, ids and chance come in with the command.';

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'data/', 'docs/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // A switch over a union is one decision, however many members the union has.
      complexity: ['error', { max: 15, variant: 'modified' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      // A default is no answer to a member of a union that was forgotten.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: false },
      ],
      // Nest's modules and commands are classes for their decorators; some have no body.
      '@typescript-eslint/no-extraneous-class': [
        'error',
        { allowWithDecorator: true, allowEmpty: true },
      ],
      // A number in a sentence is what it looks like.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // It takes undefined for void, and `return this.fault(…)`, a fault noted and no value, is read as it is meant.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Nest's options are classes that are meant as shapes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Commands are classes for their decorators only: what they carry is spread into events.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^\\.\\.?(/.*)?/index$|^\\.\\.?/?$',
              message: 'Inside a lib, import the file; index.ts is for outsiders.',
            },
            {
              regex: '^\\..*/(libs|apps)/',
              message: 'Another lib is reached by its # name, another app not at all.',
            },
            {
              regex: '^libs/|^apps/|^#.+/',
              message: 'A lib is reached by its # name and nothing deeper.',
            },
          ],
        },
      ],
    },
  },
  {
    files: PURE,
    ignores: SPECS,
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'crypto',
          'performance',
          'fetch',
          'console',
          'Buffer',
          'globalThis',
          'Temporal',
        ],
        ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
      ].map((name) => (name === 'error' ? name : { name, message: comesIn })),
      'no-restricted-syntax': [
        'error',
        ...[
          'NewExpression[callee.name="Date"][arguments.length=0]',
          'CallExpression[callee.name="Date"]',
          'MemberExpression[object.name="Date"][property.name="now"]',
          'MemberExpression[object.name="Math"][property.name="random"]',
          // The machine's own language and time zone are as good as chance.
          'CallExpression[callee.property.name=/^toLocale/][arguments.length=0]',
        ].map((selector) => ({ selector, message: comesIn })),
      ],
    },
  },
  {
    files: SPECS,
    rules: {
      // A suite is one function as long as its list of cases.
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      // `expect(store.append).…` hands a method over to be looked at, not called.
      '@typescript-eslint/unbound-method': 'off',
      // A spec says what must be there by using it; where it is not, the test fails, and that is what it is for.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Journeys start whole apps, and what is generated from an app's code is made by a script.
    files: ['test/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^\\..*/libs/|^libs/|^#.+/',
              message: 'A lib is reached by its # name and nothing deeper.',
            },
          ],
        },
      ],
    },
  },
  {
    // The front door, the build and the tools' own configuration: plain JavaScript, no types to check.
    files: ['**/*.js'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { complexity: ['error', 15], 'no-unused-vars': 'error' },
  },
  {
    // It has to tell an old Node what is wrong, so an old Node has to be able to read it: 2020 is Node 14.
    files: ['scripts/run.js'],
    languageOptions: { ecmaVersion: 2020 },
  },
);
