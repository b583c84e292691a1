import { dayMs } from '../base/zone.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { dateFormat } from './madeFormats.ts';

/** Stands where a number is unknown. */
export const unknown = '–';

/** `2 ms`, `4.80 s`, `1 min 12 s`, `1 h 25 min`; a dash when unknown. The units are the same in all languages. */
export function formatDuration(duration: Milliseconds | null): string {
  if (duration === null || !Number.isFinite(duration)) return unknown;
  if (duration < 0) return `−${formatDuration(-duration)}`;
  if (duration > 0 && duration < 0.95) return '< 1 ms';
  const ms = Math.round(duration);
  if (ms < 1000) return `${ms} ms`;
  if (ms < 9995) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(duration / 60_000);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long something has gone on: begun seconds count, for its steps are told in milliseconds and take no longer than it. */
export function formatRunning(duration: Milliseconds): string {
  return formatSeconds(Math.ceil(duration / 1000) * 1000);
}

/** In whole seconds: `7 s`, `1 min 12 s`, `1 h 25 min`. Clocks of robots may be ahead: never less than nothing. */
export function formatSeconds(duration: Milliseconds): string {
  const seconds = Math.max(0, Math.floor(duration / 1000));
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
}

/** A moment for people: the time alone when it is today, else the date as well. */
export function formatClock(
  moment: Milliseconds | null,
  language: string,
  now: Milliseconds,
  timeZone?: string,
): string {
  if (moment === null || !Number.isFinite(moment)) return unknown;
  const day = dateFormat(language, { timeZone, ...date });
  const isToday = day.format(moment) === day.format(now);
  const parts = isToday ? clock : { ...date, ...clock };
  return dateFormat(language, { timeZone, ...parts }).format(moment);
}

/** The time of day alone: `08:47:43`. */
export function formatTime(moment: Milliseconds, language: string): string {
  return dateFormat(language, clock).format(moment);
}

/** A moment for a narrow column: today's to the second, this year's to the minute, others by their day. */
export function formatWhen(
  moment: Milliseconds | null,
  language: string,
  now: Milliseconds,
  timeZone?: string,
): string {
  if (moment === null || !Number.isFinite(moment)) return unknown;
  const format = (parts: Intl.DateTimeFormatOptions, at = moment) =>
    dateFormat(language, { timeZone, ...parts }).format(at);
  if (format(date) === format(date, now)) return format(clock);
  if (format({ year: 'numeric' }) !== format({ year: 'numeric' }, now)) return format(date);
  const { second: _s, ...toTheMinute } = clock;
  const { year: _y, ...monthAndDay } = date;
  return format({ ...monthAndDay, ...toTheMinute });
}

/** A moment to the minute, with its date: as it is written into a field. */
export function formatMinute(moment: Milliseconds, language: string): string {
  const { second: _, ...toTheMinute } = clock;
  return dateFormat(language, { ...date, ...toTheMinute }).format(moment);
}

/** A moment to the millisecond, with its date: for the inspector. */
export function formatMoment(
  moment: Milliseconds | null,
  language: string,
  timeZone?: string,
): string {
  if (moment === null || !Number.isFinite(moment)) return unknown;
  const parts = { timeZone, ...date, ...clock, fractionalSecondDigits: 3 } as const;
  return dateFormat(language, parts).format(moment);
}

/** A moment for those who read it elsewhere, with the zone that it is told in. */
export function formatMomentInZone(
  moment: Milliseconds | null,
  language: string,
  timeZone?: string,
): string {
  if (moment === null || !Number.isFinite(moment)) return unknown;
  const parts = { timeZone, ...date, ...clock, timeZoneName: 'short' } as const;
  return dateFormat(language, parts).format(moment);
}

/** A time from one moment to another, as the locale writes it: to the minute, or to the second where it is shorter. */
export function formatSpan(fromMs: Milliseconds, toMs: Milliseconds, language: string): string {
  const { year: _, ...monthAndDay } = date;
  const { second, ...toTheMinute } = clock;
  const isShort = toMs - fromMs < 60_000;
  const parts = { ...monthAndDay, ...toTheMinute, ...(isShort ? { second } : {}) };
  return dateFormat(language, parts).formatRange(fromMs, toMs);
}

/** A moment at an axis: the narrower the axis, the finer. */
export function formatAxisTime(
  moment: Milliseconds,
  axisMs: Milliseconds,
  language: string,
): string {
  return dateFormat(language, axisParts(axisMs)).format(moment);
}

function axisParts(axisMs: Milliseconds): Intl.DateTimeFormatOptions {
  const { year, day, month } = date;
  // A day stands in it once in each year.
  if (axisMs > 330 * dayMs) return { year, month };
  if (axisMs > 1.5 * dayMs) return { month, day };
  const { second, ...toTheMinute } = clock;
  return { ...toTheMinute, ...(axisMs < 300_000 ? { second } : {}) };
}

/**
 * A number to two decimals at most, in the reader's language; small ones keep two digits that say something, and of the
 * smallest that they are small says more.
 */
export function formatDecimal(value: number, language: string): string {
  if (value > 0 && value < 0.01) return `< ${formatDecimal(0.01, language)}`;
  const digits =
    Math.abs(value) >= 0.1 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 2 };
  return new Intl.NumberFormat(language, digits).format(value);
}

/** `812 B`, `1.2 KB`, `3.4 MB`: 1024 of one are the next, as VS Code counts. */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  for (const unit of ['B', 'KB', 'MB']) {
    if (amount < 1023.95) return `${unit === 'B' ? amount : oneDecimal(amount)} ${unit}`;
    amount /= 1024;
  }
  return `${oneDecimal(amount)} GB`;
}

/** A share of 1 as `97.3%`; a dash when unknown. Only the whole is `100%`. */
export function formatPercent(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return unknown;
  if (share === 1 || share === 0) return `${share * 100}%`;
  const percent = Math.min(99.9, Math.max(0.1, share * 100));
  return `${percent.toFixed(1)}%`;
}

/** `1,234` in the reader's language. */
export function formatCount(count: number, language: string): string {
  return new Intl.NumberFormat(language).format(count);
}

/** A count for narrow places: `950`, `1.2k`, `34k`, `1.2M`. */
export function formatShortCount(count: number): string {
  if (count < 1000) return String(count);
  if (count < 999_500) return `${shortDigits(count / 1000)}k`;
  return `${shortDigits(count / 1_000_000)}M`;
}

/** The one form of a date: the locale's order and signs. */
const date = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;

/** Of 24 hours in every locale: times are compared with those in logs. */
const clock = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;

const oneDecimal = (amount: number): string => amount.toFixed(1).replace(/\.0$/, '');

const shortDigits = (amount: number): string =>
  amount < 9.95 ? oneDecimal(amount) : String(Math.round(amount));
