// The twelve arrows of the house, all of them errors. test/house/dependency-rules.spec.ts shows that each one bites.
// Type-only imports count: a type that leaks is a dependency that was not decided.
'use strict';
const PURE = '^libs/(kernel|domain|read-models|streams)/';
const SPEC = '[.]spec[.]ts$';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule(
      'no-circular',
      'What goes round in a circle cannot be understood, or tested, a part at a time.',
      {},
      {
        circular: true,
      },
    ),
    rule('libs-do-not-import-apps', 'Apps host libs.', { path: '^libs/' }, { path: '^apps/' }),
    rule(
      'apps-do-not-import-each-other',
      'Each app is a root of its own; the standalone one hosts others.',
      { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    rule(
      'apps-do-not-import-each-other',
      'What the standalone app may not take from another app: anything but its module.',
      { path: '^apps/standalone/' },
      { path: '^apps/', pathNot: ['^apps/standalone/', '^apps/[^/]+/[^/]+[.]module[.]ts$'] },
    ),
    rule(
      'pure-libs-stay-pure',
      'No npm package and no node: module. Only domain may use one, class-validator; specs may use any.',
      { path: PURE, pathNot: [SPEC, '^libs/domain/'] },
      { pathNot: '^(apps|libs)/' },
    ),
    rule(
      'pure-libs-stay-pure',
      'As above, for domain: class-validator says once what a command looks like.',
      { path: '^libs/domain/', pathNot: SPEC },
      { pathNot: ['^(apps|libs)/', '(^|/)node_modules/class-validator/'] },
    ),
    rule(
      'kernel-imports-nothing',
      'It is the language everything else is written in.',
      { path: '^libs/kernel/' },
      {
        path: '^libs/',
        pathNot: '^libs/kernel/',
      },
    ),
    rule(
      'domain-imports-kernel',
      'And nothing else of ours.',
      { path: '^libs/domain/' },
      {
        path: '^libs/',
        pathNot: '^libs/(kernel|domain)/',
      },
    ),
    rule(
      'contexts-are-strangers',
      'A context knows itself and the shared words; only policies and the catalogue see several.',
      { path: '^libs/domain/([^/]+)/', pathNot: '^libs/domain/policies/' },
      { path: '^libs/domain/[^/]+/', pathNot: '^libs/domain/($1|shared)/' },
    ),
    rule(
      'read-models-and-streams-read-domain',
      'Both are folds of events, strangers to each other and to whatever runs them.',
      { path: '^libs/(read-models|streams)/' },
      { path: '^libs/', pathNot: '^libs/(kernel|domain|$1)/' },
    ),
    rule(
      'adapters-implement-kernel-ports',
      'An adapter that knows the domain would have to change with it.',
      { path: '^libs/adapters/' },
      { path: '^libs/', pathNot: '^libs/(kernel|platform|adapters)/' },
    ),
    rule(
      'application-knows-no-adapter',
      'It is handed the three ports; an app chooses who is behind them.',
      { path: '^libs/application/' },
      { path: '^libs/adapters/' },
    ),
    rule(
      'no-own-barrel',
      'index.ts is for outsiders; inside a lib, import the file. Most circles run through an index.',
      { path: '^libs/([^/]+)/' },
      { path: '^libs/$1/index[.]ts$' },
    ),
    rule(
      'no-deep-imports',
      'Another lib is reached by its # name only: from a lib, ...',
      { path: '^libs/([^/]+)/' },
      { path: '^libs/', pathNot: '^libs/$1/', dependencyTypesNot: ['aliased-subpath-import'] },
    ),
    rule(
      'no-deep-imports',
      '... and from outside the libs.',
      { path: '^(apps|scripts|test)/' },
      { path: '^libs/', dependencyTypesNot: ['aliased-subpath-import'] },
    ),
    rule(
      'no-deep-imports',
      'And no # name goes deeper than the index of a lib.',
      {},
      { path: '^libs/[^/]+/(?!index[.]ts$)', dependencyTypes: ['aliased-subpath-import'] },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    // The # names of package.json mean the sources, as they do to TypeScript and jest.
    enhancedResolveOptions: {
      conditionNames: ['@side-by-side/source', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};
