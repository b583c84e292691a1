import { expect, test } from 'vitest';

import { FlowChanges } from '../../../src/answers/flowChanges.ts';
import { ManualClock } from '../../support/manualClock.ts';

test('a flow file that is told for the first time was not changed; one that is told with another text was', () => {
  const clock = new ManualClock(1_000);
  const changes = new FlowChanges(clock);
  changes.told('a', 'timeout: 2');
  expect([changes.changedMs('a'), changes.changedMs('b')]).toEqual([null, null]);
  clock.advance(5);
  changes.told('a', 'timeout: 2');
  expect(changes.changedMs('a')).toBeNull();
  changes.told('a', 'timeout: 9');
  expect(changes.changedMs('a')).toBe(1_005);
  for (let n = 0; n < 3_000; n++) changes.told(String(n), '');
  expect(changes.changedMs('a')).toBeNull();
});
