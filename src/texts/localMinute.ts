import type { Milliseconds } from '../trace/execution.ts';
import { dateFormat } from './madeFormats.ts';

/** `2026-01-31T09:05` in the time of this machine, as the browser's own fields have it. */
export function localMinute(atMs: Milliseconds): string {
  const date = new Date(atMs);
  return new Date(atMs - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The moment that somebody wrote, in the form of his language or with the year first; a day alone is its begin. Null for none. */
export function readMinute(text: string, language: string): Milliseconds | null {
  if (/[^\d\s,./:T年月日-]/u.test(text)) return null;
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  if (numbers.length !== 3 && numbers.length !== 5) return null;
  const order = /^\s*\d{4}/.test(text) ? yearFirst : orderIn(language);
  const part = (name: DatePart) => numbers[order.indexOf(name)] ?? 0;
  const [year, month, day] = [part('year'), part('month'), part('day')];
  const [hour = 0, minute = 0] = numbers.slice(3);
  const date = new Date(year, month - 1, day, hour, minute);
  const isSo =
    date.getFullYear() === year &&
    date.getMonth() === month - 1 &&
    date.getDate() === day &&
    hour < 24 &&
    minute < 60;
  const atMs = date.getTime();
  return isSo && atMs >= 0 ? atMs : null;
}

type DatePart = 'year' | 'month' | 'day';

const yearFirst: readonly DatePart[] = ['year', 'month', 'day'];

function orderIn(language: string): readonly DatePart[] {
  const parts = dateFormat(language, { year: 'numeric', month: 'numeric', day: 'numeric' })
    .formatToParts(0)
    .map(({ type }) => type);
  return parts.filter((type) => type === 'year' || type === 'month' || type === 'day');
}
