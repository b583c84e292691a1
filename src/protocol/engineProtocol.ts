import type { Json } from '../base/json.ts';
import type { Finding } from '../diagnosis/finding.ts';
import type { FlowFormat, OffsetRange } from '../flow/flowDocument.ts';
import type { LedgerData } from '../metrics/ledgerData.ts';
import type { RecordPosition } from '../record/consumedRecord.ts';
import type {
  KafkaConnection,
  SourceError,
  SourceState,
  StartPosition,
  TopicNews,
} from '../record/recordSource.ts';
import type {
  ExecutionData,
  ExecutionKey,
  ExecutionKind,
  ExecutionSummary,
  FailingNode,
  Milliseconds,
  NodeData,
  NodeId,
  Outcome,
  RunKey,
} from '../trace/execution.ts';
import type { QueryFault, QueryField, TextRange } from '../query/terms.ts';
import type { ItemFailure } from '../trace/iterationItems.ts';
import type { RejectedRecord } from '../trace/rejected.ts';
import type { MatchConfidence } from '../trace/subWorkflows.ts';
import type { NodeStatus } from '../trace/tree.ts';
import type { Caution } from './caution.ts';
import type { SavedSlice } from './savedExecutions.ts';
import type { LargeValueSettings, StoredTextAnswer, StoredTextQuery } from './storedText.ts';

/** Which source the engine shall read. */
export type SourceSpec =
  | {
      readonly kind: 'kafka';
      readonly connection: KafkaConnection;
      readonly topic: string;
      readonly start: StartPosition;
    }
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  /** Files dropped on the panel: a page sees contents, never paths. */
  | {
      readonly kind: 'contents';
      readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
    }
  | { readonly kind: 'sample' };

/** The source as shown: what it is, without any secret. */
export interface SourceLabel {
  readonly kind: 'none' | SourceSpec['kind'];
  /** Kafka: the topic; files: the file's name (or how many); sample: empty. */
  readonly name: string;
  /** Kafka: the brokers; files: the paths. */
  readonly detail: string;
}

/** How secrets are masked beyond what always is. */
export interface RedactionSettings {
  /** Regular expressions of further secrets, each bare or as `/…/flags`. */
  readonly patterns: readonly string[];
  /** Where each of them is written; the user's list, in this order, where nothing is said. */
  readonly origins?: readonly PatternOrigin[];
  /** Further field names whose values are masked. */
  readonly names: readonly string[];
  /** Whether the reader may have a masked value shown. Never in an untrusted workspace. */
  readonly allowReveal: boolean;
}

/** On which level of the settings a pattern is written, and its place in that list from 0. */
export interface PatternOrigin {
  readonly level: 'user' | 'workspace';
  readonly index: number;
}

/**
 * A pattern of the settings that is not applied: where it is written, and why. `givenUp`: it was applied
 * until it took too long on some text; since then all texts are hidden, for it may have found something in them.
 */
export interface RedactionProblem extends PatternOrigin {
  readonly fault:
    | { readonly kind: 'invalid' | 'unknownFlag'; readonly detail: string }
    | { readonly kind: 'matchesEmpty' | 'tooLong' | 'tooSlow' | 'givenUp' };
}

/**
 * Which masked text of what is inspected: its section, and its place in it from 0. `message`: the status message of
 * the record; `name` and `id`: those of the node, or what ran and its sid; they are at 0.
 */
export interface ValuePlace {
  readonly section: 'input' | 'output' | 'config' | 'other' | 'logs' | 'message' | 'name' | 'id';
  readonly index: number;
}

/** Everything the engine is told by settings; sent before anything else and after each change. */
export interface EngineSettings {
  /** Bound on what the store keeps: raw bytes of records, and summaries. */
  readonly storeBytes: number;
  /** An execution in progress of which no record came for so long is stalled. */
  readonly stalledAfterMs: Milliseconds;
  /** Null: record no metrics, load no exporter. */
  readonly otlp: {
    readonly endpoint: string;
    readonly protocol: 'auto' | 'grpc' | 'http/protobuf';
    readonly intervalMs: number;
  } | null;
  /** Up to where executions were counted and received; kept by the host over restarts, and for other windows. */
  readonly ledger: LedgerData;
  /** Null: large values are not fetched, because the workspace is not trusted. */
  readonly largeValues: LargeValueSettings | null;
  /** Engines before this one ran out of memory over the same source. */
  readonly caution?: Caution;
  /** Whether damaged records of a topic are skipped without being asked; undefined: they aren't. */
  readonly skipDamagedBatches?: boolean;
  /** Undefined: nothing more is masked, nothing revealed. */
  readonly redaction?: RedactionSettings;
}

/** Which executions are asked for. `flow`: those of that file. */
export type Scope = { readonly kind: 'all' } | { readonly kind: 'flow'; readonly uri: string };

/** What part of the list the panel shows. Sent again whenever the reader scrolls, filters or changes scope. */
export interface ListQuery {
  readonly scope: Scope;
  /** A query as `query/parseQuery.ts` reads it: words and `field:value` terms that must all hold. Empty: all. */
  readonly filter: string;
  /**
   * The execution at the top of what the reader looks at; rows are counted from it, so that new ones above
   * don't move the page. Null: from the newest.
   */
  readonly anchor: ExecutionKey | null;
  /** First row, counted from the anchor; may be negative down to the newest. */
  readonly offset: number;
  readonly limit: number;
}

/** Which executions to save: all that a list shows, or one. */
export type SaveTarget =
  | { readonly kind: 'list'; readonly scope: Scope; readonly filter: string }
  | { readonly kind: 'execution'; readonly key: ExecutionKey };

/** A row of the list of executions. */
export interface ExecutionRow {
  readonly key: ExecutionKey;
  readonly sid: string;
  /** The flow's name when a file is bound to it, else what the record calls it. */
  readonly name: string;
  readonly kind: ExecutionKind;
  readonly service: string;
  readonly outcome: Outcome;
  readonly code: number;
  readonly beginMs: Milliseconds | null;
  readonly durationMs: Milliseconds | null;
  readonly failing: FailingNode | null;
  /** How many records of other services hang below it. */
  readonly subCount: number;
}

/** The part of the list that was asked for, as it is now. */
export interface ListWindow {
  /** Grows with each change; a window with a lower one than the last is old. */
  readonly revision: number;
  readonly query: ListQuery;
  /** Rows in all, under scope and filter. */
  readonly total: number;
  /** How many of them are newer than the anchor (0 without one). */
  readonly newer: number;
  /** Position of the first row among all, 0 = newest. */
  readonly start: number;
  readonly rows: readonly ExecutionRow[];
  /** Executions in all scopes without filter: tells "none here" from "none at all". */
  readonly totalAll: number;
  /** Words of the filter that mean nothing; their ranges count from its beginning as it was sent. */
  readonly faults: readonly QueryFault[];
  /** How far payloads have been searched; null where the filter has no `text:`. */
  readonly search: SearchProgress | null;
}

/** How far a search through payloads is, in executions. It ends when `searched` and `unavailable` make `total`. */
export interface SearchProgress {
  readonly searched: number;
  /** Not searched, because their bytes left the window. */
  readonly unavailable: number;
  readonly total: number;
}

/** What can be written at a place of the filter. */
export interface Completions {
  /** What of the filter each of them replaces. */
  readonly range: TextRange;
  readonly items: readonly Completion[];
}

/** Something that can be written: a field, or a value of one. */
export interface Completion {
  readonly kind: 'field' | 'value';
  readonly field: QueryField;
  /** What is put into the filter: `status:`, `failed`, `"Click save"`. */
  readonly insert: string;
  /** How many executions have this value; null where it isn't counted. */
  readonly count: number | null;
}

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

/** A row of the execution tree. */
export interface TreeRow {
  readonly key: RunKey;
  readonly nodeId: NodeId;
  readonly name: string;
  readonly type: string;
  readonly status: NodeStatus;
  readonly inferred: boolean;
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
  /** A later attempt succeeded, as the diagnosis found. */
  readonly isMadeGood?: true;
  /** How long before the begin of a retried node the step before it had ended: the most that earlier attempts took. */
  readonly lostMs?: Milliseconds;
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
  /** How sure it is that the node called it; null where the sid says so, and for all other rows. */
  readonly confidence: MatchConfidence | null;
  /** Whether the bound flow file holds this node. */
  readonly inFlow: boolean;
}

/** The flow file that an execution is bound to. */
export interface FlowLabel {
  readonly uri: string;
  readonly name: string;
  /** Share of the execution's nodes that the file holds, 0 to 1. */
  readonly share: number;
  /** Other files hold as many; the reader may choose. */
  readonly tied: readonly { readonly uri: string; readonly name: string }[];
}

/** A summary as it is sent: of a run of 10,000 nodes, their ids would be most of each message. */
export type SentSummary = Omit<ExecutionSummary, 'nodeIds' | 'nodeNames'>;

/** An opened execution: head, findings and a part of its tree. */
export interface TreeWindow {
  readonly revision: number;
  readonly query: TreeQuery;
  readonly summary: SentSummary;
  readonly name: string;
  readonly failing: FailingNode | null;
  readonly flow: FlowLabel | null;
  readonly findings: readonly Finding[];
  /** The shared time axis. Null when nothing has times. */
  readonly extent: { readonly beginMs: Milliseconds; readonly endMs: Milliseconds } | null;
  readonly totalRows: number;
  readonly start: number;
  readonly rows: readonly TreeRow[];
  /** Index of the row to bring into view; null when `at` was an offset or the row isn't there. */
  readonly focus: number | null;
  /** How many records of other services hang below it that are not among the rows, being too many. */
  readonly moreParts?: number;
  readonly position: RecordPosition;
  readonly recordBytes: number;
  /** Whether masked texts of it may be revealed. */
  readonly canReveal?: boolean;
}

/** What the inspector shows of a row. */
export type InspectorContent =
  | {
      readonly kind: 'node';
      readonly row: TreeRow;
      readonly data: NodeData;
      /** Time to the first frame of a model's answer. */
      readonly firstFrameMs: Milliseconds | null;
      /** Whether masked values of it may be revealed. */
      readonly canReveal?: boolean;
    }
  /** In the flow file, but never ran. */
  | { readonly kind: 'notRun'; readonly row: TreeRow }
  | {
      readonly kind: 'execution';
      readonly summary: SentSummary;
      readonly data: ExecutionData;
      readonly position: RecordPosition;
      readonly canReveal?: boolean;
    };

/** Key figures of a scope. */
export interface Figures {
  readonly executions: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly running: number;
  /** Of those in progress the ones that stopped reporting. */
  readonly stalled: number;
  /** 0 to 1 over finished executions; null without any. */
  readonly successRate: number | null;
  /** Of successful executions. */
  readonly cumulativeDurationMs: Milliseconds;
  /** Calls of tools that stand in the list by themselves and are not counted here. */
  readonly toolCallsApart: number;
}

/** What the panel shows besides list and tree. */
export interface EngineStatus {
  readonly source: SourceLabel;
  readonly state: SourceState;
  readonly figures: Figures;
  readonly figuresScope: Scope;
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
  readonly otlp:
    | { readonly kind: 'off' }
    | { readonly kind: 'on'; readonly endpoint: string }
    | {
        readonly kind: 'failing';
        readonly endpoint: string;
        readonly detail: string;
        /** Executions that were counted and are kept until an endpoint receives them. */
        readonly waiting: number;
      };
}

/** Where a node stands in a flow file. */
export interface NodeLocation {
  readonly uri: string;
  readonly flowName: string;
  readonly nodeId: NodeId;
  readonly nodeName: string;
  readonly idRange: OffsetRange;
  readonly range: OffsetRange;
}

/** The answer to "where in the flow files is this node?". */
export type LocateAnswer =
  | { readonly kind: 'found'; readonly location: NodeLocation }
  /** Never jump silently: the reader chooses. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly NodeLocation[] }
  | { readonly kind: 'noFlowFile' }
  | { readonly kind: 'notInFlow'; readonly uri: string; readonly flowName: string }
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

/** What can be asked of the engine. */
export interface EngineMethods {
  configure: { params: EngineSettings; result: null };
  /** Starts reading; replaces the source before. `keep` leaves what is stored (files opened one after the other). */
  openSource: { params: { spec: SourceSpec; keep: boolean }; result: null };
  closeSource: { params: null; result: null };
  pause: { params: null; result: null };
  resume: { params: null; result: null };
  /** Files are read no further; what was read stays. */
  endReading: { params: null; result: null };
  /** Reading goes on behind the damaged records before which it stands; `notFound` where it stands elsewhere. */
  skipDamaged: { params: { readonly position: RecordPosition }; result: null };
  testConnection: {
    params: { connection: KafkaConnection; topic: string };
    result:
      | { readonly ok: true; readonly topics: readonly string[]; readonly partitions: number }
      | { readonly ok: false; readonly error: SourceError };
  };
  /** Tells the text of a flow file; again on each change. */
  setFlow: { params: { uri: string; fileName: string; text: string }; result: FlowInfo };
  removeFlow: { params: { uri: string }; result: null };
  /** Which file an execution's flow is bound to, where several tie. */
  chooseFlow: { params: { key: ExecutionKey; uri: string }; result: null };
  locate: {
    params: {
      key: ExecutionKey;
      /** `flow`: where it failed, else where it began. */
      target: { readonly nodeId: NodeId; readonly name: string } | 'failing' | 'flow';
    };
    result: LocateAnswer;
  };
  /** The node at an offset of a flow file, and the newest execution of that flow that ran it. */
  nodeAt: {
    params: { uri: string; offset: number };
    result: {
      readonly nodeId: NodeId;
      readonly name: string;
      readonly execution: ExecutionKey | null;
    } | null;
  };
  /** The latest execution of the scope, the latest failed one where `failed` is set. */
  latest: { params: { scope: Scope; failed: boolean }; result: ExecutionKey | null };
  /** Sets what list the panel watches and answers with it; later changes come as `list` events. */
  watchList: { params: ListQuery; result: ListWindow };
  /** What can be written at a place of the filter, with the values of the scope's executions. */
  complete: {
    params: { readonly scope: Scope; readonly filter: string; readonly cursor: number };
    result: Completions | null;
  };
  /** The same for the opened execution; null stops watching. */
  watchTree: { params: TreeQuery; result: TreeWindow };
  unwatchTree: { params: null; result: null };
  inspect: { params: { key: ExecutionKey; row: RunKey | null }; result: InspectorContent };
  /** Fetches a large value that a service stored elsewhere. Nothing else fetches anything. */
  fetchStored: { params: StoredTextQuery; result: StoredTextAnswer };
  cancelFetch: { params: { id: string }; result: null };
  /** Which executions `saveSlice` is to be asked for, oldest first. */
  saveKeys: { params: SaveTarget; result: readonly ExecutionKey[] };
  /** Their records, masked: as many from the first as fit into a slice. */
  saveSlice: { params: { keys: readonly ExecutionKey[] }; result: SavedSlice };
  /** One value as it stands in the record, unmasked; refused unless the settings allow it. */
  reveal: {
    params: { key: ExecutionKey; row: RunKey | null; place: ValuePlace };
    result: { readonly value: Json };
  };
  rejected: {
    params: { offset: number; limit: number };
    /** `listed`: how many can be asked for; older ones are only counted. */
    result: {
      readonly total: number;
      readonly listed: number;
      readonly rows: readonly RejectedRecord[];
    };
  };
  /** The text of a rejected record as far as its source still gives it, masked. */
  rejectedText: {
    params: { position: RecordPosition };
    result: Pick<RejectedRecord, 'form' | 'whole'> & { readonly text: string };
  };
  status: { params: { figuresScope: Scope }; result: EngineStatus };
  /** While hidden the panel is sent nothing; becoming visible sends everything watched anew. */
  setVisible: { params: { visible: boolean }; result: null };
}

/** What the engine tells unasked. `list`, `tree` and `status` go to the panel, at most once per frame. */
export interface EngineEvents {
  list: ListWindow;
  tree: TreeWindow;
  status: EngineStatus;
  /** For the status bar: only when something changed. */
  state: { readonly source: SourceLabel; readonly state: SourceState };
  /** A finished failed execution, for the notification; not for what was read as history. */
  failed: { readonly row: ExecutionRow; readonly flow: FlowLabel | null };
  /** What was counted has been received. */
  ledger: LedgerData;
  /** Something that was read of a topic, or was to be read, is gone: for a notification. */
  topicNews: TopicNews;
  /** A pattern of the settings is not applied, from the start or from now on. */
  redactionProblem: RedactionProblem;
  log: { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string };
}
