import type { Clock } from '../base/clock.ts';
import { testConnection } from '../kafka/connection.ts';
import type {
  EngineEvents,
  EngineMethods,
  EngineSettings,
  EngineStatus,
  ListQuery,
  Scope,
  SourceLabel,
  SourceSpec,
  TreeQuery,
} from '../protocol/engineProtocol.ts';
import { RequestError } from '../protocol/packet.ts';
import type { Handlers } from '../protocol/channel.ts';
import type { ConsumedRecord, RecordPosition } from '../record/consumedRecord.ts';
import type { PartitionRange, RecordSource, SourceState } from '../record/recordSource.ts';
import { ExecutionStore } from '../store/executionStore.ts';
import { RejectedStore } from '../store/rejectedStore.ts';
import type { ExecutionKey, ExecutionSummary } from '../trace/execution.ts';
import { FlowRegistry } from './flowRegistry.ts';
import { Ingest } from './ingest.ts';
import { ListView } from './listView.ts';
import { Metrics } from './metrics.ts';
import { Pulse } from './pulse.ts';
import { createSource, labelOf, type Log } from './sources.ts';
import { TreeView } from './treeView.ts';

/** What the engine needs of its world. */
export interface EngineWorld {
  readonly clock: Clock;
  readonly emit: <K extends keyof EngineEvents>(name: K, payload: EngineEvents[K]) => void;
}

/** One frame at 60 Hz: more often than that nobody sees. */
const frameMs = 16;
/** Figures and lag are read by people: four times a second is live. */
const statusMs = 250;
/** Before settings arrive. */
const defaultLimits = { maxBytes: 128 * 1024 * 1024, maxExecutions: 50_000 };
const noSource: SourceLabel = { kind: 'none', name: '', detail: '' };

/** source → decode → store → diagnosis, metrics → protocol. Knows neither threads nor VS Code. */
export class Engine {
  readonly handlers: Handlers<EngineMethods>;
  private readonly world: EngineWorld;
  private readonly log: Log;
  private readonly store = new ExecutionStore(defaultLimits);
  private readonly rejected = new RejectedStore();
  private readonly flows = new FlowRegistry();
  private readonly list = new ListView(this.store, this.flows);
  private readonly tree: TreeView;
  private readonly ingest = new Ingest(this.store, this.rejected, this.flows);
  private readonly metrics: Metrics;
  private readonly listPulse: Pulse;
  private readonly treePulse: Pulse;
  private readonly statusPulse: Pulse;

  private source: RecordSource | undefined;
  private label = noSource;
  private state: SourceState = { kind: 'idle' };
  private openedAtMs = 0;
  private visible = true;
  private listQuery: ListQuery | undefined;
  private treeQuery: TreeQuery | undefined;
  /** What the tree was built from that the panel has. */
  private treeStamp = '';
  private figuresScope: Scope = { kind: 'all' };

  constructor(world: EngineWorld) {
    this.world = world;
    this.log = (level, message) => {
      world.emit('log', { level, message });
    };
    this.tree = new TreeView(this.store, this.flows, this.list, (position) =>
      this.refetch(position),
    );
    this.metrics = new Metrics({
      log: this.log,
      onLedger: (ledger) => {
        world.emit('ledger', ledger);
      },
      onState: () => {
        this.statusPulse.beat();
      },
    });
    this.listPulse = new Pulse(world.clock, frameMs, () => {
      this.pushList();
    });
    this.treePulse = new Pulse(world.clock, frameMs, () => {
      void this.pushTree();
    });
    this.statusPulse = new Pulse(world.clock, statusMs, () => {
      this.pushStatus();
    });
    this.handlers = this.createHandlers();
  }

  /** Stops the source and sends what metrics are left. */
  async close(): Promise<void> {
    await this.closeSource();
    await this.metrics.close();
    this.listPulse.dispose();
    this.treePulse.dispose();
    this.statusPulse.dispose();
  }

  private createHandlers(): Handlers<EngineMethods> {
    return {
      configure: async (settings) => {
        await this.configure(settings);
        return null;
      },
      openSource: async ({ spec, keep }) => {
        await this.openSource(spec, keep);
        return null;
      },
      closeSource: async () => {
        await this.closeSource();
        this.setState({ kind: 'idle' });
        return null;
      },
      pause: () => {
        this.source?.pause();
        return null;
      },
      resume: () => {
        this.source?.resume();
        return null;
      },
      testConnection: async ({ connection, topic }) => {
        const tested = await testConnection(connection, topic);
        return tested.ok ? { ok: true, ...tested.value } : { ok: false, error: tested.error };
      },
      setFlow: ({ uri, fileName, text }) => {
        const info = this.flows.set(uri, fileName, text);
        this.everythingChanged();
        return info;
      },
      removeFlow: ({ uri }) => {
        this.flows.remove(uri);
        this.everythingChanged();
        return null;
      },
      chooseFlow: ({ key, uri }) => {
        this.flows.choose(this.summaryOf(key), uri);
        this.everythingChanged();
        return null;
      },
      locate: async ({ key, target }) => {
        const summary = this.summaryOf(key);
        if (target !== 'failing') return this.flows.locate(summary, target);
        const failing = await this.tree.failingNode(key);
        if (failing?.nodeId == null) return { kind: 'noNode' };
        return this.flows.locate(summary, { nodeId: failing.nodeId, name: failing.name });
      },
      nodeAt: ({ uri, offset }) => {
        const node = this.flows.nodeAt(uri, offset);
        if (node === undefined) return null;
        const execution = this.list.latestOfNode(uri, node.id)?.summary.key ?? null;
        return { nodeId: node.id, name: node.name, execution };
      },
      latest: ({ scope, failed }) => this.list.latest(scope, failed)?.summary.key ?? null,
      watchList: (query) => {
        this.listQuery = query;
        return this.list.window(query);
      },
      watchTree: (query) => {
        this.treeQuery = query;
        this.treeStamp = this.tree.stamp(query.key);
        return this.tree.window(query);
      },
      unwatchTree: () => {
        this.treeQuery = undefined;
        return null;
      },
      inspect: ({ key, row }) => this.tree.inspect(key, row),
      rejected: ({ offset, limit }) => ({
        total: this.rejected.total,
        rows: this.rejected.page(offset, limit),
      }),
      status: ({ figuresScope }) => {
        this.figuresScope = figuresScope;
        return this.status();
      },
      setVisible: ({ visible }) => {
        this.visible = visible;
        this.treeStamp = '';
        if (visible) this.everythingChanged();
        return null;
      },
    };
  }

  private async configure(settings: EngineSettings): Promise<void> {
    this.store.setLimits({ ...defaultLimits, maxBytes: settings.storeBytes });
    await this.metrics.configure(settings.otlp, settings.ledger);
    this.statusPulse.beat();
  }

  private async openSource(spec: SourceSpec, keep: boolean): Promise<void> {
    await this.closeSource();
    if (!keep) {
      this.store.clear();
      this.rejected.clear();
    }
    const source = createSource(spec, this.world.clock, this.log);
    this.source = source;
    this.label = labelOf(spec);
    this.openedAtMs = this.world.clock.now();
    this.everythingChanged();
    // What an old source still says after it was replaced must not be taken for the new one's.
    const isCurrent = () => this.source === source;
    const started = source.start({
      onRecords: (batch) => {
        if (isCurrent()) this.take(batch);
      },
      onState: (state) => {
        if (isCurrent()) this.setState(state);
      },
      onPartitions: (ranges: readonly PartitionRange[]) => {
        if (isCurrent()) this.metrics.partitions(ranges);
      },
    });
    // Not awaited: a broker that doesn't answer would keep whoever asked; the state tells how it goes.
    started.catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      const subject = this.label.name;
      if (isCurrent())
        this.setState({ kind: 'failed', error: { reason: 'unknown', detail, subject } });
    });
  }

  private async closeSource(): Promise<void> {
    const source = this.source;
    this.source = undefined;
    this.label = noSource;
    await source?.stop();
  }

  private take(batch: readonly ConsumedRecord[]): void {
    const { changed, finished } = this.ingest.take(batch, this.world.clock.now());
    for (const { summary, record } of finished) {
      this.metrics.record(summary, record, this.label.kind === 'kafka');
      if (this.isNews(summary, record)) {
        this.world.emit('failed', {
          row: this.list.row(summary),
          flow: this.flows.labelFor(summary),
        });
      }
    }
    if (finished.length > 0) this.metrics.keepLedger();
    if (changed) this.everythingChanged();
  }

  /** A failure that happened while we were looking; what is read as history is not news. */
  private isNews(summary: ExecutionSummary, record: ConsumedRecord): boolean {
    if (summary.outcome !== 'failed') return false;
    return (summary.endMs ?? record.timestampMs ?? 0) >= this.openedAtMs;
  }

  private setState(state: SourceState): void {
    this.state = state;
    this.world.emit('state', { source: this.label, state });
    this.statusPulse.beat();
  }

  private everythingChanged(): void {
    this.listPulse.beat();
    this.treePulse.beat();
    this.statusPulse.beat();
  }

  private pushList(): void {
    if (this.visible && this.listQuery !== undefined) {
      this.world.emit('list', this.list.window(this.listQuery));
    }
  }

  private async pushTree(): Promise<void> {
    const query = this.treeQuery;
    if (!this.visible || query === undefined) return;
    const stamp = this.tree.stamp(query.key);
    if (stamp === this.treeStamp) return;
    this.treeStamp = stamp;
    try {
      const window = await this.tree.window(query);
      // The reader may have moved on while a record was read again.
      if (query === this.treeQuery) this.world.emit('tree', window);
    } catch (error) {
      // The panel learns of it when it asks next; a push has nobody to answer.
      this.log('debug', `The opened execution can't be shown: ${String(error)}`);
    }
  }

  private pushStatus(): void {
    if (this.visible) this.world.emit('status', this.status());
  }

  private status(): EngineStatus {
    return {
      source: this.label,
      state: this.state,
      figures: this.list.figures(this.figuresScope),
      figuresScope: this.figuresScope,
      rejected: this.rejected.total,
      storedExecutions: this.store.size,
      storedBytes: this.store.storedBytes,
      droppedPayloads: this.store.droppedPayloads,
      otlp: this.metrics.state,
    };
  }

  private summaryOf(key: ExecutionKey): ExecutionSummary {
    const stored = this.store.get(key);
    if (stored === undefined) {
      throw new RequestError({
        reason: 'notFound',
        message: 'This execution left the window on the topic',
      });
    }
    return stored.summary;
  }

  private async refetch(position: RecordPosition): Promise<ConsumedRecord | undefined> {
    return this.source?.fetch(position);
  }
}
