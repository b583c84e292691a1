import { saidBy } from './errorText.ts';
import { needFunction, shownNode } from './forgotten.ts';
import type { NodeName } from './nodeName.ts';
import { beginRun, settled } from './nodeRun.ts';
import { timerMs } from './systemClock.ts';
import { scopes } from './traceContext.ts';
import { untracedNode } from './tracedNode.ts';
import type { TracedNode } from './tracedNode.ts';

/** How a node is tried again. */
export interface RetryOptions {
  /** How often it is tried at most. Default: 3. */
  readonly attempts?: number | undefined;
  /** Milliseconds before the second attempt; before each further one twice as many. Default: 1,000. */
  readonly delayMs?: number | undefined;
  /** The longest pause in milliseconds. Default: 30,000. */
  readonly longestDelayMs?: number | undefined;
  /** Whether an error is worth another attempt. Default: every error is; where this throws itself, none. */
  readonly isWorthRetrying?:
    ((error: unknown, attempt: number) => boolean | Promise<boolean>) | undefined;
}

/**
 * Runs the code of a node, and again when it throws, as one node whose attempts are counted; each error of an earlier
 * attempt is a line in its log. Answers what the first good attempt answers, or throws what the last one throws.
 *
 *     await tracedRetry('login', { user }, () => login(user), { attempts: 5 });
 */
export async function tracedRetry<T>(
  node: NodeName,
  input: object,
  body: (node: TracedNode, attempt: number) => T | Promise<T>,
  options: RetryOptions = {},
): Promise<T> {
  needFunction(body, `tracedRetry(${shownNode(node)}, …)`);
  // In JavaScript they may be null.
  const {
    attempts = 3,
    delayMs = 1_000,
    longestDelayMs = 30_000,
    isWorthRetrying,
  } = (options as RetryOptions | null) ?? {};
  const scope = scopes().getStore();
  const run = scope && beginRun(scope, node, input, tracedRetry);
  const traced = run?.begun.node ?? untracedNode;
  traced.config({ retryConfig: { shouldRetry: attempts > 1, maxRetries: attempts - 1 } });
  const isWorth = async (error: unknown, attempt: number): Promise<boolean> => {
    try {
      return isWorthRetrying === undefined || (await isWorthRetrying(error, attempt));
    } catch (fault) {
      // What the robot has to hear is its own error.
      scope?.execution.fault('isWorthRetrying', fault);
      return false;
    }
  };
  const tryAll = async (): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await body(traced, attempt);
      } catch (error) {
        // So that what is no number ends it.
        const isLast = !(attempt < attempts) || !(await isWorth(error, attempt));
        // The giving up leaves an entry of its own, as with the services.
        if (run !== undefined && (attempt > 1 || !isLast)) scope?.execution.repeatNode(run.begun);
        if (isLast) throw error;
        const said = saidBy(error);
        // No error of the node yet: the next attempt may do.
        traced.info(`attempt ${String(attempt)} of ${String(attempts)} failed: ${said}`);
      }
      await pause(Math.min(longestDelayMs, delayMs * 2 ** (attempt - 1)));
    }
  };
  return run === undefined ? tryAll() : settled(() => run.run(tryAll), run.end, run.fail);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, timerMs(ms));
  });
}
