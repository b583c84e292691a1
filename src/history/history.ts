import type { Disposable } from '../base/disposable.ts';
import type { PastQuestion } from '../analysis/past.ts';
import type { PastNumbers } from '../analysis/pastNumbers.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { HistoryRecord, NamedPast } from './historyRecord.ts';
import type { CallerPast, FoundPast, PastSearch } from './historySearch.ts';
import type { HistoryLimits, HistorySaid, HistoryState } from './historyState.ts';

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
  /** These are on the disk, or in what was rolled up. */
  readonly onKept: (records: readonly HistoryRecord[]) => void;
  readonly onNews: (news: HistorySaid, detail: string) => void;
}

/** What is on disk of one source, whoever wrote it: asked of a thread of its own, which may wait for the disk. */
export interface History extends Disposable {
  readonly state: HistoryState;
  /** Of what began before only totals are known. */
  readonly floorMs: Milliseconds;
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
  /** Counted on its side: no execution comes over for it. Null where nothing can be said. */
  numbers(question: PastQuestion): Promise<PastNumbers | null>;
  /** A step of a search, backwards in time; null where nothing can be said. */
  find(search: PastSearch): Promise<FoundPast | null>;
  /** The records of services that stand under a workflow. */
  under(of: CallerPast): Promise<readonly HistoryRecord[]>;
  setLimits(limits: HistoryLimits): void;
  /** Deletes all of it; whether it could. */
  clear(): Promise<boolean>;
  /** Writes what was added, and ends. */
  close(): Promise<void>;
}
