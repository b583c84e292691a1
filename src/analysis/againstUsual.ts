import type { Milliseconds, NodeId } from '../trace/execution.ts';
import type { PastExecution } from './pastExecution.ts';
import { ascending, median, percentile } from './statistics.ts';

/** An execution against those of its flow that succeeded before it. */
export interface AgainstUsual {
  /** How many these are, and the middle of what they took. */
  readonly runs: number;
  readonly medianMs: Milliseconds;
  readonly durationMs: Milliseconds;
  /** It took clearly longer than usual. */
  readonly isSlow: boolean;
  /** The node in which most of what it took longer went; null where it isn't slow, or no node stands out. */
  readonly slower: SlowerNode | null;
  /** What its nodes were given and gave is clearly more than usual, or where it went well less; null: neither. */
  readonly payload: UnusualPayload | null;
}

/** How large inputs and outputs were together, and the middle of what they are. */
export interface UnusualPayload {
  readonly bytes: number;
  readonly medianBytes: number;
}

export interface SlowerNode {
  readonly nodeId: NodeId;
  readonly name: string;
  readonly ms: Milliseconds;
  readonly usualMs: Milliseconds;
}

/** More say no more of what is usual, and older ones ran another revision. */
const mostEarlier = 100;
/** Fewer have no usual. */
const fewest = 3;
/** To be told slow it takes more: a run in twenty is slower than the others. */
const fewestForSlow = 8;
const slowRatio = 1.5;
/** Less nobody feels. */
const leastShiftMs = 50;
/** Data differs from day to day: it is unusual where it is so many times more, and none was as large. */
const payloadRatio = 3;
/** Less than a page of text explains nothing. */
const leastShiftBytes = 4 * 1024;
/** A node that took less of what the run took longer doesn't explain it. */
const leastShare = 1 / 3;

/** Compares an execution with `earlier` ones of its flow, oldest first; null where there are too few. */
export function againstUsual(
  run: PastExecution,
  earlier: readonly PastExecution[],
): AgainstUsual | null {
  const { durationMs } = run;
  const good = goodBefore(run, earlier);
  if (durationMs === null || good.length < fewest) return null;
  const durations = ascending(good.flatMap((one) => one.durationMs ?? []));
  const medianMs = median(durations);
  const shiftMs = durationMs - medianMs;
  const isSlow =
    durations.length >= fewestForSlow &&
    shiftMs >= leastShiftMs &&
    durationMs >= slowRatio * medianMs &&
    durationMs > (percentile(durations, 0.95) ?? 0);
  const slower = isSlow ? slowestNode(run, good, shiftMs) : null;
  const payload = unusualPayload(run, good);
  return { runs: good.length, medianMs, durationMs, isSlow, slower, payload };
}

/** Of one that failed halfway less is usual. */
function unusualPayload(
  { payloadBytes, outcome }: PastExecution,
  good: readonly PastExecution[],
): UnusualPayload | null {
  const sizes = ascending(good.flatMap(({ payloadBytes: size }) => (size > 0 ? [size] : [])));
  if (payloadBytes === 0 || sizes.length < fewestForSlow) return null;
  const medianBytes = median(sizes);
  if (Math.abs(payloadBytes - medianBytes) < leastShiftBytes) return null;
  const isMore = payloadBytes >= payloadRatio * medianBytes && payloadBytes > (sizes.at(-1) ?? 0);
  const isLess = payloadBytes <= medianBytes / payloadRatio && payloadBytes < (sizes[0] ?? 0);
  const isUnusual = isMore || (isLess && outcome === 'succeeded');
  return isUnusual ? { bytes: payloadBytes, medianBytes } : null;
}

/** The last runs among `earlier` ones that went well and began no later than it. */
export function goodBefore(run: PastExecution, earlier: readonly PastExecution[]): PastExecution[] {
  const good: PastExecution[] = [];
  for (let at = earlier.length - 1; at >= 0 && good.length < mostEarlier; at--) {
    const one = earlier[at];
    if (one?.outcome !== 'succeeded' || one.durationMs === null) continue;
    if (one.key !== run.key && (one.beginMs ?? 0) <= (run.beginMs ?? 0)) good.push(one);
  }
  return good;
}

/** A node that runs several times takes their sum. */
function slowestNode(
  run: PastExecution,
  good: readonly PastExecution[],
  shiftMs: Milliseconds,
): SlowerNode | null {
  const usual = new Map<NodeId, Milliseconds[]>();
  for (const one of good) {
    for (const [nodeId, { ms }] of timesOf(one)) {
      const known = usual.get(nodeId);
      if (known === undefined) usual.set(nodeId, [ms]);
      else known.push(ms);
    }
  }
  let slowest: SlowerNode | null = null;
  let mostMs = leastShare * shiftMs;
  for (const [nodeId, { name, ms }] of timesOf(run)) {
    const known = usual.get(nodeId);
    // One that never ran before is what it took longer for.
    const usualMs = known === undefined ? 0 : median(known);
    if (ms - usualMs < mostMs) continue;
    mostMs = ms - usualMs;
    slowest = { nodeId, name, ms, usualMs };
  }
  return slowest;
}

function timesOf({ nodes }: PastExecution) {
  const times = new Map<NodeId, { readonly name: string; readonly ms: Milliseconds }>();
  for (const { nodeId, name, ownMs } of nodes) {
    if (ownMs === null) continue;
    times.set(nodeId, { name, ms: (times.get(nodeId)?.ms ?? 0) + ownMs });
  }
  return times;
}
