import { expect, test } from 'vitest';
import { rejectBatch } from '../../../src/intake/rejectBatch.ts';
import type { UnreadableBatch } from '../../../src/record/unreadableBatch.ts';

const batch: UnreadableBatch = {
  ...{ topic: 't', partition: 1, offset: '17', lastOffset: '19', fault: 'checksum' },
  ...{ bytes: 345, detail: '1234abcd instead of 00000000' },
};

test.each<[Partial<UnreadableBatch>, string, string]>([
  [{}, 'damagedBatch', '17–19 · checksum · 1234abcd instead of 00000000'],
  [{ lastOffset: '17' }, 'damagedBatch', 'checksum · 1234abcd instead of 00000000'],
  [{ lastOffset: null, fault: 'missing', detail: '' }, 'damagedBatch', 'missing'],
  [{ fault: 'tooLarge', detail: 'more than 9' }, 'tooLargeDecompressed', '17–19 · more than 9'],
])('a batch that can’t be read is listed with its place: %j', (parts, reason, detail) => {
  const rejected = rejectBatch({ ...batch, ...parts });
  expect(rejected).toMatchObject({ reason, detail, topic: 't', partition: 1, offset: '17' });
  // Nothing of its content, and nothing to ask its source for.
  expect(rejected).toMatchObject({ bytes: 345, preview: '', whole: true, timestampMs: null });
});
