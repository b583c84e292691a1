import { openRecord } from '../../src/decode/decodeExecution.ts';
import { executionRecords } from '../../src/answers/executionRecords.ts';
import { openedParts } from '../../src/answers/openedParts.ts';
import { SubWorkflows } from '../../src/answers/subWorkflows.ts';
import { bindFlows } from '../../src/flow/bindFlow.ts';
import type { FlowDocument } from '../../src/flow/flowDocument.ts';
import { Ingest } from '../../src/intake/ingest.ts';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import { ExecutionStore } from '../../src/store/executionStore.ts';
import { RejectedStore } from '../../src/store/rejectedStore.ts';
import type { ExecutionSummary } from '../../src/trace/execution.ts';
import type { RejectedRecord } from '../../src/trace/rejected.ts';
import type { PrintedExecution } from '../../src/view/treeText.ts';
import { usualRules } from './usualRules.ts';

/** What a trace file holds, ready to be printed. */
export interface PrintedTrace {
  readonly executions: readonly PrintedExecution[];
  readonly rejected: readonly RejectedRecord[];
}

const everything = { maxBytes: Infinity, maxSummaryBytes: Infinity, maxExecutions: Infinity };

/**
 * Takes records as the engine does: a final record replaces the snapshots of its execution, and services
 * that were called with a workflow's sid hang below its nodes, as do the workflows that they called.
 */
export function printedTrace(
  records: Iterable<ConsumedRecord>,
  flow: FlowDocument | null,
): PrintedTrace {
  const store = new ExecutionStore(everything);
  const rejected = new RejectedStore();
  const redaction = { rules: usualRules };
  const room = executionRecords(store, redaction, () => Promise.resolve(undefined));
  const batch = [...records];
  new Ingest(store, rejected, { observe: () => undefined }, redaction).take(batch, 0);
  const called = new SubWorkflows({ store, room, redaction });
  const asTheyCame = store.listed.toSorted((a, b) => a.arrival - b.arrival);
  const executions = asTheyCame.flatMap((stored) => {
    const record = room.held(stored);
    if (record === undefined) return [];
    const below = [...store.subExecutionsOf(stored)].map(({ summary }) => summary);
    return [printedExecution(record, flow, below, called)];
  });
  return { executions, rejected: rejected.page(0, rejected.listed).toReversed() };
}

/** Decodes one record with the executions that hang below it. */
function printedExecution(
  record: ConsumedRecord,
  flow: FlowDocument | null,
  subExecutions: readonly ExecutionSummary[],
  called: SubWorkflows,
): PrintedExecution {
  const opened = openRecord(record, usualRules);
  const execution = opened.execution();
  const { summary } = execution;
  const bound = flow !== null && isOf(flow, summary) ? flow : null;
  const { tree, failing, findings, itemFailures } = openedParts(execution, opened, {
    ...{ flow: bound, subExecutions },
    called: called.of(execution, opened),
  });
  return {
    ...{ summary, failing, tree, findings, itemFailures },
    name: bound?.name || summary.subject,
    dataOf: (run) => opened.nodeData(run),
  };
}

/** A file says nothing about the executions of another flow. */
function isOf(flow: FlowDocument, { flowId, nodeIds }: ExecutionSummary): boolean {
  if (flow.flowId !== '' && flow.flowId === flowId) return true;
  return bindFlows(nodeIds, flowId, [{ uri: '', document: flow }]).length > 0;
}
