import { expect, test } from 'vitest';
import { shortValues } from '../../../src/answers/shortValues.ts';
import type { Json } from '../../../src/base/json.ts';

test.each<[Json, string]>([
  [1_280, '1280'],
  [1_280.5, '1280.5'],
  [-123_456.789, '-123456.79'],
  [0.1 + 0.2, '0.3'],
  [0.001_234_5, '0.00123'],
  [1e300, '1e+300'],
  ['0.30000000000000004', '0.30000000000000004'],
  [[0.1 + 0.2, 1], '[2]'],
  [{ a: 1 }, '{1}'],
  [null, 'null'],
  [`${'x'.repeat(38)}🤖y`, `${'x'.repeat(38)}…`],
])('%j is %j at the end of a line', (value, text) => {
  const data = { output: [{ name: 'a', value }], llmOutput: '' } as never;
  expect(shortValues(data)).toEqual([{ name: 'a', text }]);
});
