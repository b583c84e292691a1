import type { Category } from '../diagnosis/category.ts';
import type { CauseId } from '../diagnosis/causes.ts';
import type {
  ExecutionKey,
  ExecutionKind,
  Milliseconds,
  NodeId,
  NodeRun,
  Outcome,
} from '../trace/execution.ts';
import type { ResourceUse } from '../trace/recordFacts.ts';

/** A run of a node as far as numbers are made of it. */
export interface PastNode {
  readonly nodeId: NodeId;
  readonly name: string;
  readonly type: string;
  readonly status: NodeRun['status'];
  /** How often it was entered: rounds, or attempts. */
  readonly count: number;
  readonly beginMs: Milliseconds | null;
  readonly durationMs: Milliseconds | null;
  /**
   * What it took itself: of an iteration what belongs to no node within it, of a node in one all rounds, each as long as the
   * one that the record tells of.
   */
  readonly ownMs: Milliseconds | null;
  /** How long before its begin what it waited for had ended; null where the record doesn't tell. */
  readonly waitedMs: Milliseconds | null;
  /** What earlier attempts took of that, at most. */
  readonly lostMs: Milliseconds;
  readonly tokens: number;
  readonly logCount: number;
  readonly resources: ResourceUse | null;
}

/** Where and of what an execution failed. */
export interface PastFailure {
  /** Null where no record names it. */
  readonly nodeId: NodeId | null;
  readonly name: string;
  readonly cause: CauseId | null;
  readonly category: Category;
  /** What the node or else the execution said, masked; 500 characters at most. */
  readonly text: string;
  /**
   * What else may tell its cause: its other errors and what was said of the execution, by their beginnings and ends, masked.
   * Missing where that is nothing.
   */
  readonly also?: readonly string[] | undefined;
  /** The flow that the node called; missing where it called none. */
  readonly calls?: string;
}

/** An execution as far as numbers are made of it: no inputs and outputs. */
export interface PastExecution {
  readonly key: ExecutionKey;
  readonly sid: string;
  /** What ran: the flow's id, of a robot called by itself its project's. Imports of one flow have several. */
  readonly flow: string;
  readonly name: string;
  readonly kind: ExecutionKind;
  readonly outcome: Outcome;
  readonly code: number;
  readonly beginMs: Milliseconds | null;
  readonly durationMs: Milliseconds | null;
  readonly tokens: number;
  readonly recordBytes: number;
  /** Of that, or of what stands elsewhere a link: inputs and outputs of its nodes. 0 where nobody looked. */
  readonly payloadBytes: number;
  /** Values that were too large for the record and stand elsewhere. */
  readonly storedValues: number;
  /** Of which revision of the flow; empty where the record doesn't tell. */
  readonly revision: string;
  readonly failure: PastFailure | null;
  readonly nodes: readonly PastNode[];
  readonly resources: ResourceUse | null;
  /** The sid of what began it, where its record tells that. */
  readonly calledFrom?: string;
  /** Its record was not looked into: of its nodes and of the cause of its failure nothing is known. */
  readonly isSummary?: boolean;
}

/** When it ended; null where the record doesn't tell. */
export function endOf({ beginMs, durationMs }: PastExecution): Milliseconds | null {
  return beginMs === null || durationMs === null ? null : beginMs + durationMs;
}

/** Whether it ended, well or not. */
export function hasEnded({ outcome }: PastExecution): boolean {
  return outcome === 'succeeded' || outcome === 'failed' || outcome === 'cancelled';
}
