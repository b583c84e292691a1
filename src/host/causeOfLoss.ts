import { hasCode } from '../base/hasCode.ts';
import type { EngineLossCause } from '../protocol/engineLoss.ts';

/** How a worker ended. */
export interface WorkerEnd {
  /** What was thrown in it and not caught; undefined for nothing. */
  readonly error: unknown;
  /** Null: it could not be started. */
  readonly code: number | null;
  /** It came so far as to take requests. */
  readonly listened: boolean;
}

/** What ended a worker, as far as that can be told. */
export function causeOfLoss({ error, code, listened }: WorkerEnd): EngineLossCause {
  if (hasCode(error, 'ERR_WORKER_OUT_OF_MEMORY')) return 'memory';
  if (code === null || (error !== undefined && !listened)) return 'notLoaded';
  return error === undefined ? 'exit' : 'fault';
}

/** What the runtime said of it. */
export function detailOfLoss({ error, code }: WorkerEnd): string {
  if (error === undefined) return `exit code ${String(code)}`;
  if (error instanceof Error) return error.message;
  return typeof error === 'string' ? error : JSON.stringify(error);
}
