import { expect, test } from 'vitest';

import { coreMessage } from '../../../src/trace/coreMessage.ts';

test.each([
  [
    'RPA node request failed(Task execution failed: -1-element not found: #btnSave)',
    'element not found: #btnSave',
  ],
  ['RPA node request failed(Query task error: 找不到元素：保存)', '找不到元素：保存'],
  ['Node execution failed(Node execution timeout)', 'Node execution timeout'],
  [
    'Task execution failed: 5003-Timeout (30 s) waiting for "Save"',
    'Timeout (30 s) waiting for "Save"',
  ],
  ['Plugin node execution failed(Node execution failed(HTTP 502))', 'HTTP 502'],
  ['Task execution failed: 2024-05-01 file missing', '2024-05-01 file missing'],
  ['Task execution failed: 404-page not found', '404-page not found'],
  ['Task execution failed: 12-ton truck missing', '12-ton truck missing'],
  ['RPA node request failed(line one\nline two)', 'line one\nline two'],
])('of %j only what failed is told', (message, core) => {
  expect(coreMessage(message)).toBe(core);
});

test.each([
  // The platform gave no reason: its sentence is all there is.
  'Task execution failed: -1-',
  'Code execution failed',
  'Node execution failed()',
  'Save failed (disk full)',
  'click("Save") failed(timeout) at step 3',
  'element not found: #btnSave',
  'failed(x)',
  'Login failed(bob)',
  'Upload failed(1)',
  'RPA node request failed(a) and then (b',
  '',
])('what says something itself stays: %j', (message) => {
  expect(coreMessage(message)).toBe(message);
});

test('nested without end, it is read in time', () => {
  const deep = 'Node execution failed('.repeat(20_000) + 'x' + ')'.repeat(20_000);
  expect(coreMessage(deep).length).toBeGreaterThan(100_000);
});
