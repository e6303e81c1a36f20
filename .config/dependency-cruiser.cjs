const domainMay =
  '^(node_modules/(yaml|@marcbachmann/cel-js|temporal-polyfill|canonicalize|joi)/|crypto$|node:crypto$|src/domain/)';

module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'The domain imports no other floor and no library that does I/O, keeps time or draws chance.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: domainMay },
    },
    {
      name: 'application-knows-only-the-domain',
      comment: 'Use cases know the domain and their own ports; how things are done is given to them.',
      severity: 'error',
      from: { path: '^src/application/' },
      to: { pathNot: '^(src/application/|src/domain/|node_modules/temporal-polyfill/)' },
    },
    {
      name: 'adapters-do-not-know-the-interfaces',
      comment: 'Adapters implement ports: they see application/ports and the domain.',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: { path: '^src/(interfaces|main|application/(?!ports/))' },
    },
    {
      name: 'interfaces-do-not-know-the-adapters',
      comment: 'Pages and commands are given what they need by main.',
      severity: 'error',
      from: { path: '^src/interfaces/' },
      to: { path: '^src/(adapters|main)' },
    },
    {
      name: 'nobody-imports-main',
      comment: 'Only main knows every part, and no part knows main.',
      severity: 'error',
      from: { pathNot: '^src/main' },
      to: { path: '^src/main' },
    },
    {
      name: 'the-engine-is-a-library-of-its-own',
      comment: 'embedded-mongo imports nothing of ours, fit to be published by itself.',
      severity: 'error',
      from: { path: '^src/adapters/embedded-mongo/' },
      to: { path: '^src/', pathNot: '^src/adapters/embedded-mongo/' },
    },
    {
      name: 'the-engine-has-one-door',
      comment: 'Nothing else knows what is inside the engine.',
      severity: 'error',
      from: { pathNot: '^src/adapters/embedded-mongo/' },
      to: { path: '^src/adapters/embedded-mongo/', pathNot: '^src/adapters/embedded-mongo/start\\.ts$' },
    },
    {
      name: 'no-circles',
      comment: 'Imports go down, never round; but the operators of an expression evaluate expressions.',
      severity: 'error',
      from: { pathNot: '^src/adapters/embedded-mongo/aggregate/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '(\\.d\\.ts|assets/js/[^/]+\\.js)$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
