import { latinDigits } from '../base/latinDigits.ts';
import { dayMs } from '../base/zone.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { dateFormat } from './madeFormats.ts';

/** `2026-01-31T09:05` in the time of this machine, as the browser's own fields have it. */
export function localMinute(atMs: Milliseconds): string {
  const date = new Date(atMs);
  return new Date(atMs - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/**
 * The moment that somebody wrote, in the form of his language, with its digits and its calendar, or with the year first; a
 * day alone is its begin. Null for none.
 */
export function readMinute(text: string, language: string): Milliseconds | null {
  const plain = withoutSigns(latinDigits(text), language);
  if (/[^\d\s,./:T年月日-]/u.test(plain)) return null;
  const numbers = (plain.match(/\d+/g) ?? []).map(Number);
  if (numbers.length !== 3 && numbers.length !== 5) return null;
  const order = /^\s*\d{4}/.test(plain) ? yearFirst : orderIn(language);
  const part = (name: DatePart) => numbers[order.indexOf(name)] ?? 0;
  const written: Day = [part('year'), part('month'), part('day')];
  const [hour = 0, minute = 0] = numbers.slice(3);
  if (hour >= 24 || minute >= 60) return null;
  const [year, month, day] = dayInCalendar(written, language) ?? written;
  const date = new Date(year, month - 1, day, hour, minute);
  const isSo =
    date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === day;
  const atMs = date.getTime();
  return isSo && atMs >= 0 ? atMs : null;
}

type DatePart = 'year' | 'month' | 'day';
type Day = readonly [year: number, month: number, day: number];

const yearFirst: readonly DatePart[] = ['year', 'month', 'day'];

function partsIn(language: string, atMs: Milliseconds): readonly Intl.DateTimeFormatPart[] {
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  return dateFormat(language, { ...numeric, timeZone: 'UTC' }).formatToParts(atMs);
}

function orderIn(language: string): readonly DatePart[] {
  const types = partsIn(language, 0).map(({ type }) => type);
  return types.filter((type) => type === 'year' || type === 'month' || type === 'day');
}

/** Without what the language writes around the numbers: its comma, the name of its era, signs of direction. */
function withoutSigns(text: string, language: string): string {
  const around = partsIn(language, 0).filter(({ type }) => type === 'literal' || type === 'era');
  const letters = around.flatMap(({ value }) => value.match(/[\p{L}\p{M}]+\.?/gu) ?? []);
  return letters
    .reduce((rest, word) => rest.replaceAll(word, ' '), text)
    .replaceAll(/[،؛\u061c\u200e\u200f]/gu, ' ');
}

const lastYear = 2200;

/**
 * The day that the language's calendar calls so, as one of ours; null where it has ours, or no such day in years of which
 * there are records, so that a year of ours is meant. Days are in order in every calendar, so it is looked for by halves.
 */
function dayInCalendar(written: Day, language: string): Day | null {
  const { calendar } = dateFormat(language, {}).resolvedOptions();
  if (calendar === 'gregory') return null;
  let [from, to] = [0, Date.UTC(lastYear, 0) / dayMs];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (isBefore(dayOf(middle, language), written)) from = middle + 1;
    else to = middle;
  }
  const found = new Date(from * dayMs);
  const isIt = dayOf(from, language).every((part, index) => part === written[index]);
  return isIt ? [found.getUTCFullYear(), found.getUTCMonth() + 1, found.getUTCDate()] : null;
}

function dayOf(days: number, language: string): Day {
  const parts = partsIn(language, days * dayMs);
  const part = (name: DatePart) =>
    Number(latinDigits(parts.find(({ type }) => type === name)?.value ?? ''));
  return [part('year'), part('month'), part('day')];
}

function isBefore(one: Day, other: Day): boolean {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at !== -1 && (one[at] ?? 0) < (other[at] ?? 0);
}
