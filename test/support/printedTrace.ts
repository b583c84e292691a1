import { openRecord } from '../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../src/decode/decodeRecord.ts';
import { openedParts } from '../../src/answers/openedParts.ts';
import { SubWorkflows } from '../../src/answers/subWorkflows.ts';
import { bindFlows } from '../../src/flow/bindFlow.ts';
import type { FlowDocument } from '../../src/flow/flowDocument.ts';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import type { ExecutionKey, ExecutionSummary } from '../../src/trace/execution.ts';
import type { RejectedRecord } from '../../src/trace/rejected.ts';
import type { PrintedExecution } from '../../src/view/treeText.ts';

/** What a trace file holds, ready to be printed. */
export interface PrintedTrace {
  readonly executions: readonly PrintedExecution[];
  readonly rejected: readonly RejectedRecord[];
}

interface Kept {
  readonly summary: ExecutionSummary;
  readonly final: boolean;
  readonly record: ConsumedRecord;
}

/**
 * Decodes records as the engine does: a final record replaces the snapshots of its execution, and services
 * that were called with a workflow's sid hang below its nodes, as do the workflows that they called.
 */
export function printedTrace(
  records: Iterable<ConsumedRecord>,
  flow: FlowDocument | null,
): PrintedTrace {
  const kept = new Map<ExecutionKey, Kept>();
  const rejected: RejectedRecord[] = [];
  for (const record of records) {
    const decoded = decodeRecord(record);
    if (!decoded.ok) {
      rejected.push(decoded.error);
      continue;
    }
    const { summary, final } = decoded.value;
    if (final || kept.get(summary.key)?.final !== true) {
      kept.set(summary.key, { summary, final, record });
    }
  }
  const called = new SubWorkflows((flowId, fromMs, toMs) => {
    return [...kept.values()].filter(({ summary }) => {
      const { beginMs } = summary;
      return summary.flowId === flowId && beginMs !== null && beginMs >= fromMs && beginMs <= toMs;
    });
  });
  const bySid = Map.groupBy(kept.values(), ({ summary }) => summary.sid);
  const executions = [...kept.values()].flatMap((entry) => {
    const siblings = bySid.get(entry.summary.sid) ?? [];
    if (isCalled(entry, siblings)) return [];
    const subs = siblings.filter((other) => isCalled(other, [entry]));
    return printedExecution(
      entry.record,
      flow,
      subs.map(({ summary }) => summary),
      called,
    );
  });
  return { executions, rejected };
}

/** Decodes one record with the executions that hang below it. */
export function printedExecution(
  record: ConsumedRecord,
  flow: FlowDocument | null,
  subExecutions: readonly ExecutionSummary[],
  called: SubWorkflows = new SubWorkflows(() => []),
): PrintedExecution {
  const opened = openRecord(record);
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

function isCalled({ summary }: Kept, siblings: readonly Kept[]): boolean {
  if (summary.sid === '' || summary.kind === 'workflow' || summary.kind === 'build') return false;
  return siblings.some((other) => other.summary.kind === 'workflow');
}

/** A file says nothing about the executions of another flow. */
function isOf(flow: FlowDocument, { flowId, nodeIds }: ExecutionSummary): boolean {
  if (flow.flowId !== '' && flow.flowId === flowId) return true;
  return bindFlows(nodeIds, flowId, [{ uri: '', document: flow }]).length > 0;
}
