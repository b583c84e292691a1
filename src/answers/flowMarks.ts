import type { FlowNode } from '../flow/flowDocument.ts';
import type {
  FlowProblemMark,
  MarkedNode,
  MarkedRun,
  MarksQuery,
  SentMarks,
  ShortValues,
  ShortValuesQuery,
} from '../protocol/marks.ts';
import { packNodes } from '../protocol/packedNodes.ts';
import { RequestError } from '../protocol/packet.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import { isToolCall, type ExecutionSummary, type NodeId } from '../trace/execution.ts';
import type { NodeStatus, TreeNode } from '../trace/tree.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import type { ListView } from './listView.ts';
import { isFailing, shownRows, type Opened } from './openedExecution.ts';
import { shortValues } from './shortValues.ts';
import type { TreeView } from './treeView.ts';
import { mostEarlier, type UsualDurations } from './usualDurations.ts';

/** VS Code's own outline gives up there; who has more nodes in a file reads it by its graph. */
const mostNodes = 5_000;
/** So many of the newest are counted: what was repaired before says nothing of now. */
const mostCounted = 200;
/** An editor shows a screen of lines. */
const mostShort = 300;

/** What the marks need of their world. */
export interface MarksWorld {
  readonly flows: FlowRegistry;
  readonly list: ListView;
  readonly tree: TreeView;
  readonly usual: UsualDurations;
}

/** What happened at the nodes of a flow file, for whoever shows it beside them. */
export class MarksView {
  private readonly world: MarksWorld;

  constructor(world: MarksWorld) {
    this.world = world;
  }

  /** Equal stamps mean equal marks, for one who has them. */
  stamp({ uri, execution }: MarksQuery): string {
    const { flows, tree, usual } = this.world;
    const entries = this.entriesOf(uri);
    const counted = entries.slice(-mostCounted);
    const shown = this.shownOf(entries, uri, execution);
    return [
      ...[flows.revision, usual.revision, entries.length],
      // None of them has the revision that another had.
      counted.reduce((sum, { revision }) => sum + revision, 0),
      ...[shown, ended(entries)].map((entry) => entry && tree.stamp(entry.summary.key)),
    ].join(' ');
  }

  async marks({ uri, execution }: MarksQuery): Promise<SentMarks> {
    const { flows, usual } = this.world;
    const file = flows.fileOf(uri);
    if (file === undefined) {
      return { version: null, nodes: packNodes([]), execution: null, problem: null, counted: 0 };
    }
    const entries = this.entriesOf(uri);
    const counted = entries.slice(-mostCounted);
    const shown = this.shownOf(entries, uri, execution);
    const opened = shown === undefined ? undefined : await this.opened(shown);
    const last = ended(entries);
    const lastOpened =
      last === shown ? opened : last?.summary.outcome === 'failed' && (await this.opened(last));
    const nodes = file.document.nodes.slice(0, mostNodes);
    const runs = opened === undefined ? undefined : runsByNode(opened, nodes);
    const counts = countsOf(counted.map(({ summary }) => summary));
    const usualMs = usual.of(earlierThan(shown, entries));
    return {
      version: file.version,
      ...(file.document.isPartial === true ? { isPartial: true } : {}),
      nodes: packNodes(nodes.map((node) => markedNode(node, runs?.get(node), counts, usualMs))),
      execution: shown === undefined ? null : executionOf(shown.summary),
      problem: lastOpened ? problemOf(lastOpened) : null,
      counted: counted.length,
    };
  }

  async shortValues({ key, rows }: ShortValuesQuery): Promise<ShortValues> {
    const given = [];
    for (const row of rows.slice(0, mostShort)) {
      const content = await this.world.tree.inspect(key, row).catch(onlyMissing);
      const values = content?.kind === 'node' ? shortValues(content.data) : [];
      if (values.length > 0) given.push({ row, values });
    }
    return { given };
  }

  /** Runs of the flow alone: what its robots and tools say of themselves stands below them. */
  private entriesOf(uri: string): readonly StoredExecution[] {
    const { flows, list } = this.world;
    if (flows.fileOf(uri) === undefined) return [];
    return list.ofScope({ kind: 'flow', uri });
  }

  private shownOf(
    entries: readonly StoredExecution[],
    uri: string,
    key: string | null,
  ): StoredExecution | undefined {
    const wanted = key === null ? undefined : entries.find(({ summary }) => summary.key === key);
    return wanted ?? this.world.list.latest({ kind: 'flow', uri }, false);
  }

  /** Its record may be gone from the topic. */
  private opened({ summary }: StoredExecution): Promise<Opened | undefined> {
    return this.world.tree.opened(summary.key).catch(onlyMissing);
  }
}

function onlyMissing(error: unknown): undefined {
  if (!(error instanceof RequestError)) throw error;
  return undefined;
}

/** The newest that came to an end, well or not: one that was cancelled proves nothing. */
function ended(entries: readonly StoredExecution[]): StoredExecution | undefined {
  return entries.findLast(
    ({ summary: { outcome, kind } }) =>
      !isToolCall(kind) && kind !== 'build' && (outcome === 'succeeded' || outcome === 'failed'),
  );
}

function earlierThan(
  shown: StoredExecution | undefined,
  entries: readonly StoredExecution[],
): readonly StoredExecution[] {
  const at = shown === undefined ? entries.length : entries.indexOf(shown);
  return entries.slice(Math.max(0, at - mostEarlier), Math.max(0, at));
}

function executionOf({ key, outcome, beginMs }: ExecutionSummary) {
  return { key, outcome, beginMs };
}

function markedNode(
  node: FlowNode,
  run: MarkedRun | undefined,
  counts: ReadonlyMap<NodeId, Counts>,
  usualMs: ReadonlyMap<NodeId, number>,
): MarkedNode {
  const { id: nodeId, name, type, idRange, range } = node;
  const count = counts.get(nodeId);
  const usual = usualMs.get(nodeId);
  return {
    ...{ nodeId, name, type, idRange, range },
    ...(run === undefined ? {} : { run }),
    ...(count ?? {}),
    ...(usual === undefined ? {} : { usualMs: usual }),
  };
}

interface Counts {
  readonly runs: number;
  readonly failures: number;
}

/** Executions of one flow share their list of nodes: it is walked once for all that have it. */
function countsOf(summaries: readonly ExecutionSummary[]): ReadonlyMap<NodeId, Counts> {
  const lists = new Map<readonly NodeId[], number>();
  const failures = new Map<NodeId, number>();
  for (const { nodeIds, failing } of summaries) {
    lists.set(nodeIds, (lists.get(nodeIds) ?? 0) + 1);
    const id = failing?.nodeId ?? null;
    if (id !== null) failures.set(id, (failures.get(id) ?? 0) + 1);
  }
  const runs = new Map<NodeId, number>();
  for (const [nodeIds, times] of lists) {
    for (const id of nodeIds) runs.set(id, (runs.get(id) ?? 0) + times);
  }
  return new Map(
    [...new Set([...runs.keys(), ...failures.keys()])].map((id) => {
      const failed = failures.get(id) ?? 0;
      // A node that failed without an entry ran as well.
      return [id, { runs: Math.max(runs.get(id) ?? 0, failed), failures: failed }];
    }),
  );
}

/** What is worst of several rows of one node is what is shown of it. */
const worst: readonly NodeStatus[] = [
  ...(['failed', 'unended', 'running', 'stalled', 'recovered', 'cancelled'] as const),
  ...(['succeeded', 'notRun'] as const),
];

/** By id; what some formats know by its name alone, by that, where only one node has it. */
function runsByNode(opened: Opened, nodes: readonly FlowNode[]): ReadonlyMap<FlowNode, MarkedRun> {
  const byId = new Map<NodeId, FlowNode | null>();
  const byName = new Map<string, FlowNode | null>();
  for (const node of nodes) {
    // Several nodes of one id can't be told apart: the first is meant, as everywhere.
    if (!byId.has(node.id)) byId.set(node.id, node);
    byName.set(node.name, byName.has(node.name) ? null : node);
  }
  const rows = new Map<FlowNode, TreeNode[]>();
  for (const { node: row } of shownRows(opened, [])) {
    if (row.subExecution !== null) continue;
    const node = byId.get(row.nodeId) ?? byName.get(row.nodeId) ?? byName.get(row.name);
    if (node == null) continue;
    const known = rows.get(node);
    if (known === undefined) rows.set(node, [row]);
    else known.push(row);
  }
  return new Map([...rows].map(([node, ofNode]) => [node, markedRun(ofNode, opened)]));
}

function markedRun(rows: readonly TreeNode[], opened: Opened): MarkedRun {
  const failing = rows.find((row) => isFailing(row, opened.failing));
  const rank = ({ status }: TreeNode) => worst.indexOf(status);
  const row = failing ?? rows.reduce((a, b) => (rank(b) <= rank(a) ? b : a));
  const count = rows.reduce((sum, other) => sum + other.count, 0);
  return {
    ...{ row: row.key, status: row.status, durationMs: row.durationMs },
    ...(failing === undefined ? {} : { failing: true }),
    ...(count > 1 ? { count } : {}),
  };
}

function problemOf(opened: Opened): FlowProblemMark | null {
  const { summary, failing, findings } = opened;
  if (summary.outcome !== 'failed' || failing?.nodeId == null) return null;
  const { nodeId } = failing;
  const told = findings.filter(({ severity }) => severity === 'error');
  const finding =
    told.find(({ node, cause }) => node?.nodeId === nodeId && cause !== null) ??
    told.find(({ cause }) => cause !== null) ??
    told[0] ??
    null;
  const row = shownRows(opened, []).find(({ node }) => isFailing(node, failing));
  return {
    ...{ execution: summary.key, failing: { ...failing, nodeId }, code: summary.code },
    ...{ text: row?.node.run?.error ?? summary.message, finding },
  };
}
