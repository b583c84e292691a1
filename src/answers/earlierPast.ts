import type { PastExecution } from '../analysis/pastExecution.ts';
import type { Clock } from '../base/clock.ts';
import type { Term } from '../query/terms.ts';
import type { RecordHead } from '../record/consumedRecord.ts';
import type { RecalledExecution } from '../store/recalled.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { pastSummary } from './pastSummary.ts';

/** An execution that the history has, and where its record was. */
export interface EarlierRecord {
  readonly past: PastExecution;
  readonly record: RecordHead;
  /** The topic has let go of its record, as far as is known. */
  readonly isGone: boolean;
}

/** Where a search stands in the history. */
export interface EarlierPlace {
  readonly beginMs: Milliseconds;
  readonly id: number;
}

/** What is looked for. */
export interface EarlierSearch {
  readonly terms: readonly Term[];
  readonly flows: readonly string[] | null;
  readonly from: EarlierPlace;
  readonly downToMs: Milliseconds;
  readonly most: number;
}

/** The history, as far as the list shows it. */
export interface EarlierPast {
  /** Since when it knows of executions, and since when of each; null where it can't be asked. */
  readonly known: { readonly sinceMs: Milliseconds | null; readonly floorMs: Milliseconds } | null;
  /** A step backwards in time; null where it can't answer. */
  find(search: EarlierSearch): Promise<{
    readonly records: readonly EarlierRecord[];
    readonly next: EarlierPlace | null;
  } | null>;
  /** The records of services that stand under a workflow. */
  under(of: {
    readonly sid: string;
    readonly beginMs: Milliseconds;
    readonly durationMs: Milliseconds;
  }): Promise<readonly EarlierRecord[]>;
}

/** How far back the window reaches. */
export interface WindowReach {
  readonly clock: Clock;
  /** From when on the window has all there is; null where nobody knows. */
  readonly windowSinceMs: () => Milliseconds | null;
}

/** A robot's clock may be ahead of the broker's, by whose clock it is known how far back the window reaches. */
export const slackMs = 3_600_000;

/** From then on the window has all. */
export function allSinceMs({ windowSinceMs, clock }: WindowReach): Milliseconds {
  return (windowSinceMs() ?? clock.now()) + slackMs;
}

/** Since when it knows of executions; null where it knows of none. */
export function earliestOf(known: EarlierPast['known']): Milliseconds | null {
  if (known?.sinceMs == null) return null;
  return Math.max(known.sinceMs, known.floorMs);
}

/** Without a begin it has no place in time; the history keeps none such. */
export function recalledOf({ past, record }: EarlierRecord): RecalledExecution[] {
  const { beginMs, recordBytes } = past;
  if (beginMs === null) return [];
  return [{ summary: pastSummary(past), record, recordBytes, beginMs }];
}
