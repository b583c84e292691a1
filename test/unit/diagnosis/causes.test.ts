import { expect, test } from 'vitest';
import { causeOf, causes } from '../../../src/diagnosis/causes.ts';
import { remediesOf } from '../../../src/diagnosis/remedies.ts';
import { findingTitle, remedyText } from '../../../src/view/findingTexts.ts';
import { aFinding } from '../../support/builders.ts';

test.each([
  ['RPA node request failed(Query task error: element not found: #btnSave)', 'elementNotFound'],
  ['执行错误 元素未找到', 'elementNotFound'],
  ['Query task error: ', 'sixtySecondWall'],
  ['RPA node request failed(Query task error: )', 'sixtySecondWall'],
  ['Task exec failed: ', 'sixtySecondWall'],
  ['Query task error: Unknown task status: CANCELLED', 'taskCancelled'],
  ['Query task error: Unknown task status: RUNNING', 'unknownTaskStatus'],
  ['Invalid task creation URL', 'invalidTaskUrl'],
  ['Node execution failed(Node execution timeout)', 'nodeTimeout'],
  ['Timeout error', 'timedOut'],
  ['Create task error: 403 Forbidden: user may not run project 1', 'forbidden'],
  ['Create task error: 401 Unauthorized', 'unauthorized'],
  ['httpx.ConnectError: All connection attempts failed', 'connectionFailed'],
  ['HTTP 429', 'tooManyRequests'],
  ['json.decoder.JSONDecodeError: Expecting value: line 1', 'invalidJson'],
  ['Traceback (most recent call last): …', 'codeRaised'],
  ['Create task error: something', 'taskNotCreated'],
])('%s → %s', (text, expected) => {
  expect(causeOf(text)?.cause).toBe(expected);
});

test.each(['Success', 'Task execution failed: -1-the invoice is locked', 'order 4030 is late', ''])(
  '%j tells no cause',
  (text) => {
    expect(causeOf(text)).toBeUndefined();
  },
);

test('a long text without a cause is looked through in linear time', () => {
  const text = 'Invalid task '.repeat(20_000);
  const started = performance.now();
  causeOf(text);
  // 260 KB; a pattern with nested repetition takes minutes.
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('every cause and every remedy has a sentence of its own', () => {
  const t = (text: string) => text;
  for (const { cause, category } of causes) {
    const title = findingTitle(aFinding({ cause, category }), t);
    expect(title).not.toBe(findingTitle(aFinding({ cause: null, category: 'unknown' }), t));
    for (const key of remediesOf(category, cause)) expect(remedyText(key, t)).not.toBe(key);
  }
});
