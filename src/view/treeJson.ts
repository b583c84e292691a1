import type { ExecutionSummary, NodeData } from '../trace/execution.ts';
import type { ItemFailures } from '../trace/iterationItems.ts';
import type { NodeStatus, TreeNode } from '../trace/tree.ts';
import { visibleRows } from '../trace/visibleRows.ts';
import type { Translate } from '../texts/translate.ts';
import { ownHistoryJson } from './ownHistoryJson.ts';
import type { PrintedExecution } from './treeText.ts';

/**
 * An execution and its tree as plain data for programs: rows in order, each with its level; with data, what it and each
 * run got, gave, was set to and logged, masked.
 */
export function treeJson(
  execution: PrintedExecution,
  t: Translate,
  { withData = false }: { readonly withData?: boolean } = {},
) {
  const { summary, name, failing, tree, findings, itemFailures, dataOf, ownData } = execution;
  const rows = visibleRows(tree, new Set());
  const nodes: (ReturnType<typeof nodeJson> & { readonly data?: NodeData })[] = [];
  const unplaced: ReturnType<typeof subJson>[] = [];
  for (const { node, level } of rows) {
    if (node.subExecution === null) {
      const data = withData && node.run !== null ? dataOf(node.run.key) : undefined;
      nodes.push({
        ...nodeJson(node, level, itemFailures),
        ...(data === undefined ? {} : { data }),
      });
    } else if (level === 1) unplaced.push(subJson(node.subExecution));
  }
  const data = withData ? ownData() : undefined;
  const own = data === undefined ? {} : { data };
  const { history } = execution;
  return {
    ...{ ...subJson(summary), name, failing, ...own, nodes, subExecutions: unplaced, findings },
    ...(history === undefined ? {} : ownHistoryJson(history, t)),
  };
}

function nodeJson(node: TreeNode, level: number, { failures }: ItemFailures) {
  const { run } = node;
  return {
    nodeId: node.nodeId,
    name: node.name,
    type: node.type,
    ok: okOf(node.status),
    status: node.status,
    count: node.count,
    failedItems: failures.get(node.key) ?? null,
    beginMs: node.beginMs,
    durationMs: node.durationMs,
    inferred: node.inferred,
    level,
    runKey: run?.key ?? null,
    round: run?.iterationIndex ?? null,
    error: run?.error ?? null,
    tokens: run?.usage.totalTokens ?? 0,
    logCount: run?.logCount ?? 0,
    subExecutions: node.children.flatMap((child) =>
      child.subExecution === null
        ? []
        : [{ ...subJson(child.subExecution), confidence: child.confidence }],
    ),
  };
}

function subJson(summary: ExecutionSummary) {
  const { sid, service, kind, outcome, code, message, subject, flowId } = summary;
  const { beginMs, endMs, durationMs, timeSource, usage, runCount } = summary;
  return {
    ...{ sid, service, kind, subject, flowId },
    status: { code, message },
    ok:
      outcome === 'unreported' || outcome === 'running' || outcome === 'stalled'
        ? null
        : outcome === 'succeeded',
    outcome,
    ...{ beginMs, endMs, durationMs, timeSource, usage, runCount },
  };
}

/** Null for what says nothing about success: not run, cut off, going on. */
function okOf(status: NodeStatus): boolean | null {
  if (status === 'failed' || status === 'unended') return false;
  return status === 'succeeded' || status === 'recovered' ? true : null;
}
