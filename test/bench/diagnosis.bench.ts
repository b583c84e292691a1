/** What the diagnosis adds to opening a run that failed: decoding it, building its tree, and saying why. */
import { openedParts } from '../../src/answers/openedParts.ts';
import { openRecord } from '../../src/decode/decodeExecution.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import { aRecord } from '../support/builders.ts';
import { recordsOf } from '../support/fixtures.ts';
import { sampleRecord } from '../support/sampleRecords.ts';
import { usualRules } from '../support/usualRules.ts';
import { timeOf } from './growth.ts';
import { heading, median, report } from './report.ts';

const around = { flow: null, subExecutions: [], called: [] };
const cases = [
  ['a failed robot', '03-workflow-rpa-node-failed.g3.json'],
  ['an iteration', '04-workflow-iteration.g3.json'],
] as const;
const records = [
  ...cases.map(([name, file]) => [name, recordsOf(file)] as const),
  [
    'a run of the sample',
    [aRecord({ value: new TextEncoder().encode(sampleRecord('failed', 1)) })],
  ],
] as const;

const rounds = 20;
const times = 50;

heading('Share of the diagnosis in opening a run');
for (const [name, [first]] of records) {
  const record = first as ConsumedRecord | undefined;
  if (record === undefined) throw new Error(`${name} has no record`);
  const open = () => {
    const opened = openRecord(record, usualRules);
    return openedParts(opened.execution(), opened, around);
  };
  const opened = openRecord(record, usualRules);
  const execution = opened.execution();
  const { failing, itemFailures } = openedParts(execution, opened, around);
  const context = {
    ...{ failing, flow: null, itemFailures },
    nodeData: (run: Parameters<typeof opened.nodeData>[0]) => opened.nodeData(run),
  };
  const shares = Array.from({ length: rounds }, () => {
    return timeOf(() => diagnose(execution, context), times) / timeOf(open, times);
  });
  // The first rounds are those of a program that is still being compiled.
  report(name, 100 * median(shares.slice(rounds / 2)), '%', { atMost: 10 });
}
