import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './childProcess.ts';
import { repositoryRoot } from './paths.ts';

/** Every file of the project that git tracks or would track, relative to the root with `/`. */
export async function projectFiles(): Promise<string[]> {
  const { stdout } = await run(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    { cwd: repositoryRoot },
  );
  return stdout.split('\0').filter((path) => path !== '');
}

/** The text of a project file; '' for one that is gone but still in git's index. */
export function readText(path: string): Promise<string> {
  return readFile(join(repositoryRoot, path), 'utf8').catch(() => '');
}

/** A JSON file of the project, unchecked: the caller names the shape that it tests. */
export async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(join(repositoryRoot, path), 'utf8')) as unknown;
}
