import { type InspectorContent, mostWanted } from '../src/protocol/inspector.ts';
import { type Failure, RequestError } from '../src/protocol/packet.ts';
import type { EngineQuestions } from '../src/protocol/questions.ts';
import type { TreeWindow } from '../src/protocol/tree.ts';
import type { Watcher, WatchedQuestion } from '../src/protocol/watcher.ts';
import type { ExecutionKey, RunKey } from '../src/trace/execution.ts';
import type { WantedPart } from '../src/trace/wantedPart.ts';
import { AheadFeed, type AheadWorld } from './aheadFeed.ts';
import type { Frames } from './frames.ts';
import type { PanelState } from './state.ts';

type Inspection = EngineQuestions['inspect']['query'];

/** What the feed needs of its world. */
export interface InspectWorld {
  readonly watcher: Watcher;
  readonly state: PanelState;
  readonly frames: Frames;
  readonly ahead: AheadWorld;
  /** The opened execution. */
  readonly opened: () => ExecutionKey | null;
  /** While the engine reads its source, an execution that isn't there yet is not gone. */
  readonly waitsForHistory: () => boolean;
}

/** Keeps what the inspector shows: of a row of the opened tree, or of the execution itself. */
export class InspectFeed {
  private readonly world: InspectWorld;
  private readonly question: WatchedQuestion<'inspect'>;
  private readonly ahead: AheadFeed;
  /** Tells answers to older questions. */
  private asked = 0;
  /** What is wanted of the row that is inspected, beside the beginning of its values. */
  private wanted: Wanted = { row: null, parts: [] };
  /** What the inspector shall show couldn't be asked for, because the engine was lost or has not read it again. */
  private isMissed = false;
  /** What is shown was there before it was asked for: its tree alone tells when it is old. */
  private isAhead = false;

  constructor(world: InspectWorld) {
    this.world = world;
    this.ahead = new AheadFeed(world.ahead);
    this.question = world.watcher.question('inspect', 'inspect', (result, query) => {
      if (result.ok) this.take(result.value, query);
    });
  }

  /** Shows a row; the execution itself with null. */
  select(row: RunKey | null): void {
    const { state, opened } = this.world;
    if (row !== this.wanted.row) this.wanted = { row, parts: [] };
    const isBeginning = this.wanted.parts.length === 0;
    const content = isBeginning ? this.ahead.of(opened() ?? undefined, row) : undefined;
    if (content === undefined) {
      state.choose({ row });
      void this.ask(false);
    } else this.showAhead(row, content);
    this.ahead.near(row);
  }

  /** The reader points at a row, or came to it: he may choose it next. */
  comesNear(row: RunKey): void {
    this.ahead.near(row);
  }

  /** Asks for a part of a large value, and what is around it. */
  want(part: WantedPart): void {
    const { row } = this.world.state.choices.value;
    const { parts } = this.wanted.row === row ? this.wanted : { parts: [] };
    this.wanted = { row, parts: [...parts, part].slice(-mostWanted) };
    void this.ask(false);
  }

  /** The tree was answered for: what was missed may be asked for now. */
  treeCame(): void {
    if (this.isMissed) void this.ask(this.world.state.inspected.value.content !== null);
  }

  /** A window of the tree is shown; with another stamp what was there ahead may be old. */
  treeShown(window: TreeWindow): void {
    if (this.ahead.shows(window) && this.isAhead) void this.ask(true);
    this.ahead.near(this.world.state.choices.value.row);
  }

  /** The tree that is shown may be old, and nobody tells any more when it is: what is turned to is asked for. */
  treeLost(): void {
    this.ahead.clear();
  }

  /** The engine is another one, and nobody watches anything of it yet. */
  engineChanged(): void {
    this.isMissed = true;
    this.ahead.clear();
  }

  /** Of another execution only the beginning is shown. */
  beginAnew(): void {
    this.isAhead = false;
    this.wanted = { row: null, parts: [] };
  }

  close(): void {
    this.beginAnew();
    this.ahead.clear();
    this.question.end();
    this.asked++;
    this.world.frames.drop('inspected');
    this.world.state.inspected.value = { content: null, loading: false, error: null };
  }

  /** Shows what is there already. Nobody is asked for it, and the one before is watched no more. */
  private showAhead(row: RunKey | null, content: InspectorContent): void {
    const { state, frames } = this.world;
    this.asked++;
    this.question.end();
    this.isAhead = true;
    frames.now('inspected', () => {
      state.choose({ row });
      state.inspected.value = { content, loading: false, error: null };
    });
  }

  private take(content: InspectorContent, { key, row }: Inspection): void {
    const { state, frames, opened } = this.world;
    if (key !== opened() || row !== state.choices.value.row) return;
    frames.put('inspected', () => {
      state.inspected.value = { content, loading: false, error: null };
    });
  }

  private async ask(quietly: boolean): Promise<void> {
    const { state, frames, opened } = this.world;
    const { inspected } = state;
    const key = opened();
    if (key === null) return;
    const asked = ++this.asked;
    this.isMissed = false;
    this.isAhead = false;
    if (!quietly) inspected.value = { ...inspected.value, loading: true, error: null };
    const { row } = state.choices.value;
    const wanted = this.wanted.row === row ? this.wanted.parts : [];
    const part = { part: 'beginning', ...(wanted.length > 0 && { wanted }) } as const;
    try {
      const content = await this.question.ask({ key, row, ...part });
      if (asked !== this.asked || content === null) return;
      frames.now('inspected', () => {
        inspected.value = { content, loading: false, error: null };
      });
    } catch (error) {
      if (asked !== this.asked) return;
      this.isMissed = this.comesBack(error);
      if (this.isMissed) return;
      // What is shown stays, beside what is said of the part that was wanted.
      const begun = wanted.length > 0 ? inspected.value.content : null;
      this.beginAnew();
      inspected.value = quietly
        ? { ...inspected.value, loading: false }
        : { content: begun, loading: false, error: failureOf(error) };
      return;
    }
  }

  /** The engine was lost, or is another one that has not read so far again. */
  private comesBack(error: unknown): boolean {
    if (!(error instanceof RequestError)) return false;
    const isUnread = error.reason === 'notFound' && this.world.waitsForHistory();
    return error.reason === 'engineLost' || isUnread;
  }
}

interface Wanted {
  readonly row: RunKey | null;
  readonly parts: readonly WantedPart[];
}

/** What of it is told: who answered in words wrote them for the reader. */
function failureOf(error: unknown): Failure | string {
  if (error instanceof RequestError) return { reason: error.reason, message: error.message };
  return error instanceof Error ? error.message : String(error);
}
