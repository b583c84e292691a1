import type { FoundPlace } from './find.ts';
import type { PlaceInNode } from '../flow/flowDocument.ts';
import type { RecordPosition } from '../record/consumedRecord.ts';
import type { SourceError } from '../record/recordSource.ts';
import type { DroppedFile } from '../sources/files/spec.ts';
import type { ConnectionForm } from '../sources/kafka/spec.ts';
import type { ExecutionKey, NodeId, RunKey } from '../trace/execution.ts';
import type { CompareQuery } from './compare.ts';
import type { EngineLoss } from './engineLoss.ts';
import type { ValueRef } from './inspector.ts';
import type { FileDifference, FileHistory, FileHistoryQuery } from './fileHistory.ts';
import type { NumbersTime } from './numbers.ts';
import type { ProblemAction } from './problems.ts';
import type { WatcherId } from './subscriptions.ts';
import type { LocateAnswer, NodeTarget } from './flows.ts';
import type { SaveTarget } from './savedExecutions.ts';
import type { LiveSource } from './sources.ts';

/** What the panel is given first. */
export interface PanelSeed {
  /** Under which it watches the engine: one for each life of a page. */
  readonly watcher: WatcherId;
  /** The execution that this panel stays on; null: it shows all of them. */
  readonly pinned: ExecutionKey | null;
  /** It shows numbers alone. */
  readonly isDashboard: boolean;
  /** What it begins with then; null: what suits the source. */
  readonly numbersTime: NumbersTime | null;
  /** The flow file whose graph alone it shows; null: it shows more. */
  readonly flowView: string | null;
  /** It shows what one trace file holds, and can read nothing else. */
  readonly isTraceFile: boolean;
  /** `vscode.env.language`, such as `en` or `zh-cn`. */
  readonly language: string;
  /** The translations, English text → text; null in English. */
  readonly bundle: Readonly<Record<string, string>> | null;
  /** The flow file that the panel stands beside; null when none is open. */
  readonly flow: ActiveFlow | null;
  readonly followLatest: boolean;
  /** What the form offers: remembered from last time, or the defaults. */
  readonly connection: ConnectionForm;
  /** All connections that the settings have: the default one first, then those with a name. */
  readonly connections: readonly ConnectionForm[];
  /** False in an untrusted workspace: connecting is off until trusted. */
  readonly trusted: boolean;
  readonly hasStarted: boolean;
  readonly back: LiveSource | null;
  /** How the reader divided a panel last; null: never. */
  readonly sizes: PanelSizes | null;
  /** Whose states flows show that are open by themselves; null: of the latest of each. */
  readonly markedExecution: ExecutionKey | null;
  /** Why no engine runs; null while one does, or starts with the first question. */
  readonly engineLost: EngineLoss | null;
}

/** How a panel is divided: kept for the next one that is opened. */
export interface PanelSizes {
  /** Width of the list in pixels. */
  readonly list: number;
  /** Height of the inspector, of 1000 of its column; null: as its content wants it. */
  readonly inspector: number | null;
}

/** The flow file in the editor. */
export interface ActiveFlow {
  readonly uri: string;
  readonly fileName: string;
  readonly name: string;
}

/** The outcome of "Test connection". */
export type ConnectionTest =
  | { readonly ok: true; readonly topics: readonly string[]; readonly partitions: number }
  | { readonly ok: false; readonly error: SourceError };

/** A step that the reader chose in the panel. */
export interface ChosenStep {
  readonly key: ExecutionKey;
  readonly nodeId: NodeId;
  /** What of it. */
  readonly place?: PlaceInNode;
  /** A page that was opened begins with it: nobody chose it. */
  readonly isBegin?: boolean;
}

/** What the panel can ask of the host; each is its own message, none runs "any command". */
export interface HostMethods {
  ready: { params: null; result: PanelSeed };
  /** `password` undefined: keep the remembered one. */
  connect: { params: { form: ConnectionForm; password?: string }; result: null };
  testConnection: { params: { form: ConnectionForm; password?: string }; result: ConnectionTest };
  playSample: { params: null; result: null };
  /** Opens the file dialog; answers how many files were chosen. */
  openTraceFiles: { params: null; result: number };
  /** Files dropped on the panel. */
  openContents: {
    params: { files: readonly DroppedFile[] };
    result: null;
  };
  chooseCaFile: { params: null; result: string | null };
  disconnect: { params: null; result: null };
  /** From an opened file to the live source that was read before. */
  goBack: { params: null; result: null };
  /** Reads the source from its beginning. */
  readAgain: { params: null; result: null };
  /** Lets the reader choose a source in VS Code; answers before. */
  switchSource: { params: null; result: null };
  setFollowLatest: { params: { follow: boolean }; result: null };
  rememberSizes: { params: PanelSizes; result: null };
  /** Shows the node in its flow file; where several are meant the host lets the reader choose. */
  revealNode: {
    params: {
      key: ExecutionKey;
      target: NodeTarget | 'failing';
      /** True: the panel keeps the keyboard focus. */
      preserveFocus: boolean;
    };
    result: LocateAnswer['kind'];
  };
  /** Which execution the reader looks at: what "Jump to Failing Step" of the palette means. */
  setSelected: { params: { key: ExecutionKey | null }; result: null };
  /** The reader chose a step: the flow file shows it, where it is seen. */
  stepChosen: { params: ChosenStep; result: null };
  /** The way of a value is shown, or no longer: the flow file marks the nodes that it leads through. */
  wayShown: { params: { nodeIds: readonly NodeId[] }; result: null };
  /** Opens a panel that stays on an execution; `name` stands on its tab. */
  openInNewPanel: { params: { key: ExecutionKey; name: string }; result: null };
  /** Opens the numbers as an editor of their own, of the time that is looked at. */
  openDashboard: { params: NumbersTime; result: null };
  /** Shows executions in the panel for all; null: with the filter that is there. */
  showExecutions: {
    params: { filter: string | null; scope: 'flow' | 'all' };
    result: null;
  };
  /** Of a value whose beginning alone the page has, the host asks for all: its text goes through no page. */
  copy: { params: { text: string | ValueRef }; result: null };
  /** Opens text as a read-only document. */
  openText: {
    params: { title: string; text: string | ValueRef; language: 'json' | 'plaintext' | 'log' };
    result: null;
  };
  /** Opens two texts in the editor that shows their differences. */
  openDiff: {
    params: {
      title: string;
      before: string;
      after: string;
      language: 'yaml' | 'log';
      /** The first one is of an execution that ran later. */
      isLater: boolean;
    };
    result: null;
  };
  /** What Git knows of a flow file of the workspace. */
  fileHistory: { params: FileHistoryQuery; result: FileHistory };
  /** Shows two states of a flow file in the editor that shows their differences. */
  openFileDifference: { params: FileDifference; result: null };
  /** Lets the reader choose a file and saves there, masked; answers before, and says itself how it went. */
  saveExecutions: { params: { target: SaveTarget }; result: null };
  /** The same as a file that opens by itself, with the flow file if it is wanted. */
  saveTraceFile: { params: { target: SaveTarget }; result: null };
  /** Hands on an execution, or the step of it that is looked at; answers before, and says itself how it went. */
  handOn: {
    params: {
      command: 'copyLink' | 'copyReport' | 'saveFixture';
      key: ExecutionKey;
      step: { rowKey: RunKey; nodeId: NodeId } | null;
    };
    result: null;
  };
  /** As an execution is saved, rejected records: one, or with null all that are listed. */
  saveRejected: { params: { position: RecordPosition | null }; result: null };
  /** The same for a table of numbers or a picture, which the page has: `text` is the file, `name` what it is called. */
  saveTable: { params: { name: string; text: string; format?: 'svg' }; result: null };
  /** Opens a flow file as it was at a time beside as it is now; says so where nobody knows. */
  openFlowThen: { params: { uri: string; atMs: number }; result: null };
  openSettings: { params: { setting: string }; result: null };
  showLog: { params: null; result: null };
  /** Starts the engine now that died too often to be started by itself. */
  startEngine: { params: null; result: null };
  openExternalHelp: { params: { topic: 'gettingStarted' }; result: null };
}

/** What a notification would tell while the panel is not seen. */
export interface PanelNews {
  readonly severity: 'error' | 'info';
  /** The execution that it is about, and that is shown on a click; null without one. */
  readonly key: ExecutionKey | null;
  readonly sentence: string;
  /** Names the step and its flow file, where the cursor can be put on it; else null. */
  readonly goTo: string | null;
}

/** What the host tells the panel unasked. */
export interface HostEvents {
  activeFlow: ActiveFlow | null;
  /** From the flow file, a notification or a command: show this execution, and this node of it. */
  select: {
    readonly key: ExecutionKey;
    readonly nodeId: NodeId | null;
    readonly rowKey: RunKey | null;
    /** The panel was given the keyboard focus: its row takes it. */
    readonly takesFocus?: boolean;
    /** What is shown and marked in that row. */
    readonly match?: FoundPlace['match'];
  };
  /** From the dashboard: the executions behind a number. */
  showExecutions: { readonly filter: string | null; readonly scope: 'flow' | 'all' };
  /** A command asks to compare an execution with another; null: with the last good one of its flow. */
  compare: Pick<CompareQuery, 'key' | 'other' | 'source'>;
  /** Told while the panel is seen: it says so itself, and nothing covers it. */
  news: PanelNews;
  /** The engine died. */
  engineLost: EngineLoss;
  /** The engine is back: ask for everything again. */
  engineReady: null;
  followLatest: boolean;
  markedExecution: ExecutionKey | null;
  trusted: boolean;
  /** A command of the palette asks the panel to have saved what its list shows. */
  saveShown: null;
  /** The menu of a value, opened last, asks to copy it: as it is shown, masked. */
  copyValue: null;
  /** The same asks where it came from, or who used it. */
  followValue: null;
  /** The menu of a problem, opened last, asks for something to be done with it. */
  problemAction: { readonly id: string; readonly action: ProblemAction };
  /** A command of the palette asks the panel to show its connect form. */
  showConnect: null;
  connection: ConnectionForm;
  connections: readonly ConnectionForm[];
  /** Where the way back leads now. */
  back: LiveSource | null;
  /** Of the editor of a trace file: what became of the file since it was read. */
  traceFile: { readonly name: string; readonly state: FileState };
}

/** Whether a file still is what was read. */
export type FileState = 'same' | 'changed' | 'gone';
