import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import type { Finding } from '../../src/diagnosis/finding.ts';
import type { ExecutionSummary, NodeData, NodeRun } from '../../src/trace/execution.ts';

/** A record with what the test cares about; the rest is ordinary. */
export function aRecord(parts: Partial<ConsumedRecord> = {}): ConsumedRecord {
  return {
    topic: 'spark-agent-builder',
    partition: 0,
    offset: '0',
    timestampMs: 0,
    key: null,
    value: new Uint8Array(),
    ...parts,
  };
}

/** A summary of a successful workflow execution with what the test cares about. */
export function aSummary(parts: Partial<ExecutionSummary> = {}): ExecutionSummary {
  const sid = parts.sid ?? 'spf00970001@hf1a2094e36ee0009782';
  return {
    key: `workflow/${sid}`,
    sid,
    service: 'workflow',
    kind: 'workflow',
    flowId: '7379450201923928066',
    subject: '7379450201923928066',
    outcome: 'succeeded',
    code: 0,
    message: '',
    beginMs: 1_000,
    endMs: 2_000,
    durationMs: 1_000,
    timeSource: 'record',
    failing: null,
    nodeIds: [],
    nodeNames: [],
    runCount: 0,
    usage: { questionTokens: 0, promptTokens: 0, completionTokens: 0, totalTokens: 0 },
    ...parts,
  };
}

const noUsage = { questionTokens: 0, promptTokens: 0, completionTokens: 0, totalTokens: 0 };

/** A successful run of an rpa node. */
export function aRun(parts: Partial<NodeRun> = {}): NodeRun {
  const nodeId = parts.nodeId ?? 'rpa::3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33';
  return {
    key: `run of ${nodeId}`,
    nodeId,
    name: '录入ERP',
    type: 'rpa',
    category: '工具',
    status: 'succeeded',
    count: 1,
    beginMs: 1_000,
    endMs: 2_000,
    durationMs: 1_000,
    firstFrameMs: null,
    next: [],
    usage: noUsage,
    logCount: 0,
    error: null,
    iterationIndex: null,
    iterationParent: null,
    order: 0,
    ...parts,
  };
}

/** The data of a node that got, gave and said nothing. */
export function aNodeData(parts: Partial<NodeData> = {}): NodeData {
  return {
    input: [],
    output: [],
    ...{ config: [], onItemError: null, mayRetry: false },
    ...{ logs: [], streams: [] },
    llmOutput: '',
    usage: noUsage,
    other: [],
    ...parts,
  };
}

/** A finding about an execution that failed. */
export function aFinding(parts: Partial<Finding> = {}): Finding {
  return {
    rule: 'messagePattern',
    severity: 'error',
    category: 'unknown',
    cause: null,
    node: null,
    code: null,
    evidence: [],
    remedies: [],
    confidence: 'likely',
    ...parts,
  };
}
