import type { PastExecution, PastNode } from '../analysis/pastExecution.ts';
import type { OpenedRecord } from '../decode/decodeExecution.ts';
import type { ExecutionSummary, NamedValue, NodeData, NodeRun } from '../trace/execution.ts';

/** An execution of the history as the list shows those in memory. */
export function pastSummary(past: PastExecution): ExecutionSummary {
  const { key, sid, kind, outcome, code, beginMs, durationMs, failure, nodes, flow, name } = past;
  const isFlow = kind === 'workflow' || kind === 'build' || kind === 'agent';
  const isPlaced = failure !== null && (failure.nodeId !== null || failure.name !== '');
  return {
    ...{ key, sid, kind, outcome, code, beginMs, durationMs },
    service: key.slice(0, Math.max(0, key.indexOf('/'))),
    flowId: isFlow ? flow : '',
    subject: name === '' ? flow : name,
    message: failure?.text ?? '',
    endMs: beginMs === null || durationMs === null ? null : beginMs + durationMs,
    timeSource: beginMs === null ? 'none' : 'record',
    failing: isPlaced
      ? {
          ...{ nodeId: failure.nodeId, name: failure.name, inferred: false, afterNodeId: null },
          runKey: failedRunKey(nodes, failure.nodeId),
        }
      : null,
    nodeIds: [...new Set(nodes.map(({ nodeId }) => nodeId))],
    nodeNames: [...new Set(nodes.map((node) => node.name))],
    runCount: nodes.length,
    usage: tokensOf(past.tokens),
  };
}

/**
 * An execution whose record is gone, opened: which nodes ran, how long and how they ended. What they got and gave
 * nobody kept.
 */
export function summaryRecord(past: PastExecution): OpenedRecord {
  const runs = past.nodes.map((node, order) => runOf(node, order));
  const keys = new Set(runs.map(({ key }) => key));
  return {
    *prepare() {
      // Nothing is left to be read.
    },
    execution: () => ({ summary: pastSummary(past), runs, suspectTypes: [] }),
    nodeData: (key) => (keys.has(key) ? noData : undefined),
    executionData: () => ({ question: nothing('question'), answer: nothing('answer'), fields: [] }),
    bytesOf: () => undefined,
    dataBytesOf: () => undefined,
    storedAddress: () => undefined,
    fetchedValue: (name) => nothing(name),
    flowCalls: () => [],
    facts: () => ({
      ...{ revision: past.revision, storedValues: past.storedValues, resources: past.resources },
      payloadBytes: past.payloadBytes,
      resourcesOfRuns: new Map(),
    }),
    markOfValue: () => undefined,
    questionDigest: () => null,
  };
}

const noData: NodeData = {
  ...{ input: [], output: [], config: [], logs: [], streams: [], llmOutput: '', other: [] },
  ...{ usage: tokensOf(0), onItemError: null, mayRetry: false },
};

function nothing(name: string): NamedValue {
  return { name, value: '', form: 'text', round: null };
}

function tokensOf(totalTokens: number) {
  return { questionTokens: 0, promptTokens: 0, completionTokens: 0, totalTokens };
}

function runOf(node: PastNode, order: number): NodeRun {
  const { nodeId, name, type, status, count, beginMs, durationMs } = node;
  return {
    ...{ key: runKeyAt(nodeId, order), nodeId, name, type, category: '', status, count, order },
    ...{ beginMs, durationMs },
    endMs: beginMs === null || durationMs === null ? null : beginMs + durationMs,
    ...{ firstFrameMs: null, next: [], usage: tokensOf(node.tokens), logCount: node.logCount },
    ...{ error: null, iterationIndex: null, iterationParent: null },
  };
}

/** Of one node many runs are kept. */
function runKeyAt(nodeId: string, order: number): string {
  return `${nodeId}#${String(order)}`;
}

function failedRunKey(nodes: readonly PastNode[], nodeId: string | null): string | null {
  const at = nodes.findLastIndex((node) => node.nodeId === nodeId && node.status === 'failed');
  return nodeId === null || at === -1 ? null : runKeyAt(nodeId, at);
}
