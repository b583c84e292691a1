import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';

/** Milliseconds between two looks at the event loop. Node counts them as a part of each delay. */
const resolutionMs = 10;
const nanosecondsPerMs = 1e6;
/** Each has a timer of its own; of hundreds that run at once the latest tell enough of their process. */
const mostAtOnce = 16;

/** How late the event loop was while executions ran. */
export class EventLoopDelays {
  private readonly measured = new Set<IntervalHistogram>();

  /**
   * Begins to measure; the answer ends it, and gives the 99th percentile in milliseconds: undefined where so many
   * began since that this one was given up, or where it was over before the first look.
   */
  measure(): () => number | undefined {
    const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
    histogram.enable();
    const [oldest] = this.measured;
    if (oldest !== undefined && this.measured.size >= mostAtOnce) this.giveUp(oldest);
    this.measured.add(histogram);
    return () => {
      const isMeasured = this.measured.has(histogram);
      this.giveUp(histogram);
      if (!isMeasured || histogram.count === 0) return undefined;
      const ms = histogram.percentile(99) / nanosecondsPerMs - resolutionMs;
      return Math.max(0, Math.round(ms * 1_000) / 1_000);
    };
  }

  private giveUp(histogram: IntervalHistogram): void {
    histogram.disable();
    this.measured.delete(histogram);
  }
}
