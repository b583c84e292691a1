import type { FlowFormat } from '../flow/flowDocument.ts';
import type { GraphEdge } from '../flow/flowGraph.ts';
import type { ExecutionKey, Milliseconds, NodeId, Outcome } from '../trace/execution.ts';
import type { NodeStatus } from '../trace/tree.ts';
import type { BrokenFlow } from './brokenFlow.ts';
import type { FlowCommit, FlowSince, NodeSince } from './flowSince.ts';
import type { MarkedRun } from './marks.ts';

/** Which flow is drawn, and what happened in which execution. */
export interface GraphQuery {
  /** Null: the file that the execution is bound to. */
  readonly uri: string | null;
  /** Null: the latest of that flow. */
  readonly execution: ExecutionKey | null;
  /** Which ways this one took is told beside. */
  readonly comparedWith?: ExecutionKey;
  /** The flow is drawn as it was when that execution ran, where that is known. */
  readonly asRun?: boolean;
}

/** A flow as it is drawn: it changes with its file alone. */
export interface FlowDrawing {
  readonly kind: 'drawing';
  readonly query: GraphQuery;
  readonly uri: string;
  readonly name: string;
  readonly format: FlowFormat;
  /** What is told of its nodes by their places is told of this one. */
  readonly version: number;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly width: number;
  readonly height: number;
  /** It is the flow as it was when the execution ran. */
  readonly asRun?: { readonly commit: FlowCommit | null };
  /** How many nodes the file has besides: there are too many. */
  readonly more: number;
}

/** The answer: no file is bound, or it could not be laid out in time. */
export type GraphAnswer =
  FlowDrawing | { readonly kind: 'noFlow' | 'tooLarge'; readonly query: GraphQuery };

/** A node where it is drawn. */
export interface DrawnNode {
  readonly nodeId: NodeId;
  readonly name: string;
  readonly type: string;
  /** The place of the group around it; -1: none is. */
  readonly parent: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An arrow, and the corners that it has: x and y in turn. */
export interface DrawnEdge extends GraphEdge {
  readonly route: readonly number[];
}

/** What happened at the nodes of a drawn flow. */
export interface GraphStates {
  readonly query: GraphQuery;
  /** Of which drawing places are told; null: there is none. */
  readonly version: number | null;
  /** Null while none of the flow is there. */
  readonly execution: GraphExecution | null;
  /** By place; what is missing did not run, and never did. */
  readonly nodes: readonly NodeState[];
  /** Of each edge how often it was taken; null without an execution. */
  readonly taken: readonly number[] | null;
  /** The same of the one that it is compared with; null where it is with none. */
  readonly takenByOther: readonly number[] | null;
  /** Of how many executions runs and failures are counted. */
  readonly counted: number;
  /** How the flow that is drawn has changed since that execution; null where nobody knows of a change. */
  readonly since: FlowSince | null;
  /** The text of the flow is broken by now; missing where it is whole. */
  readonly broken?: BrokenFlow;
}

/** The execution whose states are told. */
export interface GraphExecution {
  readonly key: ExecutionKey;
  readonly outcome: Outcome;
  readonly beginMs: Milliseconds | null;
  /** The time in which it is played; null: no step tells when it ran. */
  readonly extent: { readonly beginMs: Milliseconds; readonly endMs: Milliseconds } | null;
}

/** What is known of a node. */
export interface NodeState {
  readonly place: number;
  readonly run?: MarkedRun;
  readonly runs?: number;
  readonly failures?: number;
  readonly usualMs?: Milliseconds;
  readonly since?: NodeSince;
  /** When it ran, the earliest first. */
  readonly spans?: readonly NodeSpan[];
}

/** One of its runs, in milliseconds since the epoch. */
export interface NodeSpan {
  readonly beginMs: Milliseconds;
  /** Null: it has not ended. */
  readonly endMs: Milliseconds | null;
  readonly status: NodeStatus;
}
