import type { RecordLoss } from '../record/recordRoom.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { Scope } from './list.ts';

/** What a trace file tells of executions that it does not hold. */
export type { KnownElsewhere } from '../sources/files/traceFileHead.ts';

/** A part of what is saved. */
export interface SavedSlice {
  /** Records as JSON, one a line, each with its line break; every secret masked. */
  readonly text: string;
  /** How many of the keys are dealt with; the rest is asked for next. */
  readonly done: number;
  readonly executions: number;
  /** More than executions: the records of called services are saved with them. */
  readonly records: number;
  /** Executions of which a record is nowhere any more. */
  readonly missing: readonly MissingExecution[];
}

/** An execution that could not be saved, or not whole. */
export interface MissingExecution {
  readonly name: string;
  readonly sid: string;
  readonly why: MissingReason;
}

/** Its record is nowhere any more, another one stands in its place, or the source could not be asked. */
export type MissingReason = RecordLoss | 'sourceFailed';

/** Which executions to save: all that a list shows, or one. */
export type SaveTarget =
  | { readonly kind: 'list'; readonly scope: Scope; readonly filter: string }
  | {
      readonly kind: 'execution';
      readonly key: ExecutionKey;
      /** With which one it is compared while it is saved. */
      readonly comparedWith?: ExecutionKey | undefined;
    };
