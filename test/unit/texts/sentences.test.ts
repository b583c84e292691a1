import { expect, test } from 'vitest';
import { sentences } from '../../../src/texts/sentences.ts';

test.each([
  [[], ''],
  [['One.', '', 'Two.'], 'One. Two.'],
  [
    ['位于“录入 ERP”。', '共尝试了 2 次。', '状态码 21300。'],
    '位于“录入 ERP”。共尝试了 2 次。状态码 21300。',
  ],
])('%j', (parts, text) => {
  expect(sentences(parts)).toBe(text);
});
