import type { Finding } from '../diagnosis/finding.ts';
import type { FlowDocument, FlowNode } from '../flow/flowDocument.ts';
import { rangeIn } from '../flow/locateNode.ts';
import type { NodeSince } from '../protocol/flowSince.ts';
import type {
  CausePlace,
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
import { countsOf, type NodeCounts } from './flowCounts.ts';
import { FlowNodeFinder, flowNodeRows, markedRun, noRows } from './flowNodeRows.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import { brokenFlow } from './keptFlows.ts';
import { sinceRun } from './flowSince.ts';
import type { FlowsThen } from './flowsThen.ts';
import type { ListView } from './listView.ts';
import { isFailing, shownRows, type Opened } from './openedExecution.ts';
import { shortValues } from './shortValues.ts';
import type { TreeView } from './treeView.ts';
import { mostEarlier, type UsualDurations } from './usualDurations.ts';

/** VS Code's own outline gives up there; who has more nodes in a file reads it by its graph. */
const mostNodes = 5_000;
/** So many of the newest are counted: what was repaired before says nothing of now. */
export const mostCounted = 200;
/** An editor shows a screen of lines. */
const mostShort = 300;

/** What the marks need of their world. */
export interface MarksWorld {
  readonly flows: FlowRegistry;
  readonly list: ListView;
  readonly tree: TreeView;
  readonly usual: UsualDurations;
  readonly then: FlowsThen;
}

/** What happened at the nodes of a flow file, for whoever shows it beside them. */
export class MarksView {
  private readonly world: MarksWorld;

  constructor(world: MarksWorld) {
    this.world = world;
  }

  /** Equal stamps mean equal marks, for one who has them. */
  stamp({ uri, execution }: MarksQuery): string {
    const { flows, tree, usual, then } = this.world;
    const file = flows.fileOf(uri);
    const entries = this.entriesOf(uri);
    const counted = entries.slice(-mostCounted);
    const shown = this.shownOf(entries, uri, execution);
    return [
      ...[flows.revision, usual.revision, then.revision, entries.length],
      (file && brokenFlow(file)) ?? '',
      // None of them has the revision that another had.
      counted.reduce((sum, { revision }) => sum + revision, 0),
      ...[shown, ended(entries)].map((entry) => entry && tree.stamp(entry.summary.key)),
    ].join(' ');
  }

  async marks({ uri, execution }: MarksQuery): Promise<SentMarks> {
    const { flows, usual, then } = this.world;
    const file = flows.fileOf(uri);
    if (file === undefined) return nothing;
    const entries = this.entriesOf(uri);
    const counted = entries.slice(-mostCounted);
    const shown = this.shownOf(entries, uri, execution);
    const opened = shown === undefined ? undefined : await this.opened(shown);
    const last = ended(entries);
    const lastOpened =
      last === shown ? opened : last?.summary.outcome === 'failed' && (await this.opened(last));
    const nodes = file.document.nodes.slice(0, mostNodes);
    const finder = new FlowNodeFinder(file.document);
    const changed = shown === undefined ? null : then.of(uri, shown.summary);
    const ranBy = changed === null ? finder : new FlowNodeFinder(file.document, changed.document);
    const { rows, others } = opened ? flowNodeRows(opened, ranBy) : noRows;
    const since = sinceRun(changed, rows, others);
    const runOf = (node: FlowNode) =>
      opened === undefined ? undefined : markedRun(rows.get(node) ?? [], opened);
    const counts = countsOf(
      counted.map(({ summary }) => summary),
      finder,
    );
    const usualMs = usual.of(earlierThan(shown, entries));
    const broken = brokenFlow(file);
    return {
      version: file.version,
      ...(broken === undefined ? {} : { broken }),
      nodes: packNodes(
        nodes.map((node) => ({
          ...markedNode(node, runOf(node), counts, usualMs),
          ...sinceOf(since.nodes.get(node)),
        })),
      ),
      execution: shown === undefined ? null : executionOf(shown.summary),
      problem: lastOpened ? problemOf(lastOpened, file.document) : null,
      counted: counted.length,
      since: since.whole,
    };
  }

  async shortValues({ key, rows }: ShortValuesQuery): Promise<ShortValues> {
    const given = [];
    for (const row of rows.slice(0, mostShort)) {
      const content = await this.world.tree
        .inspect(key, row, { part: 'beginning' })
        .catch(onlyMissing);
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

const nothing: SentMarks = {
  ...{ version: null, nodes: packNodes([]), execution: null, problem: null },
  ...{ counted: 0, since: null },
};

function sinceOf(since: NodeSince | undefined): Pick<MarkedNode, 'since'> {
  return since === undefined ? {} : { since };
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
  counts: ReadonlyMap<FlowNode, NodeCounts>,
  usualMs: ReadonlyMap<NodeId, number>,
): MarkedNode {
  const { id: nodeId, name, type, idRange, range } = node;
  const count = counts.get(node);
  const usual = usualMs.get(nodeId);
  return {
    ...{ nodeId, name, type, idRange, range },
    ...(run === undefined ? {} : { run }),
    ...(count ?? {}),
    ...(usual === undefined ? {} : { usualMs: usual }),
  };
}

function problemOf(opened: Opened, document: FlowDocument): FlowProblemMark | null {
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
    places: causePlaces(finding, document.nodesById.get(nodeId)?.[0]),
  };
}

function causePlaces(finding: Finding | null, node: FlowNode | undefined): readonly CausePlace[] {
  const codeLine = finding?.codeLine;
  const set = (finding?.evidence ?? []).flatMap(({ source }) =>
    source.kind === 'setting' ? [source.part] : [],
  );
  const wanted: readonly Omit<CausePlace, 'fromId'>[] = [
    ...(codeLine === undefined ? [] : [{ part: 'code', line: codeLine } as const]),
    ...[...new Set(set)].map((part) => ({ part })),
  ];
  return wanted.flatMap((place) => {
    const range = node && rangeIn(node, place);
    if (node === undefined || range === undefined) return [];
    const { start } = node.idRange;
    return [{ ...place, fromId: { start: range.start - start, end: range.end - start } }];
  });
}
