import type { Milliseconds } from '../trace/execution.ts';
import type { PastExecution } from './pastExecution.ts';
import type { NumbersAsk } from './pastNumbers.ts';

/** Where executions that ran are asked for. */
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

/** What numbers of the history are asked for. */
export interface PastQuestion {
  readonly ask: NumbersAsk;
  /** Of these flows alone; null for all. */
  readonly flows: readonly string[] | null;
  /** Executions that it may not have: what goes on, what was not written yet. Those that it has count once. */
  readonly others: readonly PastExecution[];
}
