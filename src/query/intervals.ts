import { latinDigits } from '../base/latinDigits.ts';
import { dayMs, hourMs, momentOf, type Zone } from '../base/zone.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { Interval } from './terms.ts';

/** What a written value stands for: `5s` is [5000, 6000), a day is all of it. */
interface Point {
  readonly begin: number;
  readonly end: number;
  /** A day: "after it" begins at its end, "up to it" includes it. */
  readonly wide: boolean;
}

/** What the reader's clock shows. */
export interface ReaderClock {
  readonly nowMs: Milliseconds;
  readonly zone: Zone;
}

type ReadPoint = (text: string) => Point | undefined;

const unitMs: Readonly<Record<string, Milliseconds>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

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
export function timeInterval(text: string, clock: ReaderClock): Interval | undefined {
  return readInterval(text, (word) => timePoint(word, clock));
}

function readInterval(written: string, readPoint: ReadPoint): Interval | undefined {
  const text = latinDigits(written);
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

function timePoint(text: string, clock: ReaderClock): Point | undefined {
  const { nowMs } = clock;
  const word = text.toLowerCase();
  if (/^(?:today|今天|今日)$/u.test(word)) return dayOf(localDay(clock), clock);
  if (/^(?:yesterday|昨天|昨日)$/u.test(word)) return dayOf(localDay(clock) - dayMs, clock);
  const ago = durationPoint(word);
  if (ago !== undefined) {
    return { begin: nowMs - ago.begin, end: Number.POSITIVE_INFINITY, wide: false };
  }
  return clockPoint(text, clock);
}

function clockPoint(text: string, reader: ReaderClock): Point | undefined {
  const [all, date, clock] =
    /^(\d{4}-\d{2}-\d{2})?(?:(?:^|[Tt])(\d{1,2}:\d{2}(?::\d{2})?))?$/.exec(text) ?? [];
  if (all === undefined || all === '') return undefined;
  const day = date === undefined ? localDay(reader) : readDay(date);
  if (day === undefined) return undefined;
  if (clock === undefined) return dayOf(day, reader);
  const [hours = 0, minutes = 0, seconds] = clock.split(':').map(Number);
  if (hours > 23 || minutes > 59 || (seconds ?? 0) > 59) return undefined;
  const localMs = day + hours * hourMs + minutes * 60_000 + (seconds ?? 0) * 1_000;
  const begin = momentOf(localMs, reader.zone);
  return { begin, end: begin + (seconds === undefined ? 60_000 : 1_000), wide: false };
}

/** The reader's day, as the moment at which one of that date begins in UTC. */
function localDay({ nowMs, zone }: ReaderClock): number {
  return Math.floor((nowMs + zone.offsetMs(nowMs)) / dayMs) * dayMs;
}

/** The same of a date; undefined for a 30th of February, which `Date` would take for a day in March. */
function readDay(date: string): number | undefined {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const ms = Date.UTC(year, month - 1, day);
  const read = new Date(ms);
  return read.getUTCMonth() === month - 1 && read.getUTCDate() === day ? ms : undefined;
}

/** A day of 23 or 25 hours ends at midnight too. */
function dayOf(localMs: number, { zone }: ReaderClock): Point {
  const [begin, end] = [momentOf(localMs, zone), momentOf(localMs + dayMs, zone)];
  return { begin, end, wide: true };
}
