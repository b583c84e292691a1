import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { machinePaths } from '../../scripts/machinePaths.ts';
import { repositoryRoot } from '../support/paths.ts';
import { projectFiles, readText } from '../support/projectFiles.ts';

const binary = /\.(png|webp|ttf|ico|gz|zst|lz4|snappy|bin|woff2?|vsix)$/;
/** Captured data: it names whatever it was captured with. */
const captured =
  /^(test\/fixtures\/|media\/(samples|sample-workspace)\/|test\/structure\/fixtures\/)/;

const files = (await projectFiles()).filter((path) => !binary.test(path));
const contents = new Map(
  await Promise.all(files.map(async (path) => [path, await readText(path)] as const)),
);
const written = files.filter((path) => !captured.test(path) && path !== 'package-lock.json');
const found = (paths: readonly string[], pattern: RegExp): string[] =>
  paths.flatMap((path) =>
    (contents.get(path) ?? '')
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${String(index + 1)} ${line.trim()}`] : [],
      ),
  );

describe('source files', () => {
  test('have no default export and no barrel', () => {
    const sources = written.filter((path) => /^(src|webview)\/.*\.tsx?$/.test(path));
    expect(found(sources, /^export (default\b|\* from)/)).toEqual([]);
    expect(sources.filter((path) => /\/index\.tsx?$/.test(path))).toEqual([]);
  });

  test('put no timer into a bag that keeps it when it has fired', () => {
    const kept = written.filter(
      (path) =>
        /^(src|webview)\//.test(path) &&
        /\.add\(\s*(?:\w+\.)*clock\.after\(/i.test(contents.get(path) ?? ''),
    );
    expect(kept).toEqual([]);
  });

  test('leave nothing to do', () => {
    // In two pieces, so that this line is not one of them.
    const words = ['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'];
    expect(found(written, new RegExp(`\\b(${words.join('|')})\\b`))).toEqual([]);
  });
});

describe('test files', () => {
  const tests = files.filter((path) => path.startsWith('test/'));

  test('run all of their tests', () => {
    expect(found(tests, /\b(?:test|it|describe|suite)\.(?:only|skip|todo)\b/)).toEqual([]);
  });

  test('are all found by pattern', () => {
    const cases = tests.filter((path) => /\.test\.tsx?$/.test(path));
    const known = /^test\/(unit|structure|engine|webview|vscode)\//;
    expect(cases.filter((path) => !known.test(path))).toEqual([]);
  });
});

test('no file names the machine it was written on', () => {
  const own = [repositoryRoot, homedir(), `${dirname(repositoryRoot)}/shared`];
  const named = files.flatMap((path) =>
    machinePaths(contents.get(path) ?? '', own)
      .filter((name) => own.includes(name) || !captured.test(path))
      .map((name) => `${path}: ${name}`),
  );
  expect(named).toEqual([]);
});
