import type { Caller } from '../src/protocol/channel.ts';
import type { EngineStatus } from '../src/protocol/engineProtocol.ts';
import type { ConnectionForm, HostEvents, HostMethods } from '../src/protocol/hostProtocol.ts';
import type { ExecutionKey } from '../src/trace/execution.ts';
import type { Frames } from './frames.ts';
import { pageClock, type Partners } from './host.ts';
import { ListFeed } from './list/listFeed.ts';
import type { PanelState } from './state.ts';
import { TreeFeed, type TreePlace } from './treeFeed.ts';

/** A source that was open last time and doesn't show itself in this time isn't coming. */
const sourceWaitMs = 10_000;

/** Connects what is shown with host and engine: who is told what, and what follows from it. */
export class PanelSession {
  readonly list: ListFeed;
  readonly tree: TreeFeed;
  private readonly partners: Partners;
  private readonly state: PanelState;
  private readonly frames: Frames;
  /** False once something was opened, by the reader or for good by itself. */
  private choosesFirst: boolean;
  /** Tells answers to older questions. */
  private choicesAsked = 0;
  /** What the source had when it was opened has been read. */
  private settled = false;
  private wasLost = false;
  /** Which source was seen last. */
  private source: string | null = null;

  constructor(world: { partners: Partners; state: PanelState; frames: Frames }) {
    this.partners = world.partners;
    this.state = world.state;
    this.frames = world.frames;
    const { engine } = world.partners;
    const feedWorld = { engine, state: world.state, frames: world.frames };
    this.list = new ListFeed({ ...feedWorld, onError: () => undefined });
    this.tree = new TreeFeed(feedWorld);
    this.choosesFirst = world.state.choices.value.selected === null;
    this.list.onApplied = () => {
      this.listApplied();
    };
  }

  /** Listens to both partners and asks for everything; resolves when the answers are there. */
  async start(): Promise<void> {
    const { host, engine } = this.partners;
    engine.on('list', (window) => {
      this.list.take(window);
    });
    engine.on('tree', (window) => {
      this.tree.take(window);
    });
    engine.on('status', (status) => {
      this.takeStatus(status);
    });
    host.on('engineLost', ({ detail }) => {
      this.wasLost = true;
      this.state.engineLost.value = detail;
    });
    host.on('engineReady', () => {
      this.engineReady();
    });
    host.on('activeFlow', (flow) => {
      this.activeFlow(flow);
    });
    host.on('select', (target) => {
      this.selectAsTold(target);
    });
    host.on('followLatest', (follow) => {
      this.state.followLatest.value = follow;
    });
    host.on('trusted', (trusted) => {
      this.state.trusted.value = trusted;
    });
    host.on('connection', (connection) => {
      this.state.connection.value = connection;
    });
    host.on('showConnect', () => {
      this.state.view.value = 'connect';
    });
    pageClock.after(sourceWaitMs, () => {
      this.state.expectsSource.value = false;
    });
    await this.hydrate();
  }

  /** Opens an execution because the reader chose it. */
  select(key: ExecutionKey, place: TreePlace = {}): void {
    const newest = this.state.list.value;
    const isNewest = newest?.start === 0 && newest.rows[0]?.key === key;
    if (this.state.followLatest.value && !isNewest) this.follow(false);
    this.choosesFirst = false;
    void this.openExecution(key, place);
  }

  /** Opens the newest execution there is; for when the selected one is gone. */
  async openNewest(): Promise<void> {
    const scope = this.state.scope.value;
    const key = await this.ask('latest', { scope, failed: false });
    if (key !== null) void this.openExecution(key, {});
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
    this.state.choose({ filter });
    this.list.restart();
  }

  /** Puts the cursor on the failing step. */
  jump(): void {
    const key = this.state.choices.value.selected;
    if (key !== null) this.tell('revealNode', { key, target: 'failing', preserveFocus: false });
  }

  /** Asks the host for something whose answer nobody waits for; a failure is shown. */
  tell<K extends keyof HostMethods>(method: K, params: HostMethods[K]['params']): void {
    const { host } = this.partners as { host: Caller<Record<K, HostMethods[K]>> };
    host.call(method, params as never).catch((error: unknown) => {
      this.complain(error);
    });
  }

  /** Asks the host and waits. */
  readonly askHost: Partners['host']['call'] = (method, params) =>
    this.partners.host.call(method, params);

  /** Asks the engine and waits. */
  readonly ask: Partners['engine']['call'] = (method, params) =>
    this.partners.engine.call(method, params);

  /** Connects; the password is sent only when a new one was typed. */
  connect(form: ConnectionForm, password?: string): void {
    this.state.connection.value = form;
    const params = { form, ...(password === undefined ? {} : { password }) };
    void this.openSource(this.askHost('connect', params));
  }

  async openFiles(): Promise<void> {
    const opened = this.askHost('openTraceFiles', null);
    const count = await opened.catch(() => null);
    if (count !== 0) await this.openSource(opened);
  }

  openContents(files: HostMethods['openContents']['params']['files']): void {
    void this.openSource(this.askHost('openContents', { files }));
  }

  playSample(): void {
    void this.openSource(this.askHost('playSample', null));
  }

  /** Stops reading; what was read stays until another source is opened. */
  disconnect(): void {
    this.state.expectsSource.value = false;
    this.tell('disconnect', null);
  }

  private async hydrate(): Promise<void> {
    const { selected, row } = this.state.choices.value;
    try {
      await this.ask('setVisible', { visible: true });
      this.takeStatus(await this.ask('status', { figuresScope: this.state.scope.value }));
      await this.list.ask();
      if (selected !== null) await this.openExecution(selected, { row });
    } catch {
      // The engine went away; `engineReady` asks again.
    }
  }

  private complain(error: unknown): void {
    this.state.notice.value = error instanceof Error ? error.message : String(error);
  }

  private async openSource(opened: Promise<unknown>): Promise<void> {
    this.state.view.value = 'traces';
    this.state.expectsSource.value = true;
    try {
      await opened;
      this.sourceOpened();
    } catch (error) {
      this.state.expectsSource.value = false;
      this.complain(error);
    }
  }

  /** Another source: nothing of the one before is shown, and something of the new one is opened by itself. */
  private sourceOpened(): void {
    this.choosesFirst = true;
    this.settled = false;
    this.wasLost = false;
    this.state.choose({ selected: null, row: null });
    this.tree.close();
    this.list.unsettle();
    this.list.restart();
  }

  private engineReady(): void {
    this.state.engineLost.value = null;
    this.list.engineChanged(this.wasLost);
    if (this.wasLost) this.list.unsettle();
    this.tree.engineChanged();
    void this.rehydrate();
  }

  private async rehydrate(): Promise<void> {
    try {
      this.takeStatus(await this.ask('status', { figuresScope: this.state.scope.value }));
      await this.list.ask();
    } catch {
      // As above.
    }
  }

  private takeStatus(status: EngineStatus): void {
    const before = this.state.status.value;
    const isIdle = status.state.kind === 'idle';
    // A new engine is idle until the host has told it what to read.
    if (isIdle && this.wasLost && before?.state.kind !== 'idle') return;
    this.frames.put('status', () => {
      // Opened by a command of the palette, for one.
      if (!isIdle && this.isOther(status)) this.sourceOpened();
      this.state.status.value = status;
      if (!isIdle) this.state.expectsSource.value = false;
      if (isSettled(status)) this.settle();
    });
  }

  private isOther({ source }: EngineStatus): boolean {
    const name = `${source.kind} ${source.name} ${source.detail}`;
    const isOther = this.source !== null && this.source !== name;
    this.source = name;
    return isOther;
  }

  private settle(): void {
    this.list.settle();
    this.list.endRecovery();
    this.wasLost = false;
    this.tree.endOfHistory();
    this.settled = true;
    if ((this.state.list.value?.total ?? 0) > 0) void this.chooseFirst();
  }

  private listApplied(): void {
    if (this.state.followLatest.value) void this.followNewest();
    else void this.chooseFirst();
    this.tree.historyGrew();
  }

  /** The newest failed execution, else the newest: the panel is not empty without reason. */
  private async chooseFirst(): Promise<void> {
    if (!this.choosesFirst) return;
    const asked = ++this.choicesAsked;
    const isForGood = this.settled;
    const scope = this.state.scope.value;
    try {
      const failed = await this.ask('latest', { scope, failed: true });
      const key = failed ?? (await this.ask('latest', { scope, failed: false }));
      if (key !== null && asked === this.choicesAsked) this.takeFirst(key, isForGood);
    } catch {
      // Tried again with the next window.
    }
  }

  /** The reader may have chosen meanwhile. */
  private takeFirst(key: ExecutionKey, isForGood: boolean): void {
    if (!this.choosesFirst) return;
    this.choosesFirst = !isForGood;
    if (key !== this.state.choices.value.selected) void this.openExecution(key, {});
  }

  private async followNewest(): Promise<void> {
    const scope = this.state.scope.value;
    const key = await this.ask('latest', { scope, failed: false }).catch(() => null);
    if (key === null || !this.state.followLatest.value) return;
    if (key !== this.state.choices.value.selected) void this.openExecution(key, {});
  }

  private async openExecution(key: ExecutionKey, place: TreePlace): Promise<void> {
    this.state.choose({ selected: key });
    this.tell('setSelected', { key });
    await this.tree.open(key, place);
  }

  private selectAsTold({ key, nodeId, rowKey }: HostEvents['select']): void {
    this.state.view.value = 'traces';
    this.choosesFirst = false;
    if (this.state.followLatest.value) this.follow(false);
    void this.openExecution(key, { row: rowKey, nodeId });
  }

  private activeFlow(flow: HostEvents['activeFlow']): void {
    const before = this.state.scope.value;
    this.state.flow.value = flow;
    const after = this.state.scope.value;
    if (JSON.stringify(before) !== JSON.stringify(after)) this.scopeChanged();
  }

  private scopeChanged(): void {
    this.list.restart();
    this.ask('status', { figuresScope: this.state.scope.value }).then(
      (status) => {
        this.takeStatus(status);
      },
      () => undefined,
    );
  }
}

/** Whether what the source had when it was opened has been read. */
function isSettled({ state }: EngineStatus): boolean {
  return (
    state.kind === 'ended' || state.kind === 'paused' || (state.kind === 'live' && state.lag === 0)
  );
}
