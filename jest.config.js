// One runner, five kinds of test. Specs of pure code stand beside the code; what needs a store or a server is under
// test/. `npm test -- --selectProjects unit` runs one kind, `npm test -- PATH` one file. What needs an engine
// (EventStoreDB, MongoDB, Kafka) is called *.engine.spec.ts and runs by `npm run test:engines` only.
const ENGINES = '\\.engine\\.spec\\.ts$';
const common = {
  testEnvironment: 'node',
  // '#kernel' and its like mean the sources here, and dist/ when the product runs: see "imports" in package.json.
  testEnvironmentOptions: {
    customExportConditions: ['@side-by-side/source', 'node', 'node-addons'],
  },
  transform: { '^.+\\.(t|j|mj)s$': ['@swc/jest'] },
  // Nest 12 and a few others are ES modules only: let swc turn them into CommonJS for jest.
  transformIgnorePatterns: [
    'node_modules/(?!(@nestjs|mingo|uuid|csv-parse|jose|temporal-polyfill|temporal-utils)/)',
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/node_modules/.cache'],
};
const project = (displayName, ...testMatch) => ({
  ...common,
  displayName,
  testMatch,
  testPathIgnorePatterns: ['/node_modules/', ENGINES],
});

module.exports = {
  // Random order finds tests that lean on each other; the seed is printed.
  randomize: true,
  projects: [
    project('unit', '<rootDir>/{libs,apps}/**/*.spec.ts'),
    project('contract', '<rootDir>/test/contracts/**/*.spec.ts'),
    {
      ...project('journey', '<rootDir>/test/{journeys,golden}/**/*.spec.ts'),
      // Plays the invented county once, for every journey that looks at it.
      globalSetup: '<rootDir>/test/support/played-county.ts',
    },
    project('house', '<rootDir>/test/house/**/*.spec.ts'),
    {
      ...project('engines', '<rootDir>/test/**/*.engine.spec.ts'),
      setupFilesAfterEnv: ['<rootDir>/test/engines/again.ts'],
      testPathIgnorePatterns: ['/node_modules/'],
    },
  ],
};
