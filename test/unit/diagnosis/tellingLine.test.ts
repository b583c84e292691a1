import { expect, test } from 'vitest';
import type { CauseId } from '../../../src/diagnosis/causes.ts';
import { tellingLine } from '../../../src/diagnosis/tellingLine.ts';

test.each<[CauseId | null, string, string]>([
  [
    'elementNotFound',
    "locator.click: Timeout 1500ms exceeded.\nCall log:\n  - waiting for getByRole('button', { name: 'Save' })",
    "waiting for getByRole('button', { name: 'Save' })",
  ],
  ['elementNotFound', '步骤 3 失败\n未找到元素：保存', '未找到元素：保存'],
  [
    'codeRaised',
    'Traceback (most recent call last):\n  File "x.py", line 3\nKeyError: \'total\'',
    "KeyError: 'total'",
  ],
  // Its first line tells it, or no line by itself, or nothing does.
  ['elementNotFound', 'Element not found: #save\nno such element: #save', ''],
  ['timedOut', '\nRead timed out\n  at fetch', ''],
  ['elementNotFound', 'Something\nwent wrong', ''],
  ['stalled', 'Something\nwent wrong', ''],
  [null, 'Timeout exceeded\nwaiting for getByText(1)', ''],
  ['timedOut', '', ''],
])('%s in %j: %j', (cause, text, line) => {
  expect(tellingLine(cause, text)).toBe(line);
});
