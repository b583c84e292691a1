import { expect, test } from 'vitest';
import { allLeftOut, joinedPatterns, leavesOut } from '../../../src/host/leftOut.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';

test.each<[readonly string[], string]>([
  [[], ''],
  [['**/a/**'], '{**/a/**}'],
  [['**/{a,b}/**', '**/c'], '{**/a/**,**/b/**,**/c,**/c/**}'],
  [['{a,b}/{c,d}/**'], '{a/c/**,a/d/**,b/c/**,b/d/**}'],
  [['a,b/**'], '{a?b/**}'],
])('%j are joined', (patterns, joined) => {
  expect(joinedPatterns(patterns)).toBe(joined);
});

test.each<[string, string, unknown, string]>([
  ['**/a/**', 'files.exclude', undefined, '{**/a/**}'],
  ['', 'search.exclude', '**/b', ''],
  ['**/a/**', 'search.exclude', { '**/b': true, '**/c': false }, '{**/a/**,**/b,**/b/**}'],
  ['', 'files.exclude', { '**/b': true, '**/*.js': { when: '$(basename).ts' } }, '{**/b,**/b/**}'],
])('%j and %s as %j', (own, setting, excludes, joined) => {
  const vscode = new FakeVscode();
  vscode.set(setting, excludes);
  expect(allLeftOut(vscode.api, own)).toBe(joined);
});

test.each<[string, string, boolean]>([
  ['**/node_modules', 'a/node_modules/b/package.json', true],
  ['**/node_modules', 'node_modules/x.json', true],
  ['**/node_modules', 'a/my_node_modules/x.json', false],
  ['**/{dist,out}/**', 'a/out/x.yml', true],
  ['**/{dist,out}/**', 'a/outer/x.yml', false],
  ['gen', 'gen/deep/x.yml', true],
  ['gen', 'a/gen/x.yml', false],
  ['**/*.min.json', 'a/b.min.json', true],
  ['**/*.min.json', 'a/bxmin.json', false],
  ['v[0-9]/**', 'v3/x.json', true],
  ['v[!0-9]/**', 'v3/x.json', false],
  ['v[!0-9]/**', 'vx/x.json', true],
  ['v[0-9a_-]x', 'v-x', true],
  ['v[z-a]/**', 'vb/x.json', false],
  ['v[a\\]/**', 'va/x.json', true],
  ['v[1', 'v[1', true],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a**b', 'a/x/b', true],
  ['**/b', 'a/mb', false],
  ['*.json', 'a/x.json', false],
  ['?.json', '😀.json', true],
  ['{a,b', '{a?b/x.json', true],
  ['a(b)+/**', 'a(b)+/x.json', true],
  ['', 'x.json', false],
])('%j leaves out %s: %s', (pattern, path, isOut) => {
  expect(leavesOut(joinedPatterns(pattern === '' ? [] : [pattern]))(path)).toBe(isOut);
});

test('patterns that fit in ever so many ways take no longer', () => {
  const choices = joinedPatterns(['{a,b}'.repeat(40)]);
  expect(choices.split(',')).toHaveLength(1_000);
  const isLeftOut = leavesOut(joinedPatterns(['*a'.repeat(30), '**/a/'.repeat(30)]));
  expect(isLeftOut('a/'.repeat(200) + 'b'.repeat(200))).toBe(false);
});
