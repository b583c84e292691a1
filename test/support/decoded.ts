import { openRecord } from '../../src/decode/decodeExecution.ts';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import type { Execution, ExecutionData, NodeData, RunKey } from '../../src/trace/execution.ts';
import { wholeRun } from '../../src/trace/wholeTree.ts';
import { usualRules } from './usualRules.ts';

/** The execution of one record; throws like `openRecord`. */
export function decodeExecution(record: ConsumedRecord): Execution {
  return openRecord(record, usualRules).execution();
}

/** One node's data; undefined for a key that the record doesn't hold; throws like `openRecord`. */
export function decodeNodeData(record: ConsumedRecord, runKey: RunKey): NodeData | undefined {
  return openRecord(record, usualRules).nodeData(runKey);
}

/** What an execution itself got and gave; throws like `openRecord`. */
export function decodeExecutionData(record: ConsumedRecord): ExecutionData {
  return openRecord(record, usualRules).executionData();
}

/** The same with all that its runs tell, to be compared: they are read as somebody asks, and hold nothing of their own. */
export function wholeExecution(execution: Execution): Execution {
  return { ...execution, runs: execution.runs.map(wholeRun) };
}
