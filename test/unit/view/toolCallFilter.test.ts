import { expect, test } from 'vitest';
import { hidesToolCalls, withToolCalls } from '../../../src/view/toolCallFilter.ts';

test.each([
  ['', '-kind:tool'],
  ['status:failed', 'status:failed -kind:tool'],
  ['order  ', 'order -kind:tool'],
])('“%s” without the calls of tools: “%s”, and back', (filter, without) => {
  expect(hidesToolCalls(filter)).toBe(false);
  expect(withToolCalls(filter, false)).toBe(without);
  expect(hidesToolCalls(without)).toBe(true);
  expect(withToolCalls(without, true)).toBe(filter.trimEnd());
});

test.each([
  ['-kind:tool order', 'order'],
  ['order -kind:tool status:failed', 'order status:failed'],
  ['kind:run order', 'order'],
  ['-类型：工具 order', 'order'],
  ['order -kind:tool -kind:tool', 'order'],
])('“%s” with them: “%s”', (filter, shown) => {
  expect(hidesToolCalls(filter)).toBe(true);
  expect(withToolCalls(filter, true)).toBe(shown);
});

test('asking for them alone is another question', () => {
  expect(hidesToolCalls('kind:tool')).toBe(false);
});
