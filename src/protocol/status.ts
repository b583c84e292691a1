import type { KeyFigures } from '../metrics/keyFigures.ts';
import type { OtlpState } from '../metrics/otlpSettings.ts';
import type { HistoryState } from '../history/historyState.ts';
import type { RedactionProblem } from '../masking/redactionSettings.ts';
import type { SourceState } from '../record/recordSource.ts';
import type { Caution } from './caution.ts';
import type { SourceLabel } from './sources.ts';
import type { LargeValueSettings } from './storedText.ts';

/** Key figures of a scope. */
export interface Figures extends KeyFigures {
  /** Calls of tools that stand in the list by themselves and are not counted here. */
  readonly toolCallsApart: number;
}

/** How far back the list reaches, where older records may be asked for. */
export interface Reach {
  /** From when on it holds all that the source has; null while nothing tells a time. */
  readonly sinceMs: number | null;
  /** How many records there are before, at most. */
  readonly before: number;
  /** `full`: executions left memory because there was no more room; older ones would leave at once. */
  readonly state: 'idle' | 'reading' | 'full';
}

/** How the source, the store and what is told of them are. */
export interface EngineStatus {
  readonly source: SourceLabel;
  readonly state: SourceState;
  readonly rejected: number;
  readonly storedExecutions: number;
  /** Payloads, summaries and what could not be read. */
  readonly storedBytes: number;
  /** Executions whose raw bytes left the window and are read again when asked. */
  readonly droppedPayloads: number;
  /** What is wrong with the reader's own patterns, until the setting is changed. */
  readonly redactionProblems: readonly RedactionProblem[];
  /** Less is read and kept than the settings say: engines ran out of memory over it. */
  readonly caution?: Caution;
  /** As the setting has it: the page tells from which host a large value would come. */
  readonly hostRewrite: LargeValueSettings['hostRewrite'];
  readonly otlp: OtlpState;
  readonly history: HistoryState;
  /** Null of sources that are always read whole. */
  readonly reach: Reach | null;
}
