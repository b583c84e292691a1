import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { Worker } from 'node:worker_threads';

/** What a job may need. */
export interface ThreadLimits {
  readonly heapMegabytes: number;
  readonly longestMs: number;
}

/** What a thread does. */
export interface ThreadSpec<Answer> {
  /** The bundle that it runs. */
  readonly file: string;
  /** For whoever looks at threads. */
  readonly name: string;
  /** Tells it that it was started to work. */
  readonly role: string;
  readonly limits: ThreadLimits;
  /** What is answered where the thread ended, took too long, or is not wanted any more. */
  readonly failed: (detail: string) => Answer;
}

/** While somebody types into a file it is read every second. */
const idleMs = 30_000;

interface Waiting<Job, Answer> {
  readonly job: Job;
  readonly resolve: (answer: Answer) => void;
}

/**
 * Does what can't be interrupted in a thread of its own: the engine has others to answer. One job after the other, in a
 * thread that ends when it has nothing to do. Never rejects.
 */
export class OwnThread<Job, Answer> implements Disposable {
  private readonly spec: ThreadSpec<Answer>;
  private readonly clock: Clock;
  private readonly jobs: Waiting<Job, Answer>[] = [];
  private worker: Worker | undefined;
  private timer: Disposable | undefined;
  private disposed = false;

  constructor(spec: ThreadSpec<Answer>, clock: Clock) {
    this.spec = spec;
    this.clock = clock;
  }

  /** How many jobs it is asked to do. */
  get waiting(): number {
    return this.jobs.length;
  }

  do(job: Job): Promise<Answer> {
    if (this.disposed) return Promise.resolve(this.spec.failed(stopped));
    return new Promise((resolve) => {
      this.jobs.push({ job, resolve });
      if (this.jobs.length === 1) this.next();
    });
  }

  dispose(): void {
    this.disposed = true;
    this.end();
    while (this.jobs.length > 0) this.answer(this.spec.failed(stopped));
  }

  private next(): void {
    const [first] = this.jobs;
    if (first === undefined) {
      this.wait(idleMs, () => {
        this.end();
      });
      return;
    }
    const { longestMs } = this.spec.limits;
    this.wait(longestMs, () => {
      this.fail(`it takes longer than ${String(longestMs / 1_000)} s to read`);
    });
    this.worker ??= this.start();
    this.worker.postMessage(first.job);
  }

  private start(): Worker {
    const { file, name, role, limits } = this.spec;
    const worker = new Worker(file, {
      ...{ name, workerData: role },
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes },
    });
    let reason = 'its thread stopped';
    worker.on('message', (answer: Answer) => {
      if (this.worker !== worker) return;
      this.answer(answer);
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
    this.answer(this.spec.failed(detail));
    this.next();
  }

  private answer(answer: Answer): void {
    this.jobs.shift()?.resolve(answer);
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

const stopped = 'the engine stopped meanwhile';
