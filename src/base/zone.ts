/** The clock of who reads: days and hours are theirs. */
export interface Zone {
  /** How far its clocks are ahead of UTC at a moment. */
  offsetMs(atMs: number): number;
}

/** That of this machine: the reader's may be another, who works on it from afar. */
export const zoneHere: Zone = {
  offsetMs: (atMs) => -new Date(atMs).getTimezoneOffset() * minuteMs,
};

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Its name, such as `Asia/Shanghai`. */
export function timeZoneHere(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Clocks are changed at a quarter of an hour, if at all. */
const quarterMs = 15 * minuteMs;
/** A quarter of a year of quarters of an hour; more than that is asked anew. */
const mostKept = 8_640;

/** The zone of a name such as `Asia/Shanghai`; UTC for a name that nobody knows. */
export function zoneOf(name: string): Zone {
  const format = formatOf(name);
  const kept = new Map<number, number>();
  return {
    offsetMs: (atMs) => {
      const quarter = Math.floor(atMs / quarterMs);
      const known = kept.get(quarter);
      if (known !== undefined) return known;
      if (kept.size >= mostKept) kept.clear();
      const offset = offsetBy(format, quarter * quarterMs);
      kept.set(quarter, offset);
      return offset;
    },
  };
}

/** When the day of a moment began. */
export function startOfDay(atMs: number, zone: Zone): number {
  return momentOf(Math.floor((atMs + zone.offsetMs(atMs)) / dayMs) * dayMs, zone);
}

/** When its clocks show what those of UTC show at `localMs`: the later time where they show it twice. */
export function momentOf(localMs: number, zone: Zone): number {
  // Clocks may be changed in between.
  const near = localMs - zone.offsetMs(localMs);
  return localMs - zone.offsetMs(near);
}

/** The hour of the day, 0 to 23. */
export function hourOfDay(atMs: number, zone: Zone): number {
  const local = atMs + zone.offsetMs(atMs);
  return Math.floor((local - Math.floor(local / dayMs) * dayMs) / hourMs);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const parts = {
    ...({ year: 'numeric', month: 'numeric', day: 'numeric', hourCycle: 'h23' } as const),
    ...({ hour: 'numeric', minute: 'numeric', second: 'numeric' } as const),
  };
  try {
    return new Intl.DateTimeFormat('en-US', { ...parts, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...parts, timeZone: 'UTC' });
  }
}

function offsetBy(format: Intl.DateTimeFormat, atMs: number): number {
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const local = Date.UTC(
    ...([of('year'), of('month') - 1, of('day')] as const),
    ...([of('hour'), of('minute'), of('second')] as const),
  );
  return local - atMs;
}
