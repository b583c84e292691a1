import { createContext, Script } from 'node:vm';

/**
 * Runs work that can be ended from outside. A regular expression can't be interrupted from within its thread but
 * by the time limit of `node:vm`, which ends whatever runs under it, the same thread's functions too.
 */
export class Watch {
  private readonly script = new Script('run()');
  private readonly world: { run: () => void } = { run: () => undefined };
  // Made once: it takes 2 ms, which is more than a record does. A time limit alone costs 0.1 ms.
  private readonly context = createContext(this.world);

  /** Undefined when the time was over. What was ended ran no `finally`, and may have left its own state half made. */
  run<T>(limitMs: number, work: () => T): { readonly value: T } | undefined {
    let done: { readonly value: T } | undefined;
    this.world.run = () => {
      done = { value: work() };
    };
    try {
      this.script.runInContext(this.context, { timeout: Math.max(1, Math.ceil(limitMs)) });
      return done;
    } catch (error) {
      if (!isTimeout(error)) throw error;
      return undefined;
    } finally {
      this.world.run = () => undefined;
    }
  }
}

/** Not `instanceof`: the error may be another context's. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
