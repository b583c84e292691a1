import { expect, test } from 'vitest';
import { cautionText } from '../../../src/texts/cautionText.ts';

const t = (text: string, ...args: readonly (string | number)[]) =>
  args.reduce<string>((filled, arg, at) => filled.replace(`{${String(at)}}`, String(arg)), text);

test.each([
  [50, /last 50 records of each partition and keeps at most 32 MB/],
  [null, /now keeps at most 32 MB/],
])('says how much is read (%s) and what to do', (lastRecords, expected) => {
  const caution = { storeBytes: 32 * 1024 * 1024, maxExecutions: 500, lastRecords };
  expect(cautionText(caution, t)).toMatch(expected);
  expect(cautionText(caution, t)).toMatch(/^The trace engine ran out of memory.*read again\.$/);
});
