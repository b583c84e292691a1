import { inspect } from 'node:util';
import { printedError } from './printedError.ts';

/** What a tracer does when the process ends under it. */
export interface Ending {
  /** Ends the executions that go on, with what ended them. */
  readonly endRunning: (reason: Error) => void;
  /** Sends what waits, at most so long, and no longer once it is known that it can't be sent; never rejects. */
  readonly flush: (timeoutMs: number) => Promise<void>;
  /** Keeps what was not sent; synchronous, and never throws. */
  readonly keepUnsent: () => void;
}

/** The parts of a process that tell of its end. */
export type EndingProcess = Pick<
  NodeJS.Process,
  'on' | 'removeListener' | 'listenerCount' | 'kill' | 'pid'
>;

/** A container is killed ten seconds after it was asked to end, and people at a keyboard wait less. */
const flushMs = 2_000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof signals)[number];

/**
 * Listens to the end of the process while there is something to be ended. A robot that listens itself goes first: then
 * nothing is done before the process really exits.
 */
export class ProcessEnd {
  private readonly process: EndingProcess;
  private readonly rethrow: (error: unknown) => void;
  private readonly endings = new Set<Ending>();
  /** Ends the process as it would have ended; undefined unless it is about to. */
  private finish: (() => void) | undefined;
  /** The error that ends it, which nobody has printed yet. */
  private unprinted: { readonly error: unknown } | undefined;

  constructor(
    process: EndingProcess = globalThis.process,
    rethrow: (error: unknown) => void = throwLater,
  ) {
    this.process = process;
    this.rethrow = rethrow;
  }

  add(ending: Ending): void {
    if (this.endings.size === 0 && this.finish === undefined) this.listen();
    this.endings.add(ending);
  }

  remove(ending: Ending): void {
    if (!this.endings.delete(ending) || this.endings.size > 0) return;
    // While the process ends somebody has to wait for that.
    if (this.finish === undefined) this.unlisten();
  }

  private readonly onSignal = (signal: Signal): void => {
    // Whoever else listens decides whether the process ends.
    if (this.process.listenerCount(signal) > 1) return;
    this.end(cancelled(`the process was ended by ${signal}`), () => {
      this.printError();
      this.process.kill(this.process.pid, signal);
    });
  };

  private readonly onError = (error: unknown): void => {
    if (this.process.listenerCount('uncaughtException') > 1) return;
    const reason = error instanceof Error ? error : new Error(printedError(error));
    this.unprinted ??= { error };
    this.end(reason, () => {
      // Nobody listens any more: it is printed and ends the process as if nobody ever had.
      this.rethrow(error);
    });
  };

  private readonly onExit = (code: number): void => {
    this.printError();
    this.endRunning(cancelled(`the process exited with code ${String(code)} before it was over`));
    for (const ending of this.endings) ending.keepUnsent();
  };

  /** Where something else ends the process than the error itself. */
  private printError(): void {
    if (this.unprinted !== undefined)
      process.stderr.write(`${asNodePrints(this.unprinted.error)}\n`);
  }

  /** `finish` ends the process. Whoever asks again, by a second signal or in a hurry, need not wait for what is sent. */
  private end(reason: Error, finish: () => void): void {
    if (this.finish !== undefined) {
      this.finish();
      return;
    }
    let isOver = false;
    this.finish = () => {
      if (isOver) return;
      isOver = true;
      // The robot goes on meanwhile, and may have begun others.
      this.endRunning(reason);
      for (const ending of this.endings) ending.keepUnsent();
      this.unlisten();
      finish();
    };
    this.endRunning(reason);
    void Promise.all([...this.endings].map((ending) => ending.flush(flushMs))).then(this.finish);
  }

  private endRunning(reason: Error): void {
    for (const ending of this.endings) ending.endRunning(reason);
  }

  private listen(): void {
    for (const signal of signals) this.process.on(signal, this.onSignal);
    this.process.on('uncaughtException', this.onError);
    this.process.on('exit', this.onExit);
  }

  private unlisten(): void {
    for (const signal of signals) this.process.removeListener(signal, this.onSignal);
    this.process.removeListener('uncaughtException', this.onError);
    this.process.removeListener('exit', this.onExit);
  }
}

const key = Symbol.for('rpa-trace-telemetry.processEnd');

/** The one of this process: two copies of the library must not take each other for the robot's own listeners. */
export function processEnd(): ProcessEnd {
  const shared = globalThis as { [key]?: ProcessEnd | undefined };
  return (shared[key] ??= new ProcessEnd());
}

function asNodePrints(error: unknown): string {
  try {
    return inspect(error);
  } catch {
    // It has a way of its own to be printed, which throws.
    return printedError(error);
  }
}

function cancelled(message: string): Error {
  return Object.assign(new Error(message), { name: 'AbortError', category: 'cancelled' });
}

function throwLater(error: unknown): void {
  const thrown: Readonly<Record<string, unknown>> = { 'node-do-not-add-exception-line': error };
  // Out of the promise: an error in there would be told as one of a promise.
  setImmediate(() => {
    // Node prints the line that throws above the error, as if this library had failed, but for one with these words in it.
    throw thrown['node-do-not-add-exception-line'];
  });
}
