import { expect, test } from 'vitest';
import { causeOf as causeOfTexts } from '../../../src/diagnosis/causes.ts';
import { wordsOfCauses } from '../../support/hostileTexts.ts';

const causeOf = (...texts: string[]) => causeOfTexts(texts.map((text) => ({ text })))?.cause;

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
  ['Create task error: 403 Forbidden: user may not run project 1', 'forbidden'],
  ['Create task error: 401 Unauthorized', 'unauthorized'],
  ['httpx.ConnectError: All connection attempts failed', 'connectionFailed'],
  ['HTTP 429', 'tooManyRequests'],
  ['quota exceeded', 'tooManyRequests'],
  ['json.decoder.JSONDecodeError: Expecting value: line 1', 'invalidJson'],
  ['Traceback (most recent call last): …', 'codeRaised'],
  ['Create task error: something', 'taskNotCreated'],
  ["Element '#btnSave' was not found within 10 s", 'elementNotFound'],
  ['Timeout 30000ms exceeded. waiting for locator("#save")', 'elementNotFound'],
  ['selenium NoSuchElementException: unable to locate element', 'elementNotFound'],
  ['无法定位到该元素', 'elementNotFound'],
  ['定位元素超时', 'elementNotFound'],
  ['element not interactable', 'elementNotReady'],
  ['元素不可点击', 'elementNotReady'],
  ['找不到标题为“记账”的窗口', 'windowNotFound'],
  ['Task execution failed: -1-', 'sixtySecondWall'],
  ['RPA node request failed(Timeout error)', 'robotTimeout'],
  ['Timeout error', 'robotTimeout'],
  ['ReadTimeout: timed out', 'timedOut'],
  ['机器人已离线', 'robotOffline'],
  ['no available robot', 'robotOffline'],
  ["This model's maximum context length is 8192 tokens", 'contextTooLong'],
  ['The process cannot access the file because it is being used by another process', 'fileInUse'],
  ["FileNotFoundError: [Errno 2] No such file or directory: 'a.xlsx'", 'fileNotFound'],
  ['HTTP status 403', 'forbidden'],
  ['[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed', 'certificateRefused'],
])('%s → %s', (text, expected) => {
  expect(causeOf(text)).toBe(expected);
});

test.each([
  'Success',
  'Task execution failed: -1-the invoice is locked',
  'order 4030 is late',
  'invoice 403 is late',
  'the quota field is empty',
  '元素周期表',
  '',
])('%j tells no cause', (text) => {
  expect(causeOf(text)).toBeUndefined();
});

test('of several texts the most telling counts, not the first', () => {
  expect(causeOf('KeyError: x', 'Node execution timeout')).toBe('nodeTimeout');
});

test('a long text without a cause is looked through to its end', () => {
  for (const word of wordsOfCauses) expect(causeOf(word.repeat(20_000))).toBeUndefined();
  // 100 KB and more each; a pattern with nested repetition takes minutes, which no test has.
});

test('that a task was ended is the cause only where nothing says why', () => {
  expect(causeOf('执行已中断')).toBe('taskCancelled');
  expect(causeOf('执行已中断', "KeyError: 'total'")).toBe('codeRaised');
});
