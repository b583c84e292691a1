import type { Json } from '../base/json.ts';
import type { HistoryNews } from '../history/historyState.ts';
import type { RedactionProblem } from '../masking/redactionSettings.ts';
import type { LedgerData } from '../metrics/ledgerData.ts';
import type { ReaderSays } from '../problems/problemMark.ts';
import type { RecordPosition } from '../record/consumedRecord.ts';
import type { SourceError, SourceState, TopicNews } from '../record/recordSource.ts';
import type { KafkaConnection } from '../sources/kafka/spec.ts';
import type { ExecutionKey, NodeId, RunKey } from '../trace/execution.ts';
import type { RejectedRecord } from '../trace/rejected.ts';
import type { OtherSource } from './compare.ts';
import type { Completions } from './completions.ts';
import type {
  FlowChoice,
  FlowFileOnDisk,
  FlowInfo,
  FlowLabel,
  FlowOnDisk,
  LocateAnswer,
  NodeTarget,
} from './flows.ts';
import type { FoundPlace } from './find.ts';
import type { ValueRef } from './inspector.ts';
import type { LinkedExecution, LinkedValue } from './handOn.ts';
import type { ValuePlace } from '../trace/valuePlace.ts';
import type { FlowThenTold, FlowThenWanted } from './flowSince.ts';
import type { ExecutionRow, Scope } from './list.ts';
import type { TextVersion } from './marks.ts';
import type { FlowKeys } from '../flow/genericFlow.ts';
import type { FailureTold, ResolvedProblem } from './problems.ts';
import type { KnownElsewhere, SavedSlice, SaveTarget } from './savedExecutions.ts';
import type { EngineSettings } from './settings.ts';
import type { SourceLabel, SourceSpec } from './sources.ts';
import type { StoredTextAnswer, StoredTextQuery } from './storedText.ts';
import type { EngineQuestions } from './questions.ts';
import type { Answered, Asked, Pushed, Watch, WatcherId } from './subscriptions.ts';

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
  /**
   * Reads the next older records of each partition and answers when they are in the list: asked twice at a time it
   * reads once. Without room for them nothing is read.
   */
  loadOlder: { params: null; result: null };
  testConnection: {
    params: { connection: KafkaConnection; topic: string };
    result:
      | { readonly ok: true; readonly topics: readonly string[]; readonly partitions: number }
      | { readonly ok: false; readonly error: SourceError };
  };
  /** Tells the text of a flow file; again on each change. */
  setFlow: {
    params: {
      uri: string;
      fileName: string;
      text: string;
      /** Told again with the places of its nodes; none: it stands on the disk. */
      version?: TextVersion;
      /** Keys of home-made formats, from the settings. */
      keys?: FlowKeys;
    };
    result: FlowInfo;
  };
  /** Reads files of the workspace from the disk, so that the host need not; answers for each, in their order. */
  readFlows: {
    params: {
      files: readonly FlowFileOnDisk[];
      /** Paths of the folders of the workspace: what is ignored is looked up to their tops. */
      folders: readonly string[];
      keys: FlowKeys;
    };
    result: readonly FlowOnDisk[];
  };
  /** Tells how a flow file was when something ran: the answer to `flowThenWanted`. */
  setFlowThen: { params: FlowThenTold; result: null };
  removeFlow: { params: { uri: string }; result: null };
  /** The reader says something of a problem: answered when it is kept. */
  markProblem: { params: ReaderSays; result: null };
  /** Which file an execution's flow is bound to, where several tie. */
  chooseFlow: { params: { key: ExecutionKey; uri: string }; result: null };
  locate: {
    params: {
      key: ExecutionKey;
      /** `flow`: where it failed, else where it began. */
      target: NodeTarget | 'failing' | 'flow';
      /** The files that the reader looks at, the one with the cursor first. */
      seen?: readonly string[];
    };
    result: LocateAnswer;
  };
  /** The node at an offset of a flow file, and who of that flow ran it: `preferred`, if it did, else the newest that did. */
  nodeAt: {
    params: { uri: string; offset: number; preferred: ExecutionKey | null };
    result: {
      readonly nodeId: NodeId;
      readonly name: string;
      readonly execution: ExecutionKey | null;
    } | null;
  };
  /** The latest execution of the scope, the latest failed one where `failed` is set. */
  latest: { params: { scope: Scope; failed: boolean }; result: ExecutionKey | null };
  /** Answers a question once. */
  ask: { params: Asked<EngineQuestions>; result: Answered<EngineQuestions> };
  /** Answers, and from now on pushes what changes, while the watcher is visible. */
  watch: { params: Watch<EngineQuestions>; result: Answered<EngineQuestions> };
  unwatch: { params: { readonly watcher: WatcherId; readonly id: string }; result: null };
  /** A hidden watcher is pushed nothing; one that is seen again is pushed all that it watches. */
  setVisible: {
    params: { readonly watcher: WatcherId; readonly visible: boolean };
    result: null;
  };
  /** The watcher is gone. */
  leave: { params: { readonly watcher: WatcherId }; result: null };
  /** What can be written at a place of the filter, with the values of the scope's executions. */
  complete: {
    params: { readonly scope: Scope; readonly filter: string; readonly cursor: number };
    result: Completions | null;
  };
  /** Fetches a large value that a service stored elsewhere. Nothing else fetches anything. */
  fetchStored: { params: StoredTextQuery; result: StoredTextAnswer };
  cancelFetch: { params: { id: string }; result: null };
  /** Which executions `saveSlice` is to be asked for, oldest first. */
  saveKeys: { params: SaveTarget; result: readonly ExecutionKey[] };
  /** Their records, masked: as many from the first as fit into a slice. */
  saveSlice: { params: { keys: readonly ExecutionKey[] }; result: SavedSlice };
  /** Good runs by which it is known what is another in every run, where one is compared with `other`. */
  goodRunsOf: {
    params: { key: ExecutionKey; other: ExecutionKey };
    result: readonly ExecutionKey[];
  };
  /** What the trace file that is read tells of executions that it does not hold. */
  tellKnown: { params: { known: KnownElsewhere | null }; result: null };
  /** The flow files that executions are bound to, each once. */
  flowsOf: { params: { keys: readonly ExecutionKey[] }; result: readonly FlowLabel[] };
  /** A text that is saved with executions, such as a flow file's, masked; null where it could not be judged in time. */
  maskText: { params: { text: string }; result: { readonly text: string | null } };
  /** Reads a source beside the one that is read, to compare with one of its executions. */
  readForCompare: { params: { spec: SourceSpec }; result: OtherSource };
  /** What the history has of the flow of an execution from before the window, newest first; opened or compared like any. */
  earlierOfFlow: {
    params: { key: ExecutionKey };
    result: { readonly rows: readonly ExecutionRow[] };
  };
  /** The execution of a record: in the list already, or read for it. An empty sid: whichever stands there. */
  openRecord: { params: { position: RecordPosition; sid: string }; result: LinkedExecution };
  /** Where the value of a link stands; null where it is in no run of its node. */
  linkedPlace: { params: LinkedValue; result: FoundPlace | null };
  /** One value as it stands in the record, unmasked; refused unless the settings allow it. */
  reveal: {
    params: { key: ExecutionKey; row: RunKey | null; place: ValuePlace };
    result: { readonly value: Json };
  };
  /** The text of a value, masked as it is shown, however large. */
  valueText: { params: ValueRef; result: { readonly text: string } };
  /** Deletes what is kept in a folder of the executions of all sources; `failed`: how many files could not be emptied. */
  deleteHistory: {
    params: { readonly folder: string };
    /** How many histories are left, and whether texts of failures are that are kept beside what the reader said. */
    result: { readonly failed: number; readonly textsLeft: boolean };
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
}

/** What the engine tells unasked. */
export interface EngineEvents {
  /** What is watched changed: to its watcher, at most once per frame. */
  pushed: Pushed<EngineQuestions>;
  /** For the status bar: only when something changed. */
  state: { readonly source: SourceLabel; readonly state: SourceState };
  /** A finished failed execution that is news, for the notification; not for what was read as history. */
  failed: { readonly row: ExecutionRow; readonly flow: FlowLabel | null } & FailureTold;
  /** An execution passed where a problem was, which is believed to be resolved by that. */
  resolved: {
    readonly row: ExecutionRow;
    readonly flow: FlowLabel | null;
    readonly problem: ResolvedProblem;
  };
  /** How was this flow file then? Asked once; who can't tell says so. */
  flowThenWanted: FlowThenWanted;
  /** What was counted has been received. */
  ledger: LedgerData;
  /** Something that was read of a topic, or was to be read, is gone: for a notification. */
  topicNews: TopicNews;
  /** The history on disk is in trouble: for a notification, once each. */
  historyNews: { readonly news: HistoryNews };
  /** A pattern of the settings is not applied, from the start or from now on. */
  redactionProblem: RedactionProblem;
  /** The reader chose one of several flow files, which is to hold for the next engine too. */
  flowChosen: FlowChoice;
  log: { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string };
}
