import { expect, test } from 'vitest';
import { distinctPaths } from '../../../src/view/distinctPaths.ts';

test.each<[string, readonly string[], readonly string[]]>([
  ['names that differ', ['file:///w/a.yaml', 'file:///w/old/b.yaml'], ['a.yaml', 'b.yaml']],
  [
    'one name in several folders',
    ['file:///w/a.yaml', 'file:///w/old/a.yaml', 'file:///w/new/a.yaml'],
    ['w/a.yaml', 'old/a.yaml', 'new/a.yaml'],
  ],
  ['signs that an address hides', ['file:///w/%E5%8F%91.yaml'], ['发.yaml']],
  ['what is no address', ['file:///w/%zz.yaml'], ['%zz.yaml']],
  ['the same', ['file:///a', 'file:///a'], ['file:///a', 'file:///a']],
  ['none', [], []],
])('files are told apart by as little of their paths as does: %s', (_, uris, labels) => {
  expect(distinctPaths(uris)).toEqual(labels);
});
