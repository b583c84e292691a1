import type { Json } from '../base/json.ts';
import type {
  ExecutionData,
  ExecutionSummary,
  FailingNode,
  LeftOut,
  Milliseconds,
  NodeData,
  NodeId,
  RunKey,
} from '../trace/execution.ts';
import type { TreeNode } from '../trace/tree.ts';

/** Which values of a node run, or of an execution itself: what started it is its input, what it gave its output. */
export type Section = 'input' | 'output' | 'config';

/** The way to a value: the name of the variable, then fields and places in lists. */
export type ValuePath = readonly (string | number)[];

/** An item of a list: what the field holds that tells it from the others; `field` null: the list has no other. */
export interface ItemKey {
  readonly field: string | null;
  readonly value: Json | undefined;
}

/** The same way in other runs: null stands for an item of which nobody can tell which one it is there. */
export type ValueWay = readonly [name: string, ...steps: (string | ItemKey | null)[]];

/** Where a value stands: in a run, or with `run` null in the execution itself; `index`: which of the section's values. */
export interface ValueAt {
  readonly run: RunKey | null;
  readonly section: Section;
  readonly index: number;
  /** Within the value: without its name. */
  readonly path: ValuePath;
}

/** One of two executions that are compared, with what is asked of it. */
export interface ComparedRun {
  readonly summary: ExecutionSummary;
  readonly failing: FailingNode | null;
  readonly tree: readonly TreeNode[];
  /** Runs whose entries can only be attempts. */
  readonly retried: ReadonlySet<RunKey>;
  /** Those that failed at first and gave their output in the end. Missing where nobody tells of them. */
  readonly madeGood?: ReadonlySet<RunKey | null | undefined>;
  /** By the key of a retried run: what its earlier attempts took at most. Missing where nobody draws it. */
  readonly lostMs?: ReadonlyMap<RunKey, Milliseconds>;
  /** Where it failed in a node that left no entry: whether it can have been this one, by what was said. Missing: any. */
  readonly mayHaveFailed?: (nodeId: NodeId) => boolean;
  /** What its record had no room for. */
  readonly leftOut?: LeftOut | undefined;
  /** Masked. */
  readonly dataOf: (run: RunKey) => NodeData | undefined;
  /** Stands for the same as `dataOf`, as its service wrote it: equal bytes, equal data. Missing where nobody has them. */
  readonly bytesOf?: (run: RunKey) => readonly Uint8Array[] | undefined;
  /** False where its log surely tells of nothing that went wrong: nobody has to decode it then. */
  readonly mayComplain?: (run: RunKey) => boolean;
  /** Masked. */
  readonly ownData: () => ExecutionData | undefined;
  /**
   * Stands for what is masked at a place: the same for the same secret, in both executions; it tells nothing else of
   * it. Undefined where that isn't known.
   */
  readonly secretAt: (place: ValueAt) => string | undefined;
}

/** A value under its name, and which of its section it is. */
export interface Named {
  readonly name: string;
  readonly index: number;
  /** One, or one for each round that the record keeps. */
  readonly rounds: readonly Json[];
  /** Where in the section the rounds stand. */
  readonly places: readonly number[];
  readonly isRounds: boolean;
}
