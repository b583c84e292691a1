import { expect, test } from 'vitest';
import { lastUsed } from '../../../src/base/lastUsed.ts';

test('what was used longest ago leaves, and what is used stays as it is', () => {
  const map = new Map<string, { readonly name: string }>();
  const use = (name: string) => lastUsed(map, name, 2, () => ({ name }));
  const a = use('a');
  use('b');
  expect(use('a')).toBe(a);
  use('c');
  expect([...map.keys()]).toEqual(['a', 'c']);
  expect(use('b')).toEqual({ name: 'b' });
  expect([...map.keys()]).toEqual(['c', 'b']);
});
