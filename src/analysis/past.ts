import type { Milliseconds } from '../trace/execution.ts';
import type { PastExecution } from './pastExecution.ts';

/** Where executions that ran are asked for: the window in memory, or the history on disk and the window. */
export interface Past {
  /** Grows with each change of what is known. */
  readonly revision: number;
  /** The begin of the earliest execution that is known; null for none. */
  readonly sinceMs: Milliseconds | null;
  /** Those that began in a span, its end not included, each once; no more than `most`, the newest then. */
  between(
    fromMs: Milliseconds,
    toMs: Milliseconds,
    most: number,
  ): Promise<readonly PastExecution[]>;
}
