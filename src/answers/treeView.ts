import { openRecord, type OpenedRecord, type ShownPart } from '../decode/decodeExecution.ts';
import type { AheadAnswer, AheadQuery, InspectorContent } from '../protocol/inspector.ts';
import type { TreeQuery, TreeWindow } from '../protocol/tree.ts';
import type { Result } from '../base/result.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { FullRecord, RecordLoss } from '../record/recordRoom.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type {
  ExecutionKey,
  ExecutionSummary,
  FailingNode,
  Milliseconds,
  NodeId,
  RunKey,
} from '../trace/execution.ts';
import type { RecalledRuns } from './recalledRuns.ts';
import type { FlowDocument, NodePart } from '../flow/flowDocument.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import type { ListView } from './listView.ts';
import { SubWorkflows } from './subWorkflows.ts';
import {
  asSent,
  calledWorkflows,
  executionContent,
  gone,
  lost,
  positionOf,
  rowContent,
  rowOf,
  type Opened,
} from './openedExecution.ts';
import { KeptOpened, openedSize } from './keptOpened.ts';
import { KnownGaps } from './knownGaps.ts';
import { openedParts } from './openedParts.ts';
import { contentsAhead, type CurrentTree } from './contentsAhead.ts';
import { FirstWindows, shownWindow, type ShownWindow } from './shownWindow.ts';
import type { Redaction } from '../masking/redaction.ts';
import type { ExecutionRecords } from './executionRecords.ts';

/** Of what is kept, trees take half at most: to open an execution again is worth as much as to read none again. */
const shareOfTrees = 0.5;
/** However little is kept: a run of 10,000 nodes beside some usual ones. */
const leastTreeBytes = 16 * 1024 * 1024;

/**
 * One workflow may call its robot tens of thousands of times. More rows than these nobody reads one by one, and each
 * is looked for its caller among all that ran.
 */
const mostSubExecutions = 500;

/** Of a smaller record nobody sees that it was not prepared. */
const leastAhead = 256 * 1024;

/** What the opened executions need of their world. */
export interface TreeViewWorld {
  readonly store: ExecutionStore;
  readonly flows: FlowRegistry;
  readonly list: Pick<ListView, 'nameOf' | 'hasNoGoodRun'>;
  readonly room: ExecutionRecords;
  readonly redaction: Redaction;
  /** Lets what has arrived meanwhile have its turn. */
  readonly turn: () => Promise<void>;
  /** The same for what nobody waits for yet. */
  readonly turnBehind: () => Promise<void>;
  /** When a flow file was changed last; null where nobody saw that. Without: nobody looks. */
  readonly flowChangedMs?: (uri: string) => Milliseconds | null;
  /** The same as who shows these executions elsewhere knows; without: its own. */
  readonly gaps?: KnownGaps;
  /** Told where one failed that was opened. */
  readonly onOpened?: (summary: ExecutionSummary, failing: FailingNode | null) => void;
  /** What the history has of executions from before the window. */
  readonly earlier?: Pick<RecalledRuns, 'prepare' | 'summaryOf'>;
}

/** The opened executions: tree, findings and node data, decoded on demand. */
export class TreeView {
  private readonly store: ExecutionStore;
  private readonly flows: FlowRegistry;
  private readonly list: TreeViewWorld['list'];
  private readonly room: ExecutionRecords;
  private readonly redaction: Redaction;
  private readonly turn: () => Promise<void>;
  private readonly turnBehind: () => Promise<void>;
  private readonly earlier: TreeViewWorld['earlier'];
  private readonly flowChangedMs: TreeViewWorld['flowChangedMs'];
  private readonly onOpened: TreeViewWorld['onOpened'];
  private readonly kept: KeptOpened;
  private readonly subWorkflows: SubWorkflows;
  private readonly gaps: KnownGaps;
  private readonly firstWindows = new FirstWindows();
  /** The record that is prepared before anybody looks into it, or was last. */
  private ahead: OpenedRecord | undefined;

  constructor({ store, flows, list, room, redaction, turn, turnBehind, ...world }: TreeViewWorld) {
    this.earlier = world.earlier;
    this.flowChangedMs = world.flowChangedMs;
    this.onOpened = world.onOpened;
    this.store = store;
    this.flows = flows;
    this.list = list;
    this.room = room;
    this.redaction = redaction;
    this.turn = turn;
    this.turnBehind = turnBehind;
    this.subWorkflows = new SubWorkflows({ store, room, redaction });
    this.gaps = world.gaps ?? new KnownGaps({ store, room, redaction });
    this.kept = new KeptOpened((key) => {
      this.subWorkflows.release(key);
    });
  }

  /** Throws a `notFound` request error when the execution or its record is gone. */
  async window(query: TreeQuery): Promise<TreeWindow> {
    // Whoever goes on to another one needs nothing of the one before.
    if (this.kept.get(query.key) === undefined) this.ahead = undefined;
    const before = this.shownBefore(query);
    if (before !== undefined) return before;
    const opened = await this.open(query.key);
    void this.prepareAhead(opened);
    const shown = shownWindow(opened, query);
    if (this.subWorkflows.callsNone(opened.summary)) this.firstWindows.keep(opened, query, shown);
    return this.around(shown, query, opened.stored);
  }

  /** What is asked for first of a large execution whose tree was let go of: whatever else is asked opens it. */
  private shownBefore(query: TreeQuery): TreeWindow | undefined {
    const stored = this.store.get(query.key);
    if (stored === undefined || this.kept.get(query.key) !== undefined) return undefined;
    // One that came since may say that it was called.
    if (!this.subWorkflows.callsNone(stored.summary)) return undefined;
    const shown = this.firstWindows.of(query, stored, this.stampOf(stored));
    return shown && this.around(shown, query, stored);
  }

  private around(shown: ShownWindow, query: TreeQuery, stored: StoredExecution): TreeWindow {
    const { summary } = stored;
    return {
      ...{ query, stamp: this.stamp(query.key) },
      summary: asSent(summary),
      name: this.list.nameOf(summary),
      flow: this.flows.labelFor(summary),
      ...settingsOf(this.flows.documentFor(summary), shown.failing),
      ...shown,
      ...(this.store.recalled.isLost(stored) ? { summaryOnly: true } : {}),
      ...(this.list.hasNoGoodRun(summary) ? { noGoodRun: true } : {}),
      position: positionOf(stored),
      recordBytes: stored.recordBytes,
      canReveal: this.redaction.allowReveal,
    };
  }

  /** Tells whether a window made before is old: what the execution's tree is made of. */
  stamp(key: ExecutionKey): string {
    const stored = this.store.get(key);
    if (stored === undefined) return '';
    return `${this.stampOf(stored)}${this.list.hasNoGoodRun(stored.summary) ? ' noGoodRun' : ''}`;
  }

  /** What the inspector shows of a row; of the execution itself with `row` null. */
  async inspect(
    key: ExecutionKey,
    row: RunKey | null,
    part: ShownPart = {},
  ): Promise<InspectorContent> {
    const opened = await this.open(key);
    if (row === null) return this.contentOf(opened, part);
    const visible = rowOf(opened, row);
    const { node } = visible;
    if (node.subExecution !== null) {
      return this.contentOf(await this.open(node.subExecution.key), part);
    }
    const record = node.run === null ? null : await this.prepared(opened);
    return rowContent(visible, opened, record, { part, canReveal: this.redaction.allowReveal });
  }

  /** What somebody may look into next, of a tree that he looks at. */
  contentsAhead(query: AheadQuery): Promise<AheadAnswer> {
    return contentsAhead(query, {
      current: () => this.current(query.key),
      turn: this.turnBehind,
      canReveal: this.redaction.allowReveal,
    });
  }

  /** An execution as it was opened, if that is how it is now. */
  private current(key: ExecutionKey): CurrentTree | undefined {
    const opened = this.kept.get(key);
    if (opened === undefined) return undefined;
    const isCurrent =
      this.store.get(key) === opened.stored && opened.stamp === this.stampOf(opened.stored);
    return isCurrent ? { opened, stamp: this.stamp(key) } : undefined;
  }

  /** The record that holds what a row shows, as it came, and the run in it; null: the execution itself. */
  async sourceOf(
    key: ExecutionKey,
    row: RunKey | null,
  ): Promise<{ readonly record: ConsumedRecord; readonly runKey: RunKey | null }> {
    const opened = await this.open(key);
    const node = row === null ? null : rowOf(opened, row).node;
    const sub = node?.subExecution ?? null;
    if (node?.run === null && sub === null) throw gone('This node never ran');
    const { stored } = sub === null ? opened : await this.open(sub.key);
    const runKey = sub === null ? (node?.run?.key ?? null) : null;
    return { record: await this.withValue(stored), runKey };
  }

  /** The record that a row is drawn from: that of the execution, or of another service's below it. */
  async recordOf(key: ExecutionKey, row: RunKey | null): Promise<OpenedRecord> {
    const opened = await this.open(key);
    const sub = row === null ? null : rowOf(opened, row).node.subExecution;
    return (sub === null ? opened : await this.open(sub.key)).record;
  }

  /** The workflows that its nodes called, as far as they are known. */
  async calledBy(key: ExecutionKey): Promise<readonly ExecutionKey[]> {
    return calledWorkflows(await this.open(key));
  }

  /** The failing node with all that the flow file adds. */
  async failingNode(key: ExecutionKey): Promise<FailingNode | null> {
    return (await this.open(key)).failing;
  }

  /** The line of the robot's source that traced a node, of its runs that of the one that failed; null for none. */
  async sourceLineOf(key: ExecutionKey, nodeId: NodeId): Promise<string | null> {
    const { tree, failing } = await this.open(key);
    let found: string | null = null;
    // A list of what is left instead of recursion: a tree may be deep.
    const todo = [...tree];
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      for (const child of node.children) todo.push(child);
      if (node.nodeId !== nodeId || node.run?.source === undefined) continue;
      found = node.run.source;
      if (node.run.key === failing?.runKey) break;
    }
    return found;
  }

  /** The execution with all that is drawn from it. Throws a `notFound` request error when it is gone. */
  opened(key: ExecutionKey): Promise<Opened> {
    return this.open(key);
  }

  private async open(key: ExecutionKey): Promise<Opened> {
    const stored = this.store.get(key);
    if (stored === undefined) {
      throw gone('This execution left the window on the topic');
    }
    await this.earlier?.prepare(stored);
    const stamp = this.stampOf(stored);
    const known = this.kept.get(key);
    if (known?.stamp === stamp) {
      this.kept.touch(known);
      return known;
    }
    const record = await this.decoded(stored, known);
    // A later record may have taken its place while it was read again.
    if (this.store.get(stored.summary.key) !== stored) return this.open(key);
    // Its tree and what is inspected of it are asked for at the same time: it is decoded for both at once.
    const meanwhile = this.kept.get(key);
    if (meanwhile?.stamp === this.stampOf(stored)) return meanwhile;
    const opened = this.build(stored, record, stamp);
    const mostBytes = Math.max(leastTreeBytes, shareOfTrees * this.store.mostBytes);
    this.kept.keep(opened, mostBytes);
    this.store.setOpenedBytes(this.kept.bytes, stored);
    // Only now it is known which workflows it may have called.
    opened.stamp = this.stampOf(stored);
    return opened;
  }

  /** Opens a record for once: nothing of it is kept. */
  lookInto(record: ConsumedRecord): OpenedRecord {
    return openRecord(record, this.redaction.rules);
  }

  /** Another source: nothing that was opened is of it, even where keys and offsets are the same. */
  clear(): void {
    this.ahead = undefined;
    this.firstWindows.clear();
    this.kept.clear();
    this.store.setOpenedBytes(0);
  }

  /** Decoding is what takes time: a flow file that is typed into changes what is drawn, and not what was decoded. */
  private async decoded(stored: StoredExecution, known: Opened | undefined): Promise<OpenedRecord> {
    const isSame = known?.stored === stored && known.redactionRevision === this.redaction.revision;
    if (isSame) return known.record;
    const found = await this.room.read(stored);
    const summary = found.ok ? undefined : await this.earlier?.summaryOf(stored);
    if (summary !== undefined) return summary;
    return openRecord(this.used(stored, found), this.redaction.rules);
  }

  private async contentOf(opened: Opened, part: ShownPart): Promise<InspectorContent> {
    const record = await this.prepared(opened);
    return executionContent(opened, record.executionData(part), this.redaction.allowReveal);
  }

  private build(stored: StoredExecution, reader: OpenedRecord, stamp: string): Opened {
    const flow = this.flows.documentFor(stored.summary);
    const read = reader.execution();
    const { summary: whole, ...rest } = flow === null ? this.gaps.placed(read, stored) : read;
    const { key, outcome } = stored.summary;
    const summary = { ...whole, key, outcome };
    const execution = { ...rest, summary };
    const calledAsStored = this.subWorkflows.of(execution, reader);
    const called = calledAsStored.map((sub) => ({
      ...sub,
      summary: { ...sub.summary, subject: this.list.nameOf(sub.summary) },
    }));
    const subExecutions = this.subExecutions(stored);
    const file = this.flows.labelFor(stored.summary);
    const parts = openedParts(execution, reader, {
      ...{ flow, called, subExecutions, reportedMs: stored.reportedMs },
      flowChangedMs: file === null ? null : (this.flowChangedMs?.(file.uri) ?? null),
    });
    this.onOpened?.(stored.summary, parts.failing);
    return {
      ...{ key, stamp, stored, summary, record: reader, flow, bytes: openedSize(execution) },
      redactionRevision: this.redaction.revision,
      calledSummaries: calledAsStored.map((sub) => sub.summary),
      ...parts,
      moreSubExecutions: stored.subExecutionCount - subExecutions.length,
      ...(execution.leftOut && { leftOut: execution.leftOut }),
      shown: new Map(),
    };
  }

  /** What hangs below a workflow, as many as are shown: those that failed first, else as they came. */
  private subExecutions(stored: StoredExecution): ExecutionSummary[] {
    const failed: ExecutionSummary[] = [];
    const others: ExecutionSummary[] = [];
    for (const { summary } of this.store.subExecutionsOf(stored)) {
      const group = summary.outcome === 'failed' ? failed : others;
      if (group.length < mostSubExecutions) group.push(summary);
    }
    return [...failed, ...others].slice(0, mostSubExecutions);
  }

  /**
   * While somebody looks at the tree: the node that he clicks then is shown at once. What a small record needs takes no
   * longer than the question for it.
   */
  private async prepareAhead(opened: Opened): Promise<void> {
    const { record } = opened;
    if (opened.stored.recordBytes < leastAhead || record === this.ahead) return;
    this.ahead = record;
    for (const steps = record.prepare(); ;) {
      // The tree itself goes first.
      await this.turnBehind();
      // Another was opened, or its room was taken.
      if (this.ahead !== record || this.kept.get(opened.key)?.record !== record) return;
      if (steps.next().done === true) return;
    }
  }

  /** Whoever clicks on meanwhile doesn't wait for what the one before wanted to see. */
  private async prepared(opened: Opened): Promise<OpenedRecord> {
    const { record } = opened;
    for (const _ of record.prepare()) await this.turn();
    return record;
  }

  private async withValue(stored: StoredExecution): Promise<ConsumedRecord> {
    return this.used(stored, await this.room.read(stored));
  }

  private used(stored: StoredExecution, found: Result<FullRecord, RecordLoss>): ConsumedRecord {
    if (!found.ok) throw lost(found.error);
    this.store.touch(stored, found.value.value);
    // What is open keeps its bytes: those that are held, and not the whole fetch that they came with.
    return this.room.held(stored) ?? found.value;
  }

  private stampOf(stored: StoredExecution): string {
    const { key } = stored.summary;
    const named = [stored.summary, ...(this.kept.get(key)?.calledSummaries ?? [])];
    return [
      ...[
        this.redaction.revision,
        stored.revision,
        this.store.recalled.isLost(stored) ? 'lost' : '',
        this.subWorkflows.stamp(key),
        this.gaps.stampOf(stored),
      ],
      ...named.map((summary) => this.flows.stampOf(summary)),
    ].join(' ');
  }
}

/** What a flow file sets of the failing node. */
function settingsOf(
  flow: FlowDocument | null,
  failing: FailingNode | null,
): Pick<TreeWindow, 'failingSettings'> {
  const node = flow?.nodes.find(({ id }) => id === failing?.nodeId);
  if (node === undefined) return {};
  return { failingSettings: Object.keys(node.settings ?? {}) as NodePart[] };
}
