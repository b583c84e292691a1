import type { EarlierCalls } from '../trace/earlierCalls.ts';
import type { Finding } from '../diagnosis/finding.ts';
import type { RecordPosition } from '../record/consumedRecord.ts';
import type {
  ExecutionKey,
  ExecutionKind,
  ExecutionSummary,
  FailingNode,
  LeftOut,
  Milliseconds,
  NodeId,
  RunKey,
} from '../trace/execution.ts';
import type { ItemFailure } from '../trace/iterationItems.ts';
import type { MatchConfidence } from '../trace/subWorkflows.ts';
import type { NodeStatus } from '../trace/tree.ts';
import type { WhyNotRun } from '../trace/whyNotRun.ts';
import type { NodePart } from '../flow/flowDocument.ts';
import type { FlowLabel } from './flows.ts';

/** What part of which execution's tree the panel shows. */
export interface TreeQuery {
  readonly key: ExecutionKey;
  /** Rows the reader closed; all others are open. */
  readonly collapsed: readonly RunKey[];
  /** First row, or the row to bring into view (the failing node, or a given run or node). */
  readonly at:
    | { readonly offset: number }
    | { readonly around: 'failing' }
    | { readonly aroundRow: RunKey }
    | { readonly aroundNode: NodeId };
  readonly limit: number;
}

/** What is known of a node that was tried again in rounds that share their entries. */
export interface TriedInRounds {
  readonly rounds: number;
  /** Null: nobody knows how many entries are those of giving up. */
  readonly attempts: number | null;
  /** The entries of items that failed, from 0: of each the last one. */
  readonly failed: readonly number[];
}

/** A row of the execution tree. */
export interface TreeRow {
  readonly key: RunKey;
  readonly nodeId: NodeId;
  readonly name: string;
  readonly type: string;
  readonly status: NodeStatus;
  readonly inferred: boolean;
  /** Why it did not run, as far as the flow file tells. */
  readonly whyNotRun?: WhyNotRun;
  /** This is where the execution failed. */
  readonly failing: boolean;
  readonly level: number;
  readonly position: number;
  readonly setSize: number;
  /** Null: has no children. */
  readonly expanded: boolean | null;
  readonly beginMs: Milliseconds | null;
  readonly endMs: Milliseconds | null;
  readonly durationMs: Milliseconds | null;
  /** Rounds or attempts. */
  readonly count: number;
  /** True where it can only be attempts, with the giving up at their end. */
  readonly attempts?: true;
  /** Where there are more of them than rounds. */
  readonly tried?: TriedInRounds;
  /** A later attempt succeeded, as the diagnosis found. */
  readonly isMadeGood?: true;
  /** How long before the begin of a retried node the step before it had ended: the most that earlier attempts took. */
  readonly lostMs?: Milliseconds;
  /** Where that isn't known, what calls of earlier attempts tell: they hang below it. */
  readonly earlier?: EarlierCalls;
  /** Items of an iteration that failed, here or, for the iteration itself, anywhere in its body. */
  readonly failedItems?: ItemFailure;
  /** Values of some rounds alone are kept, and the record doesn't say of which items. */
  readonly isUnplaced?: true;
  /** The iteration round that a child of a parallel iteration belongs to. */
  readonly round: number | null;
  /** It failed in a later round of its iteration than its data and times are of. */
  readonly mixesRounds?: boolean;
  /** First ERROR log, or the code of a sub-execution. */
  readonly error: string | null;
  readonly tokens: number;
  readonly logCount: number;
  /** Set for a record of another service shown under its node. */
  readonly execution: ExecutionKey | null;
  /** What that is. */
  readonly executionKind?: ExecutionKind;
  /** How sure it is that the node called it; null where the sid says so, and for all other rows. */
  readonly confidence: MatchConfidence | null;
  /** The line of the robot's source that traced it, `file:line`. */
  readonly source?: string;
  /** Whether the bound flow file holds this node. */
  readonly inFlow: boolean;
}

/** A summary as it is sent: of a run of 10,000 nodes, their ids would be most of each message. */
export type SentSummary = Omit<ExecutionSummary, 'nodeIds' | 'nodeNames'>;

/** An opened execution: head, findings and a part of its tree. */
export interface TreeWindow {
  readonly query: TreeQuery;
  /** Tells what it was made of: another one where anything of that changed. */
  readonly stamp: string;
  readonly summary: SentSummary;
  readonly name: string;
  readonly failing: FailingNode | null;
  readonly flow: FlowLabel | null;
  /** What the flow file sets of the failing node; absent where it doesn't hold the node. */
  readonly failingSettings?: readonly NodePart[];
  readonly findings: readonly Finding[];
  /** The shared time axis. Null when nothing has times. */
  readonly extent: { readonly beginMs: Milliseconds; readonly endMs: Milliseconds } | null;
  readonly totalRows: number;
  readonly start: number;
  readonly rows: readonly TreeRow[];
  /** Index of the row to bring into view; null when `at` was an offset or the row isn't there. */
  readonly focus: number | null;
  /** Closed rows that the row to bring into view is hidden by. */
  readonly hiddenBy?: readonly RunKey[];
  /** How many records of other services hang below it that are not among the rows, being too many. */
  readonly moreSubExecutions?: number;
  /** What its record lacks, as it says itself. */
  readonly leftOut?: LeftOut;
  readonly position: RecordPosition;
  readonly recordBytes: number;
  /** Its record is no longer on the topic: of its nodes is known how they ended, and nothing of their data. */
  readonly summaryOnly?: true;
  /** No other execution of its flow succeeded: there is none to compare it with as a good one. */
  readonly noGoodRun?: true;
  /** Whether masked texts of it may be revealed. */
  readonly canReveal?: boolean;
}
