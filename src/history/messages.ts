import type { PastQuestion } from '../analysis/past.ts';
import type { PastNumbers } from '../analysis/pastNumbers.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { HistoryPlace } from './history.ts';
import type { HistoryRecord, NamedPast } from './historyRecord.ts';
import type { CallerPast, FoundPast, PastSearch } from './historySearch.ts';
import type { HistoryLimits, HistorySaid, HistoryState } from './historyState.ts';

/** What the thread is started with. */
export interface ThreadData extends HistoryPlace {
  /** Of this window. */
  readonly token: string;
}

interface Span {
  readonly fromMs: Milliseconds;
  readonly toMs: Milliseconds;
}

/** What the thread is asked; each with an `id` is answered once. */
export type ToThread =
  | {
      readonly kind: 'put';
      readonly id: number;
      readonly records: readonly HistoryRecord[];
      readonly subs: readonly NamedPast[];
    }
  | ({ readonly kind: 'between'; readonly id: number; readonly most: number } & Span)
  | { readonly kind: 'numbers'; readonly id: number; readonly question: PastQuestion }
  | { readonly kind: 'find'; readonly id: number; readonly search: PastSearch }
  | { readonly kind: 'under'; readonly id: number; readonly of: CallerPast }
  | { readonly kind: 'clear'; readonly id: number }
  | { readonly kind: 'limits'; readonly limits: HistoryLimits }
  | { readonly kind: 'close' };

/** An answer. */
export type Answer =
  | { readonly kind: 'put'; readonly changes: number | null }
  /** More follow: to take all of a month at once would hold the engine for a second. */
  | { readonly kind: 'part'; readonly records: readonly HistoryRecord[] }
  | { readonly kind: 'records'; readonly records: readonly HistoryRecord[] }
  | { readonly kind: 'numbers'; readonly numbers: PastNumbers | null }
  | { readonly kind: 'found'; readonly found: FoundPast | null }
  | { readonly kind: 'cleared'; readonly isCleared: boolean };

/** What the thread says. */
export type FromThread =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'state'; readonly state: HistoryState; readonly floorMs: Milliseconds }
  | { readonly kind: 'news'; readonly news: HistorySaid; readonly detail: string }
  | { readonly kind: 'closed' };
