import { join } from 'node:path';
import { cacheRoot } from '../test/support/cacheFolder.ts';
import { run } from '../test/support/childProcess.ts';
import { forbiddenImports } from './importDirections.ts';
import { judgeNew } from './knownClean.ts';
import { repositoryRoot } from '../test/support/paths.ts';
import { projectFiles } from '../test/support/projectFiles.ts';
import { printResults, resultOf } from './taskResult.ts';
import type { TaskResult } from './taskResult.ts';
import { runAsProgram } from './program.ts';

interface Check {
  readonly part: 'types' | 'lint' | 'format' | 'imports';
  readonly name: string;
  /** Resolves to the complaints as text, empty when all is well. */
  readonly run: () => Promise<string>;
}

const checks: readonly Check[] = [
  { part: 'types', name: 'types of src', run: () => compile('src/tsconfig.json') },
  {
    part: 'types',
    name: 'types of webview',
    run: () => compile('webview/tsconfig.json'),
  },
  { part: 'types', name: 'types of test', run: () => compile('test/tsconfig.json') },
  {
    part: 'lint',
    name: 'lint',
    run: () => node('oxlint/bin/oxlint', ['--deny-warnings', '.']),
  },
  {
    part: 'lint',
    name: 'syntax',
    run: () => eslint(),
  },
  { part: 'format', name: 'format', run: () => prettier() },
  { part: 'imports', name: 'import directions', run: importDirections },
];

/**
 * Runs the checks that need no product: types of the three programs, lint, format, import
 * directions. `args` picks parts (`types`, `lint`, `format`, `imports`); none means all.
 */
export async function check(args: readonly string[]): Promise<TaskResult[]> {
  const parts = args.filter((arg) => !arg.startsWith('-'));
  const unknown = parts.filter((part) => !checks.some((item) => item.part === part));
  if (unknown.length > 0) {
    const results = [resultOf('check', [`no such part: ${unknown.join(', ')}`])];
    printResults(results);
    return results;
  }
  const chosen = checks.filter(({ part }) => parts.length === 0 || parts.includes(part));
  // Two lanes, because the usual machine has two cores and lint takes as long as the rest.
  const lint = chosen.filter(({ part }) => part === 'lint');
  const rest = chosen.filter(({ part }) => part !== 'lint');
  const lanes = await Promise.all([runInTurn(rest), runInTurn(lint)]);
  return lanes.flat();
}

async function runInTurn(chosen: readonly Check[]): Promise<TaskResult[]> {
  const results: TaskResult[] = [];
  for (const { name, run } of chosen) {
    const begin = performance.now();
    const detail = await run();
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    const result = resultOf(`${name} (${seconds} s)`, detail === '' ? [] : [detail]);
    printResults([result]);
    results.push({ ...result, name });
  }
  return results;
}

/** By the native compiler, which takes a quarter of the time; ESLint’s parser still needs the one in JavaScript. */
const compile = (project: string): Promise<string> =>
  node('typescript-native/bin/tsc', ['--project', project, '--pretty', 'false']);

/** More names than these may be no command: some systems bound its length. */
const mostNamed = 200;
const named = (files: readonly string[]) => (files.length > mostNamed ? ['.'] : files);
/** They hold the version of each tool as well. */
const packages = ['package.json', 'package-lock.json'];

const prettier = async (): Promise<string> =>
  judgeNew({
    ...{ root: repositoryRoot, files: await projectFiles() },
    settings: [...packages, '.editorconfig', '.gitignore', '.prettierignore'],
    store: join(cacheRoot(), 'clean-format.txt'),
    judge: (files) =>
      node('prettier/bin/prettier.cjs', [
        ...['--check', '--log-level=warn', '--ignore-unknown', '--no-error-on-unmatched-pattern'],
        ...named(files),
      ]),
  });

const eslint = async (): Promise<string> => {
  const files = await projectFiles();
  return judgeNew({
    ...{ root: repositoryRoot, files: files.filter((file) => /\.[cm]?[jt]sx?$/.test(file)) },
    settings: [...packages, 'eslint.config.mjs', 'test/structure/imports.cjs'],
    store: join(cacheRoot(), 'clean-syntax.txt'),
    judge: (unknown) =>
      node('eslint/bin/eslint.js', ['--max-warnings=0', '--no-warn-ignored', ...named(unknown)]),
  });
};

async function importDirections(): Promise<string> {
  const found = await forbiddenImports(repositoryRoot, [
    'src',
    'webview',
    'scripts',
    'test',
    'esbuild.mjs',
  ]);
  return found.map(({ from, to, why }) => `${from} imports ${to}\n    ${why}`).join('\n');
}

/** Runs a package's script with this Node; resolves to its complaints, '' when it has none. */
async function node(script: string, args: readonly string[]): Promise<string> {
  const path = join(repositoryRoot, 'node_modules', script);
  const { code, stdout, stderr } = await run(process.execPath, [path, ...args], {
    cwd: repositoryRoot,
    mayFail: true,
  });
  if (code === 0) return '';
  return `${stdout}\n${stderr}`.trim() || `${script} ended with code ${String(code)}`;
}

runAsProgram(import.meta.url, check);
