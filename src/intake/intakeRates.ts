import type { Clock } from '../base/clock.ts';
import type { IntakeFigures } from '../record/intakeFigures.ts';
import type { Milliseconds } from '../trace/execution.ts';

/** Shorter, and a batch a second would look like a flood and then like silence. */
const windowSeconds = 10;

interface Second {
  at: number;
  records: number;
  bytes: number;
}

/** Counts what a source yields, since it was opened. */
export class IntakeRates {
  private readonly clock: Clock;
  /** One for each second of the window, used in turn. */
  private readonly seconds: Second[];
  private openedMs: Milliseconds;
  private records = 0;
  private bytes = 0;
  private busyMs = 0;
  private lastMs: Milliseconds | null = null;

  constructor(clock: Clock) {
    this.clock = clock;
    this.openedMs = clock.now();
    this.seconds = Array.from({ length: windowSeconds }, () => ({ at: -1, records: 0, bytes: 0 }));
  }

  /** A source was opened: counting begins. */
  begin(): void {
    this.openedMs = this.clock.now();
    this.records = this.bytes = this.busyMs = 0;
    this.lastMs = null;
    for (const second of this.seconds) second.at = -1;
  }

  /** Counts records that were taken in, and how long that took. */
  took(records: number, bytes: number, busyMs: Milliseconds): void {
    const now = this.clock.now();
    const at = Math.floor(now / 1_000);
    const second = this.seconds[at % windowSeconds];
    this.records += records;
    this.bytes += bytes;
    this.busyMs += busyMs;
    this.lastMs = now;
    if (second === undefined) return;
    if (second.at !== at) Object.assign(second, { at, records: 0, bytes: 0 });
    second.records += records;
    second.bytes += bytes;
  }

  get figures(): IntakeFigures {
    const now = this.clock.now();
    // The second that runs is not over: counted, it would make each rate too low.
    const end = Math.floor(now / 1_000);
    const recent = this.seconds.filter(({ at }) => at >= end - windowSeconds + 1 && at < end);
    const since = Math.floor(this.openedMs / 1_000);
    const length = Math.max(1, Math.min(windowSeconds - 1, end - since));
    const perSecond = (of: 'records' | 'bytes') =>
      recent.reduce((sum, second) => sum + second[of], 0) / length;
    return {
      ...{ records: this.records, bytes: this.bytes },
      ...{ recordsPerSecond: perSecond('records'), bytesPerSecond: perSecond('bytes') },
      recordMs: this.records === 0 ? null : this.busyMs / this.records,
      lastMs: this.lastMs,
    };
  }
}
