import type { Clock } from '../src/base/clock.ts';
import { Timer } from '../src/base/timer.ts';
import type { AheadAnswer, AheadQuery, RowContent } from '../src/protocol/inspector.ts';
import type { TreeWindow } from '../src/protocol/tree.ts';
import type { ExecutionKey, RunKey } from '../src/trace/execution.ts';

/** So long somebody stays who may click; who passes over rows is at the next one by then. */
const restsMs = 40;
/** What has changed may change again, as while somebody types into the flow file. */
const changesMs = 1_000;
/** Rows around the one that is looked at: the half of a screen. */
const nearRows = 24;
/** Some screens of rows; a page holds 6 MB of them at most. */
const mostKept = 64;

/** Who answers ahead. */
export interface AheadWorld {
  readonly ask: (query: AheadQuery) => Promise<AheadAnswer>;
  readonly clock: Clock;
}

/**
 * What rows near to the one that is looked at would show, so that a click on them waits for nobody. It is as true as the
 * window of the tree with the same stamp, and forgotten with it.
 */
export class AheadFeed {
  private readonly world: AheadWorld;
  private readonly resting: Timer;
  private readonly contents = new Map<RunKey, RowContent>();
  /** Asked for, whatever came of it: what is too large would be asked for again and again. */
  private asked = new Set<RunKey>();
  private window: TreeWindow | null = null;
  private isAsking = false;
  private patienceMs = restsMs;
  /** Where the reader is. */
  private at: RunKey | null = null;

  constructor(world: AheadWorld) {
    this.world = world;
    this.resting = new Timer(world.clock);
  }

  /** What a row of an execution shows, if it is there. */
  of(key: ExecutionKey | undefined, row: RunKey | null): RowContent | undefined {
    return row === null || key !== this.window?.query.key ? undefined : this.contents.get(row);
  }

  /** A window of a tree is shown from now on. Tells whether what was known before may be old. */
  shows(window: TreeWindow): boolean {
    const before = this.window;
    const isOther = before?.query.key !== window.query.key || before.stamp !== window.stamp;
    if (isOther) {
      this.clear();
      this.patienceMs = before?.query.key === window.query.key ? changesMs : restsMs;
    }
    this.window = window;
    return isOther;
  }

  /** The reader points at a row, or came to it. */
  near(row: RunKey | null): void {
    this.at = row;
    if (!this.isAsking) this.resting.set(this.patienceMs, () => void this.ask());
  }

  clear(): void {
    this.resting.clear();
    this.contents.clear();
    this.asked = new Set();
    this.window = null;
  }

  private async ask(): Promise<void> {
    const { window, at } = this;
    const rows = this.wanted();
    if (window === null || rows.length === 0) return;
    const { key } = window.query;
    const { asked } = this;
    this.patienceMs = restsMs;
    for (const row of rows) asked.add(row);
    this.isAsking = true;
    try {
      const { stamp, contents } = await this.world.ask({ key, rows });
      if (asked === this.asked && stamp === window.stamp) this.keep(contents, rows);
    } catch {
      // Then it is asked for with the click.
    } finally {
      this.isAsking = false;
    }
    // He went on meanwhile.
    if (this.at !== at || asked !== this.asked) this.near(this.at);
  }

  /** What goes on is another with each record that comes, and of what is only known as a summary nothing can be shown. */
  private wanted(): readonly RunKey[] {
    const { window, at } = this;
    if (window === null || window.summary.outcome === 'running' || window.summaryOnly) return [];
    const { rows } = window;
    const middle = Math.max(
      0,
      rows.findIndex(({ key }) => key === at),
    );
    const first = Math.max(0, middle - Math.floor(nearRows / 3));
    return rows
      .slice(first, first + nearRows)
      .map(({ key }, index) => ({ key, far: Math.abs(first + index - middle) }))
      .sort((a, b) => a.far - b.far)
      .map(({ key }) => key)
      .filter((key) => !this.asked.has(key));
  }

  private keep(contents: readonly RowContent[], rows: readonly RunKey[]): void {
    for (const content of contents) this.contents.set(content.row.key, content);
    // What stands behind the last one had no room in this answer.
    const last = contents.at(-1);
    const end = last === undefined ? rows.length : rows.indexOf(last.row.key) + 1;
    for (const row of rows.slice(end)) this.asked.delete(row);
    for (const oldest of this.contents.keys()) {
      if (this.contents.size <= mostKept) break;
      this.contents.delete(oldest);
      this.asked.delete(oldest);
    }
  }
}
