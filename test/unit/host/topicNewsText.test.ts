import { expect, test } from 'vitest';
import { topicNewsText } from '../../../src/host/topicNewsText.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const removed = (...counts: readonly number[]) => ({
  kind: 'removed' as const,
  topic: 'traces',
  partitions: counts.map((count, partition) => ({ partition, count })),
});

test.each([
  [removed(1), '1 record of the topic “traces” was deleted before it was read (partition 0: 1).'],
  [
    removed(4, 2),
    '6 records of the topic “traces” were deleted before they were read (partition 0: 4, partition 1: 2).',
  ],
  [removed(1, 1, 1, 1, 1, 1, 1), /7 records of .*partition 4: 1, 2 more partitions\)\.$/],
  [
    { kind: 'madeAnew' as const, topic: 'traces' },
    /“traces” was deleted and recreated\. .*beginning/,
  ],
])('%j', (news, expected) => {
  expect(topicNewsText(news, plainEnglish)).toMatch(expected);
});
