import { openRecord, type OpenedRecord } from '../decode/decodeExecution.ts';
import { revealValue } from '../decode/revealValue.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Finding } from '../diagnosis/finding.ts';
import type { FlowDocument } from '../flow/flowDocument.ts';
import type { Json } from '../base/json.ts';
import type {
  InspectorContent,
  SentSummary,
  TreeQuery,
  TreeRow,
  TreeWindow,
  ValuePlace,
} from '../protocol/engineProtocol.ts';
import { RequestError } from '../protocol/packet.ts';
import type { ConsumedRecord, RecordPosition } from '../record/consumedRecord.ts';
import type { ExecutionStore, StoredExecution } from '../store/executionStore.ts';
import { buildTree } from '../trace/buildTree.ts';
import type { ExecutionKey, ExecutionSummary, FailingNode, RunKey } from '../trace/execution.ts';
import { locateFailingNode } from '../trace/locateFailingNode.ts';
import type { TreeNode } from '../trace/tree.ts';
import { treeExtent, visibleRows, type VisibleRow } from '../trace/visibleRows.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import type { ListView } from './listView.ts';
import { Redaction } from './redaction.ts';

/** Reads a record again whose bytes left the window. */
export type Refetch = (position: RecordPosition) => Promise<ConsumedRecord | undefined>;

interface Opened {
  readonly key: ExecutionKey;
  /** What it was built from; when one of them changed it is built again. */
  readonly stamp: string;
  readonly stored: StoredExecution;
  readonly record: OpenedRecord;
  readonly flow: FlowDocument | null;
  readonly tree: readonly TreeNode[];
  readonly extent: TreeWindow['extent'];
  readonly failing: FailingNode | null;
  readonly findings: readonly Finding[];
  collapsed: readonly RunKey[];
  rows: readonly VisibleRow[];
}

/** Going back and forth between a few runs is quick. */
const maxOpened = 6;
/** A decoded record takes two to five times its bytes of a heap of 512 MB; the newest is kept however large. */
const maxOpenedBytes = 32 * 1024 * 1024;

/** The opened executions: tree, findings and node data, decoded on demand. */
export class TreeView {
  private readonly store: ExecutionStore;
  private readonly flows: FlowRegistry;
  private readonly list: ListView;
  private readonly refetch: Refetch;
  private readonly redaction: Redaction;
  private readonly opened = new Map<ExecutionKey, Opened>();
  private revision = 0;

  constructor(
    store: ExecutionStore,
    flows: FlowRegistry,
    list: ListView,
    refetch: Refetch,
    redaction = new Redaction(),
  ) {
    this.store = store;
    this.flows = flows;
    this.list = list;
    this.refetch = refetch;
    this.redaction = redaction;
  }

  /** Throws a `notFound` request error when the execution or its record is gone. */
  async window(query: TreeQuery): Promise<TreeWindow> {
    const opened = await this.open(query.key);
    if (!sameKeys(opened.collapsed, query.collapsed)) {
      opened.collapsed = query.collapsed;
      opened.rows = visibleRows(opened.tree, new Set(query.collapsed));
    }
    const focus = focusOf(opened, query);
    const total = opened.rows.length;
    const wanted =
      'offset' in query.at ? query.at.offset : (focus ?? 0) - Math.floor(query.limit / 2);
    const start = Math.max(0, Math.min(wanted, total - query.limit));
    const { summary } = opened.stored;
    return {
      revision: ++this.revision,
      query,
      summary: asSent(summary),
      name: this.list.nameOf(summary),
      failing: opened.failing,
      flow: this.flows.labelFor(summary),
      findings: opened.findings,
      extent: opened.extent,
      totalRows: total,
      start,
      rows: opened.rows.slice(start, start + query.limit).map((row) => asTreeRow(row, opened)),
      focus,
      position: positionOf(opened.stored),
      recordBytes: opened.stored.recordBytes,
    };
  }

  /** Tells whether a window made before is old: what the execution's tree is made of. */
  stamp(key: ExecutionKey): string {
    const stored = this.store.get(key);
    return stored === undefined ? '' : this.stampOf(stored);
  }

  /** What the inspector shows of a row; of the execution itself with `row` null. */
  async inspect(key: ExecutionKey, row: RunKey | null): Promise<InspectorContent> {
    const opened = await this.open(key);
    const canReveal = this.redaction.allowReveal;
    if (row === null) return executionContent(opened.stored, opened.record, canReveal);
    const visible = rowOf(opened, row);
    const { node } = visible;
    if (node.subExecution !== null) {
      const sub = await this.open(node.subExecution.key);
      return executionContent(sub.stored, sub.record, canReveal);
    }
    const treeRow = asTreeRow(visible, opened);
    const data = node.run === null ? undefined : opened.record.nodeData(node.run.key);
    return data === undefined
      ? { kind: 'notRun', row: treeRow }
      : {
          kind: 'node',
          row: treeRow,
          data,
          firstFrameMs: node.run?.firstFrameMs ?? null,
          canReveal,
        };
  }

  /** One value as it stands in the record: kept nowhere, and only where the settings allow it. */
  async reveal(key: ExecutionKey, row: RunKey | null, place: ValuePlace): Promise<Json> {
    if (!this.redaction.allowReveal) {
      throw new RequestError({
        reason: 'notAllowed',
        message: 'The settings do not allow to reveal masked values',
      });
    }
    const opened = await this.open(key);
    const node = row === null ? null : rowOf(opened, row).node;
    const sub = node?.subExecution ?? null;
    if (node !== null && node.run === null && sub === null) throw gone('This node never ran');
    const stored = sub === null ? opened.stored : (await this.open(sub.key)).stored;
    const record = await this.withValue(stored);
    const runKey = sub === null ? (node?.run?.key ?? null) : null;
    const value = revealValue(record, this.redaction.rules, runKey, place);
    if (value === undefined) throw gone('This value is not in the record');
    return value;
  }

  /** The failing node with all that the flow file adds. */
  async failingNode(key: ExecutionKey): Promise<FailingNode | null> {
    return (await this.open(key)).failing;
  }

  private async open(key: ExecutionKey): Promise<Opened> {
    const stored = this.store.get(key);
    if (stored === undefined) {
      throw gone('This execution left the window on the topic');
    }
    const stamp = this.stampOf(stored);
    const known = this.opened.get(key);
    if (known?.stamp === stamp) {
      this.opened.delete(key);
      this.opened.set(key, known);
      return known;
    }
    const record = await this.withValue(stored);
    const opened = this.build(stored, record, stamp, known?.collapsed ?? []);
    this.opened.delete(key);
    this.opened.set(key, opened);
    this.closeOldest();
    return opened;
  }

  private closeOldest(): void {
    let bytes = 0;
    for (const { stored } of this.opened.values()) bytes += stored.recordBytes;
    for (const [key, { stored }] of this.opened) {
      if (this.opened.size === 1) return;
      if (this.opened.size <= maxOpened && bytes <= maxOpenedBytes) return;
      this.opened.delete(key);
      bytes -= stored.recordBytes;
    }
  }

  private build(
    stored: StoredExecution,
    record: ConsumedRecord,
    stamp: string,
    collapsed: readonly RunKey[],
  ): Opened {
    const reader = openRecord(record, this.redaction.rules);
    const execution = { ...reader.execution(), summary: stored.summary };
    const flow = this.flows.documentFor(stored.summary);
    const tree = buildTree(execution, flow, this.subExecutions(stored.summary));
    const failing = locateFailingNode(execution, flow);
    const findings = diagnose(execution, {
      failing,
      flow,
      nodeData: (run) => reader.nodeData(run),
    });
    const rows = visibleRows(tree, new Set(collapsed));
    return {
      key: stored.summary.key,
      stamp,
      stored,
      record: reader,
      flow,
      tree,
      extent: treeExtent(tree),
      failing,
      findings,
      collapsed,
      rows,
    };
  }

  private subExecutions(summary: ExecutionSummary): ExecutionSummary[] {
    if (summary.kind !== 'workflow') return [];
    return this.store
      .ofSid(summary.sid)
      .map((entry) => entry.summary)
      .filter((other) => other.key !== summary.key && other.kind !== 'build');
  }

  private async withValue(stored: StoredExecution): Promise<ConsumedRecord> {
    if (stored.record.value !== null) {
      this.store.touch(stored.summary.key);
      return stored.record;
    }
    const again = await this.refetch(stored.record);
    if (again?.value == null) {
      throw gone('The record is no longer on the topic');
    }
    this.store.touch(stored.summary.key, again.value);
    return again;
  }

  private stampOf(stored: StoredExecution): string {
    const siblings = this.store.ofSid(stored.summary.sid);
    const positions = siblings.map(({ record }) => `${String(record.partition)}:${record.offset}`);
    const { revision } = this.redaction;
    return `${String(this.flows.revision)} ${String(revision)} ${positions.join(' ')}`;
  }
}

function focusOf(opened: Opened, query: TreeQuery): number | null {
  const { at } = query;
  if ('offset' in at) return null;
  const isWanted = (row: VisibleRow) =>
    'around' in at
      ? isFailing(row.node, opened.failing)
      : 'aroundRow' in at
        ? row.node.key === at.aroundRow
        : row.node.nodeId === at.aroundNode;
  const index = opened.rows.findIndex(isWanted);
  return index === -1 ? null : index;
}

function isFailing(node: TreeNode, failing: FailingNode | null): boolean {
  if (failing === null || node.subExecution !== null) return false;
  if (failing.runKey !== null) return node.run?.key === failing.runKey;
  return (
    node.inferred &&
    node.status === 'failed' &&
    (failing.nodeId === null || failing.nodeId === node.nodeId)
  );
}

function asTreeRow(row: VisibleRow, opened: Opened): TreeRow {
  const { node } = row;
  const sub = node.subExecution;
  return {
    key: node.key,
    nodeId: node.nodeId,
    name: node.name,
    type: node.type,
    status: node.status,
    inferred: node.inferred,
    failing: isFailing(node, opened.failing),
    level: row.level,
    position: row.position,
    setSize: row.setSize,
    expanded: row.expanded,
    beginMs: node.beginMs,
    endMs: node.endMs,
    durationMs: node.durationMs,
    count: node.count,
    round: node.run?.iterationIndex ?? null,
    ...(node.run?.mixesRounds === true ? { mixesRounds: true } : {}),
    error:
      node.run?.error ??
      (sub !== null && sub.code !== 0 ? `${String(sub.code)} ${sub.message}` : null),
    tokens: node.run?.usage.totalTokens ?? 0,
    logCount: node.run?.logCount ?? 0,
    execution: sub?.key ?? null,
    inFlow: opened.flow?.nodes.some((flowNode) => flowNode.id === node.nodeId) ?? false,
  };
}

function rowOf({ rows }: Opened, key: RunKey): VisibleRow {
  const row = rows.find((candidate) => candidate.node.key === key);
  if (row === undefined) throw gone('This node is not in the tree any more');
  return row;
}

function gone(message: string): RequestError {
  return new RequestError({ reason: 'notFound', message });
}

function executionContent(
  stored: StoredExecution,
  record: OpenedRecord,
  canReveal: boolean,
): InspectorContent {
  return {
    kind: 'execution',
    summary: asSent(stored.summary),
    data: record.executionData(),
    position: positionOf(stored),
    canReveal,
  };
}

function asSent({ nodeIds: _, ...summary }: ExecutionSummary): SentSummary {
  return summary;
}

function positionOf({ record }: StoredExecution): RecordPosition {
  return { topic: record.topic, partition: record.partition, offset: record.offset };
}

function sameKeys(a: readonly RunKey[], b: readonly RunKey[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}
