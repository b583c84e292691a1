/**
 * The npm package of `src/telemetry`: `npm run package:telemetry` writes `rpa-trace-telemetry-VERSION.tgz`
 * into the root. It holds the library as a module and as CommonJS, each with its types, and nothing of its
 * dependencies: whoever installs it gets those from npm.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { run } from '../test/support/childProcess.ts';
import { commonJsInModules } from './commonJsInModules.ts';
import { machinePaths } from './machinePaths.ts';
import { repositoryRoot } from '../test/support/paths.ts';
import { findRepository, withoutRepository } from './repositoryField.ts';
import type { Repository } from './repositoryField.ts';
import { writeNotices } from './thirdPartyNotices.ts';
import { printResults, resultOf } from './taskResult.ts';
import type { TaskResult } from './taskResult.ts';
import { runAsProgram } from './program.ts';

interface RootManifest {
  readonly version: string;
  readonly license: string;
}

/** By the name that they have in the package; the others are apart because bundlers want all that they may load. */
const entries = {
  telemetry: 'src/telemetry/telemetry.ts',
  metrics: 'src/telemetry/metrics.ts',
  playwright: 'src/telemetry/playwright.ts',
  s3: 'src/telemetry/s3LargeFieldStore.ts',
};

/**
 * Files that are loaded when they are needed, with the libraries they are made of: a tenth of what npm would install
 * for them, and as CommonJS these would not run in a module that is bundled. All that is shared with the process
 * stays outside.
 */
const parts = {
  kafkaJs: 'src/telemetry/kafkaJs.ts',
  otlp: 'src/telemetry/otlp.ts',
  s3Client: 'src/telemetry/s3Client.ts',
};
const shared = ['@opentelemetry/api'];

/** The task behind `npm run package:telemetry`. */
export async function packageTelemetry(_args: readonly string[]): Promise<TaskResult[]> {
  const name = 'pack the telemetry library';
  let result: TaskResult;
  try {
    const repository = await findRepository(repositoryRoot);
    const file = await packTelemetry(repositoryRoot, repository);
    const lacks = repository === undefined ? ` (${withoutRepository})` : '';
    result = { name: `${name}: ${file}${lacks}`, ok: true };
  } catch (error) {
    result = resultOf(name, [error instanceof Error ? error.message : String(error)]);
  }
  printResults([result]);
  return [result];
}

/** Builds and packs the library into `folder`; gives the name of the file. */
export async function packTelemetry(folder: string, repository?: Repository): Promise<string> {
  const draft = await mkdtemp(join(tmpdir(), 'rpa-trace-telemetry-'));
  try {
    await buildTelemetry(draft, repository);
    const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    const { stdout } = await run('npm', args, { cwd: draft, shell: process.platform === 'win32' });
    return stdout.trim().split('\n').at(-1) ?? '';
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Writes the content of the package into `folder`; throws when it would hold anything of this machine. */
export async function buildTelemetry(folder: string, repository?: Repository): Promise<void> {
  const metafiles = await Promise.all([
    bundle(folder, 'esm'),
    bundle(folder, 'cjs'),
    bundleParts(folder),
  ]);
  await writeTypes(folder);
  const root = JSON.parse(
    await readFile(join(repositoryRoot, 'package.json'), 'utf8'),
  ) as RootManifest;
  await writeJson(join(folder, 'package.json'), manifestOf(root, repository));
  await writeJson(join(folder, 'cjs', 'package.json'), { type: 'commonjs' });
  for (const file of ['README.md', 'README.zh-cn.md']) {
    await cp(join(repositoryRoot, 'src/telemetry', file), join(folder, file));
  }
  await cp(join(repositoryRoot, 'LICENSE'), join(folder, 'LICENSE'));
  const unlicensed = await writeNotices(
    repositoryRoot,
    metafiles,
    join(folder, 'THIRD-PARTY-NOTICES.txt'),
  );
  if (unlicensed.length > 0) throw new Error(unlicensed.join('\n'));
  const foreign = await foreignTexts(folder);
  if (foreign.length > 0) throw new Error(foreign.join('\n'));
}

type Format = 'esm' | 'cjs';

/** Our own code, which loads the parts as files. */
async function bundle(folder: string, format: Format): Promise<esbuild.Metafile> {
  const { metafile } = await esbuild.build({
    absWorkingDir: repositoryRoot,
    entryPoints: entries,
    outdir: join(folder, format),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    packages: 'external',
    splitting: format === 'esm',
    plugins: [partsIn(format === 'esm' ? '.' : '../esm')],
    chunkNames: '[name]-[hash]',
    legalComments: 'none',
    logLevel: 'warning',
    sourcemap: true,
    metafile: true,
  });
  const maps = Object.keys(metafile.outputs).filter((file) => file.endsWith('.map'));
  await Promise.all(maps.map((file) => withOwnPaths(join(repositoryRoot, file))));
  return metafile;
}

function partsIn(folder: string): esbuild.Plugin {
  return {
    name: 'parts-in',
    setup(build) {
      const names = Object.keys(parts).join('|');
      build.onResolve({ filter: new RegExp(`^\\./(?:${names})\\.ts$`) }, ({ path, kind }) =>
        kind === 'dynamic-import'
          ? { path: path.replace(/^\.(.*)\.ts$/, `${folder}$1.js`), external: true }
          : undefined,
      );
    },
  };
}

/** Modules, which CommonJS can load as well. Small and without maps: next to nothing of it is ours. */
async function bundleParts(folder: string): Promise<esbuild.Metafile> {
  const { metafile } = await esbuild.build({
    absWorkingDir: repositoryRoot,
    entryPoints: parts,
    outdir: join(folder, 'esm'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // Of their modules what is not used is left out.
    mainFields: ['module', 'main'],
    plugins: [commonJsInModules(shared)],
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  return metafile;
}

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent: readonly (string | null)[];
}

/** The paths of a map as they are in the repository, with our own sources alone. */
async function withOwnPaths(file: string): Promise<void> {
  const map = JSON.parse(await readFile(file, 'utf8')) as SourceMap;
  const paths = map.sources.map((source) => {
    // What a plugin made stands nowhere.
    const made = /[\w-]+:[\w/:]+$/.exec(source)?.[0];
    const path = relative(repositoryRoot, resolve(dirname(file), source));
    return made ?? path.replaceAll('\\', '/');
  });
  const isOwn = (path: string | undefined) => path?.startsWith('src/') === true;
  const sourcesContent = map.sourcesContent.map((text, at) => (isOwn(paths[at]) ? text : null));
  await writeFile(file, JSON.stringify({ ...map, sources: paths, sourcesContent }));
}

/** One declaration per file, named as a module of JavaScript names another; both kinds of module need their own. */
async function writeTypes(folder: string): Promise<void> {
  const types = join(folder, 'esm', 'types');
  const compiler = join(repositoryRoot, 'node_modules/typescript/bin/tsc');
  const project = join(repositoryRoot, 'src/telemetry/tsconfig.package.json');
  await run(process.execPath, [compiler, '-p', project, '--outDir', types]);
  const files = await readdir(types, { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.d.ts'))) {
    const text = await readFile(join(types, file), 'utf8');
    await writeFile(join(types, file), text.replace(/(from '\.{1,2}\/[^']+)\.ts'/g, "$1.js'"));
  }
  await removeUnreached(types);
  await mkdir(join(folder, 'cjs'), { recursive: true });
  await cp(types, join(folder, 'cjs', 'types'), { recursive: true });
}

/** What no entry leads to: the compiler declares all that the code uses. */
async function removeUnreached(types: string): Promise<void> {
  const reached = new Set<string>();
  const todo = Object.values(entries).map((file) => declarationOf(types, file));
  for (let file = todo.pop(); file !== undefined; file = todo.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    const text = await readFile(file, 'utf8');
    for (const [, path = ''] of text.matchAll(/from '(\.{1,2}\/[^']+)\.js'/g)) {
      todo.push(`${resolve(dirname(file), path)}.d.ts`);
    }
  }
  for (const item of await readdir(types, { recursive: true, withFileTypes: true })) {
    const file = join(item.parentPath, item.name);
    if (item.isFile() && !reached.has(file)) await rm(file);
  }
}

function declarationOf(types: string, entry: string): string {
  return join(types, entry.replace(/^src\/(.*)\.ts$/, '$1.d.ts'));
}

/** What the package says of itself. */
export function manifestOf({ version, license }: RootManifest, repository?: Repository) {
  const target = (name: keyof typeof entries, format: 'esm' | 'cjs') => ({
    types: `./${format}/types/${entries[name].replace(/^src\/(.*)\.ts$/, '$1.d.ts')}`,
    default: `./${format}/${name}.js`,
  });
  const both = (name: keyof typeof entries) => ({
    import: target(name, 'esm'),
    require: target(name, 'cjs'),
  });
  // Wanted by one entry alone.
  const optional = { 'playwright-core': '>=1.40.0' };
  return {
    name: 'rpa-trace-telemetry',
    version,
    description: 'Traces robots in TypeScript and JavaScript to Kafka and OpenTelemetry',
    license,
    ...(repository && { repository: { ...repository, directory: 'src/telemetry' } }),
    keywords: ['rpa', 'trace', 'kafka', 'opentelemetry', 'astron'],
    type: 'module',
    sideEffects: false,
    // `crypto.hash` is younger than their first releases.
    engines: { node: '^20.12 || >=21.7' },
    main: './cjs/telemetry.js',
    types: './cjs/types/telemetry/telemetry.d.ts',
    exports: {
      '.': both('telemetry'),
      './metrics': both('metrics'),
      './playwright': both('playwright'),
      './s3': both('s3'),
      './package.json': './package.json',
    },
    files: ['esm', 'cjs', 'README.zh-cn.md', 'THIRD-PARTY-NOTICES.txt'],
    peerDependencies: {
      // One for the whole process; the next minor one does not go with this SDK.
      '@opentelemetry/api': '>=1.9.0 <1.10.0',
      ...optional,
    },
    peerDependenciesMeta: Object.fromEntries(
      Object.keys(optional).map((name) => [name, { optional: true }]),
    ),
  };
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

async function foreignTexts(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const text = await readFile(join(item.parentPath, item.name), 'utf8');
    const paths = machinePaths(text, [repositoryRoot, homedir(), folder]);
    found.push(...paths.map((path) => `${item.name}: ${path}`));
  }
  return found;
}

runAsProgram(import.meta.url, packageTelemetry);
