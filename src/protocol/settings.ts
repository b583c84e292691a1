import type { MinutesByHand } from '../analysis/minutesByHand.ts';
import type { OtlpSettings } from '../metrics/otlpSettings.ts';
import type { HistorySettings } from '../history/historyState.ts';
import type { RedactionSettings } from '../masking/redactionSettings.ts';
import type { LedgerData } from '../metrics/ledgerData.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { Caution } from './caution.ts';
import type { FlowChoice } from './flows.ts';
import type { LargeValueSettings } from './storedText.ts';

/** Everything the engine is told by settings; sent before anything else and after each change. */
export interface EngineSettings {
  /** Bound on what the store keeps: raw bytes of records, and summaries. */
  readonly storeBytes: number;
  /** An execution in progress of which no record came for so long is stalled. */
  readonly stalledAfterMs: Milliseconds;
  /** Null: record no metrics, load no exporter. */
  readonly otlp: OtlpSettings | null;
  /** Up to where executions were counted and received; kept by the host over restarts, and for other windows. */
  readonly ledger: LedgerData;
  /** Null: large values are not fetched, because the workspace is not trusted. */
  readonly largeValues: LargeValueSettings | null;
  /** Engines before this one ran out of memory over the same source. */
  readonly caution?: Caution;
  /** Whether damaged records of a topic are skipped without being asked; undefined: they aren't. */
  readonly skipDamagedBatches?: boolean;
  /** Null or undefined: no history is kept on disk; of what is there nothing is read. */
  readonly history?: HistorySettings | null;
  /** Where what the reader says of problems is kept; undefined: nowhere. */
  readonly marksFolder?: string;
  /** What the reader chose of flow files before, the oldest first; kept by the host for the workspace. */
  readonly flowChoices?: readonly FlowChoice[];
  /** Undefined: nobody said how long runs take by hand. */
  readonly minutesByHand?: MinutesByHand;
  /** Undefined: nothing more is masked, nothing revealed. */
  readonly redaction?: RedactionSettings;
}
