import type { Clock } from '../base/clock.ts';
import { type Caution, usualExecutions } from '../protocol/caution.ts';
import type { Handlers } from '../protocol/channel.ts';
import type { RedactionProblem } from '../masking/redactionSettings.ts';
import type { EngineMethods } from '../protocol/engineProtocol.ts';
import type { Scope } from '../protocol/list.ts';
import type { EngineSettings } from '../protocol/settings.ts';
import type { EngineStatus } from '../protocol/status.ts';
import { ExecutionStore } from '../store/executionStore.ts';
import { RejectedStore } from '../store/rejectedStore.ts';
import type { StoreLimits } from '../store/storedExecution.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import { noLinearForm } from '../masking/linearForm.ts';
import { FlowReader } from '../answers/flowReader.ts';
import { FlowRegistry } from '../answers/flowRegistry.ts';
import type { FlowParser } from '../flow/flowParser.ts';
import { parseInPlace } from './flowWorker.ts';
import { createHandlers } from './handlers.ts';
import { maskAgain } from '../intake/maskAgain.ts';
import { Ingest, type Ingested } from '../intake/ingest.ts';
import type { Finished } from '../store/finished.ts';
import { Intake } from '../intake/intake.ts';
import { loopTurn } from './loopTurn.ts';
import { ListView } from '../answers/listView.ts';
import { Metrics } from '../metrics/metrics.ts';
import { PayloadSearch } from '../answers/payloadSearch.ts';
import { type Emit, Publisher } from './publisher.ts';
import { Reader } from '../sources/reader.ts';
import { type ExecutionRecords, executionRecords } from '../answers/executionRecords.ts';
import { Redaction } from '../masking/redaction.ts';
import type { Log } from '../base/log.ts';
import { SavedRecords } from '../answers/savedRecords.ts';
import { StalledWatch } from '../intake/stalledWatch.ts';
import { StoredTexts } from '../answers/storedTexts.ts';
import { TreeView } from '../answers/treeView.ts';

/** What the engine needs of its world. */
export interface EngineWorld {
  readonly clock: Clock;
  readonly emit: Emit;
  /** Reads flow files; in the engine's own thread without one. */
  readonly flowParser?: FlowParser;
}

/** Before settings arrive. */
const defaultBytes = 128 * 1024 * 1024;

/** Of the store, summaries take half at most: what is opened without being read again is worth the other half. */
function limitsOf(storeBytes: number, caution?: Caution): StoreLimits {
  const limits = { maxBytes: storeBytes, maxExecutions: usualExecutions };
  if (caution !== undefined) {
    limits.maxBytes = caution.storeBytes;
    limits.maxExecutions = caution.maxExecutions;
  }
  return { ...limits, maxSummaryBytes: limits.maxBytes / 2 };
}

/** source → decode → store → diagnosis, metrics → protocol. Knows neither threads nor VS Code. */
export class Engine {
  readonly handlers: Handlers<EngineMethods>;
  private readonly world: EngineWorld;
  private readonly store = new ExecutionStore(limitsOf(defaultBytes));
  private readonly rejected = new RejectedStore();
  private readonly search: PayloadSearch;
  private readonly stalled: StalledWatch;
  private readonly list: ListView;
  private readonly redaction = new Redaction();
  private readonly flows = new FlowRegistry({ maskIds: (use) => this.redaction.maskIds(use) });
  private readonly room: ExecutionRecords;
  private readonly tree: TreeView;
  private readonly storedTexts: StoredTexts;
  private readonly reader: Reader;
  private readonly metrics: Metrics;
  private readonly publisher: Publisher;
  private redacting: Promise<void> = Promise.resolve();
  private caution: Caution | undefined;
  private figuresScope: Scope = { kind: 'all' };

  constructor(world: EngineWorld) {
    this.world = world;
    const { clock, emit, flowParser = parseInPlace } = world;
    const log: Log = (level, message) => {
      emit('log', { level, message });
    };
    const ingest = new Ingest(this.store, this.rejected, this.flows, this.redaction);
    const intake = new Intake({
      ...{ clock, turn: loopTurn, ingest },
      onTaken: (taken) => {
        this.taken(taken);
      },
    });
    this.reader = new Reader({
      clock,
      log,
      onRecords: (batch) => intake.take(batch),
      onUnreadable: (batch) => {
        ingest.takeUnreadable(batch);
        this.publisher.changed();
      },
      onOpen: () => {
        this.metrics.opened();
      },
      onState: () => {
        const { label: source, state } = this.reader;
        if ('error' in state) log('warn', `${source.name}: ${state.kind}: ${state.error.detail}`);
        emit('state', { source, state });
        this.publisher.statusChanged();
      },
      onPartitions: (ranges) => {
        this.metrics.partitions(ranges);
      },
      onTopicNews: (news) => {
        if (news.kind === 'madeAnew') this.metrics.forget(news.topic);
        emit('topicNews', news);
      },
    });
    const { store, flows, rejected } = this;
    const room = executionRecords(store, this.redaction, (place) => this.reader.fetch(place));
    this.room = room;
    this.search = new PayloadSearch({
      ...{ store, room, clock, redaction: this.redaction },
      onProgress: () => {
        this.publisher.listChanged();
      },
    });
    this.stalled = new StalledWatch({
      ...{ store, clock },
      onChange: () => {
        this.publisher.changed();
      },
    });
    const list = new ListView({ store, flows, search: this.search, clock });
    this.list = list;
    this.tree = new TreeView(store, flows, list, room, this.redaction);
    this.storedTexts = new StoredTexts({
      clock,
      recordOf: (key, row) => this.tree.recordOf(key, row),
    });
    this.publisher = new Publisher({
      clock,
      emit,
      log,
      list,
      tree: this.tree,
      status: () => this.status(),
    });
    this.metrics = new Metrics({
      log,
      now: () => clock.now(),
      onLedger: (ledger) => {
        emit('ledger', ledger);
      },
      onState: () => {
        this.publisher.statusChanged();
      },
    });
    const { tree, storedTexts, reader, publisher } = this;
    const saved = new SavedRecords({
      ...{ clock, store, list, room, redaction: this.redaction },
      calledBy: (key) => tree.calledBy(key),
      turn: loopTurn,
    });
    this.handlers = createHandlers({
      ...{ store, room, rejected, flows, list, tree, storedTexts, saved, reader, publisher },
      flowReader: new FlowReader(flows, flowParser, log),
      redaction: this.redaction,
      configure: (settings) => this.configure(settings),
      status: (scope) => {
        this.figuresScope = scope;
        return this.status();
      },
    });
  }

  /** Stops the source and sends what metrics are left. */
  async close(): Promise<void> {
    this.world.flowParser?.dispose();
    this.search.dispose();
    this.stalled.dispose();
    this.publisher.dispose();
    this.storedTexts.close();
    await this.reader.close();
    await this.metrics.close();
  }

  private async configure(settings: EngineSettings): Promise<void> {
    this.caution = settings.caution;
    this.store.setLimits(limitsOf(settings.storeBytes, settings.caution));
    this.storedTexts.configure(settings.largeValues);
    this.publisher.statusChanged();
    this.stalled.setDelay(settings.stalledAfterMs);
    await this.redact(settings);
    this.reader.setSkipsDamaged(settings.skipDamagedBatches ?? false);
    await this.metrics.configure(settings.otlp, settings.ledger);
  }

  /** In the order of the settings: what patterns need is loaded first, and the newest settings hold in the end. */
  private redact(settings: EngineSettings): Promise<void> {
    this.redacting = this.redacting.catch(() => undefined).then(() => this.redactNow(settings));
    return this.redacting;
  }

  private async redactNow({ redaction }: EngineSettings): Promise<void> {
    const hasPatterns = redaction !== undefined && redaction.patterns.length > 0;
    const linearForm = hasPatterns
      ? (await import('../masking/linearPattern.ts')).linearPattern
      : noLinearForm;
    const onProblem = (problem: RedactionProblem) => {
      this.world.emit('redactionProblem', problem);
      // Between two batches, not in the middle of a record: keys hold what is masked of ids.
      if (problem.fault.kind === 'givenUp') queueMicrotask(() => this.maskAgain());
      else this.publisher.statusChanged();
    };
    if (this.redaction.configure(redaction, onProblem, linearForm)) this.maskAgain();
  }

  private maskAgain(): void {
    this.flows.maskAgain();
    maskAgain(this.store, this.room, this.rejected, this.redaction.rules);
    for (const { summary } of this.store.oldestFirst) {
      this.flows.observe(summary);
      // Those that go on may have other keys now.
      if (summary.outcome === 'running') this.stalled.reported(summary.key);
    }
    this.publisher.changed();
  }

  private taken({ changed, finished, reported }: Ingested): void {
    for (const key of reported) this.stalled.reported(key);
    const fromKafka = this.reader.label.kind === 'kafka';
    for (const execution of finished) {
      if (fromKafka) this.metrics.record(execution);
      if (this.isNews(execution)) this.tellFailure(execution.summary);
    }
    if (changed) this.publisher.changed();
  }

  /** A failure that happened while we were looking; what is read as history is not news. */
  private isNews({ summary, record, again }: Finished): boolean {
    if (again || summary.outcome !== 'failed') return false;
    return (summary.endMs ?? record.timestampMs ?? 0) >= this.reader.openedAtMs;
  }

  private tellFailure(summary: ExecutionSummary): void {
    const flow = this.flows.labelFor(summary);
    this.world.emit('failed', { row: this.list.row(summary), flow });
  }

  private status(): EngineStatus {
    const { store, reader } = this;
    return {
      source: reader.label,
      state: reader.state,
      figures: this.list.figures(this.figuresScope),
      figuresScope: this.figuresScope,
      rejected: this.rejected.total,
      storedExecutions: store.size,
      storedBytes: store.storedBytes + this.rejected.bytes,
      droppedPayloads: store.droppedPayloads,
      redactionProblems: this.redaction.problems,
      ...(this.caution === undefined ? {} : { caution: this.caution }),
      hostRewrite: this.storedTexts.hostRewrite,
      otlp: this.metrics.state,
    };
  }
}
