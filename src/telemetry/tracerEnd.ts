import type { Execution } from './execution.ts';
import { processEnd } from './processEnd.ts';
import type { Ending } from './processEnd.ts';
import type { RecordSender } from './recordSender.ts';
import { timerMs } from './systemClock.ts';
import type { TelemetryLog } from './telemetryLog.ts';
import { unsentFolder, writeUnsent } from './unsentFile.ts';

/** A store of large texts has this long at the end of a tracer, as KAFKA_TIMEOUT has it. */
const storeMs = 10_000;
/** No robot does as much at once: whoever has begun more has forgotten to end some, and each takes its memory and its snapshots. */
const mostRunning = 10_000;

/** What becomes of the executions of a tracer, and of their records, when the process ends. */
export class TracerEnd {
  private readonly producer: RecordSender;
  private readonly log: TelemetryLog;
  private readonly folder: string | undefined;
  private readonly running = new Map<Execution, (reason: Error) => void>();
  private readonly storing = new Map<Promise<void>, () => void>();
  private readonly ending: Ending | undefined;
  private hasTold = false;

  /** `watches` false: the end of the process is not listened to. */
  constructor(
    producer: RecordSender,
    log: TelemetryLog,
    { watches, folder }: { readonly watches: boolean; readonly folder: string | undefined },
  ) {
    this.producer = producer;
    this.log = log;
    this.folder = folder;
    this.ending = watches
      ? {
          endRunning: (reason) => {
            for (const end of [...this.running.values()]) end(reason);
          },
          flush: (timeoutMs) => this.flush(timeoutMs),
          keepUnsent: () => {
            this.sendUnstored();
            this.keepUnsent();
          },
        }
      : undefined;
  }

  began(execution: Execution, end: (reason: Error) => void): void {
    this.running.set(execution, end);
    if (this.running.size > mostRunning) this.endOldest();
    if (this.ending !== undefined) processEnd().add(this.ending);
  }

  ended(execution: Execution): void {
    this.running.delete(execution);
  }

  private endOldest(): void {
    const [end] = this.running.values();
    const most = String(mostRunning);
    if (!this.hasTold)
      this.log(
        'warn',
        `executions are never ended: of more than ${most} the oldest are ended now.`,
      );
    this.hasTold = true;
    end?.(new Error(`nobody ended this execution, and ${most} others were begun since`));
  }

  /** A record whose large texts are on their way to their store, and what sends it without that. */
  stores(stored: Promise<void>, sendAsItIs: () => void): void {
    this.storing.set(stored, sendAsItIs);
    void stored.finally(() => this.storing.delete(stored));
  }

  /** Sends what is left, at most so long where that is given; what could not be sent goes to a file. */
  async close(timeoutMs: number | undefined, isOwn: boolean): Promise<void> {
    // A store that never answers must not hold the robot: then the texts stay in their records.
    await within(timeoutMs ?? storeMs, Promise.all(this.storing.keys()));
    this.sendUnstored();
    if (isOwn) {
      await this.producer.flush?.(timeoutMs);
      this.keepUnsent();
      await this.producer.close?.(timeoutMs);
    }
    if (this.ending !== undefined && this.running.size === 0) processEnd().remove(this.ending);
  }

  private async flush(timeoutMs: number): Promise<void> {
    try {
      // A store and a sender may not keep to the time, and the process has to end: both together have no more.
      const sent = Promise.all(this.storing.keys()).then(() =>
        this.producer.flush?.(timeoutMs, true),
      );
      await within(timeoutMs, sent);
    } catch (error) {
      this.log('warn', `trace records were not sent: ${String(error)}`);
    }
  }

  /** What a store has not taken by now stays in its record. */
  private sendUnstored(): void {
    for (const sendAsItIs of this.storing.values()) sendAsItIs();
    this.storing.clear();
  }

  private keepUnsent(): void {
    try {
      const left = this.producer.takeUnsent?.() ?? [];
      if (left.length === 0) return;
      const file = writeUnsent(this.folder ?? unsentFolder(), left);
      const what = left.length === 1 ? '1 trace record' : `${String(left.length)} trace records`;
      this.log('warn', `${what} could not be sent. Open ${file} in the RPA Trace panel.`);
    } catch (error) {
      this.log('error', `trace records that could not be sent were not kept: ${String(error)}`);
    }
  }
}

/** Waits at most so long, and keeps the process alive meanwhile. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timerMs(ms));
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
