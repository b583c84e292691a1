import type { SentComparedRow, SentSide } from '../protocol/compare.ts';
import { areOfOtherRounds } from '../texts/comparedRowTexts.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { TimeBar } from './timelineBars.ts';

type Bar = Pick<TimeBar, 'left' | 'width'>;

/** Per cent: what took no time is still seen. */
const minWidth = 0.5;

/**
 * The bars of a row of two executions, in per cent of the longer one; null where nothing is known. Each goes from its first attempt, or round,
 * to the end of its last. Where one record tells of all rounds and the other of the last alone, both are drawn of the last: a short bar
 * beside a long one would say that it was faster.
 */
export function comparedBars(
  sides: Pick<SentComparedRow, 'before' | 'after'>,
  extentMs: Milliseconds,
): { readonly before: Bar | null; readonly after: Bar | null } {
  const isOfLast = areOfOtherRounds(sides);
  const bar = (side: SentSide | null): Bar | null => {
    if (side?.sinceMs == null) return null;
    const { sinceMs, durationMs } = side;
    const earlierMs = isOfLast ? 0 : (side.lostMs ?? 0);
    const percent = (ms: Milliseconds) => (100 * ms) / extentMs;
    const left = Math.max(0, Math.min(100, percent(sinceMs - earlierMs)));
    const width = Math.min(100 - left, percent((durationMs ?? 0) + earlierMs));
    return { left, width: Math.max(minWidth, width) };
  };
  return { before: bar(sides.before), after: bar(sides.after) };
}
