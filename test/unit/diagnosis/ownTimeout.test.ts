import { expect, test } from 'vitest';

import { ownTimeout } from '../../../src/diagnosis/ownTimeout.ts';
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
