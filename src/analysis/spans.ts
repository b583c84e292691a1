import type { Milliseconds } from '../trace/execution.ts';
import { dayMs, hourMs, minuteMs, startOfDay, type Zone } from '../base/zone.ts';

/** What the reader asks about. `all`: what is known, whenever it was; `own`: from one moment to another. */
export type Range = 'hour' | 'today' | 'day' | 'week' | 'month' | 'all' | 'own';

/** A time; its end is not part of it. */
export interface Span {
  readonly fromMs: Milliseconds;
  readonly toMs: Milliseconds;
}

/** What ranges are counted from. */
export interface KnownTime {
  readonly nowMs: Milliseconds;
  readonly zone: Zone;
  /** Begin of the first execution that is known, and of the last; null for none. */
  readonly firstMs: Milliseconds | null;
  readonly lastMs: Milliseconds | null;
  /** More may come at any time: what is asked about reaches to now. */
  readonly isLive: boolean;
  /** What the reader's own range stands for. */
  readonly own?: Span | undefined;
}

const lengths: Readonly<Record<Exclude<Range, 'today' | 'all' | 'own'>, Milliseconds>> = {
  hour: hourMs,
  day: dayMs,
  week: 7 * dayMs,
  month: 30 * dayMs,
};

/** The time that a range stands for. */
export function spanOf(range: Range, known: KnownTime): Span {
  const { nowMs, zone, firstMs, lastMs, isLive } = known;
  switch (range) {
    case 'today':
      // The end is no part of it: at midnight it is the day that ends there.
      return { fromMs: startOfDay(nowMs - 1, zone), toMs: nowMs };
    case 'all': {
      const fromMs = Math.floor((firstMs ?? nowMs - hourMs) / 1_000) * 1_000;
      const end = (Math.floor((lastMs ?? nowMs) / 1_000) + 1) * 1_000;
      return { fromMs, toMs: Math.max(fromMs + 1_000, isLive ? Math.max(end, nowMs) : end) };
    }
    case 'own':
      return ownSpan(known.own ?? { fromMs: nowMs - dayMs, toMs: nowMs });
    default:
      return { fromMs: nowMs - lengths[range], toMs: nowMs };
  }
}

/** Never empty, whatever was asked for: what it is divided into has a width. */
function ownSpan({ fromMs, toMs }: Span): Span {
  return { fromMs, toMs: Math.max(toMs, fromMs + 1_000) };
}

/** With what a span is compared, best first: the same a week ago, else what was before. None for all there is. */
export function basesOf(
  range: Range,
  span: Span,
): readonly { readonly against: 'weekAgo' | 'before'; readonly span: Span }[] {
  if (range === 'all') return [];
  const shifted = (byMs: Milliseconds): Span => ({
    fromMs: span.fromMs - byMs,
    toMs: span.toMs - byMs,
  });
  const length = range === 'own' || range === 'today' ? span.toMs - span.fromMs : lengths[range];
  // A day that goes on is compared with the same hours.
  const before = range === 'today' ? dayMs : length;
  return [
    // What is longer would be compared with a part of itself.
    ...(length > 7 * dayMs ? [] : [{ against: 'weekAgo', span: shifted(7 * dayMs) } as const]),
    { against: 'before', span: shifted(before) },
  ];
}

/** Widths that people count in. */
const steps: readonly Milliseconds[] = [
  ...[1, 5, 10, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 30].map((minutes) => minutes * minuteMs),
  ...[1, 3, 6, 12].map((hours) => hours * hourMs),
];
/** Of a chart: as many as are told apart in a panel that is 400 pixels wide. */
const mostParts = 48;

const usualSteps: Readonly<Record<Exclude<Range, 'all' | 'own'>, Milliseconds>> = {
  ...{ hour: 2 * minuteMs, today: hourMs, day: hourMs, week: 6 * hourMs, month: dayMs },
};

/** Divides a span at round times of the reader's clock; the first part and the last may be shorter. */
export function partsOf(range: Range, span: Span, zone: Zone): readonly Span[] {
  const length = span.toMs - span.fromMs;
  const step =
    range === 'all' || range === 'own'
      ? // One more, for neither end is at a round time.
        (steps.find((width) => length / width <= mostParts - 1) ?? dayMs)
      : usualSteps[range];
  const edges = step < dayMs ? edgesWithin(span, step, zone) : edgesOfDays(span, zone);
  return edges.map((edge, index) => ({
    fromMs: Math.max(edge, span.fromMs),
    toMs: Math.min(edges[index + 1] ?? span.toMs, span.toMs),
  }));
}

/** From each midnight on: a day on which clocks are changed leaves the next ones as they are. */
function edgesWithin({ fromMs, toMs }: Span, step: Milliseconds, zone: Zone): Milliseconds[] {
  const edges: Milliseconds[] = [];
  for (let midnight = startOfDay(fromMs, zone); midnight < toMs;) {
    const next = startOfDay(midnight + 1.5 * dayMs, zone);
    const first = Math.max(0, Math.floor((fromMs - midnight) / step));
    for (let edge = midnight + first * step; edge < Math.min(next, toMs); edge += step)
      edges.push(edge);
    midnight = next;
  }
  return edges;
}

/** A day has 23 hours or 25 now and then. */
function edgesOfDays({ fromMs, toMs }: Span, zone: Zone): Milliseconds[] {
  const days = Math.max(1, Math.ceil((toMs - fromMs) / dayMs / mostParts));
  const edges: Milliseconds[] = [];
  for (let edge = startOfDay(fromMs, zone); edge < toMs;) {
    edges.push(edge);
    edge = startOfDay(edge + (days + 0.5) * dayMs, zone);
  }
  return edges;
}

/** The place of the part that holds a moment; -1 where none does. */
export function partAt(parts: readonly Span[], atMs: Milliseconds): number {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((parts[middle]?.toMs ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return atMs >= (parts[low]?.fromMs ?? Infinity) ? low : -1;
}
