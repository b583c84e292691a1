import { timeZoneHere } from '../../src/base/zone.ts';
import type { Watcher, WatchedQuestion } from '../../src/protocol/watcher.ts';
import { type ListQuery, type ListWindow, sameScope } from '../../src/protocol/list.ts';
import type { ExecutionKey } from '../../src/trace/execution.ts';
import type { Frames } from '../frames.ts';
import type { PanelState } from '../state.ts';

/** Why rows must not move under the reader. `closed`: the list is not shown, and what came in since is counted. */
export type HoldReason = 'pointer' | 'focus' | 'scroll' | 'closed';

/** Some screens of rows: scrolling by pages finds them there. */
const pageRows = 200;

/**
 * Keeps the list's window on the engine. Rows are counted from an anchor while the reader looks at the list,
 * so that new ones are a number above it and nothing moves; without an anchor the newest come in on top.
 */
export class ListFeed {
  private readonly question: WatchedQuestion<'list'>;
  private readonly state: PanelState;
  private readonly frames: Frames;
  /** Called after a window was taken over. */
  onApplied: () => void = () => undefined;

  private readonly holds = new Set<HoldReason>();
  private anchor: ExecutionKey | null;
  private offset: number;
  private limit = pageRows;
  /** Pages of executions from before the window. */
  private earlier = 0;
  /** The row that is seen first, counted from the anchor as well. */
  private first: number;
  /** After the engine was lost its first, empty windows say nothing: what is shown stays. */
  private recovering = false;
  /** While history is read in, and until all of it is shown, an anchor would stop the list at some old row. */
  private history: 'coming' | 'read' | 'shown' = 'coming';

  constructor(world: { watcher: Watcher; state: PanelState; frames: Frames }) {
    this.question = world.watcher.question('list', 'list', (result) => {
      if (result.ok) this.take(result.value);
    });
    this.state = world.state;
    this.frames = world.frames;
    const { anchor, row } = this.state.choices.value.list;
    this.anchor = row > 0 ? anchor : null;
    this.first = row;
    this.offset = Math.max(0, row - pageRows / 2);
    if (this.anchor !== null) this.holds.add('scroll');
  }

  /** Whether rows stay where they are. */
  get isHeld(): boolean {
    return this.holds.size > 0;
  }

  /** Asks for the window anew, as after a change of scope or of the engine. */
  async ask(): Promise<void> {
    const query = this.query();
    try {
      const window = await this.question.ask(query);
      if (window !== null) this.take(window);
    } catch {
      // The engine went away, which the panel says; all is asked for again once it is back.
    }
  }

  /** Takes a window that the engine sent, unless it answers an older question. */
  private take(window: ListWindow): void {
    if (!this.isAsked(window.query)) return;
    if (this.recovering && window.totalAll === 0) return;
    this.recovering = false;
    this.frames.put('list', () => {
      this.apply(window);
    });
  }

  /** Starts from the newest row: another scope or filter is another list. */
  restart(): void {
    this.frames.drop('list');
    this.earlier = 0;
    this.showNewest();
  }

  /** Shows other rows; `offset` counts from the anchor. */
  range(offset: number, limit: number): void {
    this.offset = offset;
    this.limit = limit;
    void this.ask();
  }

  /** Goes on into the history, behind what is shown. */
  showEarlier(): void {
    this.earlier++;
    void this.ask();
  }

  /** Tells which row is seen first: away from the top the reader looks at something. */
  scrolledTo(row: number): void {
    this.setHold('scroll', row > 0);
    if (row === this.first) return;
    this.first = row;
    this.rememberPlace();
  }

  /** Begins or ends a reason for rows to stay. */
  setHold(reason: HoldReason, held: boolean): void {
    if (this.holds.has(reason) === held) return;
    if (held) this.holds.add(reason);
    else this.holds.delete(reason);
    if (held) this.dropAnchorHere();
    else if (!this.isHeld && this.anchor !== null) this.showNewest();
  }

  /** Asks for one row: an execution, and how many are newer than it. */
  queryFor(key: ExecutionKey): ListQuery {
    return { ...this.query(), anchor: key, offset: 0, limit: 1 };
  }

  /** Lets new rows in on top. */
  showNewest(): void {
    this.holds.delete('scroll');
    this.anchor = null;
    this.first = 0;
    this.offset = 0;
    this.limit = pageRows;
    this.rememberPlace();
    void this.ask();
  }

  /** Tells that history is read: what comes once it is shown is news. */
  async settle(): Promise<void> {
    if (this.history !== 'coming') return;
    this.history = 'read';
    // The window that is shown may be of some moment before. Where no list is seen none is asked for.
    if (this.state.list.value !== null) await this.ask();
    // Behind the window of the answer, in the same frame.
    this.frames.put('history', () => {
      if (this.history !== 'read') return;
      this.history = 'shown';
      this.dropAnchorHere();
    });
  }

  /** A source was opened: its history comes first. */
  unsettle(): void {
    this.history = 'coming';
  }

  /** The engine is another one, which reads its source again. */
  engineChanged(wasLost: boolean): void {
    this.recovering ||= wasLost && (this.state.list.value?.totalAll ?? 0) > 0;
  }

  /** What the engine has is all there is, even if it is nothing. */
  endRecovery(): void {
    if (!this.recovering) return;
    this.recovering = false;
    void this.ask();
  }

  private query(): ListQuery {
    return {
      scope: this.state.scope.value,
      filter: this.state.choices.value.filter.trim(),
      anchor: this.anchor,
      offset: this.offset,
      limit: this.limit,
      timeZone: timeZoneHere(),
      ...(this.earlier === 0 ? {} : { earlier: this.earlier }),
    };
  }

  private isAsked({ scope, filter, anchor }: ListQuery): boolean {
    const asked = this.query();
    return filter === asked.filter && anchor === asked.anchor && sameScope(scope, asked.scope);
  }

  private apply(window: ListWindow): void {
    // Rows may have been held since it was taken in.
    if (!this.isAsked(window.query)) return;
    this.state.list.value = window;
    this.dropAnchorHere();
    this.onApplied();
  }

  /** Counts from the newest row that is shown, once the reader looks. */
  private dropAnchorHere(): void {
    const window = this.state.list.value;
    if (!this.isHeld || this.anchor !== null || window === null) return;
    const newest = window.start === 0 ? window.rows[0] : undefined;
    if (newest === undefined || !(this.history === 'shown' || this.holds.has('scroll'))) return;
    this.anchor = newest.key;
    this.rememberPlace();
    void this.ask();
  }

  private rememberPlace(): void {
    this.state.choose({ list: { anchor: this.anchor, row: this.first } });
  }
}
