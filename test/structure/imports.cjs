/**
 * The direction of imports, as data; ARCHITECTURE.md shows the same table to readers. A row names
 * what a folder may import: a folder, a folder's types (`{ types }`), nothing else. Types count as
 * imports.
 */
/** @typedef {string | { types: string }} Allowed */

/** @param {string[]} folders */
const types = (...folders) => folders.map((folder) => ({ types: folder }));

/** What all three programs know of sources, by asking the tables; how they are opened is the engine's. */
const sourceTables = ['table', 'sourceName', 'errorTexts'].map((name) => `src/sources/${name}.ts`);

/** @type {Record<string, Allowed[]>} */
const folders = {
  'src/base': [],
  'src/trace': ['src/base'],
  'src/record': ['src/base'],
  'src/compression': [],
  'src/query': ['src/trace', 'src/base'],
  'src/masking': ['src/trace', 'src/base'],
  'src/sources/kafka': [
    'src/record',
    'src/compression',
    'src/base',
    ...['src/telemetry/kafkaJsTimers.ts', 'src/texts/translate.ts'],
    ...types('src/sources/traits.ts'),
  ],
  'src/sources/files': [
    ...['src/record', 'src/compression', 'src/base', 'src/texts/translate.ts'],
    ...types('src/sources/traits.ts'),
  ],
  'src/sources/sample': [
    ...['src/record', 'src/telemetry', 'src/base', 'src/texts/translate.ts'],
    ...types('src/sources/traits.ts'),
  ],
  'src/sources': [
    ...['src/sources/kafka', 'src/sources/files', 'src/sources/sample', 'src/record', 'src/base'],
    ...types('src/protocol', 'src/texts'),
  ],
  'src/decode': ['src/masking', 'src/record', 'src/trace', 'src/base'],
  'src/flow': ['src/trace', 'src/base'],
  'src/diagnosis': ['src/trace', 'src/base', ...types('src/flow')],
  'src/analysis': ['src/trace', 'src/base', ...types('src/diagnosis')],
  'src/problems': ['src/analysis', 'src/trace', 'src/base', ...types('src/diagnosis')],
  'src/find': ['src/trace', 'src/base'],
  'src/lineage': ['src/find', 'src/trace', 'src/base', ...types('src/flow')],
  'src/compare': ['src/trace', 'src/base'],
  'src/history': ['src/analysis', 'src/query', 'src/trace', 'src/base', ...types('src/record')],
  'src/store': ['src/trace', 'src/record', 'src/base'],
  'src/metrics': ['src/trace', 'src/base', ...types('src/record', 'src/store')],
  'src/intake': [
    ...['src/decode', 'src/masking', 'src/store', 'src/trace', 'src/base'],
    ...types('src/record'),
  ],
  'src/telemetry': ['src/masking', 'src/trace', 'src/base'],
  'src/protocol': [
    'src/base',
    ...types('src/trace', 'src/diagnosis', 'src/flow', 'src/record', 'src/query', 'src/masking'),
    ...types('src/metrics', 'src/sources', 'src/analysis', 'src/problems', 'src/history'),
    ...types('src/compare', 'src/find', 'src/lineage'),
  ],
  'src/answers': [
    ...['src/protocol', 'src/decode', 'src/masking', 'src/store', 'src/diagnosis', 'src/flow'],
    ...['src/metrics', 'src/query', 'src/analysis', 'src/problems', 'src/record', 'src/compare'],
    ...['src/find', 'src/lineage', 'src/trace', 'src/base'],
  ],
  'src/texts': [
    ...['src/trace', 'src/diagnosis', 'src/query', 'src/base'],
    ...types('src/protocol', 'src/masking', 'src/analysis', 'src/problems', 'src/history'),
    ...types('src/compare', 'src/lineage'),
  ],
  'src/view': [
    ...['src/texts', 'src/trace', 'src/diagnosis', 'src/flow', 'src/query', 'src/base'],
    ...['src/compare/toldRow.ts', 'src/compare/twoSides.ts', 'src/find'],
    ...types('src/protocol', 'src/analysis', 'src/problems', 'src/compare'),
  ],
  'src/engine': [
    ...['src/answers', 'src/intake', 'src/sources', 'src/masking', 'src/store', 'src/metrics'],
    ...['src/history', 'src/flow', 'src/problems', 'src/protocol', 'src/query', 'src/trace'],
    ...['src/record', 'src/base'],
    ...types('src/analysis'),
  ],
  'src/host': [
    ...['src/protocol', 'src/texts', 'src/base', 'src/flow/looksLikeFlow.ts'],
    'src/flow/shiftedRanges.ts',
    ...['src/metrics/ledgerData.ts', ...sourceTables, 'src/sources/kafka/spec.ts'],
    ...['src/sources/files/traceFileHead.ts', 'src/trace/masked.ts'],
    ...types('src/trace', 'src/diagnosis', 'src/flow', 'src/record', 'src/masking', 'src/metrics'),
    ...types('src/sources', 'src/history', 'src/problems'),
  ],
  'src/extension.ts': ['src/host', 'src/protocol', 'src/base'],
  webview: [
    ...['src/protocol', 'src/view', 'src/texts', 'src/find', 'src/base', ...sourceTables],
    ...types('src/trace', 'src/diagnosis', 'src/analysis', 'src/problems', 'src/record'),
    ...types('src/sources'),
  ],
};

/** Folders that run in the webview as well as in Node: they may use no module and no global of either. */
const sharedFolders = [
  ...['src/base', 'src/trace', 'src/record', 'src/query', 'src/flow', 'src/diagnosis'],
  ...[
    'src/analysis',
    'src/problems',
    'src/compare',
    'src/find',
    'src/protocol',
    'src/texts',
    'src/view',
  ],
];

/** The same for the files of the other folders that the page uses: what the tables of sources are made of. */
const sharedFiles = [
  ...[...sourceTables, 'src/sources/traits.ts'],
  ...['spec', 'traits', 'errorTexts'].map((part) => `src/sources/*/${part}.ts`),
];

/** Each package has one home; what is in no row may not be imported at all. */
const packages = [
  { names: ['vscode', '@types/vscode'], home: ['src/host/', 'src/extension\\.ts$'] },
  { names: ['kafkajs'], home: ['src/sources/kafka/', 'src/telemetry/'] },
  { names: ['kafkajs-snappy'], home: ['src/sources/kafka/'] },
  { names: ['d3-array', 'internmap'], home: ['src/view/'] },
  { names: ['fzstd'], home: ['src/compression/'] },
  { names: ['fflate'], home: ['src/sources/files/'] },
  { names: ['diff'], home: ['src/compare/textDifference\\.ts$'] },
  { names: ['re2js'], home: ['src/masking/linearPattern\\.ts$'] },
  { names: ['jsonc-parser', 'yaml', 'saxes'], home: ['src/flow/'] },
  { names: ['ignore'], home: ['src/flow/gitIgnored\\.ts$'] },
  { names: ['@dagrejs/dagre'], home: ['src/flow/layout/layered\\.ts$'] },
  { names: ['@opentelemetry/api'], home: ['src/metrics/', 'src/telemetry/'] },
  {
    // The SDK and the exporters.
    names: ['@opentelemetry/(?!api/)[^/]+'],
    home: ['src/metrics/otlpExport\\.ts$', 'src/telemetry/otlp\\.ts$'],
  },
  { names: ['@grpc/grpc-js'], home: ['src/metrics/otlpExport\\.ts$'] },
  { names: ['@aws-sdk/client-s3'], home: ['src/telemetry/s3Client\\.ts$'] },
  { names: ['preact', '@preact/signals', '@preact/signals-core'], home: ['webview/'] },
  { names: ['@vscode/webview-ui-toolkit'], home: ['webview/toolkit\\.ts$'] },
  { names: ['@vscode/l10n'], home: ['webview/'] },
];

/** @param {string} path */
const anchored = (path) => `^${path.replace('*', '[^/]+')}${path.endsWith('.ts') ? '$' : '/'}`;
/**
 * What a row speaks for: its folder without those inside it that have rows of their own.
 * @param {string} folder
 */
const ownFiles = (folder) =>
  Object.keys(folders).some((other) => other.startsWith(`${folder}/`))
    ? `^${folder}/[^/]+$`
    : anchored(folder);
/** @param {Allowed[]} rows */
const names = (rows) => rows.filter((row) => typeof row === 'string');
/** @param {Allowed[]} rows */
const typeNames = (rows) => rows.flatMap((row) => (typeof row === 'string' ? [] : [row.types]));
/** @param {string} name */
const packagePath = (name) => `(^|/)node_modules/${name}/`;

const directions = Object.entries(folders).flatMap(([folder, allowed]) => [
  {
    name: `${folder}-imports`,
    comment: `${folder} may import: ${[...names(allowed), ...typeNames(allowed).map((name) => `types of ${name}`)].join(', ') || 'nothing'}`,
    severity: 'error',
    from: { path: ownFiles(folder) },
    to: {
      path: '^(src|webview|scripts|test)/',
      pathNot: [folder, ...names(allowed), ...typeNames(allowed)].map(anchored),
    },
  },
  ...(typeNames(allowed).length > 0
    ? [
        {
          name: `${folder}-imports-types-only`,
          comment: `${folder} may import only types of ${typeNames(allowed).join(', ')}`,
          severity: 'error',
          from: { path: ownFiles(folder) },
          to: {
            path: typeNames(allowed).map(anchored),
            pathNot: names(allowed).map(anchored),
            dependencyTypesNot: ['type-only'],
          },
        },
      ]
    : []),
]);

const thirdParty = packages.map((row) => ({
  name: `home-of-${row.names[0]}`,
  comment: `${row.names.join(', ')} may be imported from ${row.home.join(', ')} alone`,
  severity: 'error',
  from: { path: '^(src|webview)/', pathNot: row.home.map((home) => `^${home}`) },
  to: { path: [`^(${row.names.join('|')})$`, ...row.names.map(packagePath)] },
}));

module.exports = {
  // For the tests that compare them with ARCHITECTURE.md and other settings, and for the linter.
  ...{ folders, sharedFolders, sharedFiles },
  forbidden: [
    ...directions,
    ...thirdParty,
    {
      name: 'every-folder-has-a-row',
      comment: 'add the folder to the table of test/structure/imports.cjs and of ARCHITECTURE.md',
      severity: 'error',
      from: { path: '^src/', pathNot: Object.keys(folders).map(anchored) },
      to: {},
    },
    {
      name: 'no-unlisted-package',
      comment: 'a package needs a home in test/structure/imports.cjs',
      severity: 'error',
      from: { path: '^(src|webview)/' },
      to: {
        path: '(^|/)node_modules/',
        pathNot: packages.flatMap((row) => row.names.map(packagePath)),
      },
    },
    {
      name: 'no-node-in-shared-folders',
      comment: 'the folder runs in the webview too',
      severity: 'error',
      from: { path: [...sharedFolders, ...sharedFiles, 'webview'].map(anchored) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'build-without-tests',
      comment: 'what is shipped is built without a look into the tests',
      severity: 'error',
      from: { path: ['^esbuild\\.mjs$', '^scripts/(thirdPartyNotices|translations)\\.ts$'] },
      to: { path: '^test/' },
    },
    {
      name: 'support-without-scripts',
      comment: 'scripts use what test/support offers, not the other way round',
      severity: 'error',
      from: { path: '^test/support/' },
      to: { path: '^scripts/' },
    },
    {
      name: 'no-cycles',
      comment: 'two files that need each other are one, or three',
      severity: 'error',
      from: { path: '^(src|webview|scripts|test)/' },
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'there is no such file or package',
      severity: 'error',
      from: { path: '^(src|webview|scripts|test)/' },
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^test/fixtures/', '^test/structure/fixtures/', '^dist/'] },
    // So that a type-only import counts: it binds the folders just as much.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'test/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
      mainFields: ['module', 'main', 'types', 'typings'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
