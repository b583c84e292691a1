import { max, range, tickStep } from 'd3-array';
import type { Milliseconds } from '../trace/execution.ts';
import { formatDuration } from '../texts/format.ts';

/** A mark at an axis, and where: 0 at its beginning, 1 at its end. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** An axis from 0 upwards: to what it reaches, and its marks. */
export interface Scale {
  readonly most: number;
  readonly ticks: readonly Tick[];
}

/** Lines across a chart: more are a pattern of their own. */
const usualTicks = 3;

/** An axis for counts: whole numbers alone. */
export function countScale(values: readonly number[], write: (value: number) => string): Scale {
  const highest = Math.max(1, max(values) ?? 0);
  return scaleTo(highest, Math.max(1, tickStep(0, highest, usualTicks)), write);
}

/** Units in which durations are read, the largest first. */
const units: readonly Milliseconds[] = [3_600_000, 60_000, 1_000, 1];

/** An axis for durations: round in the unit that people would say them in. */
export function durationScale(values: readonly Milliseconds[]): Scale {
  const highest = Math.max(1, max(values) ?? 0);
  const unit = units.find((one) => highest >= 2 * one) ?? 1;
  const step = tickStep(0, highest / unit, usualTicks) * unit;
  return scaleTo(highest, Math.max(1, step), shortDuration);
}

/** `5 s`, `2 min`, `1.5 h`: an axis has no room for more. */
export function shortDuration(ms: Milliseconds): string {
  if (ms === 0) return '0';
  const named = [
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
    ['ms', 1],
  ] as const;
  const [name, unit] = named.find(([, one]) => ms >= one) ?? ['ms', 1];
  const value = ms / unit;
  const isRound = Math.abs(value * 10 - Math.round(value * 10)) < 1e-6;
  return isRound ? `${String(Math.round(value * 10) / 10)} ${name}` : formatDuration(ms);
}

function scaleTo(highest: number, step: number, write: (value: number) => string): Scale {
  const most = Math.ceil(highest / step) * step;
  const marks = range(0, most + step / 2, step);
  return { most, ticks: marks.map((value) => ({ at: value / most, text: write(value) })) };
}

/** Which of so many places at an axis have a mark, so that texts don't touch: evenly, from `first` on. */
export function markedPlaces(count: number, mostMarks: number, first = 0): readonly number[] {
  const every = Math.max(1, Math.ceil((count - first) / Math.max(1, mostMarks)));
  return range(first, count, every);
}
