import type { AheadAnswer, AheadQuery, RowContent } from '../protocol/inspector.ts';
import { rowContent, shownRows, type Opened } from './openedExecution.ts';

/** A page takes some 30 ms for a megabyte that arrives, between two frames at best. */
const mostChars = 192 * 1024;
/** Of many rounds the beginning is that long, and would push out what others have. */
const mostCharsEach = 96 * 1024;

/** A tree that is open, and what it was made of. */
export interface CurrentTree {
  readonly opened: Opened;
  readonly stamp: string;
}

/** What rows are answered ahead of. */
export interface AheadWorld {
  /** Undefined where the execution is not open any more, or changed. */
  readonly current: () => CurrentTree | undefined;
  /** The turn of what nobody waits for. */
  readonly turn: () => Promise<void>;
  readonly canReveal: boolean;
}

/**
 * The beginning of what the inspector shows of rows that nobody has asked for yet, so that it is there when one is
 * clicked. Nothing is read for it again: what isn't at hand is asked for with the click.
 */
export async function contentsAhead(query: AheadQuery, world: AheadWorld): Promise<AheadAnswer> {
  const { current, turn, canReveal } = world;
  const begun = current();
  const contents: RowContent[] = [];
  if (begun === undefined) return { stamp: '', contents };
  const { opened, stamp } = begun;
  const { record } = opened;
  const isSame = () => current()?.stamp === stamp;
  for (const steps = record.prepare(); ;) {
    await turn();
    if (!isSame()) return { stamp, contents };
    if (steps.next().done === true) break;
  }
  const wanted = new Set(query.rows);
  const found = shownRows(opened, []).filter(({ node }) => wanted.has(node.key));
  const rows = new Map(found.map((row) => [row.node.key, row]));
  let left = mostChars;
  for (const key of query.rows) {
    const row = rows.get(key);
    // Another execution that hangs here would have to be opened.
    if (row === undefined || row.node.subExecution !== null) continue;
    const content = rowContent(row, opened, record, { part: { part: 'beginning' }, canReveal });
    const chars = JSON.stringify(content).length;
    if (chars > mostCharsEach) continue;
    left -= chars;
    if (left < 0) break;
    contents.push(content);
    await turn();
    // Also where a pattern of the reader's was given up while it was masked.
    if (!isSame()) break;
  }
  return { stamp, contents };
}
