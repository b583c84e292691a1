import { answerOf } from '../src/protocol/ask.ts';
import type { Caller } from '../src/protocol/channel.ts';
import { RequestError } from '../src/protocol/packet.ts';
import { problemGroup, type ProblemRow } from '../src/protocol/problems.ts';
import { sameScope } from '../src/protocol/list.ts';
import type { WatcherId } from '../src/protocol/subscriptions.ts';
import { type WatchedQuestion, Watcher } from '../src/protocol/watcher.ts';
import type { HostEvents, HostMethods } from '../src/protocol/hostProtocol.ts';
import type { ProblemMark, ReaderSays } from '../src/problems/problemMark.ts';
import type { ExecutionKey } from '../src/trace/execution.ts';
import type { Choices } from './choices.ts';
import { CompareFeed, firstPage } from './compare/compareFeed.ts';
import { ExecutionChoice } from './executionChoice.ts';
import { Places } from './find/places.ts';
import type { Frames } from './frames.ts';
import { HealthFeed } from './health/healthFeed.ts';
import type { Partners } from './host.ts';
import { systemClock } from '../src/base/systemClock.ts';
import { takeHostEvents } from './hostEvents.ts';
import { ListFeed } from './list/listFeed.ts';
import { rememberSizes } from './sizeMemory.ts';
import { ScopeFeed } from './scopeFeed.ts';
import { SourceActions } from './sourceActions.ts';
import { SourceLife } from './sourceLife.ts';
import { PageFeed } from './pageFeed.ts';
import type { PanelState } from './state.ts';
import { TreeFeed, type TreePlace } from './treeFeed.ts';

/** A source that was open last time and doesn't show itself in this time isn't coming. */
const sourceWaitMs = 10_000;

/** Connects what is shown with host and engine: who is told what, and what follows from it. */
export class PanelSession {
  readonly list: ListFeed;
  readonly tree: TreeFeed;
  readonly numbers: PageFeed<'numbers'>;
  readonly problems: PageFeed<'problems'>;
  readonly ownPast: PageFeed<'ownPast'>;
  readonly graph: PageFeed<'graph'>;
  readonly graphStates: PageFeed<'graphStates'>;
  readonly health: HealthFeed;
  readonly comparison: CompareFeed;
  readonly places: Places;
  readonly sources: SourceActions;
  private readonly partners: Partners;
  private readonly state: PanelState;
  private readonly choice: ExecutionChoice;
  private readonly life: SourceLife;
  /** False also where the engine was away when the page began. */
  private isHydrated = false;
  /** The reader, the host or the panel itself has opened an execution since the page began. */
  private hasOpened = false;

  private readonly watcher: Watcher;
  private readonly status: WatchedQuestion<'status'>;
  private readonly scope: ScopeFeed;

  constructor(world: {
    partners: Partners;
    state: PanelState;
    frames: Frames;
    watcher: WatcherId;
  }) {
    this.partners = world.partners;
    this.state = world.state;
    const { engine } = world.partners;
    const watcher = new Watcher(engine, world.watcher);
    this.watcher = watcher;
    this.status = watcher.question('status', 'status', (result) => {
      if (result.ok) this.life.take(result.value);
    });
    this.health = new HealthFeed(watcher);
    const feedWorld = { watcher, state: world.state, frames: world.frames };
    this.scope = new ScopeFeed(feedWorld);
    this.list = new ListFeed(feedWorld);
    this.tree = new TreeFeed({
      ...feedWorld,
      ahead: {
        ask: async (query) => answerOf('ahead', await engine.call('ask', { kind: 'ahead', query })),
        clock: systemClock,
      },
    });
    this.numbers = new PageFeed('numbers', world.state.numbers, feedWorld);
    this.problems = new PageFeed('problems', world.state.problems, feedWorld);
    this.ownPast = new PageFeed('ownPast', world.state.ownPast, feedWorld);
    this.graph = new PageFeed('graph', world.state.graph, feedWorld);
    this.graphStates = new PageFeed('graphStates', world.state.graphStates, feedWorld);
    this.comparison = new CompareFeed(feedWorld);
    this.places = new Places({
      ...{ ...feedWorld, tree: this.tree },
      tell: (method, params) => this.tell(method, params),
    });
    this.sources = new SourceActions(world.state, {
      askHost: this.askHost,
      tell: (method, params) => this.tell(method, params),
      opened: () => this.life.opened(),
      complain: (error) => this.complain(error),
    });
    this.choice = new ExecutionChoice({
      engine,
      state: world.state,
      open: (key) => void this.openExecution(key, {}),
    });
    this.life = new SourceLife({
      ...{ ...feedWorld, list: this.list, tree: this.tree, choice: this.choice },
      open: (key) => void this.openExecution(key, {}),
      hasOpened: () => this.hasOpened,
      setScope: (scope) => {
        this.setScope(scope);
      },
      noneSelected: () => {
        this.tell('setSelected', { key: null });
      },
    });
    // Executions leave a topic alone. The sample robot's are others each time it plays, and files have none of others.
    this.tree.onGone = async () => {
      const { traits } = this.life;
      // One that stays on its execution says so.
      if (world.state.pinned !== null) return false;
      if (traits === undefined || (traits.isLive && !traits.isNewEachTime)) return false;
      this.choice.begin();
      return this.choice.listChanged();
    };
    this.list.onApplied = () => this.listApplied();
  }

  /** Listens to both partners and asks for everything; resolves when the answers are there. */
  async start(): Promise<void> {
    const { host, engine } = this.partners;
    engine.on('pushed', (pushed) => this.watcher.receive(pushed));
    host.on('engineLost', (loss) => {
      this.life.engineLost();
      this.tree.engineLost();
      this.state.engineLost.value = loss;
    });
    host.on('engineReady', () => this.engineReady());
    host.on('activeFlow', (flow) => this.activeFlow(flow));
    host.on('select', (target) => this.selectAsTold(target));
    takeHostEvents(host, this.state, this);
    rememberSizes(this.state.choices, systemClock, (sizes) => {
      this.tell('rememberSizes', sizes);
    });
    systemClock.after(sourceWaitMs, () => (this.state.expectsSource.value = false));
    await this.hydrate();
  }

  /** Opens an execution because the reader chose it: unless a place is named, where he was in it. */
  select(key: ExecutionKey, place: TreePlace = { asLeft: true }): void {
    const newest = this.state.list.value;
    const isNewest = newest?.start === 0 && newest.rows[0]?.key === key;
    if (this.state.followLatest.value && !isNewest) this.follow(false);
    this.choice.made();
    this.state.readerTurnsTo(key);
    void this.openExecution(key, place);
  }

  /** Opens the newest execution there is; for when the selected one is gone. */
  openNewest(): Promise<void> {
    return this.choice.openNewest();
  }

  follow(follow: boolean): void {
    this.state.followLatest.value = follow;
    this.tell('setFollowLatest', { follow });
    if (!follow) return;
    this.list.showNewest();
    void this.openNewest();
  }

  setScope(scope: 'flow' | 'all'): void {
    this.state.choose({ scope });
    this.scopeChanged();
  }

  setFilter(filter: string): void {
    const before = this.state.choices.value.filter;
    this.state.choose({ filter });
    // A blank behind a word asks for nothing else.
    if (filter.trim() !== before.trim()) this.list.restart();
  }

  /** Shows executions, their problems, or numbers of them. */
  turnTo(page: Choices['page']): void {
    this.state.view.value = 'traces';
    if (this.state.choices.value.page !== page) this.state.choose({ page });
  }

  /** Shows the executions that a number is made of: here, or in the panel that has a list. */
  showBehind(filter: string): void {
    if (this.state.isDashboard) {
      this.tell('showExecutions', { filter, scope: this.state.scope.value.kind });
      return;
    }
    this.setFilter(filter);
    this.turnTo('executions');
    // Where the list is shown on demand alone, it is what was asked for.
    if (!this.state.wide.value) this.state.pickerOpen.value = true;
  }

  /** Shows one execution among all. */
  showExecution(key: ExecutionKey): void {
    this.turnTo('executions');
    this.select(key);
  }

  /** Shows a problem among all. */
  showProblem({ id, state }: Pick<ProblemRow, 'id' | 'state'>): void {
    this.state.choose({ problem: id, problemGroup: problemGroup(state) });
    this.turnTo('problems');
  }

  /** Says something of a problem, which the engine keeps. */
  sayOfProblem(says: ReaderSays): void {
    this.ask('markProblem', says).catch((error: unknown) => this.complain(error));
  }

  markProblem({ signature, flow, weekly }: ProblemRow, kind: ProblemMark['kind']): void {
    this.sayOfProblem({ signature, flow, weekly, kind });
  }

  /** Compares an execution with another; with null as the other, with the last good one of its flow. */
  compare(key: ExecutionKey, other: ExecutionKey | null, source?: number): void {
    const pair = { key, other, ...(source === undefined ? {} : { source }) };
    // What draws it has not been read yet, or takes a frame.
    this.comparison.show({ ...pair, ...firstPage });
    this.state.comparing.value = pair;
    // Its list, where it lay over the tree, was for choosing.
    this.state.pickerOpen.value = false;
    this.state.view.value = 'compare';
  }

  /** Puts the cursor on the failing step, and shows what happened there. */
  jump(): void {
    const key = this.state.choices.value.selected;
    if (key === null) return;
    this.tell('revealNode', { key, target: 'failing', preserveFocus: false });
    // What stands beside the cursor is what it is at.
    void this.tree.open(key);
  }

  /** Asks the host for something whose answer nobody waits for; a failure is shown. */
  tell<K extends keyof HostMethods>(method: K, params: HostMethods[K]['params']): void {
    const { host } = this.partners as { host: Caller<Record<K, HostMethods[K]>> };
    host.call(method, params as never).catch((error: unknown) => this.complain(error));
  }

  /** Shows that something failed which the reader asked for. */
  complain(error: unknown): void {
    if (error instanceof RequestError) {
      this.state.notice.value = { reason: error.reason, message: error.message };
    } else this.state.notice.value = error instanceof Error ? error.message : String(error);
  }

  /** Asks the host and waits. */
  readonly askHost: Partners['host']['call'] = (method, params, timeoutMs) =>
    this.partners.host.call(method, params, timeoutMs);

  /** Asks the engine and waits. */
  readonly ask: Partners['engine']['call'] = (method, params, timeoutMs) =>
    this.partners.engine.call(method, params, timeoutMs);

  /** Asks for everything shown; the first time that works it opens what was open. */
  private async hydrate(): Promise<void> {
    try {
      const status = await this.status.ask(null);
      if (status === null) return;
      this.life.take(status);
      if (this.state.isWhole) await Promise.all([this.scope.ask(), this.list.ask()]);
      if (this.isHydrated) return;
      this.isHydrated = true;
      const { selected, row } = this.state.choices.value;
      // Told meanwhile what to show, or of another source than what was open.
      if (selected === null || this.hasOpened || this.life.isOther(status)) return;
      await this.openExecution(selected, { row });
    } catch {
      // The engine went away; `engineReady` asks again.
    }
  }

  private engineReady(): void {
    this.watcher.engineChanged();
    this.life.engineReady();
    this.tree.engineChanged();
    this.numbers.engineChanged();
    this.problems.engineChanged();
    this.ownPast.engineChanged();
    this.graph.engineChanged();
    this.graphStates.engineChanged();
    this.comparison.engineChanged();
    this.places.engineChanged();
    void this.hydrate();
  }

  private listApplied(): void {
    void this.choice.listChanged();
    this.tree.historyGrew();
  }

  private async openExecution(key: ExecutionKey, place: TreePlace): Promise<void> {
    this.hasOpened = true;
    this.places.opens(key);
    this.state.opens(key);
    this.state.choose({ selected: key });
    this.tell('setSelected', { key });
    await this.tree.open(key, place);
  }

  private selectAsTold({
    key,
    nodeId,
    rowKey,
    takesFocus = false,
    match = null,
  }: HostEvents['select']): void {
    this.state.view.value = 'traces';
    this.turnTo('executions');
    this.choice.made();
    if (this.state.followLatest.value) this.follow(false);
    this.state.readerTurnsTo(key);
    void this.openExecution(key, { row: rowKey, nodeId, takesFocus }).then(() => {
      // The reader may have opened another one meanwhile.
      const isStillOpen = this.state.choices.value.selected === key;
      if (match !== null && isStillOpen) this.places.show({ row: rowKey, match });
    });
  }

  private activeFlow(flow: HostEvents['activeFlow']): void {
    if (this.state.pinned !== null) return;
    const before = this.state.scope.value;
    this.state.flow.value = flow;
    if (!this.state.isWhole) return;
    if (sameScope(before, this.state.scope.value)) void this.scope.ask();
    else this.scopeChanged();
  }

  private scopeChanged(): void {
    if (!this.state.isWhole) return;
    this.list.restart();
    void this.scope.ask();
  }
}
