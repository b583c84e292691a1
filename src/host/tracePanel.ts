import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Clock } from '../base/clock.ts';
import { type Disposable, Disposables } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/event.ts';
import { Timer } from '../base/timer.ts';
import { Channel } from '../protocol/channel.ts';
import type { HostEvents, HostMethods } from '../protocol/hostProtocol.ts';
import type { Envelope, Packet } from '../protocol/packet.ts';
import type { WatcherId } from '../protocol/subscriptions.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import { readPageMessage } from '../protocol/pageMessages.ts';
import type { EngineClient } from './engineClient.ts';
import type { PanelHandlers } from './panelHandlers.ts';
import { panelViewType } from './ids.ts';
import { t } from './l10n.ts';
import type { Log } from '../base/log.ts';
import { createPanel, tell } from './surfaces.ts';
import type { Vscode } from './vscode.ts';
import { localResourceRoots, webviewHtml } from './webviewHtml.ts';

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

/** Each is a page with its own windows on the engine; nobody compares more side by side. */
const mostPinned = 8;

/**
 * The trace panels: one that shows all executions, and others that each stay on one. They pass the engine's packets
 * through, unread.
 */
export class TracePanel implements Disposable, vscode.WebviewPanelSerializer {
  private readonly world: PanelWorld;
  private readonly registration: vscode.Disposable;
  private readonly shown: Emitter<null>;
  /** The panel that shows all executions came into sight. */
  readonly onDidShow: Event<null>;
  private open: OpenPanel | undefined;
  /** The one opened last at the end. */
  private readonly pinned = new Set<OpenPanel>();
  /** Had the focus last: what a menu asks for is asked of it. */
  private active: OpenPanel | undefined;

  constructor(world: PanelWorld) {
    this.world = world;
    this.shown = new Emitter((error) => {
      world.log('error', `What waited for the panel failed: ${String(error)}`);
    });
    this.onDidShow = this.shown.event;
    this.registration = world.vscode.window.registerWebviewPanelSerializer(panelViewType, this);
  }

  get isOpen(): boolean {
    return this.open !== undefined;
  }

  get isVisible(): boolean {
    return this.open?.panel.visible === true;
  }

  /** Opens the panel beside the active editor, or brings it to front in its own group. */
  show(preserveFocus = false): void {
    const { vscode } = this.world;
    if (this.open !== undefined) {
      // Where it is, wherever the reader put it: brought to another group it would be a preview there, which the next
      // file replaces.
      this.open.panel.reveal(undefined, preserveFocus);
      return;
    }
    // Beside what is open, whichever kind of editor that is; an empty window needs no second column.
    const isEmpty = vscode.window.tabGroups.activeTabGroup.tabs.length === 0;
    const viewColumn = isEmpty ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
    const left = this.leftOver();
    const at = { viewColumn: left?.group.viewColumn ?? viewColumn, preserveFocus };
    this.adopt(createPanel(vscode, panelViewType, t('RPA Trace'), at), null);
    if (left !== undefined) void vscode.window.tabGroups.close(left, true);
  }

  /**
   * The tab of the panel from before a reload, behind another: VS Code restores it no sooner than it is looked at. One
   * opened beside it would be a second, and go away with that look.
   */
  private leftOver(): vscode.Tab | undefined {
    const { vscode } = this.world;
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    return tabs.find(
      ({ input, isActive, label }) =>
        input instanceof vscode.TabInputWebview &&
        // VS Code puts its own name in front.
        input.viewType.endsWith(panelViewType) &&
        label === t('RPA Trace') &&
        !isActive,
    );
  }

  /** Opens a panel that stays on an execution, or brings the one to front that does. */
  openPinned(key: ExecutionKey, name: string): void {
    const known = [...this.pinned].find(({ pinned }) => pinned === key);
    if (known !== undefined) {
      known.panel.reveal();
      return;
    }
    const { vscode } = this.world;
    this.makeRoom();
    const at = { viewColumn: vscode.ViewColumn.Active, preserveFocus: false };
    this.adopt(createPanel(vscode, panelViewType, name || t('RPA Trace'), at), key);
  }

  /** Of many the one opened first gives way. */
  private makeRoom(): void {
    const [oldest] = this.pinned;
    if (oldest === undefined || this.pinned.size < mostPinned) return;
    const { title } = oldest.panel;
    oldest.panel.dispose();
    void tell(
      this.world.vscode,
      'information',
      t('“{0}” was closed: at most {1} such panels can be open.', title, mostPinned),
    );
  }

  /** VS Code restores a panel after a reload; what its page kept tells which it is. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const key = pinnedIn(state);
    if (key !== null) this.makeRoom();
    this.adopt(panel, key);
    return Promise.resolve();
  }

  /** Tells the panel something; kept until its page is ready where it is hidden or has only just been opened. */
  emit<K extends keyof HostEvents>(name: K, payload: HostEvents[K]): void {
    this.open?.emit(name, payload);
  }

  /** Says something where the reader looks: in the panel that is seen, which a notification would cover, else in one. */
  say(sentence: string, key: ExecutionKey | null = null): void {
    if (this.isVisible) this.emit('news', { severity: 'info', key, sentence, goTo: null });
    else void tell(this.world.vscode, 'information', sentence);
  }

  /** Tells all panels something that concerns each of them. */
  emitToAll<K extends keyof HostEvents>(name: K, payload: HostEvents[K]): void {
    for (const open of this.all()) open.emit(name, payload);
  }

  /** Tells the panel whose menu was opened. */
  emitToActive<K extends keyof HostEvents>(name: K, payload: HostEvents[K]): void {
    (this.active ?? this.open)?.emit(name, payload);
  }

  dispose(): void {
    this.registration.dispose();
    this.shown.dispose();
    for (const open of this.all()) open.panel.dispose();
  }

  /** Nothing is selected in what is not there. */
  private tellSelected(): void {
    const left = this.active ?? this.open;
    if (left === undefined) void this.world.handlers.setSelected({ key: null });
    else left.tellSelected();
  }

  private all(): OpenPanel[] {
    return [...(this.open === undefined ? [] : [this.open]), ...this.pinned];
  }

  private adopt(panel: vscode.WebviewPanel, pinned: ExecutionKey | null): void {
    if (pinned === null) this.open?.panel.dispose();
    const { vscode, extensionUri } = this.world;
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: localResourceRoots(vscode, extensionUri),
    };
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'panel-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'panel-dark.svg'),
    };
    const open = new OpenPanel(panel, this.world, pinned, {
      onActive: () => {
        this.active = open;
        open.tellSelected();
      },
      onVisible: () => {
        if (this.open === open) this.shown.fire(null);
      },
      openPinned: (key, name) => {
        this.openPinned(key, name);
      },
    });
    if (pinned === null) this.open = open;
    else this.pinned.add(open);
    if (panel.active) this.active = open;
    panel.onDidDispose(() => {
      open.dispose();
      this.pinned.delete(open);
      if (this.open === open) this.open = undefined;
      if (this.active === open) this.active = undefined;
      this.tellSelected();
    });
    panel.webview.html = webviewHtml(vscode, panel.webview, extensionUri);
    if (pinned === null && panel.visible) this.shown.fire(null);
  }
}

/** Which execution a page stays on that was kept over a reload. */
function pinnedIn(state: unknown): ExecutionKey | null {
  if (typeof state !== 'object' || state === null || !('pinned' in state)) return null;
  return typeof state.pinned === 'string' ? state.pinned : null;
}

/** What one panel wants of all. */
interface PanelSiblings {
  readonly onActive: () => void;
  /** It may have been in sight before. */
  readonly onVisible: () => void;
  readonly openPinned: (key: ExecutionKey, name: string) => void;
}

/** One panel: its page, and the two conversations that run through it. */
class OpenPanel implements Disposable {
  readonly panel: vscode.WebviewPanel;
  /** The execution it stays on; null: it shows all of them. */
  readonly pinned: ExecutionKey | null;
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
  private isClosed = false;

  constructor(
    panel: vscode.WebviewPanel,
    world: PanelWorld,
    pinned: ExecutionKey | null,
    siblings: PanelSiblings,
  ) {
    this.panel = panel;
    this.world = world;
    this.pinned = pinned;
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
      setSelected: ({ key }) => {
        this.selected = key;
        return handlers.setSelected({ key });
      },
      ready: async () => {
        this.pageEnded();
        const page = this.pages;
        const watcher = randomUUID();
        this.watcher = watcher;
        const seed = { ...(await handlers.ready()), watcher, pinned };
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
