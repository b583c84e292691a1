import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

/** A snapshot may take this share of the time between two; a long trace is sent less often. */
const shareOfTime = 0.02;
/** An execution that is over sooner sends its final record alone. */
const firstAfterMs = 200;

/** How often snapshots are sent. */
export interface SnapshotTimes {
  /** Never more often, whatever happens. */
  readonly intervalMs: number;
  /** Also when nothing happens, so that readers know that it goes on; undefined: only when something does. */
  readonly heartbeatMs: number | undefined;
}

/** Calls `send` some time after something has changed, and as a sign of life. */
export class Snapshots {
  private readonly times: SnapshotTimes;
  private readonly clock: Clock;
  private readonly send: () => void;
  private earliestMs: number;
  private timer: Disposable | undefined;
  private heartbeat: Disposable | undefined;
  private ended = false;

  constructor(times: SnapshotTimes, clock: Clock, send: () => void) {
    this.times = times;
    this.clock = clock;
    this.send = send;
    this.earliestMs = clock.now() + Math.min(firstAfterMs, times.intervalMs);
  }

  changed(): void {
    if (this.timer !== undefined || this.ended) return;
    this.timer = this.clock.after(Math.max(0, this.earliestMs - this.clock.now()), () => {
      this.timer = undefined;
      this.sendNow();
    });
  }

  end(): void {
    this.ended = true;
    this.timer?.dispose();
    this.timer = undefined;
    this.heartbeat?.dispose();
    this.heartbeat = undefined;
  }

  private sendNow(): void {
    const beganMs = this.clock.now();
    this.send();
    const nowMs = this.clock.now();
    const { intervalMs, heartbeatMs } = this.times;
    this.earliestMs = nowMs + Math.max(intervalMs, (nowMs - beganMs) / shareOfTime);
    this.heartbeat?.dispose();
    this.heartbeat = undefined;
    if (heartbeatMs === undefined || this.ended) return;
    this.heartbeat = this.clock.after(heartbeatMs, () => {
      this.changed();
    });
  }
}
