import type { Disposable } from '../base/disposable.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { HistoryRecord, NamedPast } from './historyRecord.ts';
import type { HistoryLimits } from './historyStore.ts';
import type { RollupRow } from './rollup.ts';

/** Why there is no history on disk, or none that goes on. */
export type HistoryTrouble =
  /** The editor's Node has no SQLite. */
  | 'unavailable'
  /** A later version of RPA Trace wrote it. */
  | 'newer'
  /** The disk lets nobody write. */
  | 'readOnly'
  /** The disk is full. */
  | 'full'
  /** Another window, or a program, has had it for long. */
  | 'locked'
  /** Anything else; the log says what. */
  | 'failed';

/** How the history on disk is. Off, it was not asked for, or the source keeps none. */
export type HistoryState =
  | { readonly kind: 'off' }
  | { readonly kind: 'opening' }
  | HistoryOn
  | { readonly kind: HistoryTrouble };

/** What is on disk. */
export interface HistoryOn {
  readonly kind: 'on';
  readonly sinceMs: Milliseconds | null;
  readonly bytes: number;
}

/** What became of the history, to be told once. `damaged`: it was set aside, and another one begun. */
export type HistoryNews = HistoryTrouble | 'damaged';

/** Which history is wanted. */
export interface HistoryPlace {
  readonly folder: string;
  readonly limits: HistoryLimits;
}

/** What is on disk of one source, whoever wrote it: asked of a thread of its own, which may wait for the disk. */
export interface History extends Disposable {
  readonly state: HistoryState;
  /** Grows with each change of what is on disk, as far as this window wrote it. */
  readonly revision: number;
  /** Whether more is taken just now; where it isn't, `onRoom` says when. */
  readonly hasRoom: boolean;
  /** Keeps executions; those of `subs` stand under a workflow, and are counted with it. Where nothing can be kept it is let go of. */
  add(records: readonly HistoryRecord[], subs?: readonly NamedPast[]): void;
  /** Those that began in a span, its end not included: the newest `most`, in order of their begin. */
  between(
    fromMs: Milliseconds,
    toMs: Milliseconds,
    most: number,
  ): Promise<readonly HistoryRecord[]>;
  rollups(
    level: 'hour' | 'day',
    fromMs: Milliseconds,
    toMs: Milliseconds,
  ): Promise<readonly RollupRow[]>;
  setLimits(limits: HistoryLimits): void;
  /** Deletes all of it; whether it could. */
  clear(): Promise<boolean>;
  /** Writes what was added, and ends. */
  close(): Promise<void>;
}
