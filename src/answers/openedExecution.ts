import { lastUsed } from '../base/lastUsed.ts';
import type { Tried } from '../compare/attempts.ts';
import type { OpenedRecord, ShownPart } from '../decode/decodeExecution.ts';
import type { Finding } from '../diagnosis/finding.ts';
import type { FlowDocument } from '../flow/flowDocument.ts';
import type { InspectorContent, RowContent } from '../protocol/inspector.ts';
import type { SentSummary, TreeQuery, TreeRow, TreeWindow } from '../protocol/tree.ts';
import { RequestError } from '../protocol/packet.ts';
import type { RecordPosition } from '../record/consumedRecord.ts';
import type { RecordLoss } from '../record/recordRoom.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type {
  ExecutionData,
  ExecutionKey,
  ExecutionSummary,
  FailingNode,
  LeftOut,
  Milliseconds,
  NodeId,
  RunKey,
} from '../trace/execution.ts';
import { withItems } from '../trace/itemFailures.ts';
import type { ItemFailures } from '../trace/iterationItems.ts';
import { earlierCalls } from '../trace/earlierCalls.ts';
import type { TreeNode } from '../trace/tree.ts';
import type { WhyNotRun } from '../trace/whyNotRun.ts';
import { sentTriedInRounds } from './triedEntries.ts';
import { visibleRows, type VisibleRow } from '../trace/visibleRows.ts';

/** An execution that was opened: all that is drawn from it. */
export interface Opened {
  readonly key: ExecutionKey;
  /** What it was built from; when one of them changed it is built again. */
  stamp: string;
  readonly stored: StoredExecution;
  /** Whole: what is stored of long texts is cut. */
  readonly summary: ExecutionSummary;
  /** What it is read from, with each look at it. */
  readonly record: OpenedRecord;
  /** What all of this takes beside its record. */
  readonly bytes: number;
  /** The rules of masking that it was decoded by. */
  readonly redactionRevision: number;
  /** The workflows that it called; what their flow files call them is shown. */
  readonly calledSummaries: readonly ExecutionSummary[];
  readonly flow: FlowDocument | null;
  readonly tree: readonly TreeNode[];
  readonly extent: TreeWindow['extent'];
  readonly failing: FailingNode | null;
  readonly findings: readonly Finding[];
  readonly itemFailures: ItemFailures;
  /** By the key of a retried run: how long before it the step before had ended. */
  readonly lostMs: ReadonlyMap<RunKey, Milliseconds>;
  /** Runs whose entries can only be attempts. */
  readonly retried: ReadonlySet<RunKey>;
  /** By the key of a run that was tried again in its rounds. */
  readonly tried: ReadonlyMap<RunKey, Tried>;
  /** Why nodes of the flow did not run. */
  readonly whyNotRun: ReadonlyMap<NodeId, WhyNotRun>;
  /** How many hang below it that are not in the tree: there are too many. */
  readonly moreSubExecutions: number;
  readonly leftOut?: LeftOut;
  /** Its rows as they were looked at last, by which of them are closed: each watcher closes its own. */
  readonly shown: Map<string, readonly VisibleRow[]>;
}

/** Watchers of one execution that close different rows; what one more costs is a walk through the tree. */
const mostShown = 4;

/** The rows that are seen where some are closed. */
export function shownRows(
  { tree, shown }: Opened,
  collapsed: readonly RunKey[],
): readonly VisibleRow[] {
  const rows = () => visibleRows(tree, new Set(collapsed));
  return lastUsed(shown, JSON.stringify(collapsed), mostShown, rows);
}

/** The row that is to come into view; null when `at` is an offset or the row is not there. */
export function focusOf(
  opened: Opened,
  rows: readonly VisibleRow[],
  query: TreeQuery,
): number | null {
  const { at } = query;
  if ('offset' in at) return null;
  const isWanted = (row: VisibleRow) =>
    'around' in at
      ? isFailing(row.node, opened.failing)
      : 'aroundRow' in at
        ? row.node.key === at.aroundRow
        : row.node.nodeId === at.aroundNode;
  // A run fails near its end, and there is one of its key.
  const isNearEnd = 'around' in at && opened.failing?.runKey != null;
  const index = isNearEnd ? rows.findLastIndex(isWanted) : rows.findIndex(isWanted);
  return index === -1 ? null : index;
}

/** The closed rows above a row; none where it is not there. */
export function closedAbove(
  opened: Opened,
  key: RunKey,
  collapsed: readonly RunKey[],
): readonly RunKey[] {
  const above: RunKey[] = [];
  for (const { node, level } of shownRows(opened, [])) {
    above.length = level - 1;
    above.push(node.key);
    if (node.key !== key) continue;
    const closed = new Set(collapsed);
    return above.slice(0, -1).filter((one) => closed.has(one));
  }
  return [];
}

/** Whether the execution failed at this row. */
export function isFailing(node: TreeNode, failing: FailingNode | null): boolean {
  if (failing === null || node.subExecution !== null) return false;
  if (failing.runKey !== null) return node.run?.key === failing.runKey;
  return (
    node.inferred &&
    node.status === 'failed' &&
    (failing.nodeId === null || failing.nodeId === node.nodeId)
  );
}

/** The workflows of other sids that hang below its nodes. */
export function calledWorkflows({ tree }: Opened): ExecutionKey[] {
  const called = new Set<ExecutionKey>();
  // A list of what is left instead of recursion: a tree may be deep.
  const todo: TreeNode[] = [...tree];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (node.subExecution !== null && node.confidence !== null) called.add(node.subExecution.key);
    for (const child of node.children) todo.push(child);
  }
  return [...called];
}

/** A row as it is sent. */
export function asTreeRow(row: VisibleRow, opened: Opened): TreeRow {
  const { node } = row;
  const sub = node.subExecution;
  return {
    key: node.key,
    nodeId: node.nodeId,
    name: node.name,
    type: node.type,
    status: node.status,
    inferred: node.inferred,
    ...reasonOf(node, opened),
    failing: isFailing(node, opened.failing),
    level: row.level,
    position: row.position,
    setSize: row.setSize,
    expanded: row.expanded,
    beginMs: node.beginMs,
    endMs: node.endMs,
    durationMs: node.durationMs,
    count: node.count,
    ...roundsAndAttempts(node, opened),
    round: node.run?.iterationIndex ?? null,
    ...(node.run?.mixesRounds === true ? { mixesRounds: true } : {}),
    error:
      node.run?.error ??
      (sub !== null && sub.code !== 0 ? `${String(sub.code)} ${sub.message}` : null),
    tokens: node.run?.usage.totalTokens ?? 0,
    logCount: node.run?.logCount ?? 0,
    execution: sub?.key ?? null,
    ...(sub === null ? {} : { executionKind: sub.kind }),
    confidence: node.confidence,
    ...(node.run?.source === undefined ? {} : { source: node.run.source }),
    inFlow: opened.flow?.nodesById.has(node.nodeId) ?? false,
  };
}

function reasonOf({ status, nodeId }: TreeNode, { whyNotRun }: Opened): Pick<TreeRow, 'whyNotRun'> {
  const why = status === 'notRun' ? whyNotRun.get(nodeId) : undefined;
  return why === undefined ? {} : { whyNotRun: why };
}

/** What is known of the rounds and attempts behind a row. */
function roundsAndAttempts(
  node: TreeNode,
  { itemFailures: { failures, rounds }, lostMs, retried, tried, findings }: Opened,
): Pick<
  TreeRow,
  'attempts' | 'tried' | 'isMadeGood' | 'failedItems' | 'isUnplaced' | 'lostMs' | 'earlier'
> {
  const { key } = node;
  const failedItems = failures.get(key);
  const lost = lostMs.get(key);
  const earlier = lost === undefined ? earlierCalls(node) : null;
  const again = tried.get(key);
  return {
    ...(retried.has(key) ? { attempts: true } : {}),
    ...(again && { tried: sentTriedInRounds(again, node, failedItems?.items ?? []) }),
    ...(madeGoodRuns(findings).has(key) ? { isMadeGood: true } : {}),
    ...(failedItems === undefined ? {} : { failedItems }),
    ...(rounds.get(key) === null ? { isUnplaced: true } : {}),
    ...(lost === undefined ? {} : { lostMs: lost }),
    ...(earlier === null ? {} : { earlier }),
  };
}

/** The runs that failed at first and gave their output in the end. */
export function madeGoodRuns(findings: readonly Finding[]): ReadonlySet<RunKey | null | undefined> {
  return new Set(
    findings.filter(({ cause }) => cause === 'retried').map(({ node }) => node?.runKey),
  );
}

/** What the inspector shows of a row, unless another execution hangs there. `record` holds its run. */
export function rowContent(
  row: VisibleRow,
  opened: Opened,
  record: Pick<OpenedRecord, 'nodeData'> | null,
  shown: { readonly part: ShownPart; readonly canReveal: boolean },
): RowContent {
  const { key, run } = row.node;
  const data = run === null ? undefined : record?.nodeData(run.key, shown.part);
  const treeRow = asTreeRow(row, opened);
  if (data === undefined) return { kind: 'notRun', row: treeRow };
  return {
    kind: 'node',
    row: treeRow,
    data: withItems(data, key, opened.itemFailures),
    firstFrameMs: run?.firstFrameMs ?? null,
    canReveal: shown.canReveal,
  };
}

/** What the inspector shows of an execution as a whole. */
export function executionContent(
  { summary, stored }: Opened,
  data: ExecutionData,
  canReveal: boolean,
): InspectorContent {
  return {
    kind: 'execution',
    summary: asSent(summary),
    data,
    // In a file it stands at its own place, which is not what its reader looks for in Kafka.
    position: { ...positionOf(stored), ...stored.record.dumpedFrom },
    canReveal,
  };
}

/** A summary without the ids and names of its nodes. */
export function asSent({ nodeIds: _, nodeNames: __, ...summary }: ExecutionSummary): SentSummary {
  return summary;
}

/** Where the record stands on its topic. */
export function positionOf({ record }: StoredExecution): RecordPosition {
  return { topic: record.topic, partition: record.partition, offset: record.offset };
}

/**
 * A row of the tree, also where a row above it is closed: the inspector goes on showing it. Throws a `notFound`
 * request error for one that isn't there.
 */
export function rowOf(opened: Opened, key: RunKey): VisibleRow {
  const isWanted = ({ node }: VisibleRow) => node.key === key;
  const row = shownRows(opened, []).find(isWanted);
  if (row !== undefined) return row;
  throw gone('This node is not in the tree any more');
}

/** What is thrown for an execution whose record can't be given. */
export function lost(loss: RecordLoss): RequestError {
  switch (loss) {
    case 'gone':
      return gone('The record is no longer on the topic');
    case 'madeAnew':
      return new RequestError({
        reason: 'madeAnew',
        message: 'Another record stands in its place',
      });
  }
}

/** What is thrown for what was there once. */
export function gone(message: string): RequestError {
  return new RequestError({ reason: 'notFound', message });
}
