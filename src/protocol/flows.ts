import type { ExecutionRow } from './list.ts';
import type { Figures } from './status.ts';
import type { FlowFormat, OffsetRange, PlaceInNode } from '../flow/flowDocument.ts';
import type { Milliseconds, NodeId } from '../trace/execution.ts';
import type { NodeSince } from './flowSince.ts';
import type { TextVersion } from './marks.ts';

/** The flow file that an execution is bound to. */
export interface FlowLabel {
  readonly uri: string;
  readonly name: string;
  /** Share of the execution's nodes that the file holds, 0 to 1. */
  readonly share: number;
  /** Other files hold as many; the reader may choose. */
  readonly tied: readonly FlowFileName[];
  /** Those that the reader did not choose, and may after all. */
  readonly passedOver?: readonly FlowFileName[];
}

export interface FlowFileName {
  readonly uri: string;
  readonly name: string;
}

/** Of several files with the same nodes the one that the reader chose, for all executions of the flow. */
export interface FlowChoice {
  /** The id of the flow; of one without, what its nodes make. */
  readonly flow: string;
  readonly uri: string;
}

/** Where a node stands in a flow file. */
export interface NodeLocation {
  readonly uri: string;
  readonly flowName: string;
  readonly nodeId: NodeId;
  readonly nodeName: string;
  /** What the cursor is put on: its id, or the place in it that was asked for. */
  readonly idRange: OffsetRange;
  readonly range: OffsetRange;
  readonly place?: PlaceInNode;
  /** Of which text of an editor these places are: what is broken by now still has those of its last good text. */
  readonly version?: TextVersion;
}

/** The node that is looked for, and what of it. */
export interface NodeTarget {
  readonly nodeId: NodeId;
  readonly name: string;
  readonly place?: PlaceInNode;
}

/** The answer to "where in the flow files is this node?". */
export type LocateAnswer =
  | {
      readonly kind: 'found';
      readonly location: NodeLocation;
      /** What is another at it since the execution. */
      readonly since?: NodeSince;
    }
  /** Never jump silently: the reader chooses. */
  | {
      readonly kind: 'ambiguous';
      readonly candidates: readonly NodeLocation[];
      /** They are of several files that fit alike: the choice is one for all executions of the flow. */
      readonly areFiles?: true;
    }
  /** In no flow file, but the record names the line of the robot's source that traced it. */
  | { readonly kind: 'source'; readonly source: string }
  | { readonly kind: 'noFlowFile' }
  | {
      readonly kind: 'notInFlow';
      readonly uri: string;
      readonly flowName: string;
      /** When the execution began. */
      readonly ranMs: Milliseconds | null;
    }
  /** The execution did not fail. */
  | { readonly kind: 'notFailed' }
  /** The execution failed, and names no failing node. */
  | { readonly kind: 'noNode' };

/** What the engine knows of a flow file. */
export type FlowInfo =
  | {
      readonly kind: 'flow';
      readonly uri: string;
      readonly name: string;
      readonly format: FlowFormat;
      readonly nodeCount: number;
    }
  | { readonly kind: 'notAFlow'; readonly uri: string };

/** A file on the disk of the engine's machine that may be a flow. */
export interface FlowFileOnDisk {
  readonly uri: string;
  readonly path: string;
  /** Somebody opened it: it is read also where git ignores it. */
  readonly isWanted: boolean;
}

/** What a file on the disk is, or why that can't be told. What git ignores is no flow. */
export type FlowOnDisk =
  | FlowInfo
  | { readonly kind: 'missing'; readonly uri: string }
  | { readonly kind: 'tooLarge'; readonly uri: string; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly uri: string; readonly detail: string };

/** What is known of a flow file: what it is, and what its executions did. */
export interface FlowState {
  readonly info: FlowInfo;
  readonly figures: Figures;
  /** The newest execution of the flow, and the newest that failed. */
  readonly latest: ExecutionRow | null;
  readonly latestFailed: ExecutionRow | null;
}
