import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { unzipSync } from 'fflate';
import { build } from './build.ts';
import { activateInstalled, extensionId } from '../test/support/installedExtension.ts';
import { machinePaths } from './machinePaths.ts';
import { repositoryRoot } from '../test/support/paths.ts';
import { findRepository, withoutRepository, withRepository } from './repositoryField.ts';
import type { Repository } from './repositoryField.ts';
import { printResults, resultOf } from './taskResult.ts';
import type { TaskResult } from './taskResult.ts';
import { Unavailable } from '../test/support/unavailable.ts';
import { runAsProgram } from './program.ts';

const listFile = join(repositoryRoot, 'test/structure/vsixFiles.txt');
const sizeLimitBytes = 1_645_000;

/** Builds and packs `rpa-trace-VERSION.vsix` into the root; `--no-build` packs what is in `dist/`. */
export async function packageExtension(args: readonly string[]): Promise<TaskResult[]> {
  const repository = await findRepository(repositoryRoot);
  const results = await builtAndPacked(args, repository);
  const lacks = repository === undefined ? [{ name: withoutRepository, ok: true }] : [];
  const all = [...results, ...lacks];
  printResults(all);
  return all;
}

async function builtAndPacked(
  args: readonly string[],
  repository?: Repository,
): Promise<TaskResult[]> {
  const results = args.includes('--no-build') ? [] : await build([]);
  if (results.some(({ ok }) => !ok)) return results;
  const file = await vsixPath();
  const pack = () => packed(file);
  return [...results, await (repository === undefined ? pack() : withField(repository, pack))];
}

/** `vsce` takes the manifest as it stands in the folder: so it has the field as long as that lasts. */
async function withField<T>(repository: Repository, work: () => Promise<T>): Promise<T> {
  const file = join(repositoryRoot, 'package.json');
  const text = await readFile(file, 'utf8');
  try {
    await writeFile(file, withRepository(text, repository));
    return await work();
  } finally {
    await writeFile(file, text);
  }
}

/**
 * Packs the extension and looks into the package: its files are those of
 * `test/structure/vsixFiles.txt` (`--update` writes that list), it is small enough, and it holds
 * nothing of the machine it was built on; then a clean VS Code installs and activates it.
 */
export async function testPackage(args: readonly string[]): Promise<TaskResult[]> {
  // What else runs meanwhile reads the manifest: it stays as it is.
  const results = await builtAndPacked(args);
  printResults(results);
  if (results.some(({ ok }) => !ok)) return results;
  const file = await vsixPath();
  const files = unzipSync(await readFile(file));
  const inspected = [
    await compareList(Object.keys(files), args.includes('--update')),
    await checkSize(file),
    resultOf('the package holds nothing of this machine', foreignTexts(files)),
    resultOf('the package holds what the manifest names', missingFiles(files)),
    resultOf('the package holds every bundle', await missingBundles(files)),
  ];
  printResults(inspected);
  const installed = [await checkActivation(file)];
  printResults(installed);
  return [...results, ...inspected, ...installed];
}

async function checkActivation(file: string): Promise<TaskResult> {
  const name = 'a clean VS Code installs and activates the package';
  try {
    const { commands, activationMs } = await activateInstalled(file, await extensionId());
    const promised = await manifestCommands();
    return resultOf(
      activationMs === null ? name : `${name} (${activationMs.toFixed(0)} ms)`,
      promised.filter((id) => !commands.includes(id)).map((id) => `no such command: ${id}`),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof Unavailable) return { name, ok: true, skipped: reason };
    return resultOf(name, [reason]);
  }
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly contributes?: { readonly commands?: readonly { readonly command: string }[] };
}

const readManifest = async (): Promise<Manifest> =>
  JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8')) as Manifest;

async function vsixPath(): Promise<string> {
  const { name, version } = await readManifest();
  return join(repositoryRoot, `${name}-${version}.vsix`);
}

async function manifestCommands(): Promise<string[]> {
  const { contributes } = await readManifest();
  return (contributes?.commands ?? []).map(({ command }) => command);
}

async function packed(packagePath: string): Promise<TaskResult> {
  try {
    await createVSIX({
      cwd: repositoryRoot,
      packagePath,
      // Everything we need of them is in the bundles.
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
    return resultOf('pack the extension', []);
  } catch (error) {
    return resultOf('pack the extension', [error instanceof Error ? error.message : String(error)]);
  }
}

async function compareList(found: readonly string[], update: boolean): Promise<TaskResult> {
  const name = 'the package holds the listed files';
  const lines = found.filter((path) => !path.endsWith('/')).sort();
  if (update) await writeFile(listFile, `${lines.join('\n')}\n`);
  const text = await readFile(listFile, 'utf8').catch(() => '');
  const listed = text.split(/\r?\n/).filter((line) => line !== '');
  return resultOf(name, [
    ...lines.filter((path) => !listed.includes(path)).map((path) => `not in the list: ${path}`),
    ...listed.filter((path) => !lines.includes(path)).map((path) => `not in the package: ${path}`),
  ]);
}

async function checkSize(file: string): Promise<TaskResult> {
  const { size } = await stat(file);
  const text = `${(size / 1000).toFixed(0)} KB of ${String(sizeLimitBytes / 1000)} KB`;
  return resultOf(`the package is small enough (${text})`, size > sizeLimitBytes ? [text] : []);
}

/** Sentences about source maps, and about paths or addresses that only this machine knows. */
export function foreignTexts(files: Readonly<Record<string, Uint8Array>>): string[] {
  return Object.entries(files).flatMap(([path, content]) => {
    const text = new TextDecoder('latin1').decode(content);
    return [
      ...(path.endsWith('.map') ? [`${path} is a source map`] : []),
      ...(/^\/\/[#@] ?sourceMappingURL=/m.test(text) ? [`${path} names a source map`] : []),
      ...machinePaths(text, [repositoryRoot, homedir()]).map((found) => `${path}: ${found}`),
    ];
  });
}

/** Files that the packed manifest points to and that are not beside it. */
export function missingFiles(files: Readonly<Record<string, Uint8Array>>): string[] {
  const manifest = files['extension/package.json'];
  if (manifest === undefined) return ['extension/package.json'];
  const text = new TextDecoder().decode(manifest);
  const named = text.match(/"(?:\.\/)?(?:dist|media|l10n)\/[^"]+\.\w+"/g) ?? [];
  return named
    .map((quoted) => `extension/${quoted.slice(1, -1).replace(/^\.\//, '')}`)
    .filter((path) => !(path in files));
}

/** Bundles that were built and are not in it: what reads one on demand fails at that moment, and not at the start. */
export async function missingBundles(
  files: Readonly<Record<string, Uint8Array>>,
  dist = join(repositoryRoot, 'dist'),
): Promise<string[]> {
  const built = await readdir(dist);
  return built
    .filter((name) => name.endsWith('.js'))
    .map((name) => `extension/dist/${name}`)
    .filter((path) => !(path in files));
}

runAsProgram(import.meta.url, (args) =>
  args.includes('--test') ? testPackage(args) : packageExtension(args),
);
