import { describe, expect, it } from 'vitest';

import { createRedactor } from '../../../src/masking/redact.ts';
import { countWork, TooMuchWork } from '../../support/countWork.ts';
import {
  hostileForms,
  hostileRecords,
  hostileRuns,
  runHeads,
  type HostileRun,
} from '../../support/hostileRuns.ts';
import { readWhole } from '../../support/readWhole.ts';
import { usualRules } from '../../support/usualRules.ts';

/** All runs in all places take an hour, which the night has; else each stands in some of them. */
const isNight = Number(process.env['FUZZ_MUTANTS'] ?? 0) >= 100_000;
/** Milliseconds, on a busy machine. */
const patience = isNight ? 3_600_000 : 120_000;
/**
 * So long that what grows with its square is beyond the limit: half its length in steps for each character. The most
 * is what is taken now, and some more: 650 behind a name in every third character.
 */
const ofText = { length: 2_000, most: 900 };
/** A record is decoded, opened, searched for what it echoes and saved: its text is masked some ten times. */
const ofRecord = { length: 1_000, most: 10_000 };

function someOf(runs: readonly HostileRun[], part: number, parts: number): readonly HostileRun[] {
  return isNight ? runs : runs.filter((_, index) => index % parts === part);
}

/** What counts is the same on every machine: there is no clock in it. */
function expectLinear(
  { name, ofLength }: HostileRun,
  { length, most }: typeof ofText,
  work: (text: string) => unknown,
): void {
  const text = ofLength(length);
  try {
    // The rest of a record, however short the text.
    countWork(() => work(text), 100_000 + most * text.length);
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    expect.fail(`${name} of ${String(text.length)} characters takes ${error.message}`);
  }
}

describe('masking takes so many steps for each character at most', () => {
  const redactor = createRedactor([], usualRules);
  it.each(runHeads.map((head, index) => ({ head, index })))(
    'in runs behind $head',
    ({ head, index }) => {
      const runs = hostileRuns(head);
      for (const run of head === '' ? runs : someOf(runs, index, runHeads.length)) {
        expectLinear(run, ofText, (text) => redactor.text(text));
      }
    },
    patience,
  );
});

describe('reading a record takes so many steps for each character at most', () => {
  const fields = Object.entries(hostileRecords);
  it.each(fields.map(([field, record], index) => ({ field, record, index })))(
    'with runs in $field',
    ({ record, index }) => {
      for (const run of [...hostileForms, ...someOf(hostileRuns(), index, 6 * fields.length)]) {
        expectLinear(run, ofRecord, (text) => readWhole(record(text)));
      }
    },
    patience,
  );
});
