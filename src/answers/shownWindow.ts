import type { TreeQuery, TreeWindow } from '../protocol/tree.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import { asTreeRow, closedAbove, focusOf, shownRows, type Opened } from './openedExecution.ts';

/** Of a tree nobody sees more at once; a page asks for 200. */
const mostRows = 10_000;

/** What of a window is drawn from the record. */
export type ShownWindow = Pick<
  TreeWindow,
  | 'failing'
  | 'findings'
  | 'extent'
  | 'totalRows'
  | 'start'
  | 'rows'
  | 'focus'
  | 'hiddenBy'
  | 'moreSubExecutions'
  | 'leftOut'
>;

/** The part of a tree that is asked for. */
export function shownWindow(opened: Opened, query: TreeQuery): ShownWindow {
  const rows = shownRows(opened, query.collapsed);
  const focus = focusOf(opened, rows, query);
  const total = rows.length;
  const limit = Math.min(query.limit, mostRows);
  const wanted = 'offset' in query.at ? query.at.offset : (focus ?? 0) - Math.floor(limit / 2);
  const start = Math.max(0, Math.min(wanted, total - limit));
  return {
    failing: opened.failing,
    findings: opened.findings,
    extent: opened.extent,
    totalRows: total,
    start,
    rows: rows.slice(start, start + limit).map((row) => asTreeRow(row, opened)),
    focus,
    ...(focus === null && 'aroundRow' in query.at
      ? { hiddenBy: closedAbove(opened, query.at.aroundRow, query.collapsed) }
      : {}),
    ...(opened.moreSubExecutions === 0 ? {} : { moreSubExecutions: opened.moreSubExecutions }),
    ...(opened.leftOut && { leftOut: opened.leftOut }),
  };
}

/** Smaller ones are opened in a few milliseconds. */
const leastRecordBytes = 256 * 1024;
/** Going back to one of the last few dozens. */
const mostWindows = 32;
/** A page's rows of 200 take 100 KB; whoever asks for more, or has long errors in them, waits. */
const mostRowsEach = 400;
const mostErrorChars = 128 * 1024;

interface FirstWindow {
  readonly stored: StoredExecution;
  readonly stamp: string;
  readonly query: string;
  readonly window: ShownWindow;
}

/**
 * What was shown first of the large executions that were opened last. Their trees take a hundred times as much, and not many
 * are kept: who comes back to one sees again what he saw first, while it is read.
 */
export class FirstWindows {
  /** The one that was shown last is the last. */
  private readonly all = new Map<ExecutionKey, FirstWindow>();

  /** Notes what is shown where an execution is opened. */
  keep({ stored, stamp, key }: Opened, query: TreeQuery, window: ShownWindow): void {
    if (!('around' in query.at) || stored.recordBytes < leastRecordBytes) return;
    const errorChars = window.rows.reduce((chars, { error }) => chars + (error?.length ?? 0), 0);
    if (window.rows.length > mostRowsEach || errorChars > mostErrorChars) return;
    this.all.delete(key);
    this.all.set(key, { stored, stamp, query: JSON.stringify(query), window });
    for (const oldest of this.all.keys()) {
      if (this.all.size <= mostWindows) break;
      this.all.delete(oldest);
    }
  }

  /** What was shown, if all that it was made of is as it was then. */
  of(query: TreeQuery, stored: StoredExecution, stamp: string): ShownWindow | undefined {
    const known = this.all.get(query.key);
    if (known?.stored !== stored || known.stamp !== stamp) return undefined;
    return known.query === JSON.stringify(query) ? known.window : undefined;
  }

  clear(): void {
    this.all.clear();
  }
}
