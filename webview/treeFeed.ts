import type { Watcher, WatchedQuestion } from '../src/protocol/watcher.ts';
import type { TreeQuery, TreeRow, TreeWindow } from '../src/protocol/tree.ts';
import { type Failure, RequestError } from '../src/protocol/packet.ts';
import type { ExecutionKey, NodeId, RunKey } from '../src/trace/execution.ts';
import { nearestToGone } from '../src/view/goneRow.ts';
import type { AheadWorld } from './aheadFeed.ts';
import { collapsedOf, withCollapsed } from './choices.ts';
import type { Frames } from './frames.ts';
import { isInInspector } from './inInspector.ts';
import { InspectFeed } from './inspectFeed.ts';
import type { PanelState } from './state.ts';
import type { LeftTree } from './tree/treeMemory.ts';

/** Some screens of rows. */
const pageRows = 200;

/** What of an execution shall come into view: its failing node unless a row or node is named. */
export interface TreePlace {
  readonly row?: RunKey | null;
  readonly nodeId?: NodeId | null;
  /** With the keyboard focus. */
  readonly takesFocus?: boolean;
  /** Where no row or node is named: as the reader left it, if he was there before. */
  readonly asLeft?: boolean;
}

/** Keeps the opened execution's tree. */
export class TreeFeed {
  /** What the inspector shows of it. */
  readonly inspector: InspectFeed;
  private readonly question: WatchedQuestion<'tree'>;
  private readonly state: PanelState;
  private readonly frames: Frames;
  /** Called when the opened execution is not there any more; true when another was opened instead. */
  onGone: () => Promise<boolean> = () => Promise.resolve(false);
  /** While the engine reads its source, an execution that isn't there yet is not gone. */
  private waitsForHistory = true;
  private isMissing = false;
  private query: TreeQuery | null = null;
  private place: TreePlace = {};
  private focusCount = 0;
  /** Which row is to be brought into view, by how many were before it; null while none is on its way. */
  private onItsWay: number | null = null;
  private ways = 0;
  /** Tells answers to older questions. */
  private asked = 0;
  constructor(world: { watcher: Watcher; state: PanelState; frames: Frames; ahead: AheadWorld }) {
    const { watcher } = world;
    this.inspector = new InspectFeed({
      ...world,
      opened: () => this.query?.key ?? null,
      waitsForHistory: () => this.waitsForHistory,
    });
    // One that can't be shown any more stays on the screen: what the reader looks at doesn't leave by itself.
    this.question = watcher.question('tree', 'tree', (result) => {
      if (result.ok) this.take(result.value);
      else this.inspector.treeLost();
    });
    this.state = world.state;
    this.frames = world.frames;
  }

  /** Opens an execution; what was shown stays until it is there. */
  async open(key: ExecutionKey, place: TreePlace = {}): Promise<void> {
    const { row = null, nodeId = null, takesFocus = false } = place;
    const isAsLeft = place.asLeft === true && row === null && nodeId === null;
    // Nothing of what he looks at moves.
    if (isAsLeft && this.isShown(key)) return;
    if (key !== this.query?.key) this.leave();
    const left = isAsLeft ? this.state.treeMemory.leftAs(key) : null;
    if (left !== null) return this.openAsLeft(key, left);
    this.place = { row, nodeId };
    const at: TreeQuery['at'] =
      row !== null
        ? { aroundRow: row }
        : nodeId !== null
          ? { aroundNode: nodeId }
          : { around: 'failing' };
    this.state.opening.value = key;
    const collapsed = collapsedOf(this.state.choices.value, key);
    await this.bring(() =>
      this.watch({ key, collapsed, at, limit: pageRows }, (window) => {
        this.turnTo(window, takesFocus);
      }),
    );
  }

  private isShown(key: ExecutionKey): boolean {
    const { tree, treeFailure } = this.state;
    const isOpen = this.query?.key === key && tree.value?.query.key === key;
    return isOpen && treeFailure.value === null;
  }

  /** Remembers where the reader was, unless he waits for a run to end: then he is shown how it ended. */
  private leave(): void {
    const { tree, choices, treeMemory } = this.state;
    const left = tree.value;
    const { row } = choices.value;
    this.inspector.beginAnew();
    if (left === null || left.query.key !== this.query?.key) return;
    const isAwaited = row === null && left.summary.outcome === 'running';
    if (isAwaited) treeMemory.leavesAwaited(left.query.key);
    else treeMemory.leaves(left.query.key, row);
  }

  /** Opens an execution where the reader was in it. */
  private async openAsLeft(key: ExecutionKey, { row, top }: LeftTree): Promise<void> {
    // Asked again of an engine that has not read it yet, it comes back the same way.
    this.place = { asLeft: true };
    const seen = top ?? row;
    const at: TreeQuery['at'] = seen === null ? { offset: 0 } : { aroundRow: seen };
    this.state.opening.value = key;
    const collapsed = collapsedOf(this.state.choices.value, key);
    const window = await this.bring(() =>
      this.watch({ key, collapsed, at, limit: pageRows }, () => {
        this.inspector.select(row);
      }),
    );
    if (window !== null && window.focus !== null) this.range(window.start, pageRows);
  }

  /** Brings a row into view and shows it in the inspector, whatever is closed above it; null: the execution itself. */
  async showRow(row: RunKey | null): Promise<void> {
    const { query } = this;
    if (query === null) return;
    this.onItsWay = null;
    if (row === null) {
      this.inspector.select(null);
      // It is looked at on purpose: a step that fails later does not take its place.
      this.range(this.state.tree.value?.start ?? 0, pageRows);
      return;
    }
    // What it shows is asked for meanwhile.
    this.inspector.select(row);
    await this.bring(() => this.around(row, query));
  }

  /** Asks for a row that is on its way until its answer is there. */
  private async bring(ask: () => Promise<TreeWindow | null>): Promise<TreeWindow | null> {
    const way = ++this.ways;
    this.onItsWay = way;
    const window = await ask();
    if (this.onItsWay === way) this.onItsWay = null;
    return window;
  }

  /** The rows around one, whatever is closed above it. */
  private async around(row: RunKey, query: TreeQuery): Promise<TreeWindow | null> {
    const ask = (asked: TreeQuery) =>
      this.watch({ ...asked, at: { aroundRow: row }, limit: pageRows }, (window) => {
        this.goTo(window);
      });
    const window = await ask(query);
    const hiddenBy = new Set(window?.hiddenBy);
    if (window === null || hiddenBy.size === 0) return window;
    const collapsed = query.collapsed.filter((key) => !hiddenBy.has(key));
    this.state.choose({
      collapsed: withCollapsed(this.state.choices.value, query.key, collapsed),
    });
    return ask({ ...query, collapsed });
  }

  /**
   * Shows other rows. Not while one is on its way: a view that grows, as one does where a search is closed, asks for what
   * it shows, and the inspector would stand at another row than the tree.
   */
  range(offset: number, limit: number): void {
    const { query } = this;
    if (query !== null && this.onItsWay === null)
      void this.watch({ ...query, at: { offset }, limit: Math.max(limit, 1) });
  }

  /** Closes or opens a row. */
  toggle(row: TreeRow): void {
    const { query } = this;
    if (query === null || row.expanded === null) return;
    const others = query.collapsed.filter((key) => key !== row.key);
    const collapsed = row.expanded ? [...others, row.key] : others;
    const { choices, tree } = this.state;
    this.state.choose({ collapsed: withCollapsed(choices.value, query.key, collapsed) });
    void this.watch({ ...query, collapsed, at: { offset: tree.value?.start ?? 0 } });
  }

  /** Takes a window that the engine sent, unless it is of another execution. */
  private take(window: TreeWindow): void {
    const { query } = this;
    if (window.query.key !== query?.key) return;
    if (isByPlace(query) && !isByPlace(window.query)) {
      void this.watch(query);
      return;
    }
    this.frames.put('tree', () => {
      // The reader turned to another one before the frame.
      if (window.query.key !== this.query?.key) return;
      this.show(window);
      if (this.fails(window)) this.turnTo(window, false);
    });
  }

  /** It went on when it was opened, and has failed now; nobody chose a step of it, or reads what the inspector shows. */
  private fails({ query, focus }: TreeWindow): boolean {
    // An answer to what was asked before the reader turned to something else awaits nothing.
    const isAwaited = 'around' in query.at && this.query !== null && 'around' in this.query.at;
    return isAwaited && focus !== null && this.state.choices.value.row === null && !isInInspector();
  }

  /** Shows the row that was asked for, and what it holds. */
  private turnTo(window: TreeWindow, takesFocus: boolean): void {
    const { focus, start, rows } = window;
    this.goTo(window, takesFocus);
    this.inspector.select(focus === null ? null : (rows[focus - start]?.key ?? null));
  }

  /**
   * Brings the row into view that was asked for. From here on by place: what comes in later must not move the page to it again.
   * The engine need not know before something comes, for these rows are here.
   */
  private goTo({ query, focus, start }: TreeWindow, takesFocus = false): void {
    if (focus === null) return;
    this.query = { ...query, at: { offset: start } };
    this.state.focusRequest.value = { row: focus, n: ++this.focusCount, takesFocus };
  }

  /** Shows no execution. */
  close(): void {
    this.query = null;
    this.question.end();
    this.asked++;
    this.isMissing = false;
    this.waitsForHistory = true;
    this.frames.drop('tree');
    this.state.tree.value = null;
    this.state.treeFailure.value = null;
    this.state.opening.value = null;
    this.inspector.close();
  }

  /** The next engine reads its source again, and may be asked before that. */
  engineLost(): void {
    this.waitsForHistory = true;
  }

  /** The engine is another one: it reads its source again, and nobody watches anything of it yet. */
  engineChanged(): void {
    this.waitsForHistory = true;
    this.inspector.engineChanged();
    this.askAgain();
  }

  /** More was read: what was missing may be there now. */
  historyGrew(): void {
    if (this.isMissing && this.waitsForHistory) this.askAgain();
  }

  /** What is missing from now on is gone. */
  endOfHistory(): void {
    this.waitsForHistory = false;
    if (this.isMissing) this.askAgain();
  }

  private askAgain(): void {
    const { query } = this;
    if (query === null) return;
    if (this.state.tree.value?.query.key === query.key) void this.watch(query);
    else void this.open(query.key, this.place);
  }

  /** Shows what is answered, and does with it what is left to do. */
  private async watch(
    query: TreeQuery,
    then: (window: TreeWindow) => void = () => undefined,
  ): Promise<TreeWindow | null> {
    this.query = query;
    const asked = ++this.asked;
    try {
      const window = await this.question.ask(query);
      if (asked !== this.asked || window === null) return null;
      this.isMissing = false;
      this.frames.now('tree', () => {
        this.show(window);
        then(window);
      });
      this.inspector.treeCame();
      return window;
    } catch (error) {
      if (asked === this.asked) void this.fail(error);
      return null;
    }
  }

  private show(window: TreeWindow): void {
    const nearest = this.nearestToGone(window);
    this.state.tree.value = window;
    this.state.treeFailure.value = null;
    this.state.opening.value = null;
    this.inspector.treeShown(window);
    if (nearest !== undefined) this.inspector.select(nearest);
  }

  /** Where the reader is taken if what he chose is not in a later record; not where he closed what is above it. */
  private nearestToGone(window: TreeWindow): RunKey | null | undefined {
    const { row } = this.state.choices.value;
    const before = this.state.tree.value;
    if (row === null || before === null || this.onItsWay !== null) return undefined;
    const { key, collapsed } = before.query;
    const isClosedAlike = window.query.collapsed.every((one) => collapsed.includes(one));
    if (window.query.key !== key || !isClosedAlike) return undefined;
    return nearestToGone(row, before, window);
  }

  private async fail(error: unknown): Promise<void> {
    const { asked } = this;
    const reason: Failure['reason'] = error instanceof RequestError ? error.reason : 'internal';
    // The engine comes back by itself, and what is shown is still true.
    if (reason === 'engineLost' || reason === 'disposed') return;
    this.inspector.treeLost();
    this.isMissing = reason === 'notFound';
    if (this.isMissing && (this.waitsForHistory || (await this.onGone()))) return;
    // The reader turned to another one while the newest was asked for.
    if (asked !== this.asked) return;
    this.frames.put('tree', () => {
      this.state.treeFailure.value = reason;
      this.state.opening.value = null;
    });
  }
}

/** Whether rows are asked for by where they are, and not around one that is looked for. */
function isByPlace({ at }: TreeQuery): boolean {
  return 'offset' in at;
}
