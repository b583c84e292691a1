import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Clock } from '../base/clock.ts';
import { type Disposable, Disposables } from '../base/disposable.ts';
import type { Log } from '../base/log.ts';
import { Timer } from '../base/timer.ts';
import { Channel } from '../protocol/channel.ts';
import type { HostEvents, HostMethods } from '../protocol/hostProtocol.ts';
import type { NumbersTime } from '../protocol/numbers.ts';
import type { Envelope, Packet } from '../protocol/packet.ts';
import { readPageMessage } from '../protocol/pageMessages.ts';
import type { WatcherId } from '../protocol/subscriptions.ts';
import type { ExecutionKey, NodeId } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import type { PanelHandlers } from './panelHandlers.ts';
import type { Vscode } from './vscode.ts';

/** What the panel needs of its world. */
export interface PanelWorld {
  readonly vscode: Vscode;
  readonly extensionUri: vscode.Uri;
  readonly engine: EngineClient;
  readonly clock: Clock;
  readonly log: Log;
  /** Who answers what the panel asks of the host. */
  readonly handlers: PanelHandlers;
}

/** What one panel wants of all. */
export interface PanelSiblings {
  readonly onActive: () => void;
  /** It may have been in sight before. */
  readonly onVisible: () => void;
  readonly openPinned: (key: ExecutionKey, name: string) => void;
  readonly openDashboard: (time: NumbersTime) => void;
  readonly showExecutions: (shown: HostMethods['showExecutions']['params']) => void;
  /** A step was chosen in a graph of its own: the panel shows it too. */
  readonly showStep: (step: HostMethods['stepChosen']['params']) => void;
}

/** What a panel shows: all executions, one that it stays on, numbers alone, the graph of a flow file, or a trace file. */
export type PanelRole =
  | { readonly kind: 'whole' }
  | { readonly kind: 'pinned'; readonly key: ExecutionKey }
  | { readonly kind: 'dashboard'; readonly time: NumbersTime | null }
  | { readonly kind: 'flow'; readonly uri: string }
  | { readonly kind: 'traceFile' };

/** One panel: its page, and the two conversations that run through it. */
export class OpenPanel implements Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly role: PanelRole;
  private readonly world: PanelWorld;
  private readonly disposables = new Disposables();
  private readonly channel: Channel<object, HostMethods, object, HostEvents>;
  private readonly flushing: Timer;
  /**
   * What was said while no page listened: before its first, and while it is hidden, for its page ends then. Of each
   * event the last, which is what there is to know. Undefined: the page listens.
   */
  private early: Map<string, () => void> | undefined = new Map();
  /** Tells a page from the ones before it. */
  private pages = 0;
  private readonly siblings: PanelSiblings;
  /** Under which its page watches the engine; the next page is another watcher. */
  private watcher: WatcherId | undefined;
  /** Which execution it shows. */
  private selected: ExecutionKey | null = null;
  private showsWay = false;
  private isClosed = false;

  constructor(
    panel: vscode.WebviewPanel,
    world: PanelWorld,
    role: PanelRole,
    siblings: PanelSiblings,
  ) {
    this.panel = panel;
    this.world = world;
    this.role = role;
    this.siblings = siblings;
    this.flushing = this.disposables.add(new Timer(world.clock));
    this.channel = this.disposables.add(
      new Channel<object, HostMethods, object, HostEvents>({
        post: (packet) => {
          this.post('host', packet);
        },
        clock: world.clock,
        prefix: 'h',
        onError: (error) => {
          world.log('error', String(error));
        },
      }),
    );
    const { handlers } = world;
    this.channel.handle({
      ...handlers,
      openInNewPanel: ({ key, name }) => {
        this.siblings.openPinned(key, name);
        return null;
      },
      openDashboard: (time) => {
        this.siblings.openDashboard(time);
        return null;
      },
      showExecutions: (shown) => {
        this.siblings.showExecutions(shown);
        return null;
      },
      stepChosen: (step) => {
        if (role.kind === 'flow') this.siblings.showStep(step);
        return handlers.stepChosen(step);
      },
      wayShown: ({ nodeIds }) => {
        this.showWay(nodeIds);
        return null;
      },
      setSelected: ({ key }) => {
        this.selected = key;
        return handlers.setSelected({ key });
      },
      ready: async () => {
        this.pageEnded();
        const page = this.pages;
        const watcher = randomUUID();
        this.watcher = watcher;
        const seed = {
          ...{ ...(await handlers.ready()), watcher, isDashboard: role.kind === 'dashboard' },
          numbersTime: role.kind === 'dashboard' ? role.time : null,
          isTraceFile: role.kind === 'traceFile',
          pinned: role.kind === 'pinned' ? role.key : null,
          flowView: role.kind === 'flow' ? role.uri : null,
        };
        // It was hidden meanwhile, and another will begin.
        if (page !== this.pages) return seed;
        // After the answer, so that the page knows its language before it is told anything.
        this.flushing.set(0, () => {
          this.flushEarly();
        });
        return seed;
      },
    });
    this.listen();
  }

  emit<K extends keyof HostEvents>(name: K, payload: HostEvents[K]): void {
    const say = () => {
      this.channel.emit(name, payload);
    };
    if (this.early === undefined) say();
    else {
      // Again, so that they stay in order.
      this.early.delete(name);
      this.early.set(name, say);
    }
  }

  dispose(): void {
    this.isClosed = true;
    this.disposables.dispose();
    this.pageEnded();
  }

  /** Which execution it shows is what is selected now. */
  tellSelected(): void {
    void this.world.handlers.setSelected({ key: this.selected });
  }

  private showWay(nodeIds: readonly NodeId[]): void {
    this.showsWay = nodeIds.length > 0;
    this.world.handlers.showWay(this, nodeIds);
  }

  private listen(): void {
    const { panel, disposables } = this;
    const { engine } = this.world;
    disposables.add(
      panel.webview.onDidReceiveMessage((message: unknown) => {
        this.take(message);
      }),
    );
    disposables.add(
      engine.on('pushed', (payload) => {
        if (payload.watcher !== this.watcher) return;
        this.post('engine', { kind: 'event', name: 'pushed', payload });
      }),
    );
    disposables.add(
      engine.onDidLose((loss) => {
        this.emit('engineLost', loss);
      }),
    );
    disposables.add(
      engine.onDidStart(() => {
        this.emit('engineReady', null);
      }),
    );
    disposables.add(
      panel.onDidChangeViewState(() => {
        if (panel.visible) this.siblings.onVisible();
        else this.pageEnded();
        if (panel.active) this.siblings.onActive();
      }),
    );
  }

  /** What is malformed is answered where it says whom, and goes no further. */
  private take(message: unknown): void {
    const { engine, log } = this.world;
    const read = readPageMessage(message);
    if (!read.ok) {
      const { problem, answer } = read.error;
      log('warn', `A message of the panel is malformed: ${problem}`);
      if (answer === null) return;
      const error = { reason: 'internal', message: `Malformed: ${problem}` } as const;
      this.post(answer.partner, { kind: 'failure', id: answer.id, error });
    } else if (read.value.partner === 'engine') {
      engine.forward(read.value.packet, (packet) => {
        this.post('engine', packet);
      });
    } else this.channel.receive(read.value.packet);
  }

  /** Also when the next one begins: moved to another group it does so while it is seen. */
  private pageEnded(): void {
    const { watcher } = this;
    this.watcher = undefined;
    // With all that it watched: the next page is another watcher. An engine that doesn't run knows of none.
    const { engine, log } = this.world;
    if (watcher !== undefined && engine.isRunning) {
      engine.call('leave', { watcher }).catch((error: unknown) => {
        log('debug', String(error));
      });
    }
    // The next page begins without one, and tells nothing of it.
    if (this.showsWay) this.showWay([]);
    this.pages++;
    this.flushing.clear();
    this.early ??= new Map();
  }

  private flushEarly(): void {
    const { early } = this;
    this.early = undefined;
    for (const say of early?.values() ?? []) say();
  }

  /** VS Code throws where the panel is closed: what was asked for before may be answered later. */
  private post(partner: Envelope['partner'], packet: Packet): void {
    if (this.isClosed) return;
    const envelope: Envelope = { partner, packet };
    void this.panel.webview.postMessage(envelope);
  }
}
