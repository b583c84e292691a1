import { CompareView } from '../answers/compareView.ts';
import { FindView } from '../answers/findView.ts';
import { FlowChanges } from '../answers/flowChanges.ts';
import { FlowReader } from '../answers/flowReader.ts';
import { MarksView } from '../answers/flowMarks.ts';
import { FlowsThen } from '../answers/flowsThen.ts';
import { FlowRegistry } from '../answers/flowRegistry.ts';
import { countedNodes } from '../answers/countedNodes.ts';
import { GraphView } from '../answers/graphView.ts';
import { EarlierExecutions } from '../answers/earlierExecutions.ts';
import { PlaceSearch } from '../answers/placeSearch.ts';
import { RecalledRuns } from '../answers/recalledRuns.ts';
import { flowsOfScope } from '../answers/pastScope.ts';
import { KnownCauses } from '../answers/knownCauses.ts';
import { KnownGaps } from '../answers/knownGaps.ts';
import { healthOf, type HealthWorld } from '../answers/health.ts';
import { LineageView } from '../answers/lineageView.ts';
import { ListView } from '../answers/listView.ts';
import { NumbersView } from '../answers/numbersView.ts';
import { pastOfRecord, pastOfSummary } from '../answers/pastOfRecord.ts';
import { HistoryPast } from '../history/historyPast.ts';
import type { Health } from '../protocol/health.ts';
import { PayloadSearch } from '../answers/payloadSearch.ts';
import { executionRecords } from '../answers/executionRecords.ts';
import { SavedKnowledge } from '../answers/savedKnowledge.ts';
import { SavedRecords } from '../answers/savedRecords.ts';
import { SucceededFlows } from '../answers/succeededFlows.ts';
import { StoredTexts } from '../answers/storedTexts.ts';
import { TreeView } from '../answers/treeView.ts';
import { UsualDurations } from '../answers/usualDurations.ts';
import { WindowPast } from '../answers/windowPast.ts';
import { WorkspaceFlows } from '../answers/workspaceFlows.ts';
import type { Clock } from '../base/clock.ts';
import type { Disk } from '../base/disk.ts';
import type { Log } from '../base/log.ts';
import type { FlowParser } from '../flow/flowParser.ts';
import type { Layouter } from '../flow/layout/layouter.ts';
import { Ingest, type Ingested } from '../intake/ingest.ts';
import { Intake } from '../intake/intake.ts';
import { IntakeRates } from '../intake/intakeRates.ts';
import { maskAgain } from '../intake/maskAgain.ts';
import { StalledWatch } from '../intake/stalledWatch.ts';
import { Redaction } from '../masking/redaction.ts';
import { Metrics, type MetricsWorld } from '../metrics/metrics.ts';
import type { Handlers } from '../protocol/channel.ts';
import type { EngineEvents, EngineMethods } from '../protocol/engineProtocol.ts';
import type { EngineQuestions } from '../protocol/questions.ts';
import type { EngineStatus } from '../protocol/status.ts';
import type { RecordAge } from '../record/recordSource.ts';
import { traitsOf } from '../sources/table.ts';
import { createSource } from '../sources/createSource.ts';
import { Reader, type ReaderWorld } from '../sources/reader.ts';
import { ExecutionStore } from '../store/executionStore.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import type { Finished } from '../store/finished.ts';
import { RejectedStore } from '../store/rejectedStore.ts';
import { AppliedSettings, limitsOf } from './appliedSettings.ts';
import { composeProblems } from './composeProblems.ts';
import { parseInPlace } from './flowWorker.ts';
import { Foreground } from './foreground.ts';
import { createHandlers } from './handlers.ts';
import { HistoryFeed } from './historyFeed.ts';
import { KeptHistory, type StartHistory } from './keptHistory.ts';
import { layOutInPlace } from './layoutWorker.ts';
import { localDisk } from './localDisk.ts';
import { loopTurn } from './loopTurn.ts';
import { engineQuestions } from './questions.ts';
import { OtherSources } from './otherSources.ts';
import { reachOf } from './reach.ts';
import { Subscriptions } from './subscriptions.ts';
import { Told } from './told.ts';

/** Tells the other side. */
export type Emit = <K extends keyof EngineEvents>(name: K, payload: EngineEvents[K]) => void;

/** What the engine needs of its world. */
export interface EngineWorld {
  readonly clock: Clock;
  readonly emit: Emit;
  /** Reads flow files; in the engine's own thread without one. */
  readonly flowParser?: FlowParser;
  /** Where flow files of the workspace are read from; the machine's own without one. */
  readonly disk?: Disk;
  /** Lays out graphs; in the engine's own thread without one. */
  readonly layouter?: Layouter;
  /** Of the marks of masked ids; one of its own without. What is printed has the same marks each time. */
  readonly salt?: string;
  /** Opens the history on disk; without one what runs is known of memory alone. */
  readonly startHistory?: StartHistory;
  /** For sources and exporters of one's own. */
  readonly createSource?: ReaderWorld['createSource'];
  readonly loadExport?: MetricsWorld['loadExport'];
  /** How much memory the engine's thread has and uses. */
  readonly heap?: HealthWorld['heap'];
}

/** The engine, and its parts for those who look into it. */
export type ComposedEngine = ReturnType<typeof composeEngine>;

/**
 * The one place that wires the engine: source → intake → store → answers, metrics → watchers. Knows neither threads
 * nor VS Code.
 */
export function composeEngine(world: EngineWorld) {
  const { clock, emit, flowParser = parseInPlace, layouter = layOutInPlace } = world;
  const foreground = new Foreground(clock, loopTurn);
  const turn = () => foreground.turn();
  const turnBehind = () => foreground.behind();
  const log: Log = (level, message) => {
    emit('log', { level, message });
  };
  const store = new ExecutionStore(limitsOf());
  const rejected = new RejectedStore();
  const redaction = new Redaction(world.salt);
  const flows = new FlowRegistry({ maskIds: (use) => redaction.maskIds(use) });
  const flowChanges = new FlowChanges(clock);
  const told = new Told(clock);
  const changed = () => {
    told.statusChanged();
    subscriptions.changed();
  };
  const statusChanged = () => {
    told.statusChanged();
    subscriptions.changed('figures');
  };
  const room = executionRecords(store, redaction, (position) => reader.fetch(position));
  const gaps = new KnownGaps({ store, room, redaction });
  const search = new PayloadSearch({
    ...{ store, room, clock, redaction },
    onProgress: () => {
      subscriptions.changed('frame');
    },
  });
  const stalled = new StalledWatch({ store, clock, onChange: changed });
  const succeeded = new SucceededFlows();
  const observe = (summary: ExecutionSummary) => {
    flows.observe(summary);
    succeeded.observe(summary);
  };
  const ingest = new Ingest(store, rejected, { observe }, redaction);
  const rates = new IntakeRates(clock);
  const metrics: Metrics = new Metrics({
    log,
    now: () => clock.now(),
    onLedger: (ledger) => {
      emit('ledger', ledger);
    },
    onState: statusChanged,
    nodesOf: ({ record }) => countedNodes(record, redaction),
    pipeline: () => health(),
    ...(world.loadExport === undefined ? {} : { loadExport: world.loadExport }),
  });
  const feed = new HistoryFeed({
    ...{ clock, store, turn: loopTurn },
    read: async (stored) => {
      const found = await room.read(stored);
      return found.ok ? found.value : undefined;
    },
    pastOf: (stored, record) => {
      const past = pastOfRecord(stored, record, { store, flows, list, redaction, gaps });
      if (past.failure !== null) causes.learn(stored.summary, past.failure);
      return past;
    },
    summaryOf: (stored) => pastOfSummary(stored, list),
    masks: () => redaction.mark,
    onFault: (error) => {
      log('warn', `An execution is not kept in the history: ${String(error)}`);
    },
  });
  const history = new KeptHistory({
    ...{ feed, log, start: world.startHistory, masks: () => redaction.mark },
    maskAgain: (text) => redaction.textAgain(text),
    maskId: (id) => redaction.idAgain(id),
    onChange: () => {
      statusChanged();
      subscriptions.changed('numbers', 'figures');
    },
    onNews: (news) => {
      emit('historyNews', { news });
    },
  });
  const intake = new Intake({
    ...{ clock, turn: loopTurn, ingest, rates },
    onTaken: (taken, age) => {
      take(taken, age);
    },
  });
  const reader = new Reader({
    ...{ clock, log },
    ...(world.createSource === undefined ? {} : { createSource: world.createSource }),
    timeoutOf: (nodeId) => flows.timeoutOf(nodeId),
    onRecords: async (batch, age) => {
      await intake.take(batch, age);
      await feed.room();
    },
    onUnreadable: (batch, age) => {
      ingest.takeUnreadable(batch, age);
      changed();
    },
    onOpen: () => {
      told.sourceOpened();
      // The same source, opened anew, keeps what was read of it.
      if (store.size === 0) {
        succeeded.clear();
        readerMarks.sourceOpened(traitsOf(reader.label.kind)?.isNewEachTime === true);
      }
      problems.clear();
      news.clear();
      resolved.clear();
      metrics.opened();
      history.sourceOpened();
      earlier.clear();
      rates.begin();
    },
    onState: () => {
      const { label: source, state } = reader;
      if ('error' in state) log('warn', `${source.name}: ${state.kind}: ${state.error.detail}`);
      emit('state', { source, state });
      statusChanged();
    },
    onReadBack: statusChanged,
    onPartitions: (ranges) => {
      metrics.partitions(ranges);
      if (traitsOf(reader.label.kind)?.isCounted === true) history.partitions(ranges);
    },
    onTopicNews: (news) => {
      if (news.kind === 'madeAnew') metrics.forget(news.topic);
      emit('topicNews', news);
    },
  });
  const causes = new KnownCauses();
  const windowSinceMs = () => reachOf(reader, store)?.sinceMs ?? store.leftUntilMs;
  const onProgress = () => {
    subscriptions.changed('frame');
  };
  const recalled = new RecalledRuns({
    ...{ store, past: history, clock, windowSinceMs, onLost: onProgress },
  });
  const earlier = new EarlierExecutions({
    ...{ store, past: history, clock, windowSinceMs, onProgress },
    flowsOf: (scope) => (scope.kind === 'all' ? null : [...flowsOfScope(list, scope)]),
    problemOf: (key, past) => causes.problemOf(key, past),
    problemsRevision: () => causes.revision,
  });
  const list: ListView = new ListView({
    ...{ store, flows, search, causes, clock, earlier, succeeded },
  });
  const tree = new TreeView({
    ...{ store, flows, list, room, redaction, gaps, turn, turnBehind, earlier: recalled },
    flowChangedMs: (uri) => flowChanges.changedMs(uri),
    onOpened: (summary, failing) => {
      if (failing !== null) causes.learnPlace(summary, failing);
    },
  });
  const past = new WindowPast({
    ...{ store, flows, list, room, redaction, causes, gaps, clock },
    turn: turnBehind,
    onCauses: () => {
      subscriptions.changed('frame');
    },
    isKept: (stored) => feed.has(stored),
    readSinceMs: () => reachOf(reader, store)?.sinceMs ?? null,
    onProgress: () => {
      subscriptions.changed('numbers', 'figures');
    },
  });
  const usual = new UsualDurations({
    ...{ past, turn: turnBehind },
    onChange: () => {
      subscriptions.changed('figures');
    },
  });
  const then = new FlowsThen({
    ...{ clock, flows, parser: flowParser },
    want: (wanted) => {
      emit('flowThenWanted', wanted);
    },
    onChange: () => {
      subscriptions.changed('figures');
    },
  });
  flows.onTook = (uri, before, now) => {
    then.took(uri, before, now);
  };
  flows.onChose = (choice) => {
    emit('flowChosen', choice);
  };
  const marks = new MarksView({ flows, list, tree, usual, then });
  const graph = new GraphView({ store, flows, list, tree, usual, layouter, then });
  causes.onWanted = () => void past.findCauses();
  const places = new PlaceSearch({
    ...{ store, flows, gaps, clock, log, turn: turnBehind },
    readAgain: (entry) => past.readAgain(entry),
    forget: (summary) => {
      causes.forgetPlace(summary);
    },
  });
  causes.onPlaceLearned = (summary) => {
    places.learned(summary);
  };
  causes.onPlacesWanted = (entries) => {
    places.want(entries);
  };
  causes.onPlaced = onProgress;
  const numbers = new NumbersView({
    ...{ window: past, kept: history, store, list, clock, turn: turnBehind },
    isLive: () => traitsOf(reader.label.kind)?.isLive === true,
    reportsProgress: () => told.progressSeen,
  });
  const elsewhere = new SavedKnowledge();
  const { problems, news, resolved, readerMarks, failingOf } = composeProblems({
    onResolved: ({ nodeName, text, count, passes, needed, sinceMs, lastRunMs }, by) => {
      const problem = { nodeName, text, count, passes, needed, sinceMs, lastRunMs };
      emit('resolved', { ...about(by), problem });
    },
    onReturned: ({ summary, told: failure }) => {
      emit('failed', { ...aboutFailed(summary), ...failure });
    },
    ...{ store, room, list, flows, flowChanges, causes, gaps, redaction, clock, log },
    elsewhere,
    turn: turnBehind,
    past: new HistoryPast(past, history, () => clock.now()),
    pending: () => past.pending,
    changed: (pace) => {
      subscriptions.changed(pace);
    },
  });
  const others = new OtherSources({
    ...{ clock, log, flows, list, redaction, turn },
    createSource: world.createSource ?? createSource,
  });
  const compare = new CompareView({
    ...{ store, list, tree, clock, turn, turnBehind, since: { room, tree, earlier: recalled } },
    earlier: recalled,
    ...{ flows, elsewhere },
    otherRoom: (id) => others.room(id),
  });
  const find = new FindView({
    ...{ tree, store, room, clock, turn },
    onProgress: () => {
      subscriptions.changed('frame');
    },
  });
  const lineage = new LineageView({ tree, turn });
  const storedTexts = new StoredTexts({
    clock,
    recordOf: (key, row) => tree.recordOf(key, row),
  });
  const saved = new SavedRecords({
    ...{ clock, store, list, room, redaction },
    calledBy: (key) => tree.calledBy(key),
    turn: loopTurn,
  });
  const settings = new AppliedSettings({
    ...{ store, flows, storedTexts, stalled, redaction, reader, metrics, history, numbers },
    readerMarks,
    maskAgain: () => {
      maskEverythingAgain();
    },
    onProblem: (problem) => {
      emit('redactionProblem', problem);
    },
    onChange: statusChanged,
    onNumbers: () => {
      subscriptions.changed('numbers');
    },
  });
  const health = (): Health =>
    healthOf({ rates, store, rejected, metrics, reader, history, ...heapOf(world) });
  const status = (): EngineStatus => ({
    source: reader.label,
    state: reader.state,
    rejected: rejected.total,
    storedExecutions: store.size,
    storedBytes: store.storedBytes + rejected.bytes,
    droppedPayloads: store.droppedPayloads,
    redactionProblems: redaction.problems,
    ...(settings.caution === undefined ? {} : { caution: settings.caution }),
    hostRewrite: storedTexts.hostRewrite,
    otlp: metrics.state,
    history: history.state,
    reach: reachOf(reader, store),
  });
  const subscriptions: Subscriptions<EngineQuestions> = new Subscriptions<EngineQuestions>({
    clock,
    questions: engineQuestions({
      ...{ store, flows, list, tree, marks, graph, numbers, problems, compare },
      ...{ find, lineage, elsewhere, status },
      statusRevision: () => told.statusRevision,
      health,
      second: () => Math.floor(clock.now() / 1_000),
    }),
    generation: () => told.generation,
    foreground,
    push: (pushed) => {
      emit('pushed', pushed);
    },
    onWatches: () => {
      list.searchOnlyFor(subscriptions.queriesOf('list'));
      find.retain(subscriptions.queriesOf('find'));
    },
  });

  function take({ changed: isChanged, finished, reported }: Ingested, age: RecordAge): void {
    for (const key of reported) stalled.reported(key);
    feed.take(finished);
    if (reported.length > finished.length) told.progressCame();
    if (age === 'next') tellFinished(finished);
    if (isChanged) changed();
  }

  /** Not for older ones: they are no news, and metrics know a partition's counted records by where counting stands. */
  function tellFinished(finished: readonly Finished[]): void {
    const isCounted = traitsOf(reader.label.kind)?.isCounted === true;
    for (const execution of finished) {
      if (isCounted) metrics.record(execution);
      tellNews(execution);
    }
  }

  function about(summary: ExecutionSummary) {
    return { row: list.row(summary), flow: flows.labelFor(summary) };
  }

  function aboutFailed(summary: ExecutionSummary) {
    const { row, flow } = about(summary);
    return { row: { ...row, failing: failingOf(summary) }, flow };
  }

  /** What happened while we were looking; what is read as history is not news, and is where news begins. */
  function tellNews({ summary, record, again }: Finished): void {
    // A service that a workflow called is part of that, which tells itself how it ended.
    if (again || store.get(summary.key)?.isSubExecution === true) return;
    const isNews = (summary.endMs ?? record.timestampMs ?? 0) >= reader.openedAtMs;
    if (summary.outcome === 'succeeded') {
      if (isNews) news.succeeded(summary);
    } else if (summary.outcome === 'failed') {
      const told = isNews ? news.failed(summary) : null;
      if (!isNews) news.remember(summary);
      if (told !== null) emit('failed', { ...aboutFailed(summary), ...told });
    }
    if (news.isToBeAsked) resolved.passed();
  }

  function maskEverythingAgain(): void {
    flows.maskAgain();
    then.clear();
    succeeded.clear();
    others.clear();
    earlier.clear();
    maskAgain(store, room, rejected, redaction.rules);
    void readerMarks.maskAgain();
    for (const { summary } of store.oldestFirst) {
      observe(summary);
      // Those that go on may have other keys now.
      if (summary.outcome === 'running') stalled.reported(summary.key);
    }
    changed();
  }

  const flowReader = new FlowReader(
    flows,
    { small: parseInPlace, large: flowParser },
    log,
    flowChanges,
  );
  const workspaceFlows = new WorkspaceFlows(flowReader, world.disk ?? localDisk);
  const handlers: Handlers<EngineMethods> = createHandlers({
    ...{
      store,
      room,
      rejected,
      flows,
      flowReader,
      then,
      workspaceFlows,
      list,
      causes,
      tree,
      storedTexts,
      saved,
      elsewhere,
      lineage,
      redaction,
      reader,
      compare,
      find,
      others,
      earlier,
      recalled,
      readerMarks,
    },
    ...{ subscriptions, settings, changed, history },
    takeOlder: (batch) => intake.take(batch, 'older'),
  });
  return {
    ...{ handlers, subscriptions, changed },
    ...{
      store,
      room,
      rejected,
      redaction,
      flows,
      search,
      stalled,
      ingest,
      intake,
      reader,
      metrics,
    },
    ...{
      list,
      tree,
      marks,
      graph,
      then,
      past,
      numbers,
      problems,
      compare,
      find,
      storedTexts,
      saved,
      history,
      feed,
    },
    readerMarks,
    /** Stops the source and sends what metrics are left. */
    close: async (): Promise<void> => {
      flowParser.dispose();
      layouter.dispose();
      search.dispose();
      find.clear();
      compare.dispose();
      past.dispose();
      places.dispose();
      problems.dispose();
      resolved.dispose();
      readerMarks.dispose();
      stalled.dispose();
      subscriptions.dispose();
      storedTexts.close();
      await reader.close();
      await Promise.all([
        ...[feed.settled(lastWordsMs).then(() => history.close()), metrics.close()],
        readerMarks.settled(),
      ]);
    },
  };
}

/** What ended just before the end is written; the host waits for two seconds. */
const lastWordsMs = 700;

function heapOf({ heap }: EngineWorld): Pick<HealthWorld, 'heap'> {
  return heap === undefined ? {} : { heap };
}
