/** How much of the history is kept. */
export interface HistoryLimits {
  readonly days: number;
  readonly megabytes: number;
}

/** What the engine is told of the history by settings. */
export interface HistorySettings extends HistoryLimits {
  /** Where its files are. */
  readonly folder: string;
}

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
  readonly sinceMs: number | null;
  readonly bytes: number;
}

/** What became of the history, to be told once. `damaged`: it was set aside, and another one begun. */
export type HistoryNews = HistoryTrouble | 'damaged';
/** The same, and what is for the log alone: rows were left out, which this version can't read. */
export type HistorySaid = HistoryNews | 'leftOut';
