import { expect, test } from 'vitest';

import { ownTimeout, timeLimit } from '../../../src/diagnosis/ownTimeout.ts';
import type { Json } from '../../../src/base/json.ts';

const of = (name: string, value: Json) => ownTimeout([{ name, value, form: 'json', round: null }]);

test.each<[string, Json, object]>([
  ['timeout', 30, { value: '30' }],
  ['timeout', '{{wait}}', { value: '{{wait}}' }],
  ['timeout', '45 s', { value: '45 s' }],
  ['timeout_ms', 5_000, { value: '5000', unit: 'ms' }],
  ['nodeTimeoutMillis', '900', { value: '900', unit: 'ms' }],
  ['retry_config', '{"timeout": "60", "should_retry": "False"}', { value: '60', unit: 's' }],
  ['settings', { connectTimeout: 5, timeout: 30 }, { value: '30' }],
])('%s: %j is a time limit', (name, value, limit) => {
  expect(of(name, value)).toEqual(limit);
});

test.each<[string, Json]>([
  ['timeout_enabled', 'true'],
  ['timeout', 'never'],
  ['on_timeout', 'retry'],
  ['timeoutMsg', 'hello'],
  ['timeout_items', '5'],
  ['timeoutParams', 5],
  ['timeout', ''],
])('%s: %j is none', (name, value) => {
  expect(of(name, value)).toBeNull();
});

test.each<[Parameters<typeof timeLimit>[0], ReturnType<typeof timeLimit>]>([
  [
    { value: '30', unit: 's' },
    { count: 30_000, unit: 'ms' },
  ],
  [{ value: '1.5 min' }, { count: 90_000, unit: 'ms' }],
  [{ value: '2分钟' }, { count: 120_000, unit: 'ms' }],
  [{ value: '500毫秒' }, { count: 500, unit: 'ms' }],
  [
    { value: '1h', unit: 's' },
    { count: 3_600_000, unit: 'ms' },
  ],
  [{ value: '30' }, { count: 30, unit: null }],
  [{ value: 'PT1M' }, null],
  [{ value: '3 rounds' }, null],
  [{ value: '{{wait}}', unit: 's' }, null],
])('%j is as long as %j', (set, limit) => {
  expect(timeLimit(set)).toEqual(limit);
});
