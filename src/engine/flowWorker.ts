import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { err } from '../base/result.ts';
import { type FlowParser, flowThreadRole, type Parsed } from '../flow/flowParser.ts';
import type { FlowKeys } from '../flow/genericFlow.ts';
import { Worker } from 'node:worker_threads';
import type { FlowText } from './flowThread.ts';

/** What a file may need. */
export interface FlowWorkerLimits {
  readonly heapMegabytes: number;
  readonly longestMs: number;
}

/** Enough for the largest file that the console takes, 20 MB; and the host waits no longer for an answer. */
const usualLimits: FlowWorkerLimits = { heapMegabytes: 2_048, longestMs: 25_000 };

/** While somebody types into a file it is read every second. */
const idleMs = 30_000;

/** A parser that says how many texts wait for it. */
type CountingParser = FlowParser & { readonly waiting: number };

interface Job extends FlowText {
  readonly resolve: (parsed: Parsed) => void;
}

/**
 * Reads flow files in a thread of their own: the parsers take a second for a megabyte of YAML and can't be
 * interrupted, and the engine has others to answer. One file after the other, in a thread that ends when it has
 * nothing to do.
 */
export class FlowWorker implements FlowParser {
  private readonly file: string;
  private readonly clock: Clock;
  private readonly limits: FlowWorkerLimits;
  private readonly jobs: Job[] = [];
  private worker: Worker | undefined;
  private timer: Disposable | undefined;
  private disposed = false;

  /** `file`: the bundle of `flowThread.ts`. */
  constructor(file: string, clock: Clock, limits = usualLimits) {
    this.file = file;
    this.limits = limits;
    this.clock = clock;
  }

  /** How many texts it is asked to read. */
  get waiting(): number {
    return this.jobs.length;
  }

  parse(text: string, fileName: string, keys?: FlowKeys): Promise<Parsed> {
    if (this.disposed) return Promise.resolve(stopped);
    return new Promise((resolve) => {
      this.jobs.push({ text, fileName, keys, resolve });
      if (this.jobs.length === 1) this.next();
    });
  }

  dispose(): void {
    this.disposed = true;
    this.end();
    while (this.jobs.length > 0) this.answer(stopped);
  }

  private next(): void {
    const [job] = this.jobs;
    if (job === undefined) {
      this.wait(idleMs, () => {
        this.end();
      });
      return;
    }
    const { longestMs } = this.limits;
    this.wait(longestMs, () => {
      this.fail(`it takes longer than ${String(longestMs / 1_000)} s to read`);
    });
    this.worker ??= this.start();
    const { text, fileName, keys } = job;
    this.worker.postMessage({ text, fileName, keys } satisfies FlowText);
  }

  private start(): Worker {
    const worker = new Worker(this.file, {
      name: 'RPA Trace flow files',
      workerData: flowThreadRole,
      resourceLimits: { maxOldGenerationSizeMb: this.limits.heapMegabytes },
    });
    let reason = 'its reader stopped';
    worker.on('message', (parsed: Parsed) => {
      if (this.worker !== worker) return;
      this.answer(parsed);
      this.next();
    });
    worker.on('error', (error) => {
      reason = error.message;
    });
    worker.on('exit', () => {
      if (this.worker === worker) this.fail(reason);
    });
    return worker;
  }

  private fail(detail: string): void {
    this.end();
    this.answer(tooLarge(detail));
    this.next();
  }

  private answer(parsed: Parsed): void {
    this.jobs.shift()?.resolve(parsed);
  }

  private wait(ms: number, then: () => void): void {
    this.timer?.dispose();
    this.timer = this.clock.after(ms, then);
  }

  private end(): void {
    this.timer?.dispose();
    this.timer = undefined;
    const { worker } = this;
    this.worker = undefined;
    void worker?.terminate();
  }
}

/**
 * Hands each text to the one that has least to do. The first of those with nothing: the others need not even begin while
 * one file after the other is read.
 */
export function shared(workers: readonly CountingParser[]): FlowParser {
  return {
    parse: (text, fileName, keys) => {
      const [first, ...others] = workers;
      const freest = others.reduce((a, b) => (b.waiting < (a?.waiting ?? 0) ? b : a), first);
      return freest === undefined ? Promise.resolve(stopped) : freest.parse(text, fileName, keys);
    },
    dispose: () => {
      for (const worker of workers) worker.dispose();
    },
  };
}

function tooLarge(detail: string): Parsed {
  return err({ reason: 'tooLarge', detail });
}

const stopped = tooLarge('the engine stopped meanwhile');

/** Reads in the thread that asks: what is small, and all where there is no bundle to start a thread with. */
export const parseInPlace: FlowParser = {
  parse: async (text, fileName, keys) =>
    (await import('./flowThread.ts')).parse(text, fileName, keys),
  dispose: () => undefined,
};
