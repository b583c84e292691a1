import { Channel, type Handlers } from '../../src/protocol/channel.ts';
import type { EngineEvents, EngineMethods } from '../../src/protocol/engineProtocol.ts';
import type { ExecutionRow, ListQuery, ListWindow, Scope } from '../../src/protocol/list.ts';
import type { EngineStatus } from '../../src/protocol/status.ts';
import type { TreeQuery, TreeWindow } from '../../src/protocol/tree.ts';
import type { StoredTextAnswer, StoredTextQuery } from '../../src/protocol/storedText.ts';
import { RequestError } from '../../src/protocol/packet.ts';
import type { ExecutionKey } from '../../src/trace/execution.ts';
import type { RejectedRecord } from '../../src/trace/rejected.ts';
import { failingStep } from './inspectorContents.ts';
import { aTree, noStatus } from './panelData.ts';

type EngineChannel = Channel<object, EngineMethods, object, EngineEvents>;
type Post = ConstructorParameters<typeof Channel>[0]['post'];

/** What a test asks of the engine: a call that was made. */
export interface EngineCall {
  readonly method: keyof EngineMethods;
  readonly params: unknown;
}

/** An engine that answers as the real one does, from rows that a test puts in. */
export class FakeEngine {
  readonly channel: EngineChannel;
  readonly calls: EngineCall[] = [];
  /** Newest first. */
  rows: ExecutionRow[] = [];
  /** Keys of the executions of the open flow file; null: all are. */
  flowKeys: Set<ExecutionKey> | null = null;
  rejected: RejectedRecord[] = [];
  rejectedText: (offset: string) => EngineMethods['rejectedText']['result'] = () => ({
    ...{ text: '', form: 'text', whole: true },
  });
  status: EngineStatus = noStatus;
  /** Gives an execution's tree; a test may replace it. */
  treeOf: (row: ExecutionRow) => Partial<TreeWindow> = (row) => aTree(row);
  inspect: (key: ExecutionKey, row: string | null) => EngineMethods['inspect']['result'] = () =>
    failingStep();
  fetchStored: (query: StoredTextQuery) => Promise<StoredTextAnswer> = () =>
    Promise.resolve({ ok: false, error: { reason: 'notTrusted' } });

  /** What the filter has wrong; a test may replace it. */
  faultsOf: (filter: string) => ListWindow['faults'] = () => [];
  search: ListWindow['search'] = null;
  complete: (params: EngineMethods['complete']['params']) => EngineMethods['complete']['result'] =
    () => null;

  /** Skips damaged records; a test may refuse it. */
  skipDamaged: () => null = () => null;

  /** Refuses everything, as the host does for an engine that has died. */
  isAway = false;

  private revision = 0;
  private listQuery: ListQuery | null = null;
  private treeQuery: TreeQuery | null = null;

  constructor(post: Post) {
    this.channel = new Channel({
      post,
      clock: { now: () => Date.now(), after: () => ({ dispose: () => undefined }) },
      prefix: 'e',
      onError: (error) => {
        throw error;
      },
    });
    this.channel.handle(this.recorded());
  }

  /** Puts executions on top, as they arrive, and tells the panel what it watches. */
  arrive(...rows: ExecutionRow[]): void {
    for (const row of rows) this.rows.unshift(row);
    this.pushList();
    this.pushStatus();
  }

  /** Replaces a row by its next state. */
  update(row: ExecutionRow): void {
    this.rows = this.rows.map((known) => (known.key === row.key ? row : known));
    this.pushList();
    if (this.treeQuery?.key === row.key) this.channel.emit('tree', this.tree(this.treeQuery));
  }

  setState(state: EngineStatus['state'], source: Partial<EngineStatus['source']> = {}): void {
    this.status = { ...this.status, state, source: { ...this.status.source, ...source } };
    this.pushStatus();
  }

  pushList(): void {
    if (this.listQuery !== null) this.channel.emit('list', this.list(this.listQuery));
  }

  pushStatus(): void {
    this.channel.emit('status', this.currentStatus());
  }

  /** As after a restart: nothing is known, and counting begins again. */
  forget(): void {
    this.rows = [];
    this.revision = 0;
    this.listQuery = null;
    this.treeQuery = null;
  }

  callsOf<K extends keyof EngineMethods>(method: K): EngineMethods[K]['params'][] {
    return this.calls
      .filter((call) => call.method === method)
      .map(({ params }) => params as EngineMethods[K]['params']);
  }

  private recorded(): Handlers<EngineMethods> {
    const handlers = this.handlers();
    const record = (method: keyof EngineMethods) => (params: never) => {
      this.calls.push({ method, params });
      if (this.isAway) throw new RequestError({ reason: 'engineLost', message: 'heap' });
      return (handlers[method] as (given: never) => unknown)(params);
    };
    const methods = Object.keys(handlers) as (keyof EngineMethods)[];
    return Object.fromEntries(methods.map((name) => [name, record(name)])) as never;
  }

  private handlers(): Handlers<EngineMethods> {
    return {
      configure: () => null,
      openSource: () => null,
      closeSource: () => null,
      skipDamaged: () => this.skipDamaged(),
      pause: () => {
        this.setState({ kind: 'paused', lag: 0 });
        return null;
      },
      resume: () => {
        this.setState({ kind: 'live', lag: 0 });
        return null;
      },
      endReading: () => null,
      testConnection: () => ({ ok: true, topics: [], partitions: 1 }),
      setFlow: ({ uri }) => ({ kind: 'notAFlow', uri }),
      removeFlow: () => null,
      chooseFlow: () => null,
      locate: () => ({ kind: 'noFlowFile' }),
      nodeAt: () => null,
      latest: ({ scope, failed }) =>
        this.ofScope(scope).find(({ outcome }) => !failed || outcome === 'failed')?.key ?? null,
      watchList: (query) => {
        this.listQuery = query;
        return this.list(query);
      },
      watchTree: (query) => {
        const window = this.tree(query);
        this.treeQuery = query;
        return window;
      },
      complete: (params) => this.complete(params),
      unwatchTree: () => null,
      inspect: ({ key, row }) => this.inspect(key, row),
      fetchStored: (query) => this.fetchStored(query),
      cancelFetch: () => null,
      saveKeys: () => [],
      saveSlice: () => ({ text: '', done: 0, executions: 0, records: 0, missing: [] }),
      reveal: () => ({ value: 'EXAMPLE-REVEALED' }),
      rejected: ({ offset, limit }) => ({
        total: this.rejected.length,
        listed: this.rejected.length,
        rows: this.rejected.slice(offset, offset + limit),
      }),
      rejectedText: ({ position }) => this.rejectedText(position.offset),
      status: ({ figuresScope }) => {
        this.status = { ...this.status, figuresScope };
        return this.currentStatus();
      },
      setVisible: () => null,
    };
  }

  private ofScope(scope: Scope): ExecutionRow[] {
    const { flowKeys } = this;
    if (scope.kind === 'all' || flowKeys === null) return this.rows;
    return this.rows.filter(({ key }) => flowKeys.has(key));
  }

  private list(query: ListQuery): ListWindow {
    const words = query.filter.toLowerCase().split(/\s+/).filter(Boolean);
    const text = (row: ExecutionRow) =>
      `${row.name} ${row.sid} ${row.outcome} ${row.failing?.name ?? ''}`.toLowerCase();
    const rows = this.ofScope(query.scope).filter((row) =>
      words.every((word) => text(row).includes(word)),
    );
    const newer = query.anchor === null ? 0 : rows.findIndex(({ key }) => key === query.anchor);
    const start = Math.max(0, Math.min(Math.max(0, newer) + query.offset, rows.length));
    return {
      revision: ++this.revision,
      query,
      total: rows.length,
      newer: Math.max(0, newer),
      start,
      rows: rows.slice(start, start + query.limit),
      totalAll: this.rows.length,
      faults: this.faultsOf(query.filter),
      search: this.search,
    };
  }

  private tree(query: TreeQuery): TreeWindow {
    const row = this.rows.find(({ key }) => key === query.key);
    if (row === undefined) throw new RequestError({ reason: 'notFound', message: 'gone' });
    const whole = this.treeOf(row);
    const rows = whole.rows ?? [];
    const wanted = (key: string, nodeId: string, failing: boolean) =>
      'around' in query.at
        ? failing
        : 'aroundRow' in query.at
          ? key === query.at.aroundRow
          : 'aroundNode' in query.at && nodeId === query.at.aroundNode;
    const focus = rows.findIndex(({ key, nodeId, failing }) => wanted(key, nodeId, failing));
    return {
      ...(whole as TreeWindow),
      revision: ++this.revision,
      query,
      start: 0,
      focus: focus === -1 ? null : focus,
    };
  }

  private currentStatus(): EngineStatus {
    const rows = this.ofScope(this.status.figuresScope);
    const count = (outcome: ExecutionRow['outcome']) =>
      rows.filter((row) => row.outcome === outcome).length;
    const [succeeded, failed] = [count('succeeded'), count('failed')];
    const finished = succeeded + failed + count('cancelled');
    return {
      ...this.status,
      rejected: this.rejected.length,
      storedExecutions: this.rows.length,
      figures: {
        executions: rows.length,
        succeeded,
        failed,
        cancelled: count('cancelled'),
        running: count('running'),
        stalled: count('stalled'),
        finished,
        successRate: finished === 0 ? null : succeeded / finished,
        toolCallsApart: this.status.figures.toolCallsApart,
        cumulativeDurationMs: rows
          .filter(({ outcome }) => outcome === 'succeeded')
          .reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0),
      },
    };
  }
}
