import { expect, test } from 'vitest';
import { projectFiles, readText } from '../support/projectFiles.ts';

const text = await readText('SECURITY.md');

test('every test that SECURITY.md names is there', async () => {
  const files = new Set(await projectFiles());
  const named = [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path ?? '');
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !files.has(path))).toEqual([]);
});

test('every trial of npm run endure that it names is there', async () => {
  const program = await readText('scripts/endure.ts');
  const named = [...text.matchAll(/npm run endure -- ([\w ]+)`/g)].flatMap(([, names]) =>
    (names ?? '').split(' '),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !new RegExp(`\\b${name}\\b`).test(program))).toEqual([]);
});

test('README links to it', async () => {
  for (const file of ['README.md', 'README.zh-cn.md']) {
    expect(await readText(file)).toContain('(SECURITY.md)');
  }
});
