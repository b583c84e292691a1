/**
 * The npm package of `src/telemetry`: `npm run package:telemetry` writes `rpa-trace-telemetry-VERSION.tgz`
 * into the root. It holds the library as a module and as CommonJS, each with its types, and nothing of its
 * dependencies: whoever installs it gets those from npm.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { run } from '../test/support/childProcess.ts';
import { commonJsInModules } from './commonJsInModules.ts';
import { machinePaths } from './machinePaths.ts';
import { repositoryRoot } from '../test/support/paths.ts';
import { printResults, resultOf } from './taskResult.ts';
import type { TaskResult } from './taskResult.ts';
import { runAsProgram } from './program.ts';

interface RootManifest {
  readonly version: string;
  readonly license: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** By the name that they have in the package; the second is apart because bundlers want all that it may load. */
const entries = {
  telemetry: 'src/telemetry/telemetry.ts',
  s3: 'src/telemetry/s3LargeFieldStore.ts',
};

/** What the code imports; versions are those that the project is tested with, and later ones of the same kind. */
const dependencies = [
  '@opentelemetry/core',
  '@opentelemetry/exporter-metrics-otlp-grpc',
  '@opentelemetry/exporter-metrics-otlp-proto',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-metrics',
  'kafkajs',
];

/** CommonJS that a bundler could not load from a module: a part of ours there. */
const takenIn = ['kafkajs'];

/** The task behind `npm run package:telemetry`. */
export async function packageTelemetry(_args: readonly string[]): Promise<TaskResult[]> {
  const name = 'pack the telemetry library';
  let result: TaskResult;
  try {
    result = { name: `${name}: ${await packTelemetry(repositoryRoot)}`, ok: true };
  } catch (error) {
    result = resultOf(name, [error instanceof Error ? error.message : String(error)]);
  }
  printResults([result]);
  return [result];
}

/** Builds and packs the library into `folder`; gives the name of the file. */
export async function packTelemetry(folder: string): Promise<string> {
  const draft = await mkdtemp(join(tmpdir(), 'rpa-trace-telemetry-'));
  try {
    await buildTelemetry(draft);
    const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    const { stdout } = await run('npm', args, { cwd: draft, shell: process.platform === 'win32' });
    return stdout.trim().split('\n').at(-1) ?? '';
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Writes the content of the package into `folder`; throws when it would hold anything of this machine. */
export async function buildTelemetry(folder: string): Promise<void> {
  await Promise.all([bundle(folder, 'esm'), bundle(folder, 'cjs')]);
  await writeTypes(folder);
  const root = JSON.parse(
    await readFile(join(repositoryRoot, 'package.json'), 'utf8'),
  ) as RootManifest;
  await writeJson(join(folder, 'package.json'), manifestOf(root));
  await writeJson(join(folder, 'cjs', 'package.json'), { type: 'commonjs' });
  for (const file of ['README.md', 'README.zh-cn.md']) {
    await cp(join(repositoryRoot, 'src/telemetry', file), join(folder, file));
  }
  await cp(join(repositoryRoot, 'LICENSE'), join(folder, 'LICENSE'));
  await writeFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), await notices());
  const foreign = await foreignTexts(folder);
  if (foreign.length > 0) throw new Error(foreign.join('\n'));
}

/** The licences of what is taken in. */
async function notices(): Promise<string> {
  const texts = takenIn.map(async (name) => {
    const licence = await readFile(join(repositoryRoot, 'node_modules', name, 'LICENSE'), 'utf8');
    return `${name}\n\n${licence.trim()}\n`;
  });
  return (await Promise.all(texts)).join('\n');
}

/** The exporters stay a file, or a part, that is read when metrics are switched on. */
async function bundle(folder: string, format: 'esm' | 'cjs'): Promise<void> {
  await esbuild.build({
    absWorkingDir: repositoryRoot,
    entryPoints: entries,
    outdir: join(folder, format),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    packages: 'external',
    splitting: format === 'esm',
    plugins: format === 'esm' ? [commonJsInModules(takenIn, repositoryRoot)] : [],
    chunkNames: '[name]-[hash]',
    legalComments: 'none',
    logLevel: 'warning',
  });
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
  await mkdir(join(folder, 'cjs'), { recursive: true });
  await cp(types, join(folder, 'cjs', 'types'), { recursive: true });
}

function manifestOf({ version, license, devDependencies }: RootManifest) {
  const versionOf = (name: string) => {
    const found = devDependencies[name];
    if (found === undefined) throw new Error(`${name} is not in package.json`);
    return found;
  };
  const target = (name: keyof typeof entries, format: 'esm' | 'cjs') => ({
    types: `./${format}/types/${entries[name].replace(/^src\/(.*)\.ts$/, '$1.d.ts')}`,
    default: `./${format}/${name}.js`,
  });
  const both = (name: keyof typeof entries) => ({
    import: target(name, 'esm'),
    require: target(name, 'cjs'),
  });
  return {
    name: 'rpa-trace-telemetry',
    version,
    description: 'Traces robots in TypeScript and JavaScript to Kafka and OpenTelemetry',
    license,
    keywords: ['rpa', 'trace', 'kafka', 'opentelemetry', 'astron'],
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20' },
    main: './cjs/telemetry.js',
    types: './cjs/types/telemetry/telemetry.d.ts',
    exports: {
      '.': both('telemetry'),
      './s3': both('s3'),
      './package.json': './package.json',
    },
    files: ['esm', 'cjs', 'README.zh-cn.md', 'THIRD-PARTY-NOTICES.txt'],
    dependencies: Object.fromEntries(dependencies.map((name) => [name, `^${versionOf(name)}`])),
    peerDependencies: {
      // One for the whole process; the next minor one does not go with this SDK.
      '@opentelemetry/api': '>=1.9.0 <1.10.0',
      '@aws-sdk/client-s3': '^3.0.0',
    },
    // Large, and only for who stores large texts in S3.
    peerDependenciesMeta: { '@aws-sdk/client-s3': { optional: true } },
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
