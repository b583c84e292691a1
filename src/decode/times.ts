import type { Json, JsonObject } from '../base/json.ts';
import type { Milliseconds, NodeRun, TimeSource } from '../trace/execution.ts';
import { listIn, numberOf } from './fields.ts';

/** Begin, end and duration of an execution, and where they come from. Null: unknown. */
export interface ExecutionTimes {
  readonly beginMs: Milliseconds | null;
  readonly endMs: Milliseconds | null;
  readonly durationMs: Milliseconds | null;
  readonly timeSource: TimeSource;
}

/** The year 2000: what lies before it is a duration, minutes, or a clock that was never set; the sid knows better. */
const earliestMs = 946_684_800_000;
/** The year 2200: what lies behind it is no time. */
const latestMs = 7_258_118_400_000;
/** A tool call doesn't take a day; a timestamp further off is the broker's or a replay's, not the call's. */
const longestCallMs = 86_400_000;

const unknown: ExecutionTimes = {
  beginMs: null,
  endMs: null,
  durationMs: null,
  timeSource: 'none',
};

/** Times of a record whose begin and end mean what they say. */
export function recordTimes(root: JsonObject, timestampMs: number | null): ExecutionTimes {
  const beginMs = timeOf(root['start_time']);
  const endMs = timeOf(root['end_time']);
  if (beginMs === null) return timesFromElsewhere(root, endMs, timestampMs);
  if (endMs === null) return { ...unknown, beginMs, timeSource: 'record' };
  if (isSwapped(root, beginMs, endMs)) return between(endMs, beginMs, 'swapped');
  if (endMs < beginMs) return { ...unknown, beginMs, timeSource: 'record' };
  const durationMs = ownDuration(root) ?? endMs - beginMs;
  return { beginMs, endMs, durationMs, timeSource: 'record' };
}

/** Times of a snapshot: it has begun and goes on. */
export function runningTimes(root: JsonObject, timestampMs: number | null): ExecutionTimes {
  const { beginMs, timeSource } = recordTimes(root, timestampMs);
  return { ...unknown, beginMs, timeSource };
}

/**
 * Times of a record whose end is the time of its construction, a millisecond before its begin: how long it
 * took only the broker's timestamp tells, because the record is sent at the end.
 */
export function timesUpToRecord(root: JsonObject, timestampMs: number | null): ExecutionTimes {
  const times = recordTimes(root, timestampMs);
  const beginMs = timeOf(root['start_time']);
  if (times.timeSource === 'record' && (times.durationMs ?? 0) > 0) return times;
  if (beginMs === null) return times;
  const took = timestampMs === null ? 0 : timestampMs - beginMs;
  // No call takes no time: a stamp that is the begin says nothing of its end.
  if (took <= 0 || took > longestCallMs) return { ...unknown, beginMs, timeSource: 'record' };
  return { beginMs, endMs: timestampMs, durationMs: took, timeSource: 'recordTimestamp' };
}

/** Times of an entry. */
export function timesOfEntry(entry: JsonObject): Pick<NodeRun, 'beginMs' | 'endMs' | 'durationMs'> {
  const beginMs = timeOf(entry['start_time']);
  const endMs = timeOf(entry['end_time']);
  if (beginMs === null || endMs === null) return { beginMs, endMs, durationMs: null };
  // An entry that was never ended carries the time of its construction as its end.
  if (endMs < beginMs) return { beginMs, endMs: null, durationMs: null };
  return { beginMs, endMs, durationMs: ownDuration(entry) ?? endMs - beginMs };
}

/** The services that send no trace write their finish over the begin; their end is the construction. */
function isSwapped(root: JsonObject, startMs: Milliseconds, endMs: Milliseconds): boolean {
  if (startMs <= endMs || listIn(root, 'trace').length > 0) return false;
  return (numberOf(root['duration']) ?? 0) === 0;
}

function timesFromElsewhere(
  root: JsonObject,
  endMs: Milliseconds | null,
  timestampMs: number | null,
): ExecutionTimes {
  const sid = root['sid'];
  const beginMs = typeof sid === 'string' ? timeOfSid(sid) : null;
  const finish = endMs ?? timestampMs;
  if (beginMs !== null) {
    if (finish === null || finish < beginMs) return { ...unknown, beginMs, timeSource: 'sid' };
    return endMs === null
      ? { ...unknown, beginMs, timeSource: 'sid' }
      : between(beginMs, endMs, 'sid');
  }
  if (endMs !== null) return { ...unknown, endMs, timeSource: 'record' };
  if (timestampMs === null) return unknown;
  return { ...unknown, endMs: timestampMs, timeSource: 'recordTimestamp' };
}

/** When a sid was made, read from its 11 hexadecimal digits of milliseconds; null when it has none. */
export function timeOfSid(sid: string): Milliseconds | null {
  const found = /@[^@]*?([0-9a-f]{11})[0-9a-f]{4}[0-9a-f]{2}2$/i.exec(sid);
  if (found?.[1] === undefined) return null;
  return asTime(Number.parseInt(found[1], 16));
}

/** Reads a moment, in milliseconds since the epoch or as a date; null for what can't be one. */
export function timeOf(value: Json | undefined): Milliseconds | null {
  return asTime(numberOf(value) ?? dateOf(value));
}

const date = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

function dateOf(value: Json | undefined): number | undefined {
  const time = typeof value === 'string' && date.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/**
 * What a record or an entry says that it took; undefined where it says nothing, counts in another unit, or would have
 * ended at no time.
 */
export function ownDuration(parent: JsonObject): Milliseconds | undefined {
  const own = numberOf(parent['duration']);
  const begin = numberOf(parent['start_time']);
  // A date says nothing of it.
  const isKnown = begin !== undefined && unitOf(begin) === 1;
  return own !== undefined && own > 0 && isKnown && begin + own < latestMs ? own : undefined;
}

function asTime(value: number | undefined): Milliseconds | null {
  // Zero and -1 mean "not set".
  if (value === undefined || value <= 0) return null;
  const ms = Math.round(value * unitOf(value));
  return ms > earliestMs && ms < latestMs ? ms : null;
}

/**
 * Milliseconds in the unit that a moment is written in. In milliseconds what lies below 10^11 would be before 1974:
 * it is seconds. Microseconds have three digits more than milliseconds, nanoseconds six.
 */
function unitOf(value: number | undefined): number {
  if (value === undefined || value <= 0) return 1;
  if (value >= 1e9 && value < 1e11) return 1_000;
  if (value >= 1e18 && value < 1e19) return 1e-6;
  return value >= 1e15 && value < 1e16 ? 1e-3 : 1;
}

function between(
  beginMs: Milliseconds,
  endMs: Milliseconds,
  timeSource: TimeSource,
): ExecutionTimes {
  return { beginMs, endMs, durationMs: endMs - beginMs, timeSource };
}
