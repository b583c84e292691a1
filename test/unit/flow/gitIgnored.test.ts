import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { GitIgnored } from '../../../src/flow/gitIgnored.ts';

const folder = mkdtempSync(join(tmpdir(), 'rpa-trace-ignored-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const read = (path: string) => {
  try {
    return Promise.resolve(readFileSync(path, 'utf8'));
  } catch {
    return Promise.resolve(null);
  }
};

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

function repository(name: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder, name);
  mkdirSync(root);
  execFileSync('git', ['init', '-q', root]);
  write(root, files);
  return root;
}

/** What git itself says. */
function isIgnoredByGit(root: string, path: string): boolean {
  try {
    execFileSync('git', ['-C', root, 'check-ignore', '-q', '--no-index', path]);
    return true;
  } catch {
    return false;
  }
}

describe('what git ignores', () => {
  const files = {
    '.gitignore': ['out/', '*.tmp.json', '/dist', '!keep.tmp.json', 'a/**/b.json', '# no', ''].join(
      '\n',
    ),
    '.git/info/exclude': 'private.json\ntaken.json\n',
    'sub/.gitignore': 'flow.json\n!deep/flow.json\n!taken.json\n*.xaml\r\n',
    'sub/deep/.gitignore': '!wanted.xaml\n',
    'out/.gitignore': '!back.json\n',
    'with space/.gitignore': 'x y.json\n',
  };
  const asked = [
    ...['flow.json', 'out/flow.json', 'out/back.json', 'sub/out/flow.json', 'x.tmp.json'],
    ...['keep.tmp.json', 'sub/keep.tmp.json', 'dist/flow.json', 'sub/dist/flow.json'],
    ...['a/b.json', 'a/x/y/b.json', 'sub/flow.json', 'sub/deep/flow.json', 'sub/a.xaml'],
    ...['sub/deep/wanted.xaml', 'sub/deep/other.xaml', 'private.json', 'sub/private.json'],
    ...['taken.json', 'sub/taken.json', 'with space/x y.json', 'outer/flow.json'],
  ];
  const root = repository('rules', files);

  test.each(asked)('%s', async (path) => {
    const ignored = new GitIgnored([root], read);
    expect(await ignored.has(join(root, path))).toBe(isIgnoredByGit(root, path));
  });

  test('is the same however the workspace lies in the repository', async () => {
    const ignored = new GitIgnored([join(root, 'sub', 'deep')], read);
    expect(await ignored.has(join(root, 'sub/deep/other.xaml'))).toBe(true);
    expect(await ignored.has(join(root, 'sub/deep/wanted.xaml'))).toBe(false);
    expect(await ignored.has(join(root, 'sub/deep/x.tmp.json'))).toBe(true);
  });

  test('is nothing outside of the workspace', async () => {
    const ignored = new GitIgnored([join(root, 'sub')], read);
    expect(await ignored.has(join(root, 'out/flow.json'))).toBe(false);
  });

  test('without a repository is what the folder says', async () => {
    const plain = join(folder, 'plain');
    write(plain, { 'in/.gitignore': 'flow.json', '.gitignore': 'above.json' });
    const ignored = new GitIgnored([join(plain, 'in')], read);
    expect(await ignored.has(join(plain, 'in/flow.json'))).toBe(true);
    expect(await ignored.has(join(plain, 'in/above.json'))).toBe(false);
  });

  test('in a work tree is what its files say', async () => {
    const tree = join(folder, 'tree');
    write(tree, { '.git': 'gitdir: elsewhere', '.gitignore': 'flow.json', 'in/x': '' });
    const ignored = new GitIgnored([join(tree, 'in')], read);
    expect(await ignored.has(join(tree, 'in/flow.json'))).toBe(true);
  });

  test('is read once for each folder', async () => {
    const paths: string[] = [];
    const ignored = new GitIgnored(['C:\\w'], (path) => {
      paths.push(path);
      return Promise.resolve(path === 'C:/w/.gitignore' ? 'b.json' : null);
    });
    for (const name of ['a', 'b', 'c', 'd']) await ignored.has(`C:\\w\\in\\${name}.json`);
    expect(await ignored.has('C:\\w\\in\\b.json')).toBe(true);
    expect(paths).toEqual([...new Set(paths)]);
  });
});

test.each([
  ['folders', '**/a/'.repeat(12) + 'b', `${'a/'.repeat(60)}c.yaml`, false],
  ['signs', '*[a-z]'.repeat(12) + '1', `${'a'.repeat(200)}.yaml`, false],
  ['single signs', '*?'.repeat(12) + '1', `${'a'.repeat(200)}.yaml`, false],
  ['as many as are judged', '**/a/**/b/**', 'x/a/b/c.yaml', true],
  ['a path of any depth', '**/a/**', `${'a/'.repeat(2_000)}c.yaml`, false],
])('a rule with many open ends is no rule, and nothing waits for it: %s', async (...asked) => {
  const [, rule, path, expected] = asked;
  const rules = new GitIgnored(['/w'], (file) =>
    Promise.resolve(file === '/w/.gitignore' ? `${rule}\nout/` : null),
  );
  expect(await rules.has(`/w/${path}`)).toBe(expected);
  expect(await rules.has('/w/out/flow.yaml')).toBe(true);
});
