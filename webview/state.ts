import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { CompareAnswer, CompareQuery } from '../src/protocol/compare.ts';
import type { EngineLoss } from '../src/protocol/engineLoss.ts';
import type { FindAnswer, FindQuery } from '../src/protocol/find.ts';
import type { GraphAnswer, GraphStates } from '../src/protocol/graph.ts';
import type { InspectorContent } from '../src/protocol/inspector.ts';
import type { LineageAnswer, LineageQuery } from '../src/protocol/lineage.ts';
import type { ListWindow, Scope } from '../src/protocol/list.ts';
import type { NumbersAnswer } from '../src/protocol/numbers.ts';
import type { OwnPast, ProblemAction, ProblemsAnswer } from '../src/protocol/problems.ts';
import type { FlowState } from '../src/protocol/flows.ts';
import type { EngineStatus, Figures } from '../src/protocol/status.ts';
import type { TreeWindow } from '../src/protocol/tree.ts';
import type { ActiveFlow, HostEvents, PanelNews, PanelSeed } from '../src/protocol/hostProtocol.ts';
import type { ConnectionForm } from '../src/sources/kafka/spec.ts';
import { traitsOf } from '../src/sources/table.ts';
import type { LiveSource } from '../src/protocol/sources.ts';
import type { Failure } from '../src/protocol/packet.ts';
import type { ExecutionKey } from '../src/trace/execution.ts';
import { toldFaults, type WritingPlace } from '../src/view/toldFaults.ts';
import { type Choices, readChoices, withReasonsRead } from './choices.ts';
import type { WebviewApi } from './host.ts';
import type { FormDraft } from './connect/formDraft.ts';
import type { Shown } from './pageFeed.ts';
import type { WantedPlace } from './inspector/useWantedPlace.ts';
import type { MenuValue } from './inspector/valueMenu.ts';
import { ReaderChoices } from './inspector/readerChoices.ts';
import type { WantedRound } from './inspector/useWantedRound.ts';
import { TreeMemory } from './tree/treeMemory.ts';

/** What fills the room below the header. */
export type View = 'traces' | 'connect' | 'rejected' | 'health' | 'compare';

/** A row of the tree that shall come into view; `n` tells a new wish from an old one. */
export interface FocusRequest {
  readonly row: number;
  readonly n: number;
  /** The keyboard focus goes there too. */
  readonly takesFocus?: boolean;
}

/** What the reader looks for in the opened execution. */
export interface Finding extends Pick<FindQuery, 'text' | 'isPattern' | 'matchCase' | 'wholeWord'> {
  /** Which of the hits is shown; -1: none yet. */
  readonly at: number;
  /** Grows each time the reader asks for it: the field takes the focus. */
  readonly asked: number;
  /** He has seen enough. */
  readonly isStopped: boolean;
}

/** What the inspector shows, and how that goes. */
export interface Inspected {
  readonly content: InspectorContent | null;
  readonly loading: boolean;
  readonly error: string | Failure | null;
}

/** A comparison, and why there is none. */
export interface ShownComparison {
  readonly answer: CompareAnswer | null;
  readonly failure: Failure | null;
}

/** All that the page shows: what host and engine told, and what the reader chose. */
export class PanelState {
  readonly language: string;
  /** The execution that the panel stays on; null: it shows all of them. */
  readonly pinned: ExecutionKey | null;
  /** It shows numbers alone. */
  readonly isDashboard: boolean;
  /** The flow file whose graph alone it shows; null: it shows more. */
  readonly flowView: string | null;
  /** It shows what one trace file holds, and nothing else can be read. */
  readonly isTraceFile: boolean;
  readonly trusted;
  readonly connection;
  /** All that the settings have: the default one first. */
  readonly connections;
  readonly flow;
  readonly followLatest;
  /** Whose states a flow shows that is open by itself; null: of its latest. */
  readonly markedExecution;
  /** Where the way back from an opened file leads. */
  readonly back;
  /** True until the source that was open last time shows itself. */
  readonly expectsSource;

  readonly status = signal<EngineStatus | null>(null);
  /** Of the scope that the list shows. */
  readonly figures = signal<{ readonly scope: Scope; readonly figures: Figures } | null>(null);
  /** Of the flow file that the panel stands beside, whatever the list shows. */
  readonly flowState = signal<FlowState | null>(null);
  /** As text, so that it changes only when the setting does: a status comes four times a second. */
  readonly hostRewrite = computed(() => JSON.stringify(this.status.value?.hostRewrite ?? {}));
  /** What the numbers page shows, and how that goes. */
  readonly numbers = signal<Shown<NumbersAnswer>>({ answer: null, failure: null });
  /** What the problems page shows. */
  readonly problems = signal<Shown<ProblemsAnswer>>({ answer: null, failure: null });
  /** What is known of the opened execution from others. */
  readonly ownPast = signal<Shown<OwnPast>>({ answer: null, failure: null });
  /** The flow that is drawn, and what happened at its steps. */
  readonly graph = signal<Shown<GraphAnswer>>({ answer: null, failure: null });
  readonly graphStates = signal<Shown<GraphStates>>({ answer: null, failure: null });
  /** What is looked for in the opened execution; null: nothing is. */
  readonly finding = signal<Finding | null>(null);
  /** What of it was found. */
  readonly found = signal<Shown<FindAnswer>>({ answer: null, failure: null });
  /** What was found in what is inspected. */
  readonly foundInRow = signal<Shown<FindAnswer>>({ answer: null, failure: null });
  /** Which value is followed through the opened execution; null: none is. */
  readonly following = signal<LineageQuery | null>(null);
  /** Its way. */
  readonly trail = signal<Shown<LineageAnswer>>({ answer: null, failure: null });
  /** The rows and nodes on that way, which tree and graph mark. */
  readonly onTrail = computed(() => {
    const { answer } = this.trail.value;
    const steps = answer === null ? [] : [...answer.steps, ...answer.candidates];
    return {
      rows: new Set(steps.map(({ row }) => row)),
      nodes: new Set(steps.map(({ nodeId }) => nodeId).filter((id) => id !== '')),
    };
  });
  /** A place that was found and is to be shown; `n` tells a new wish from an old one. */
  readonly wantedPlace = signal<WantedPlace | null>(null);
  /** Which executions are compared: null as the other is the last good one. */
  readonly comparing = signal<Pick<CompareQuery, 'key' | 'other' | 'source'> | null>(null);
  /** What they differ in, or why that is not known. */
  readonly comparison = signal<ShownComparison>({ answer: null, failure: null });
  readonly list = signal<ListWindow | null>(null);
  readonly tree = signal<TreeWindow | null>(null);
  readonly inspected = signal<Inspected>({ content: null, loading: false, error: null });
  readonly focusRequest = signal<FocusRequest | null>(null);
  /** The tree shall go to its next failure, or the one before; `n` tells a new wish from an old one. */
  readonly failureRequest = signal<{ readonly by: 1 | -1; readonly n: number } | null>(null);
  readonly wantedRound = signal<WantedRound | null>(null);
  /** Where the reader was in executions and in what the inspector shows: while other pages are shown, nothing of them is drawn. */
  readonly treeMemory = new TreeMemory();
  readonly readers = new ReaderChoices();
  /** Why the engine is away; null while it works. */
  readonly engineLost;
  /** The selected execution can't be shown: why. */
  readonly treeFailure = signal<Failure['reason'] | null>(null);
  /** The execution that was asked for and isn't on the screen yet. */
  readonly opening = signal<ExecutionKey | null>(null);
  /** What went wrong with something the reader did; shown until closed, or until another source is read. */
  readonly notice = signal<string | Failure | null>(null);

  /** What the host told last; shown until the reader looked at it or at something else, or closed it. */
  readonly news = signal<PanelNews | null>(null);
  /** What became of the trace file that is shown. */
  readonly traceFile = signal<HostEvents['traceFile'] | null>(null);

  readonly view = signal<View>('traces');
  readonly wide = signal(true);
  /** Whether the list is shown where it has no column of its own. */
  readonly pickerOpen = signal(false);
  readonly choices;
  private readonly chosenByName = new Map<keyof Choices, ReadonlySignal<Choices[keyof Choices]>>();

  /** What was typed into the connect form and is not connected with yet; never kept over a reload, as it may hold a password. */
  readonly connectDraft = signal<FormDraft | null>(null);

  /** Whether the focus is in the filter. */
  readonly isInFilter = signal(false);
  /** Where the reader is writing in the filter; null when that is done, or the focus is elsewhere. */
  readonly filterWriting = signal<WritingPlace | null>(null);

  /** What the context menu of a value does that was opened last. */
  menuValue: MenuValue = { text: () => '', follow: null };
  /** What the menu of a problem does, while problems are shown. */
  problemMenu: (id: string, action: ProblemAction) => void = () => undefined;

  /** What has the focus, as `FocusKeeper` names it. */
  private focusPlace: string | null;

  private readonly api: WebviewApi;

  constructor(seed: PanelSeed, api: WebviewApi) {
    this.api = api;
    this.language = seed.language;
    this.pinned = seed.pinned;
    this.isDashboard = seed.isDashboard;
    this.flowView = seed.flowView;
    this.isTraceFile = seed.isTraceFile;
    this.trusted = signal(seed.trusted);
    this.connection = signal<ConnectionForm>(seed.connection);
    this.connections = signal<readonly ConnectionForm[]>(seed.connections);
    this.flow = signal<ActiveFlow | null>(seed.flow);
    this.followLatest = signal(seed.followLatest);
    this.markedExecution = signal(seed.markedExecution);
    this.back = signal<LiveSource | null>(seed.back);
    this.engineLost = signal<EngineLoss | null>(seed.engineLost);
    this.expectsSource = signal(seed.hasStarted);
    const saved = api.getState();
    const choices = choicesOf(seed, saved);
    this.focusPlace = focusIn(saved);
    this.choices = signal<Choices>(choices);
    if (!this.isWhole) this.choose({});
  }

  /** It has a list: it stays on no execution, and shows more than numbers or a graph. */
  get isWhole(): boolean {
    return this.pinned === null && !this.isDashboard && this.flowView === null;
  }

  /** Whose executions the list shows: those of the open flow file unless the reader wants all. */
  readonly scope = computed<Scope>(() => {
    const flow = this.flow.value;
    return this.choices.value.scope === 'flow' && flow !== null
      ? { kind: 'flow', uri: flow.uri }
      : { kind: 'all' };
  });

  /** Whether a link to what is shown leads others there. */
  readonly hasLinks = computed(
    () => traitsOf(this.status.value?.source.kind ?? 'none')?.hasLinks === true,
  );

  /** What is wrong in the filter, in its own positions; not where the reader is still writing. */
  readonly filterFaults = computed<{ readonly faults: ListWindow['faults'] }>(() => {
    const { filter } = this.choices.value;
    const list = this.list.value;
    // The engine was sent the filter without the spaces around it.
    if (list?.query.filter !== filter.trim()) return { faults: [] };
    const indent = filter.length - filter.trimStart().length;
    const faults = list.faults.map((fault) => ({
      ...fault,
      range: { from: fault.range.from + indent, to: fault.range.to + indent },
    }));
    return { faults: toldFaults(filter, faults, this.filterWriting.value) };
  });

  /** An execution is opened: what was told of it is seen. */
  opens(next: ExecutionKey): void {
    const news = this.news.value;
    // The command that says something shows an execution with it.
    if (news?.severity === 'error' ? news.key === next : news?.key !== next) this.news.value = null;
  }

  /** The reader turns to another execution: he knows why the one that he leaves failed. */
  readerTurnsTo(next: ExecutionKey): void {
    const left = this.tree.value;
    if (left === null || left.summary.key === next || left.findings.length === 0) return;
    this.choose({ reasonsRead: withReasonsRead(this.choices.value, left.summary.key) });
  }

  /** One thing that the reader chose: who shows it is not drawn anew where he chooses another. */
  chosen<K extends keyof Choices>(name: K): Choices[K] {
    let chosen = this.chosenByName.get(name);
    if (chosen === undefined) {
      chosen = computed(() => this.choices.value[name]);
      this.chosenByName.set(name, chosen);
    }
    return chosen.value as Choices[K];
  }

  /** Takes what the reader chose and keeps it over a reload. */
  choose(changed: Partial<Choices>): void {
    this.choices.value = { ...this.choices.value, ...changed };
    this.keep();
  }

  /** What has the focus; kept over a reload, and no reason to draw anything again. */
  get focus(): string | null {
    return this.focusPlace;
  }

  set focus(place: string | null) {
    this.focusPlace = place;
    this.keep();
  }

  private keep(): void {
    const { pinned, isDashboard, flowView, focusPlace: focus } = this;
    // The host reads from it what a panel shows that VS Code brings back.
    this.api.setState({
      ...{ ...this.choices.value, focus },
      ...(pinned === null ? {} : { pinned }),
      ...(isDashboard && { isDashboard }),
      ...(flowView !== null && { flowView }),
    });
  }
}

function focusIn(saved: unknown): string | null {
  if (typeof saved !== 'object' || saved === null || !('focus' in saved)) return null;
  return typeof saved.focus === 'string' ? saved.focus : null;
}

/** A dashboard begins with all flows: it stands beside none. */
function choicesOf(
  { pinned, isDashboard, numbersTime, sizes }: PanelSeed,
  saved: unknown,
): Choices {
  const choices = readChoices(saved, sizes);
  if (isDashboard) {
    const isAgain = typeof saved === 'object' && saved !== null && 'isDashboard' in saved;
    return isAgain ? choices : { ...choices, page: 'numbers', scope: 'all', ...numbersTime };
  }
  return pinned === null ? choices : { ...choices, selected: pinned };
}
