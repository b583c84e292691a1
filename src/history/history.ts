import type { Disposable } from '../base/disposable.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { HistoryRecord, NamedPast } from './historyRecord.ts';
import type { HistoryLimits, HistoryNews, HistoryState } from './historyState.ts';
import type { RollupRow } from './rollup.ts';

/** Which file is wanted, and of what. */
export interface HistoryPlace {
  readonly file: string;
  /** The id of the cluster and the topic. */
  readonly source: string;
  readonly limits: HistoryLimits;
}

/** Who is told of it. */
export interface HistoryListener {
  /** The state is another, or there is more on the disk. */
  readonly onChange: () => void;
  /** It takes more. */
  readonly onRoom: () => void;
  readonly onNews: (news: HistoryNews, detail: string) => void;
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
