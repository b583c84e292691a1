/** How an engine reads whose predecessors ran out of memory over the same: less, so that it lives. */
export interface Caution {
  /** Bound on what the store keeps, instead of the settings'. */
  readonly storeBytes: number;
  readonly maxExecutions: number;
  /** How many records of each partition are read first; null where the source is read from its beginning all the same. */
  readonly lastRecords: number | null;
}

/** The store's bound on executions without caution: more than anyone scrolls through. */
export const usualExecutions = 50_000;
