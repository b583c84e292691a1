import type { Milliseconds } from '../trace/execution.ts';

/** The part of time that the axis shows. */
export interface Extent {
  readonly beginMs: Milliseconds;
  readonly endMs: Milliseconds;
}

/** A bar on the axis, in per cent of its width. */
export interface TimeBar {
  readonly left: number;
  readonly width: number;
  /** Still runs: the bar has no end yet. */
  readonly open: boolean;
}

/** A mark on the axis. */
export interface TimeTick {
  /** In per cent of the axis. */
  readonly at: number;
  /** Counted from the begin of the execution. */
  readonly label: string;
}

/** What a bar is made of. */
export interface Timed {
  readonly beginMs: Milliseconds | null;
  readonly endMs: Milliseconds | null;
  readonly durationMs: Milliseconds | null;
  readonly running: boolean;
}

/** The part of the axis before a retried step that earlier attempts took at most; null without one. */
export function lostBar(
  { beginMs, lostMs }: { readonly beginMs: Milliseconds | null; readonly lostMs?: Milliseconds },
  extent: Extent | null,
): Pick<TimeBar, 'left' | 'width'> | null {
  if (lostMs === undefined || beginMs === null || extent === null) return null;
  const bar = timeBar(
    { beginMs: beginMs - lostMs, endMs: beginMs, durationMs: lostMs, running: false },
    extent,
  );
  return bar === null ? null : { left: bar.left, width: bar.width };
}

/** Per cent: 2 ms in an hour is still seen. */
const minWidth = 0.8;

/** The bar of a row; null when its times are unknown or the axis has none. One that runs ends now, where that is known. */
export function timeBar(
  row: Timed,
  extent: Extent | null,
  now: Milliseconds | null = null,
): TimeBar | null {
  if (extent === null || row.beginMs === null) return null;
  const span = extent.endMs - extent.beginMs;
  const end = row.running
    ? (now ?? extent.endMs)
    : (row.endMs ?? (row.durationMs === null ? null : row.beginMs + row.durationMs));
  if (end === null) return null;
  if (span <= 0) return { left: 0, width: 100, open: row.running };
  const percent = (moment: Milliseconds) =>
    Math.max(0, Math.min(100, ((moment - extent.beginMs) / span) * 100));
  const from = percent(row.beginMs);
  const width = Math.max(minWidth, percent(end) - from);
  return { left: round(Math.min(from, 100 - width)), width: round(width), open: row.running };
}

/**
 * The axis of what goes on: to the next round moment, so that the bars on it stand still while the one that runs grows,
 * and shrink now and then.
 */
export function growingExtent(extent: Extent, now: Milliseconds): Extent {
  if (now <= extent.endMs) return extent;
  const elapsed = now - extent.beginMs;
  const step = stepFor(elapsed / 8);
  return { ...extent, endMs: extent.beginMs + Math.ceil(elapsed / step) * step };
}

/** Marks at round values, at most `most` after the one at 0; one of them always, or the axis would have no scale. */
export function timeTicks(extent: Extent | null, most: number): TimeTick[] {
  const span = extent === null ? 0 : extent.endMs - extent.beginMs;
  if (span <= 0 || most < 1) return [];
  const wished = stepFor(span / most);
  const step = wished <= span ? wished : (roundSteps.findLast((known) => known <= span) ?? span);
  const ticks: TimeTick[] = [];
  for (let index = 0; index * step <= span; index++) {
    const moment = index * step;
    ticks.push({ at: round((moment / span) * 100), label: tickLabel(moment, step) });
  }
  return ticks;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** People count time in halves and quarters, not in tens, above a second. */
const roundSteps: readonly Milliseconds[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * second),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * hour),
];

function stepFor(least: Milliseconds): Milliseconds {
  const step = roundSteps.find((candidate) => candidate >= least);
  const day = 24 * hour;
  return step ?? Math.ceil(least / day) * day;
}

function tickLabel(moment: Milliseconds, step: Milliseconds): string {
  if (moment === 0) return '0';
  if (moment < second) return `${moment} ms`;
  const whole = (value: number) => String(Number(value.toFixed(3)));
  if (moment < minute) return `${whole(moment / second)} s`;
  const [large, small, unit, rest] =
    moment < hour ? [minute, second, 'min', 's'] : [hour, minute, 'h', 'min'];
  const count = Math.floor(moment / large);
  const left = (moment - count * large) / small;
  return step % large === 0 || left === 0
    ? `${count} ${unit}`
    : `${count} ${unit} ${whole(left)} ${rest}`;
}

const round = (percent: number): number => Math.round(percent * 1000) / 1000;
