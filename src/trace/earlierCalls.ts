import type { Milliseconds } from './execution.ts';
import type { TreeNode } from './tree.ts';

/** What the records of other services tell of a node’s earlier attempts. */
export interface EarlierCalls {
  /** When the first of them began. */
  readonly fromMs: Milliseconds;
  /** What all of them took, and the last attempt: at least as long was it tried. */
  readonly leastMs: Milliseconds;
}

/** Clocks of two services are as far apart. */
const leewayMs = 50;

type Tried = Pick<TreeNode, 'beginMs' | 'durationMs' | 'status' | 'count' | 'children'>;

/** When a node began: of one that was tried again its first attempt, as far as what it called tells. */
export function firstBeginMs(node: Tried): Milliseconds | null {
  return earlierCalls(node)?.fromMs ?? node.beginMs;
}

/**
 * A retried node's entry is that of its last attempt, and where it was given up that takes no time; what it called before
 * hangs below it all the same. Null where its own entry is as long as what it called, or nothing tells.
 */
export function earlierCalls({
  beginMs,
  durationMs,
  status,
  count,
  children,
}: Tried): EarlierCalls | null {
  if (beginMs === null || durationMs === null) return null;
  if (count < 2 || (status !== 'failed' && status !== 'recovered')) return null;
  const calls = children.flatMap(({ subExecution, beginMs: from, durationMs: took }) =>
    subExecution === null || from === null || took === null ? [] : [{ from, to: from + took }],
  );
  const isEarlier = calls.some(
    ({ from, to }) => from < beginMs - leewayMs && to - from > durationMs + leewayMs,
  );
  if (!isEarlier) return null;
  const spans = [...calls, { from: beginMs, to: beginMs + durationMs }];
  spans.sort((a, b) => a.from - b.from);
  let [leastMs, toMs] = [0, -Infinity];
  for (const { from, to } of spans) {
    leastMs += Math.max(0, to - Math.max(from, toMs));
    toMs = Math.max(toMs, to);
  }
  return { fromMs: spans[0]?.from ?? beginMs, leastMs };
}
