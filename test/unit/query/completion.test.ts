import { expect, test } from 'vitest';
import { writingAt, written } from '../../../src/query/completion.ts';

/** `|` is the cursor. */
test.each<[string, string | null, string, string]>([
  ['|', null, '', ''],
  ['sta|', null, 'sta', 'sta'],
  ['a -sta|', null, 'sta', 'sta'],
  ['st|atus:failed', null, 'st', 'status:'],
  ['status:|', 'status', '', ''],
  ['status:fa|iled x', 'status', 'fa', 'failed'],
  ['node:"Click s|ave" x', 'node', 'click s', '"Click save"'],
  ['状态：失|', 'status', '失', '失'],
  ['x |', null, '', ''],
])('%s', (marked, field, begun, replaced) => {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const writing = writingAt(text, cursor);
  expect(writing).toMatchObject({ field, begun });
  expect(text.slice(writing?.range.from, writing?.range.to)).toBe(replaced);
});

test.each(['colour:re|', '"quoted te|'])('%s can not be completed', (marked) => {
  expect(writingAt(marked.replace('|', ''), marked.indexOf('|'))).toBeNull();
});

test.each([
  ['failed', 'failed'],
  ['Click save', '"Click save"'],
  ['say "hi"', '"say \\"hi\\""'],
  ['-x', '"-x"'],
])('%s is written %s', (value, expected) => {
  expect(written(value)).toBe(expected);
});
