import type { Json } from '../base/json.ts';

/** A span of time or a moment since the epoch, in milliseconds. */
export type Milliseconds = number;
/**
 * Identifies an execution in this window on the topic: service and sid, because an rpa-server record carries its
 * caller's sid. Calls of a service add what tells them apart: one workflow calls its robot many times under one sid.
 */
export type ExecutionKey = string;
/** The id of a node in the flow file, such as `rpa::3f9d2b1a-…`. */
export type NodeId = string;
/** Identifies a node run within its execution; stable while an execution grows by snapshots. */
export type RunKey = string;

/**
 * How an execution ended. `cancelled`: code 0 but cut off before its end node; `unreported`: a record that says
 * nothing about the outcome (build); `stalled`: its snapshots stopped without an end.
 */
export type Outcome = 'succeeded' | 'failed' | 'cancelled' | 'running' | 'stalled' | 'unreported';

/** What kind of service wrote the record. */
export type ExecutionKind = 'workflow' | 'build' | 'rpa' | 'link' | 'aitools' | 'agent' | 'other';

/** Whether it is one call of a tool, and no run of a robot or a workflow. */
export function isToolCall(kind: ExecutionKind): boolean {
  return kind === 'link' || kind === 'aitools';
}

/** Whether its records have entries of steps. */
export function goesThroughSteps(kind: ExecutionKind): boolean {
  return kind === 'workflow' || kind === 'build' || kind === 'agent';
}

/** Where the times of an execution come from, best first. `none`: the record has no usable times. */
export type TimeSource = 'record' | 'swapped' | 'recordTimestamp' | 'sid' | 'none';

/** Tokens used by language models. */
export interface TokenUsage {
  readonly questionTokens: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
}

/** The node at which an execution failed. */
export interface FailingNode {
  /** Null when the record doesn't name it and no flow file is known. */
  readonly nodeId: NodeId | null;
  readonly runKey: RunKey | null;
  readonly name: string;
  /** True when no entry says so: found as the successor that never logged. */
  readonly inferred: boolean;
  /** The last node that ran before an inferred failing node. */
  readonly afterNodeId: NodeId | null;
}

/** What began an execution, where its record says so. */
export interface Caller {
  /** The execution that did. */
  readonly sid: string;
  /** Which run in it; null for the execution itself. */
  readonly runKey: RunKey | null;
}

/** What the list of executions shows, decoded once on arrival. All text is masked. */
export interface ExecutionSummary {
  readonly key: ExecutionKey;
  readonly sid: string;
  /** The record's `sub` as it stands: `workflow`, `rpa-server`, `spark-link`, `aitools`, … */
  readonly service: string;
  readonly kind: ExecutionKind;
  /** The flow's id, empty when the record has none. */
  readonly flowId: string;
  /** What ran, in the words of the record: flow id, robot project id, tool id or tool name. */
  readonly subject: string;
  readonly outcome: Outcome;
  readonly code: number;
  readonly message: string;
  /** Null when unknown. */
  readonly beginMs: Milliseconds | null;
  readonly endMs: Milliseconds | null;
  readonly durationMs: Milliseconds | null;
  readonly timeSource: TimeSource;
  /** Of one that runs: when its last step began or ended, by the clock of its robot. */
  readonly reachedMs?: Milliseconds;
  readonly failing: FailingNode | null;
  readonly calledBy?: Caller;
  /** Distinct node ids, in order of first appearance; what binds an execution to a flow file. */
  readonly nodeIds: readonly NodeId[];
  /** Distinct names of nodes that ran, in order of first appearance; what the filter looks for. */
  readonly nodeNames: readonly string[];
  /** Number of distinct node runs (duplicates collapsed). */
  readonly runCount: number;
  /** Summed over distinct runs; the record's own sum counts repeated entries again. */
  readonly usage: TokenUsage;
}

/** One run of one node; repeated entries of the same run are collapsed into it. */
export interface NodeRun {
  readonly key: RunKey;
  readonly nodeId: NodeId;
  readonly name: string;
  /** The technical type: the prefix of the node id (`rpa`, `spark-llm`), or the record's node type. */
  readonly type: string;
  /** The record's own `node_type`, a category in the console's words. */
  readonly category: string;
  /**
   * `recovered`: marked as failed by an earlier attempt, but it has an output or the run went on without an error;
   * `unended`: it began, and the record ends without its end.
   */
  readonly status: 'succeeded' | 'failed' | 'recovered' | 'running' | 'unended';
  /** How often the entry stands in the record: rounds of an iteration, or attempts of a retried node. */
  readonly count: number;
  readonly beginMs: Milliseconds | null;
  readonly endMs: Milliseconds | null;
  readonly durationMs: Milliseconds | null;
  /** Time to the first frame of a model's answer. */
  readonly firstFrameMs: Milliseconds | null;
  /** Keys of the runs that may follow; a key without a run is a successor that never logged. */
  readonly next: readonly RunKey[];
  readonly usage: TokenUsage;
  readonly logCount: number;
  /** The first ERROR log, masked. */
  readonly error: string | null;
  /** Set on children of parallel iterations. */
  readonly iterationIndex: number | null;
  readonly iterationParent: NodeId | null;
  /** The run within which it ran, where the record names that and not its node alone. */
  readonly parent?: RunKey | undefined;
  /** Position in the record: order of completion. */
  readonly order: number;
  /**
   * The entry mixes rounds of an iteration: it failed in a later one, while its data and times are those of
   * one that succeeded.
   */
  readonly mixesRounds?: boolean | undefined;
  /** The run went on without it: it recovered, but by another way than an output of its own. */
  readonly gaveNothing?: boolean | undefined;
  /** The line of the robot's source that traced it, `file:line`, as far as the record names one. */
  readonly source?: string | undefined;
}

/** What a record lacks because it would have been too long with it. */
export interface LeftOut {
  /** How many runs. */
  readonly nodes: number;
  /** Whether what its runs got, gave and said. */
  readonly data: boolean;
}

/** An execution with its runs, without their data. */
export interface Execution {
  readonly summary: ExecutionSummary;
  readonly runs: readonly NodeRun[];
  /** Undefined where the record lacks nothing, as far as it says. */
  readonly leftOut?: LeftOut;
  /** Types of nodes that the message's words belong to, where no entry says which node failed. */
  readonly suspectTypes: readonly RegExp[];
}

/** In which form a value stood in the record. `link`: a large value was replaced by an address. */
export type ValueForm = 'json' | 'jsonText' | 'python' | 'text' | 'link';

/** A value of a node, readable and masked. */
export interface NamedValue {
  readonly name: string;
  readonly value: Json;
  readonly form: ValueForm;
  /** Which round of an iteration it belongs to, from 0; null when the record doesn't say. */
  readonly round: number | null;
  /** Where only a part was asked for: its lists, objects and texts that go on. */
  readonly leftOut?: readonly LeftOutParts[];
}

/** A list, an object or a text of a value that holds more than what is given of it. */
export interface LeftOutParts {
  /** The names of the parts that lead to it, from the whole down; of a list, their places from 0. */
  readonly path: readonly string[];
  /** How many parts it has; of a text, how many signs. */
  readonly size: number;
  /** Which of them is the first that is given; left out where that is the first of all. */
  readonly from?: number;
  /** Of a text: how many of its lines end before and behind what is given. */
  readonly lines?: { readonly before: number; readonly behind: number };
  /** Of a text: how many bytes all of it has as UTF-8. */
  readonly bytes?: number;
}

/** One line of a node's log. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  /** As written by the service: local time without zone, one second resolution; empty when missing. */
  readonly time: string;
}

/** What a model gave piece by piece, put together. */
export interface LogStream {
  /** The places of the log lines that hold the pieces, in order; one where a service logged all of it at once. */
  readonly lines: readonly number[];
  /** How many frames it came in: two at least. */
  readonly frames: number;
  readonly text: string;
  /** What it thought before it answered; empty where it told nothing of that. */
  readonly reasoning: string;
}

/**
 * What an iteration does with an item that fails: `stop` fails with it, `giveNothing` gives nothing in its place,
 * `leaveOut` leaves it out of what it gives. Null where its settings don't tell.
 */
export type OnItemError = 'stop' | 'giveNothing' | 'leaveOut';

/** What a node got, gave and said: decoded on demand. */
export interface NodeData {
  readonly input: readonly NamedValue[];
  readonly output: readonly NamedValue[];
  readonly config: readonly NamedValue[];
  readonly logs: readonly LogLine[];
  /** Texts that stand in pieces in the log, in its order. */
  readonly streams: readonly LogStream[];
  readonly llmOutput: string;
  readonly usage: TokenUsage;
  readonly onItemError: OnItemError | null;
  /** Whether its settings let it be tried again. */
  readonly mayRetry: boolean;
  /** Fields we have no name for, kept and shown. */
  readonly other: readonly NamedValue[];
}

/** What an execution itself got and gave. */
export interface ExecutionData {
  readonly question: NamedValue;
  readonly answer: NamedValue;
  /** All other fields of the record that are not shown elsewhere (app id, uid, caller, srv, version, unknown fields). */
  readonly fields: readonly NamedValue[];
}
