import { copyFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { writeNotices } from './scripts/thirdPartyNotices.ts';
import { mergeTranslations } from './scripts/translations.ts';

/**
 * @typedef {{ out: string, entry: string, budgetKb: number, options: esbuild.BuildOptions, pagesKb?: Readonly<Record<string, number>> }} Bundle
 * @typedef {{ file: string, bytes: number, budgetKb: number }} BundleSize
 * @typedef {{ sizes: BundleSize[], skipped: string[], errors: string[] }} BuildReport
 */

const root = import.meta.dirname;
const dist = join(root, 'dist');

/** @type {esbuild.BuildOptions} */
const nodeOptions = {
  platform: 'node',
  format: 'cjs',
  target: 'node20', // the extension host of VS Code 1.96
  // `import()` becomes `require`: a CommonJS file in an archive or an old host always has that one.
  supported: { 'dynamic-import': false },
};

/**
 * What is large and needed by few: `import('./NAME.ts')` becomes a bundle of its own that is read when that line runs.
 * @param {string} name
 * @param {string} bundle
 * @returns {esbuild.Plugin}
 */
const ownBundle = (name, bundle) => ({
  name: `${name}-is-its-own-bundle`,
  setup(build) {
    build.onResolve({ filter: new RegExp(`(^|/)${name}\\.ts$`) }, ({ kind, path }) =>
      kind === 'dynamic-import'
        ? { path: bundle, external: true }
        : {
            errors: [
              { text: `"${path}" must be loaded with import(), or who needs it carries it` },
            ],
          },
    );
  },
});

/**
 * kafkajs says in one of its errors where its issues are, for which it would carry its whole package.json.
 * @type {esbuild.Plugin}
 */
const kafkaJsAddressAlone = {
  name: 'kafkajs-address-alone',
  setup(build) {
    build.onLoad({ filter: /[\\/]kafkajs[\\/]package\.json$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const { bugs } = /** @type {{ bugs: unknown }} */ (JSON.parse(text));
      return { contents: JSON.stringify({ bugs }), loader: 'json' };
    });
  },
};

/** The exporters are as large as the rest of the engine, and most users never set an endpoint. */
export const otlpIsItsOwnBundle = ownBundle('otlpExport', './otlp.js');
/** The automaton behind patterns of the settings, which most users have none of. */
const patternsAreTheirOwnBundle = ownBundle('linearPattern', './patterns.js');
/** The parsers of flow files: a thread of their own needs nothing else, and without a flow file nobody does. */
const flowsAreTheirOwnBundle = ownBundle('flowThread', './flow.js');
/** What lays out graphs, in a thread of its own; nobody needs it who looks at no graph. */
const layoutIsItsOwnBundle = ownBundle('layoutThread', './layout.js');
/** Comparing two executions, which few do often. */
const comparingIsItsOwnBundle = ownBundle('compareBundle', './compare.js');
/** Two texts side by side, by lines and words: whoever compares looks at one row of many so. */
const sidesAreTheirOwnBundle = ownBundle('sidesBundle', './sides.js');
/** What git ignores of a workspace. */
const ignoredIsItsOwnBundle = ownBundle('gitIgnored', './ignored.js');
/** What reads zstd where Node can't: before 22.15, and where a file breaks off. */
const zstdIsItsOwnBundle = ownBundle('zstdWithoutNode', './zstd.js');
/** What counts executions, their durations, failures and resources for the numbers. */
const countingIsItsOwnBundle = ownBundle('pastNumbers', './numbers.js');
/** What is unusual in the data of an execution. */
const signsAreTheirOwnBundle = ownBundle('dataSigns', './signs.js');
/** Finding in one execution, and following its values, which few do often. */
const placesAreTheirOwnBundle = ownBundle('placesFound', './places.js');

/** What takes records from files: of the sources that people read the rarest, and the one with the most forms. */
const fileContentsAreTheirOwnBundle = ownBundle('fileContents', './files.js');

/** What talks with Kafka, kafkajs with it: whoever reads trace files alone needs neither. */
const kafkaIsItsOwnBundle = ownBundle('kafkaBundle', './kafka.js');

/** What the sample robot tells: most people watch it once. */
const sampleIsItsOwnBundle = ownBundle('sampleRobot', './sample.js');

/** What texts and flows have in common is asked when somebody looks at problems. */
const problemsAreTheirOwnBundle = ownBundle('problemsFound', './problems.js');

/** What of the host nobody needs before asking for it. */
const laterIsItsOwnBundle = ownBundle('laterBundle', './hostLater.js');

/** What writes reports for tickets. */
const reportIsItsOwnBundle = ownBundle('reportBundle', './report.js');

/**
 * One row for each file that is shipped; a build above its budget fails.
 * @type {Bundle[]}
 */
const bundles = [
  {
    out: 'extension.js',
    entry: 'src/extension.ts',
    budgetKb: 140,
    options: { ...nodeOptions, external: ['vscode'], plugins: [laterIsItsOwnBundle] },
  },
  {
    out: 'hostLater.js',
    entry: 'src/host/laterBundle.ts',
    budgetKb: 125,
    options: { ...nodeOptions, external: ['vscode'], plugins: [reportIsItsOwnBundle] },
  },
  {
    out: 'report.js',
    entry: 'src/host/reportBundle.ts',
    budgetKb: 60,
    options: { ...nodeOptions, external: ['vscode'] },
  },
  {
    out: 'engine.js',
    entry: 'src/engine/main.ts',
    budgetKb: 655,
    options: {
      ...nodeOptions,
      // Its expressions hold signs beyond ASCII as they are: names that are escaped would only be twice as long.
      charset: 'utf8',
      plugins: [
        ...[kafkaIsItsOwnBundle, otlpIsItsOwnBundle, patternsAreTheirOwnBundle],
        ...[flowsAreTheirOwnBundle, comparingIsItsOwnBundle, sidesAreTheirOwnBundle],
        ...[problemsAreTheirOwnBundle, layoutIsItsOwnBundle, placesAreTheirOwnBundle],
        ...[fileContentsAreTheirOwnBundle, sampleIsItsOwnBundle, signsAreTheirOwnBundle],
        ...[zstdIsItsOwnBundle, ignoredIsItsOwnBundle, countingIsItsOwnBundle],
      ],
    },
  },
  {
    out: 'kafka.js',
    entry: 'src/sources/kafka/kafkaBundle.ts',
    budgetKb: 350,
    options: { ...nodeOptions, plugins: [kafkaJsAddressAlone] },
  },
  {
    out: 'files.js',
    entry: 'src/sources/files/fileContents.ts',
    budgetKb: 60,
    options: { ...nodeOptions, plugins: [zstdIsItsOwnBundle] },
  },
  {
    out: 'ignored.js',
    entry: 'src/flow/gitIgnored.ts',
    budgetKb: 15,
    options: nodeOptions,
  },
  {
    out: 'zstd.js',
    entry: 'src/compression/zstdWithoutNode.ts',
    budgetKb: 15,
    options: nodeOptions,
  },
  {
    out: 'sample.js',
    entry: 'src/sources/sample/sampleRobot.ts',
    budgetKb: 40,
    options: nodeOptions,
  },
  {
    out: 'flow.js',
    entry: 'src/engine/flowThread.ts',
    budgetKb: 220,
    options: nodeOptions,
  },
  {
    out: 'layout.js',
    entry: 'src/engine/layoutThread.ts',
    budgetKb: 65,
    options: nodeOptions,
  },
  {
    out: 'compare.js',
    entry: 'src/compare/compareBundle.ts',
    budgetKb: 65,
    options: nodeOptions,
  },
  {
    out: 'sides.js',
    entry: 'src/compare/sidesBundle.ts',
    budgetKb: 20,
    options: nodeOptions,
  },
  {
    out: 'numbers.js',
    entry: 'src/analysis/pastNumbers.ts',
    budgetKb: 25,
    options: nodeOptions,
  },
  {
    out: 'signs.js',
    entry: 'src/answers/dataSigns.ts',
    budgetKb: 30,
    options: nodeOptions,
  },
  {
    out: 'places.js',
    entry: 'src/answers/placesFound.ts',
    budgetKb: 50,
    options: { ...nodeOptions, plugins: [patternsAreTheirOwnBundle] },
  },
  {
    out: 'history.js',
    entry: 'src/history/main.ts',
    // It counts what the numbers view shows: the analyses are in it.
    budgetKb: 90,
    options: nodeOptions,
  },
  {
    out: 'otlp.js',
    entry: 'src/metrics/otlpExport.ts',
    budgetKb: 640,
    options: nodeOptions,
  },
  {
    out: 'patterns.js',
    entry: 'src/masking/linearPattern.ts',
    budgetKb: 200,
    options: nodeOptions,
  },
  {
    out: 'problems.js',
    entry: 'src/answers/problemsFound.ts',
    budgetKb: 35,
    options: nodeOptions,
  },
  {
    out: 'webview.js',
    entry: 'webview/main.tsx',
    budgetKb: 380,
    // Read when somebody looks at them. One bundle: what two share would be a third and a fourth.
    pagesKb: { 'lazyPages.js': 180 },
    options: {
      platform: 'browser',
      // A module: what only one page needs is read when somebody looks at it.
      format: 'esm',
      splitting: true,
      chunkNames: '[name]',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
    },
  },
];

/** @param {string} path */
const exists = (path) =>
  stat(path).then(
    () => true,
    () => false,
  );

/**
 * @param {Bundle} bundle
 * @param {boolean} dev
 * @returns {esbuild.BuildOptions & { metafile: true }}
 */
const buildOptions = (bundle, dev) => ({
  ...bundle.options,
  absWorkingDir: root,
  entryPoints: [bundle.entry],
  ...(bundle.options.splitting === true
    ? { outdir: dist, entryNames: basename(bundle.out, '.js') }
    : { outfile: join(dist, bundle.out) }),
  bundle: true,
  metafile: true,
  minify: !dev,
  sourcemap: dev,
  legalComments: 'none', // they stand in THIRD-PARTY-NOTICES.txt
  logLevel: 'warning',
  // jsonc-parser's `main` is a UMD wrapper whose inner `require`s esbuild cannot follow.
  mainFields: ['module', 'main'],
  define: { 'process.env.NODE_ENV': dev ? '"development"' : '"production"' },
});

/**
 * Says when the first bundle begins and when the last one is done, in the words that
 * `.vscode/tasks.json` waits for.
 * @returns {esbuild.Plugin}
 */
function watchMarks() {
  let building = 0;
  return {
    name: 'watch-marks',
    setup(build) {
      build.onStart(() => {
        if (building++ === 0) console.log('[watch] build started');
      });
      build.onEnd(({ errors }) => {
        for (const { text, location } of errors) {
          const { file, line, column } = location ?? { file: '', line: 0, column: 0 };
          console.error(`✘ [ERROR] ${text}\n    ${file}:${String(line)}:${String(column)}:`);
        }
        if (--building === 0) console.log('[watch] build finished');
      });
    },
  };
}

async function copyAssets() {
  const codicons = join(root, 'node_modules/@vscode/codicons/dist');
  for (const file of ['codicon.css', 'codicon.ttf']) {
    await copyFile(join(codicons, file), join(dist, file));
  }
}

async function removeSourceMaps() {
  for (const file of await readdir(dist)) {
    if (file.endsWith('.map')) await rm(join(dist, file), { force: true });
  }
}

/**
 * Builds every bundle and the files beside them into `dist/`; what is wrong is in `errors`.
 * @param {{ dev?: boolean }} [options]
 * @returns {Promise<BuildReport>}
 */
export async function build({ dev = false } = {}) {
  await mkdir(dist, { recursive: true });
  /** @type {BuildReport} */
  const report = { sizes: [], skipped: [], errors: [] };
  /** @type {esbuild.Metafile[]} */
  const metafiles = [];
  for (const bundle of bundles) {
    if (!(await exists(join(root, bundle.entry)))) {
      report.skipped.push(`${bundle.out}: ${bundle.entry} does not exist yet`);
      continue;
    }
    try {
      const { metafile } = await esbuild.build(buildOptions(bundle, dev));
      metafiles.push(metafile);
      report.sizes.push(...bundleSizes(bundle, metafile));
    } catch (error) {
      // esbuild has printed where; the other bundles are still worth building.
      const message = error instanceof Error ? error.message : String(error);
      report.errors.push(`${bundle.out}: ${message.split('\n')[0] ?? ''}`);
    }
  }
  if (!dev) {
    await removeSourceMaps();
    report.errors.push(...overBudget(report.sizes));
  }
  await copyAssets();
  report.errors.push(...(await mergeTranslations(root)));
  report.errors.push(
    ...(await writeNotices(root, metafiles, join(dist, 'THIRD-PARTY-NOTICES.txt'), [
      'node_modules/@vscode/codicons',
    ])),
  );
  return report;
}

/**
 * @param {Bundle} bundle
 * @param {esbuild.Metafile} metafile
 * @returns {BundleSize[]}
 */
const bundleSizes = ({ budgetKb, pagesKb = {} }, metafile) =>
  Object.entries(metafile.outputs)
    .filter(([file]) => !file.endsWith('.map'))
    .map(([file, { bytes }]) => {
      const name = basename(file);
      return { file: `dist/${name}`, bytes, budgetKb: pagesKb[name] ?? budgetKb };
    });

/**
 * Sentences about the files that are larger than their budget.
 * @param {readonly BundleSize[]} sizes
 */
export const overBudget = (sizes) =>
  sizes
    .filter(({ bytes, budgetKb }) => bytes > budgetKb * 1000)
    .map(
      ({ file, bytes, budgetKb }) =>
        `${file} has ${(bytes / 1000).toFixed(1)} KB, its budget is ${String(budgetKb)} KB`,
    );

/** Builds for development again after each change, until the process ends. */
export async function watch() {
  await build({ dev: true });
  const marks = watchMarks();
  for (const bundle of bundles) {
    if (!(await exists(join(root, bundle.entry)))) continue;
    const options = buildOptions(bundle, true);
    const plugins = [...(options.plugins ?? []), marks];
    const context = await esbuild.context({ ...options, plugins, logLevel: 'silent' });
    await context.watch();
  }
}

/** @param {BuildReport} report */
export function printReport({ sizes, skipped, errors }) {
  for (const { file, bytes, budgetKb } of sizes) {
    const kb = (bytes / 1000).toFixed(1).padStart(7);
    console.log(`${file.padEnd(18)} ${kb} KB of ${String(budgetKb)} KB`);
  }
  for (const line of skipped) console.log(`skipped ${line}`);
  for (const line of errors) console.error(`error   ${line}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--watch')) {
    await watch();
  } else {
    const report = await build({ dev: process.argv.includes('--dev') });
    printReport(report);
    process.exitCode = report.errors.length > 0 ? 1 : 0;
  }
}
