import type { Milliseconds } from '../trace/execution.ts';

/** So soon behind the end of another, an execution had waited for it: of its own duration, and at most. */
const soonShare = 0.1;
const soonMs = 1_000;

/**
 * How many executions of a flow began as soon as another had ended, while as many were in flight as ever in an hour: what
 * waits for its turn leaves no other trace than these gaps that are none.
 */
export class Refills {
  private inFlight: number;
  private most: number;
  /** When those ended whose places are free, the last one last. */
  private readonly freed: Milliseconds[] = [];
  private readonly byLevel = new Map<number, number>();

  constructor(inFlight: number) {
    this.inFlight = inFlight;
    this.most = inFlight;
  }

  ended(atMs: Milliseconds): void {
    this.inFlight--;
    this.freed.push(atMs);
  }

  began(atMs: Milliseconds, durationMs: Milliseconds): void {
    this.inFlight++;
    this.most = Math.max(this.most, this.inFlight);
    const freedMs = this.freed.pop();
    if (freedMs === undefined || atMs - freedMs > Math.min(soonMs, soonShare * durationMs)) return;
    this.byLevel.set(this.inFlight, (this.byLevel.get(this.inFlight) ?? 0) + 1);
  }

  /** How many are in flight now. */
  get now(): number {
    return this.inFlight;
  }

  /** Below the most, an execution waited for nothing. */
  get count(): number {
    return this.byLevel.get(this.most) ?? 0;
  }
}
