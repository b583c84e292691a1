import { hourMs } from '../base/zone.ts';
import type { Milliseconds } from '../trace/execution.ts';

/** By what executions are counted together. */
export type Level = 'hour' | 'day';

/** The begin of the hour of a moment. */
export function hourOf(ms: Milliseconds): Milliseconds {
  return Math.floor(ms / hourMs) * hourMs;
}

/** The begin of the local day that an hour begins in; in zones of half hours an hour belongs to where it begins. */
export function dayOf(ms: Milliseconds): Milliseconds {
  return new Date(hourOf(ms)).setHours(0, 0, 0, 0);
}

/** Days have 23 hours, or 25. */
export function nextDay(day: Milliseconds): Milliseconds {
  const date = new Date(day);
  return date.setDate(date.getDate() + 1);
}
