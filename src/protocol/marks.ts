import type { Finding } from '../diagnosis/finding.ts';
import type { OffsetRange } from '../flow/flowDocument.ts';
import type {
  ExecutionKey,
  FailingNode,
  Milliseconds,
  NodeId,
  Outcome,
  RunKey,
} from '../trace/execution.ts';
import type { BrokenFlow } from './brokenFlow.ts';
import type { FlowSince, NodeSince } from './flowSince.ts';
import type { ItemFailure } from '../trace/iterationItems.ts';
import type { EarlierCalls } from '../trace/earlierCalls.ts';
import type { NodeStatus } from '../trace/tree.ts';

/** Which text of an open document it was: one life of the document, and its version in it. */
export interface TextVersion {
  readonly document: number;
  readonly version: number;
}

/** What happened at the nodes of a flow file. */
export interface MarksQuery {
  readonly uri: string;
  /** The execution that is meant, if it is of this flow; null: the latest. */
  readonly execution: ExecutionKey | null;
}

/** The nodes of a flow file with their places, and what happened at them. */
export interface FlowMarks extends Omit<SentMarks, 'nodes'> {
  /** In the order of the file. */
  readonly nodes: readonly MarkedNode[];
}

/** The same as it is sent. */
export interface SentMarks {
  /** Of which text the places are; null: what stood on the disk. */
  readonly version: TextVersion | null;
  /** The text is broken by now; missing where it is whole. */
  readonly broken?: BrokenFlow;
  readonly nodes: PackedNodes;
  /** Whose states are told; null while none of the flow is there. */
  readonly execution: MarkedExecution | null;
  /** Where the newest execution that came to an end failed; null where it succeeded. */
  readonly problem: FlowProblemMark | null;
  /** Of how many executions runs and failures are counted: the newest ones. */
  readonly counted: number;
  /** How the file has changed since that execution; null where nobody knows of a change. */
  readonly since: FlowSince | null;
}

/** The execution whose states are told. */
export interface MarkedExecution {
  readonly key: ExecutionKey;
  readonly outcome: Outcome;
  readonly beginMs: Milliseconds | null;
}

/** A node of the file. What is missing is nothing: of a file with thousands of nodes each word counts. */
export interface MarkedNode {
  readonly nodeId: NodeId;
  readonly name: string;
  readonly type: string;
  readonly idRange: OffsetRange;
  /** The whole object. */
  readonly range: OffsetRange;
  readonly run?: MarkedRun;
  /** In how many of the counted executions it ran, and at how many of them these failed. */
  readonly runs?: number;
  readonly failures?: number;
  /** The middle of what it took in earlier executions; missing where too few are known. */
  readonly usualMs?: Milliseconds;
  /** What is another at it since the execution whose states are told. */
  readonly since?: NodeSince;
}

/** What happened at a node in the execution whose states are told. */
export interface MarkedRun {
  /** Its row in the tree, by which it is inspected. */
  readonly row: RunKey;
  readonly status: NodeStatus;
  /** The execution failed here. */
  readonly failing?: true;
  readonly durationMs: Milliseconds | null;
  /** What earlier attempts took of the time before it, at most. */
  readonly lostMs?: Milliseconds;
  /** Where that isn't known, what calls of earlier attempts tell, as in its row. */
  readonly earlier?: Pick<EarlierCalls, 'leastMs'>;
  /** Rounds or attempts, where it is more than one. */
  readonly count?: number;
  /** True where it can only be attempts, with the giving up at their end. */
  readonly attempts?: true;
  /** It did not run so far: the execution goes on, and may come to it. */
  readonly notYet?: true;
  /** It failed at first and gave its output in the end. */
  readonly isMadeGood?: true;
  /** No entry says so: it was concluded from the rest. */
  readonly inferred?: true;
  /** How many items of an iteration failed at it. */
  readonly failedItems?: Pick<ItemFailure, 'failed' | 'total'>;
}

/** What belongs into the list of problems. */
export interface FlowProblemMark {
  readonly execution: ExecutionKey;
  readonly failing: FailingNode & { readonly nodeId: NodeId };
  readonly code: number;
  /** What the node said itself, else the execution; masked. */
  readonly text: string;
  readonly finding: Finding | null;
  /** What of the node's own the cause rests on. */
  readonly places: readonly CausePlace[];
}

/** Where in a node its cause stands: the line of its code that raised the error, the limit that was reached. */
export interface CausePlace {
  readonly part: 'code' | 'timeout' | 'retry';
  /** Of its code, from 1. */
  readonly line?: number;
  /** How far from the begin of its id: that follows what is typed. */
  readonly fromId: OffsetRange;
}

/** A part of a value for the end of a line. */
export interface ShortValue {
  readonly name: string;
  /** On one line, masked, and cut. */
  readonly text: string;
}

/** What nodes gave, in short. */
export interface ShortValuesQuery {
  readonly key: ExecutionKey;
  readonly rows: readonly RunKey[];
}

/** Rows that gave nothing are missing. */
export interface ShortValues {
  readonly given: readonly { readonly row: RunKey; readonly values: readonly ShortValue[] }[];
}

/**
 * Nodes as they are sent: a column for each of their fields. As objects three thousand of them keep the loop that all
 * extensions share for 40 ms while they are read from a message, as columns for 3.
 */
export interface PackedNodes {
  readonly nodeIds: readonly string[];
  readonly names: readonly string[];
  readonly types: readonly string[];
  /** Of each node where its id and its object begin and end. */
  readonly offsets: Float64Array;
  /** The row of each in the tree; empty for one that is not in it. */
  readonly rows: readonly string[];
  /** Of each node what `numbersOf` says; NaN where something is missing. */
  readonly numbers: Float64Array;
  /** Of the few that have changed, by their places. */
  readonly since: readonly (readonly [index: number, since: NodeSince])[];
}
