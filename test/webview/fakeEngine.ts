import { asFailure, Channel, type Handlers } from '../../src/protocol/channel.ts';
import type { EngineEvents, EngineMethods } from '../../src/protocol/engineProtocol.ts';
import type {
  EarlierProgress,
  ExecutionRow,
  ListQuery,
  ListWindow,
  Scope,
} from '../../src/protocol/list.ts';
import type { CompareAnswer, CompareQuery } from '../../src/protocol/compare.ts';
import type { FindAnswer, FindQuery } from '../../src/protocol/find.ts';
import type { GraphAnswer, GraphQuery, GraphStates } from '../../src/protocol/graph.ts';
import type { LineageAnswer, LineageQuery } from '../../src/protocol/lineage.ts';
import type { NumbersAnswer, NumbersQuery } from '../../src/protocol/numbers.ts';
import type { OwnPast, ProblemsAnswer, ProblemsQuery } from '../../src/protocol/problems.ts';
import type { FlowState } from '../../src/protocol/flows.ts';
import type { EngineQuestions } from '../../src/protocol/questions.ts';
import type { SignsAnswer, SignsQuery } from '../../src/protocol/signs.ts';
import type { EngineStatus, Figures } from '../../src/protocol/status.ts';
import type { Answered, Asked } from '../../src/protocol/subscriptions.ts';
import type { TreeQuery, TreeWindow } from '../../src/protocol/tree.ts';
import type { StoredTextAnswer, StoredTextQuery } from '../../src/protocol/storedText.ts';
import { RequestError } from '../../src/protocol/packet.ts';
import type { ExecutionKey } from '../../src/trace/execution.ts';
import type { RejectedRecord } from '../../src/trace/rejected.ts';
import type { WantedPart } from '../../src/trace/wantedPart.ts';
import { failingStep } from './inspectorContents.ts';
import { aComparison, someSides } from './compareData.ts';
import { aWay, someHits } from './findData.ts';
import { aDrawing, someShortValues, someStates } from './graphData.ts';
import { someNumbers } from './numbersData.ts';
import { someProblems } from './problemsData.ts';
import type { Health } from '../../src/protocol/health.ts';
import { aHealth, aTree, noStatus } from './panelData.ts';
import type { AheadAnswer, AheadQuery, InspectorContent } from '../../src/protocol/inspector.ts';

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
  /** What the history has from before. */
  earlier: EarlierProgress | undefined;
  /** Before a list is given. */
  onList: (query: ListQuery) => void = () => undefined;
  /** Newest first. */
  rows: ExecutionRow[] = [];
  /** Keys of the executions of the open flow file; null: all are. */
  flowKeys: Set<ExecutionKey> | null = null;
  rejected: RejectedRecord[] = [];
  rejectedText: (offset: string) => EngineMethods['rejectedText']['result'] = () => ({
    ...{ text: '', form: 'text', whole: true },
  });
  status: EngineStatus = noStatus;
  health: Health = aHealth();
  /** Gives an execution's tree; a test may replace it. */
  treeOf: (row: ExecutionRow) => Partial<TreeWindow> = (row) => aTree(row);
  inspect: (
    key: ExecutionKey,
    row: string | null,
    part?: 'beginning',
    wanted?: readonly WantedPart[],
  ) => InspectorContent = () => failingStep();
  /** What was made of it is as true as the tree; a test that changes one changes it. */
  stampOf: (key: ExecutionKey) => string = () => '';
  /** What it tells of rows before they are clicked. */
  ahead: (query: AheadQuery) => AheadAnswer = ({ key }) => ({
    ...{ stamp: this.stampOf(key), contents: [] },
  });
  fetchStored: (query: StoredTextQuery) => Promise<StoredTextAnswer> = () =>
    Promise.resolve({ ok: false, error: { reason: 'notTrusted' } });

  /** What a comparison shows. */
  compare: (query: CompareQuery) => CompareAnswer = (query) => aComparison(query);
  /** The flow as a graph, and what happened in it. */
  graph: (query: GraphQuery) => GraphAnswer = (query) => aDrawing(query);
  graphStates: (query: GraphQuery) => GraphStates = (query) => someStates(query);
  /** The way of a value. */
  lineage: (query: LineageQuery) => LineageAnswer = (query) => aWay(query);
  /** What is found in an execution. */
  find: (query: FindQuery) => FindAnswer = (query) => someHits(query);
  /** What the numbers view shows; a test gives it, or refuses it. */
  numbers: (query: NumbersQuery) => Promise<NumbersAnswer> = (query) => someNumbers(query);

  /** The problems, and what is known of an execution from others; a test may give some. */
  problems: (query: ProblemsQuery) => ProblemsAnswer = (query) => someProblems(query);
  signs: (query: SignsQuery) => SignsAnswer = (query) => ({ query, signs: [], goodRuns: 0 });
  ownPast: (key: ExecutionKey) => OwnPast = (key) => ({
    ...{ key, problem: null, usual: null, node: null },
  });

  /** Figures that a test gives, whatever the rows are. */
  someFigures: Partial<Figures> = {};

  /** What the filter has wrong; a test may replace it. */
  faultsOf: (filter: string) => ListWindow['faults'] = () => [];
  search: ListWindow['search'] = null;
  complete: (
    params: EngineMethods['complete']['params'],
  ) => EngineMethods['complete']['result'] | Promise<EngineMethods['complete']['result']> = () =>
    null;

  /** Skips damaged records; a test may refuse it. */
  skipDamaged: () => null = () => null;

  /** Loads older executions; a test may have some, or refuse it. */
  loadOlder: () => null | Promise<null> = () => null;

  /** Refuses everything, as the host does for an engine that has died. */
  isAway = false;

  private generation = 1;
  private seq = 0;
  /** Of the page, by id; the newest query of each. */
  private readonly watches = new Map<string, WatchOfPage>();

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
    this.push('tree', ({ key }) => key === row.key);
    this.push('inspect', ({ key }) => key === row.key);
  }

  setState(state: EngineStatus['state'], source: Partial<EngineStatus['source']> = {}): void {
    this.status = { ...this.status, state, source: { ...this.status.source, ...source } };
    this.pushStatus();
  }

  pushList(): void {
    this.push('list');
  }

  pushStatus(): void {
    this.push('status');
    this.push('figures');
    this.push('flow');
  }

  /** Tells the page what it watches of a kind. */
  push<K extends keyof EngineQuestions>(
    kind: K,
    fits: (query: EngineQuestions[K]['query']) => boolean = () => true,
  ): void {
    for (const watch of this.watches.values()) {
      if (watch.kind !== kind || !fits(watch.query)) continue;
      const { watcher, id } = watch;
      const tell = (answered: Answered<EngineQuestions>) => {
        this.channel.emit('pushed', { watcher, id, answered });
      };
      if (watch.kind === 'numbers') void this.answeredLater(watch).then(tell);
      else tell(this.answered(watch));
    }
  }

  /** As after a restart: nothing is known, and nobody watches. */
  forget(): void {
    this.rows = [];
    this.generation++;
    this.seq = 0;
    this.watches.clear();
  }

  /** Whether somebody watches something of a kind. */
  isWatched(kind: keyof EngineQuestions): boolean {
    return [...this.watches.values()].some((watch) => watch.kind === kind);
  }

  /** What was asked of a kind, the oldest query first. */
  queriesOf<K extends keyof EngineQuestions>(kind: K): EngineQuestions[K]['query'][] {
    return this.callsOf('watch').flatMap((watch) =>
      watch.kind === kind ? [watch.query as EngineQuestions[K]['query']] : [],
    );
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
      goodRunsOf: () => [],
      tellKnown: () => null,
      linkedPlace: () => null,
      readForCompare: () => ({
        kind: 'read',
        id: 1,
        rows: [],
        more: 0,
        rejected: 0,
        isPart: false,
      }),
      earlierOfFlow: () => ({ rows: [] }),
      openSource: () => null,
      closeSource: () => null,
      skipDamaged: () => this.skipDamaged(),
      loadOlder: () => this.loadOlder(),
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
      readFlows: () => [],
      setFlow: ({ uri }) => ({ kind: 'notAFlow', uri }),
      setFlowThen: () => null,
      removeFlow: () => null,
      markProblem: () => null,
      chooseFlow: () => null,
      locate: () => ({ kind: 'noFlowFile' }),
      nodeAt: () => null,
      latest: ({ scope, failed }) =>
        this.ofScope(scope).find(({ outcome }) => !failed || outcome === 'failed')?.key ?? null,
      ask: (asked) => (asked.kind === 'numbers' ? this.answeredLater(asked) : this.answered(asked)),
      watch: (watch) => {
        this.watches.set(watch.id, watch);
        return watch.kind === 'numbers' ? this.answeredLater(watch) : this.answered(watch);
      },
      unwatch: ({ id }) => {
        this.watches.delete(id);
        return null;
      },
      setVisible: () => null,
      leave: () => null,
      complete: (params) => this.complete(params),
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
      flowsOf: () => [],
      maskText: ({ text }) => ({ text }),
      openRecord: () => ({ kind: 'gone' }),
      // The host's alone.
      valueText: () => ({ text: '' }),
      deleteHistory: () => ({ failed: 0, textsLeft: false }),
      rejectedText: ({ position }) => this.rejectedText(position.offset),
    };
  }

  private ofScope(scope: Scope): ExecutionRow[] {
    const { flowKeys } = this;
    if (scope.kind === 'all' || flowKeys === null) return this.rows;
    return this.rows.filter(({ key }) => flowKeys.has(key));
  }

  private list(query: ListQuery): ListWindow {
    this.onList(query);
    const words = query.filter.toLowerCase().split(/\s+/).filter(Boolean);
    const text = (row: ExecutionRow) =>
      `${row.name} ${row.sid} ${row.outcome} ${row.failing?.name ?? ''}`.toLowerCase();
    const rows = this.ofScope(query.scope).filter((row) =>
      words.every((word) => text(row).includes(word)),
    );
    const newer = query.anchor === null ? 0 : rows.findIndex(({ key }) => key === query.anchor);
    const start = Math.max(0, Math.min(Math.max(0, newer) + query.offset, rows.length));
    return {
      query,
      total: rows.length,
      newer: Math.max(0, newer),
      start,
      rows: rows.slice(start, start + query.limit),
      ...(this.earlier === undefined ? {} : { earlier: this.earlier }),
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
      ...{ query, stamp: this.stampOf(query.key) },
      start: 0,
      focus: focus === -1 ? null : focus,
    };
  }

  /** As the engine has it made: later. */
  private async answeredLater(asked: AskedNumbers): Promise<Answered<EngineQuestions>> {
    const stamp = { generation: this.generation, seq: ++this.seq };
    const { kind, query } = asked;
    try {
      return { kind, query, stamp, result: { ok: true, answer: await this.numbers(query) } };
    } catch (error) {
      return { kind, query, stamp, result: { ok: false, failure: asFailure(error) } };
    }
  }

  private answered(asked: AskedAtOnce): Answered<EngineQuestions> {
    const stamp = { generation: this.generation, seq: ++this.seq };
    const { kind, query } = asked;
    try {
      const result = { ok: true, answer: this.answerTo(asked) } as const;
      return { kind, query, stamp, result } as Answered<EngineQuestions>;
    } catch (error) {
      const result = { ok: false, failure: asFailure(error) } as const;
      return { kind, query, stamp, result } as Answered<EngineQuestions>;
    }
  }

  private answerTo(asked: AskedAtOnce): unknown {
    switch (asked.kind) {
      case 'list':
        return this.list(asked.query);
      case 'tree':
        return this.tree(asked.query);
      case 'inspect':
        return this.inspect(asked.query.key, asked.query.row, asked.query.part, asked.query.wanted);
      case 'ahead':
        return this.ahead(asked.query);
      case 'figures':
        return this.figures(asked.query.scope);
      case 'compare':
        return this.compare(asked.query);
      case 'sideBySide':
        return someSides(asked.query);
      case 'since':
        return {
          ...{ query: asked.query, unread: 0 },
          since: { count: 7, of: 9, sinceMs: Date.now() - 60_000, isFromStart: false },
        };
      case 'signs':
        return this.signs(asked.query);
      case 'find':
        return this.find(asked.query);
      case 'lineage':
        return this.lineage(asked.query);
      case 'flow': {
        const { uri } = asked.query;
        const rows = this.ofScope({ kind: 'flow', uri });
        const state: FlowState = {
          info: { kind: 'notAFlow', uri },
          figures: this.figures({ kind: 'flow', uri }),
          latest: rows[0] ?? null,
          latestFailed: rows.find(({ outcome }) => outcome === 'failed') ?? null,
        };
        return state;
      }
      case 'graph':
        return this.graph(asked.query);
      case 'graphStates':
        return this.graphStates(asked.query);
      case 'shortValues':
        return someShortValues(asked.query);
      // What the host's editor features ask for.
      case 'marks':
        throw new RequestError({ reason: 'notFound', message: 'the page asks for none' });
      case 'problems':
        return this.problems(asked.query);
      case 'ownPast':
        return this.ownPast(asked.query.key);
      case 'health':
        return this.health;
      case 'status':
        return {
          ...this.status,
          rejected: this.rejected.length,
          storedExecutions: this.rows.length,
        };
    }
  }

  private figures(scope: Scope): Figures {
    const rows = this.ofScope(scope);
    const count = (outcome: ExecutionRow['outcome']) =>
      rows.filter((row) => row.outcome === outcome).length;
    const [succeeded, failed] = [count('succeeded'), count('failed')];
    const judged = succeeded + failed;
    return {
      ...{ executions: rows.length, succeeded, failed, cancelled: count('cancelled') },
      ...{ running: count('running'), stalled: count('stalled') },
      judged,
      successRate: judged === 0 ? null : succeeded / judged,
      toolCallsApart: 0,
      cumulativeDurationMs: rows
        .filter(({ outcome }) => outcome === 'succeeded')
        .reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0),
      ...this.someFigures,
    };
  }
}

type AskedNumbers = Extract<Asked<EngineQuestions>, { kind: 'numbers' }>;
type AskedAtOnce = Exclude<Asked<EngineQuestions>, { kind: 'numbers' }>;
type WatchOfPage = EngineMethods['watch']['params'];
