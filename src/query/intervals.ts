import type { Milliseconds } from '../trace/execution.ts';
import type { Interval } from './terms.ts';

/** What a written value stands for: `5s` is [5000, 6000), a day is all of it. */
interface Point {
  readonly begin: number;
  readonly end: number;
  /** A day: "after it" begins at its end, "up to it" includes it. */
  readonly wide: boolean;
}

type ReadPoint = (text: string) => Point | undefined;

const unitMs: Readonly<Record<string, Milliseconds>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};
const dayMs = 24 * 3_600_000;

/** `>5s`, `<=500ms`, `1s..5s`, `2m`; undefined when it is no such thing. */
export function durationInterval(text: string): Interval | undefined {
  return readInterval(text, durationPoint);
}

/** `55003`, `>0`, `55000..55999`. */
export function codeInterval(text: string): Interval | undefined {
  return readInterval(text, (code) => {
    if (!/^-?\d{1,9}$/.test(code)) return undefined;
    return { begin: Number(code), end: Number(code) + 1, wide: false };
  });
}

/**
 * `today`, `yesterday`, `2026-05-04`, `12:00` (of today), `2026-05-04T12:00`, each with a sign or as a range;
 * `30m` is the last half hour. Times are the reader's own.
 */
export function timeInterval(text: string, nowMs: Milliseconds): Interval | undefined {
  return readInterval(text, (word) => timePoint(word, nowMs));
}

function readInterval(text: string, readPoint: ReadPoint): Interval | undefined {
  const compared = /^(>=|<=|>|<|≥|≤|＞|＜)(.+)$/u.exec(text);
  if (compared !== null) return comparison(compared[1] ?? '', readPoint(compared[2] ?? ''));
  const between = /^(.*?)(?:\.\.|…)(<?)(.*)$/u.exec(text);
  if (between !== null) {
    const [, from = '', below = '', to = ''] = between;
    return range(from, { sign: below === '' ? '<=' : '<', text: to }, readPoint);
  }
  const point = readPoint(text);
  if (point === undefined) return undefined;
  return { least: point.begin, most: point.end, openLeast: false, openMost: true };
}

function comparison(sign: string, point: Point | undefined): Interval | undefined {
  if (point === undefined) return undefined;
  const { begin, end, wide } = point;
  const above = { most: Number.POSITIVE_INFINITY, openMost: false };
  const below = { least: Number.NEGATIVE_INFINITY, openLeast: false };
  if (/^(?:>=|≥)$/u.test(sign)) return { ...above, least: begin, openLeast: false };
  if (/^(?:<=|≤)$/u.test(sign)) return { ...below, most: wide ? end : begin, openMost: wide };
  if (/^[>＞]$/u.test(sign)) return { ...above, least: wide ? end : begin, openLeast: !wide };
  return { ...below, most: begin, openMost: true };
}

/** `a..b` with both ends, `a..<b` without the second. */
function range(
  from: string,
  { sign, text: to }: { readonly sign: '<' | '<='; readonly text: string },
  readPoint: ReadPoint,
): Interval | undefined {
  const least = from === '' ? undefined : comparison('>=', readPoint(from));
  const most = to === '' ? undefined : comparison(sign, readPoint(to));
  if (from + to === '' || (from !== '' && least === undefined)) return undefined;
  if (to !== '' && most === undefined) return undefined;
  return {
    least: least?.least ?? Number.NEGATIVE_INFINITY,
    openLeast: false,
    most: most?.most ?? Number.POSITIVE_INFINITY,
    openMost: most?.openMost ?? false,
  };
}

function durationPoint(text: string): Point | undefined {
  const [, number = '', decimals, unit = ''] =
    /^(\d{1,9}(?:\.(\d{1,3}))?)(ms|s|m|h)$/i.exec(text) ?? [];
  const ms = unitMs[unit.toLowerCase()];
  if (ms === undefined) return undefined;
  const begin = Number(number) * ms;
  return { begin, end: begin + ms / 10 ** (decimals?.length ?? 0), wide: false };
}

function timePoint(text: string, nowMs: Milliseconds): Point | undefined {
  const word = text.toLowerCase();
  if (/^(?:today|今天|今日)$/u.test(word)) return dayOf(new Date(nowMs));
  if (/^(?:yesterday|昨天|昨日)$/u.test(word)) {
    const now = new Date(nowMs);
    return dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1));
  }
  const ago = durationPoint(word);
  if (ago !== undefined) {
    return { begin: nowMs - ago.begin, end: Number.POSITIVE_INFINITY, wide: false };
  }
  return clockPoint(text, new Date(nowMs));
}

function clockPoint(text: string, now: Date): Point | undefined {
  const [all, date, clock] =
    /^(\d{4}-\d{2}-\d{2})?(?:(?:^|[Tt])(\d{1,2}:\d{2}(?::\d{2})?))?$/.exec(text) ?? [];
  if (all === undefined || all === '') return undefined;
  const day = date === undefined ? now : readDay(date);
  if (day === undefined) return undefined;
  if (clock === undefined) return dayOf(day);
  const [hours = 0, minutes = 0, seconds] = clock.split(':').map(Number);
  if (hours > 23 || minutes > 59 || (seconds ?? 0) > 59) return undefined;
  const parts = [day.getFullYear(), day.getMonth(), day.getDate()] as const;
  const begin = new Date(...parts, hours, minutes, seconds ?? 0).getTime();
  return { begin, end: begin + (seconds === undefined ? 60_000 : 1_000), wide: false };
}

/** Undefined for a 30th of February, which `Date` would take for a day in March. */
function readDay(date: string): Date | undefined {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const read = new Date(year, month - 1, day);
  return read.getMonth() === month - 1 && read.getDate() === day ? read : undefined;
}

function dayOf(date: Date): Point {
  const begin = new Date(date.getFullYear(), date.getMonth(), date.getDate());
  // A day of 23 or 25 hours ends at midnight too.
  const next = new Date(begin.getTime() + 1.5 * dayMs);
  const end = new Date(next.getFullYear(), next.getMonth(), next.getDate()).getTime();
  return { begin: begin.getTime(), end, wide: true };
}
