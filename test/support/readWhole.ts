import { openRecord } from '../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../src/decode/decodeRecord.ts';
import { maskedRecordText } from '../../src/decode/maskedRecord.ts';
import { usualRules } from './usualRules.ts';
import { openedParts } from '../../src/answers/openedParts.ts';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import type { RunKey } from '../../src/trace/execution.ts';
import { treeText } from '../../src/view/treeText.ts';
import { plainEnglish } from './plainEnglish.ts';

/** Does with a record all that is ever done: decodes, opens, explains, draws, saves it. Gives what was read. */
export function readWhole(record: ConsumedRecord, rules = usualRules): unknown {
  const decoded = decodeRecord(record, rules);
  if (!decoded.ok) return decoded.error;
  const opened = openRecord(record, rules);
  const execution = opened.execution();
  const parts = openedParts(execution, opened, {
    ...{ flow: null, subExecutions: [execution.summary], called: [] },
  });
  const { summary } = execution;
  const dataOf = (run: RunKey) => opened.nodeData(run);
  const ownData = () => opened.executionData();
  const printed = { summary, name: summary.subject, dataOf, ownData, ...parts };
  return [
    summary,
    parts.findings,
    execution.runs.map(({ key }) => opened.nodeData(key)),
    opened.executionData(),
    opened.storedAddress('none'),
    [opened.flowCalls(), opened.questionDigest()],
    treeText(printed, plainEnglish),
    maskedRecordText(record, rules),
  ];
}
