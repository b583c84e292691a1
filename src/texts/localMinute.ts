import type { Milliseconds } from '../trace/execution.ts';

/** `2026-01-31T09:05` in the time of this machine, as the browser's field wants it. */
export function localMinute(atMs: Milliseconds): string {
  const date = new Date(atMs);
  return new Date(atMs - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The moment that the field gives; null for none. */
export function readLocalMinute(text: string): Milliseconds | null {
  const atMs = new Date(text).getTime();
  return Number.isFinite(atMs) && atMs >= 0 ? atMs : null;
}
