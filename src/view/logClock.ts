import type { TreeRow } from '../protocol/tree.ts';
import type { LogLine, Milliseconds } from '../trace/execution.ts';

/** All time zones are a multiple of this apart. */
const quarterMs = 15 * 60_000;
/** The easternmost zone is 14 hours ahead. */
const farthestMs = 14 * 3_600_000;
/** Lines are written to the second, and some after the node has ended. */
const leewayMs = 2_000;

/** The moment of a log line; null where it can't be told. */
export type LogClock = (time: string) => Milliseconds | null;

/**
 * Services write lines in the local time of their machine, without its zone; begin and end of a node are moments. The
 * zone is what lies between: the last line falls into the node's own time in one zone alone, unless it took longer
 * than a quarter of an hour.
 */
export function logClock(
  lines: readonly LogLine[],
  { beginMs, endMs }: Pick<TreeRow, 'beginMs' | 'endMs'>,
): LogClock {
  const last = asUtc(lines.at(-1)?.time ?? '');
  if (last === null || beginMs === null || endMs === null) return () => null;
  if (endMs - beginMs + 2 * leewayMs >= quarterMs) return () => null;
  const zone = Math.round((last - endMs) / quarterMs) * quarterMs;
  const isWithin = last - zone >= beginMs - leewayMs && last - zone <= endMs + leewayMs;
  if (!isWithin || Math.abs(zone) > farthestMs) return () => null;
  return (time) => {
    const moment = asUtc(time);
    return moment === null ? null : moment - zone;
  };
}

/** As if it were written in UTC; null where it has another form, or a zone of its own. */
function asUtc(time: string): Milliseconds | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d{3}))?$/.exec(time.trim());
  if (parts === null) return null;
  const [year = 0, month = 1, day, hours, minutes, seconds] = parts.slice(1, 7).map(Number);
  return Date.UTC(year, month - 1, day, hours, minutes, seconds, Number(parts[7] ?? 0));
}
