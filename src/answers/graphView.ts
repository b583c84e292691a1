import type { FlowDocument } from '../flow/flowDocument.ts';
import { flowGraph, type FlowGraph, type GraphEdge } from '../flow/flowGraph.ts';
import type { Layouter } from '../flow/layout/layouter.ts';
import type { GraphLayout } from '../flow/layout/layoutGraph.ts';
import type { FlowCommit } from '../protocol/flowSince.ts';
import type {
  GraphAnswer,
  GraphExecution,
  GraphQuery,
  GraphStates,
  NodeSpan,
  NodeState,
} from '../protocol/graph.ts';
import { RequestError } from '../protocol/packet.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import { firstBeginMs } from '../trace/earlierCalls.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import type { TreeNode } from '../trace/tree.ts';
import { edgesTaken } from './edgesTaken.ts';
import { countsOf } from './flowCounts.ts';
import { brokenFlow, type FlowFile } from './keptFlows.ts';
import { mostCounted } from './flowMarks.ts';
import {
  FlowNodeFinder,
  type FlowNodeRows,
  flowNodeRows,
  markedRun,
  noRows,
} from './flowNodeRows.ts';
import { sinceRun } from './flowSince.ts';
import type { ChangedFlow, FlowsThen } from './flowsThen.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import type { ListView } from './listView.ts';
import type { Opened } from './openedExecution.ts';
import { playedTime } from './playedTime.ts';
import type { TreeView } from './treeView.ts';
import { mostEarlier, type UsualDurations } from './usualDurations.ts';

/** The flows of some panels; a layout and what it is of have some hundred bytes for each box. */
const mostLayouts = 8;
/** Of one node: in more rounds nobody follows it by eye. */
const mostSpans = 50;
/** Of all nodes: at some 60 bytes each. */
const mostSpansOfAll = 20_000;

type KnownFile = Omit<FlowFile, 'read'>;

/** What is drawn: a file as it is, or as it was. */
interface Drawn {
  readonly file: KnownFile;
  readonly document: FlowDocument;
  /** How it was when the execution ran, where it was another and is not what is drawn. */
  readonly changed: ChangedFlow | null;
  /** It is drawn as it was. */
  readonly asRun?: { readonly commit: FlowCommit | null };
}

/** What graphs need of their world. */
export interface GraphWorld {
  readonly store: ExecutionStore;
  readonly flows: FlowRegistry;
  readonly list: ListView;
  readonly tree: TreeView;
  readonly usual: UsualDurations;
  readonly layouter: Layouter;
  readonly then: FlowsThen;
}

/** Flows as graphs, and what happened at their nodes. */
export class GraphView {
  private readonly world: GraphWorld;
  /** By what they are of; the one that was asked for longest ago first. */
  private readonly layouts = new Map<string, Promise<GraphLayout | null>>();

  constructor(world: GraphWorld) {
    this.world = world;
  }

  /** Equal stamps mean the same drawing. */
  stamp(query: GraphQuery): string {
    const drawn = this.drawnOf(query);
    return drawn === undefined ? '' : `${drawn.file.uri} ${String(this.versionOf(drawn))}`;
  }

  /** The flow as it is drawn. */
  async drawing(query: GraphQuery): Promise<GraphAnswer> {
    const drawn = this.drawnOf(query);
    if (drawn === undefined) return { kind: 'noFlow', query };
    const { file, document, asRun } = drawn;
    const version = this.versionOf(drawn);
    const graph = flowGraph(document);
    const layout = await this.layoutOf(graph);
    if (layout === null) return { kind: 'tooLarge', query };
    return {
      ...{ kind: 'drawing', query, uri: file.uri, version },
      ...(asRun === undefined ? {} : { asRun }),
      ...{ name: document.name === '' ? file.fileName : document.name, format: document.format },
      nodes: graph.nodes.map(({ parent }, place) => drawnNode(document, layout, parent, place)),
      edges: graph.edges.map((edge, index) => drawnEdge(edge, layout, index)),
      width: Math.round(layout.size.width),
      height: Math.round(layout.size.height),
      more: document.nodes.length - graph.nodes.length,
    };
  }

  /** Equal stamps mean the same states. */
  stateStamp(query: GraphQuery): string {
    const { flows, tree, usual, then } = this.world;
    const file = this.fileOf(query);
    if (file === undefined) return '';
    const entries = this.entriesOf(file);
    const shown = this.shownOf(file, query);
    return [
      ...[this.stamp(query), flows.revision, usual.revision, then.revision, entries.length],
      brokenFlow(file) ?? '',
      entries.slice(-mostCounted).reduce((sum, { revision }) => sum + revision, 0),
      shown === undefined ? '' : tree.stamp(shown.summary.key),
      query.comparedWith === undefined ? '' : tree.stamp(query.comparedWith),
    ].join(' ');
  }

  /** What happened at its nodes. */
  async states(query: GraphQuery): Promise<GraphStates> {
    const file = this.fileOf(query);
    const none = {
      query,
      execution: null,
      nodes: [],
      taken: null,
      takenByOther: null,
      since: null,
    };
    if (file === undefined) return { ...none, version: null, counted: 0 };
    const entries = this.entriesOf(file);
    const counted = entries.slice(-mostCounted);
    const shown = this.shownOf(file, query);
    const opened = shown && (await this.opened(shown));
    // What was typed meanwhile made another document of it.
    const drawn: Drawn = this.drawnOf(query) ?? { file, document: file.document, changed: null };
    const { document, changed } = drawn;
    const finder = new FlowNodeFinder(document);
    const counts = countsOf(
      counted.map(({ summary }) => summary),
      finder,
    );
    const at = shown === undefined ? entries.length : entries.indexOf(shown);
    const usual = this.world.usual.of(
      entries.slice(Math.max(0, at - mostEarlier), Math.max(0, at)),
    );
    const rowsOf = (ran: Opened) => flowNodeRows(ran, this.finderOf(drawn, ran));
    const { rows, others } = opened ? rowsOf(opened) : noRows;
    const since = sinceRun(changed, rows, others);
    const { nodes, edges } = flowGraph(document);
    const takenIn = (ran: FlowNodeRows['rows']) =>
      edgesTaken(edges, (place): readonly TreeNode[] => {
        const node = document.nodes[place];
        return (node && ran.get(node)) ?? [];
      });
    const other = await this.comparedWith(query);
    const spans = new Spans();
    // As it was then it was whole.
    const broken = drawn.asRun === undefined ? brokenFlow(file) : undefined;
    const states = nodes.flatMap((_, place): NodeState[] => {
      const node = document.nodes[place];
      if (node === undefined) return [];
      const ran = rows.get(node) ?? [];
      const run = opened && markedRun(ran, opened);
      const count = counts.get(node);
      const usualMs = usual.get(node.id);
      const isOther = since.nodes.get(node);
      const isKnown = run !== undefined || count !== undefined || usualMs !== undefined;
      if (!isKnown && isOther === undefined) return [];
      const own = spans.of(ran);
      return [
        {
          place,
          ...(run === undefined ? {} : { run }),
          ...(count ?? {}),
          ...(usualMs === undefined ? {} : { usualMs }),
          ...(isOther === undefined ? {} : { since: isOther }),
          ...(own.length === 0 ? {} : { spans: own }),
        },
      ];
    });
    return {
      ...{ query, version: this.versionOf(drawn), counted: counted.length, nodes: states },
      execution: opened ? executionOf(opened) : null,
      taken: opened ? takenIn(rows) : null,
      takenByOther: other ? takenIn(rowsOf(other).rows) : null,
      since: since.whole,
      ...(broken === undefined ? {} : { broken }),
    };
  }

  private drawnOf(query: GraphQuery): Drawn | undefined {
    const file = this.fileOf(query);
    if (file === undefined) return undefined;
    const shown = this.shownOf(file, query);
    const changed = shown === undefined ? null : this.world.then.of(file.uri, shown.summary);
    if (query.asRun !== true || changed === null) {
      return { file, document: file.document, changed };
    }
    const { document, commit } = changed;
    return { file, document, changed: null, asRun: { commit } };
  }

  /** Finds what an execution ran in what is drawn: another one may have run another text of the file. */
  private finderOf({ file, document }: Drawn, { summary }: Opened): FlowNodeFinder {
    const ran = this.world.then.of(file.uri, summary)?.document ?? file.document;
    return new FlowNodeFinder(document, ran === document ? undefined : ran);
  }

  private fileOf({ uri, execution }: GraphQuery): KnownFile | undefined {
    const { flows, store } = this.world;
    if (uri !== null) return flows.fileOf(uri);
    const summary = execution === null ? undefined : store.get(execution)?.summary;
    const label = summary && flows.labelFor(summary);
    return label ? flows.fileOf(label.uri) : undefined;
  }

  private versionOf({ document }: Pick<Drawn, 'document'>): number {
    return this.world.flows.versionOf(document);
  }

  private entriesOf({ uri }: KnownFile): readonly StoredExecution[] {
    return this.world.list.ofScope({ kind: 'flow', uri });
  }

  private shownOf(file: KnownFile, { execution }: GraphQuery): StoredExecution | undefined {
    const wanted =
      execution === null
        ? undefined
        : this.entriesOf(file).find(({ summary }) => summary.key === execution);
    return wanted ?? this.world.list.latest({ kind: 'flow', uri: file.uri }, false);
  }

  private async comparedWith({ comparedWith: key }: GraphQuery): Promise<Opened | undefined> {
    const stored = key === undefined ? undefined : this.world.store.get(key);
    return stored && (await this.opened(stored));
  }

  /** Its record may be gone from the topic. */
  private async opened({ summary }: StoredExecution): Promise<Opened | undefined> {
    try {
      return await this.world.tree.opened(summary.key);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return undefined;
    }
  }

  private layoutOf(graph: FlowGraph): Promise<GraphLayout | null> {
    const key = JSON.stringify(graph);
    const layout = this.layouts.get(key) ?? this.world.layouter.layOut(graph);
    this.layouts.delete(key);
    this.layouts.set(key, layout);
    void layout.then((made) => {
      if (made === null) this.layouts.delete(key);
    });
    for (const oldest of this.layouts.keys()) {
      if (this.layouts.size <= mostLayouts) break;
      this.layouts.delete(oldest);
    }
    return layout;
  }
}

function drawnNode(document: FlowDocument, { boxes }: GraphLayout, parent: number, place: number) {
  const { id: nodeId = '', name = '', type = '' } = document.nodes[place] ?? {};
  const { x = 0, y = 0, width = 0, height = 0 } = boxes[place] ?? {};
  return {
    ...{ nodeId, name, type, parent, x: Math.round(x), y: Math.round(y) },
    ...{ width: Math.round(width), height: Math.round(height) },
  };
}

function drawnEdge(edge: GraphEdge, { routes }: GraphLayout, index: number) {
  const route = (routes[index] ?? []).flatMap(({ x, y }) => [Math.round(x), Math.round(y)]);
  return { ...edge, route };
}

function executionOf({ summary, extent }: Opened): GraphExecution {
  const { key, outcome, beginMs }: ExecutionSummary = summary;
  return { key, outcome, beginMs, extent: playedTime(summary, extent) };
}

/** When nodes ran, within what is kept of all. */
class Spans {
  private left = mostSpansOfAll;

  of(rows: readonly TreeNode[]): readonly NodeSpan[] {
    const spans = rows.flatMap((row) => {
      const { endMs, status } = row;
      const beginMs = firstBeginMs(row);
      return beginMs === null ? [] : [{ beginMs, endMs, status }];
    });
    spans.sort((a, b) => a.beginMs - b.beginMs);
    // Of very many rounds the last ones tell how it ended.
    const kept = spans.slice(-Math.min(mostSpans, this.left));
    if (this.left === 0) return [];
    this.left -= kept.length;
    return kept;
  }
}
