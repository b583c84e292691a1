import { expect, test } from 'vitest';

import { createRedactor } from '../../../src/masking/redact.ts';
import { hostileForms, hostileRecords, hostileRuns, runHeads } from '../../support/hostileRuns.ts';
import { readWhole } from '../../support/readWhole.ts';
import { usualRules } from '../../support/usualRules.ts';

/** Short ones: how long ones grow is counted in the test of work, which takes a minute. */
const length = 300;

test.each(runHeads)('a text of runs behind %j is masked without an exception', (head) => {
  const redactor = createRedactor([], usualRules);
  for (const { name, ofLength } of hostileRuns(head)) {
    expect(() => redactor.text(ofLength(length)), name).not.toThrow();
  }
});

test.each(Object.entries(hostileRecords))(
  'a record with runs in %s is read without an exception',
  (_field, record) => {
    for (const { name, ofLength } of [...hostileForms, ...hostileRuns()]) {
      expect(() => readWhole(record(ofLength(length))), name).not.toThrow();
    }
  },
);
