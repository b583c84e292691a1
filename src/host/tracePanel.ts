import type * as vscode from 'vscode';
import type { Clock } from '../base/clock.ts';
import { type Disposable, Disposables } from '../base/disposable.ts';
import { Timer } from '../base/timer.ts';
import { Channel, type Handlers } from '../protocol/channel.ts';
import type { HostEvents, HostMethods } from '../protocol/hostProtocol.ts';
import type { Envelope, Packet } from '../protocol/packet.ts';
import { readPageMessage } from '../protocol/pageMessages.ts';
import type { EngineClient } from './engineClient.ts';
import { panelViewType } from './ids.ts';
import { t } from './l10n.ts';
import type { Log } from './log.ts';
import { createPanel } from './surfaces.ts';
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
  readonly handlers: Handlers<HostMethods>;
}

/** The events that go to the panel; the others are the host's own. */
const panelEvents: ReadonlySet<string> = new Set(['list', 'tree', 'status']);

/** The trace panel: one at most. Passes the engine's packets through, unread. */
export class TracePanel implements Disposable, vscode.WebviewPanelSerializer {
  private readonly world: PanelWorld;
  private readonly registration: vscode.Disposable;
  private open: OpenPanel | undefined;

  constructor(world: PanelWorld) {
    this.world = world;
    this.registration = world.vscode.window.registerWebviewPanelSerializer(panelViewType, this);
  }

  get isOpen(): boolean {
    return this.open !== undefined;
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
    this.adopt(createPanel(vscode, panelViewType, t('RPA Trace'), { viewColumn, preserveFocus }));
  }

  /** VS Code restores the panel after a reload. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.adopt(panel);
    return Promise.resolve();
  }

  /** Tells the panel something; kept until its page is ready where it is hidden or has only just been opened. */
  emit<K extends keyof HostEvents>(name: K, payload: HostEvents[K]): void {
    this.open?.emit(name, payload);
  }

  dispose(): void {
    this.registration.dispose();
    this.open?.panel.dispose();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.open?.panel.dispose();
    const { vscode, extensionUri } = this.world;
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: localResourceRoots(vscode, extensionUri),
    };
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'panel-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'panel-dark.svg'),
    };
    const open = new OpenPanel(panel, this.world);
    this.open = open;
    panel.onDidDispose(() => {
      open.dispose();
      if (this.open === open) this.open = undefined;
    });
    panel.webview.html = webviewHtml(vscode, panel.webview, extensionUri);
  }
}

/** One life of the panel: its page, and the two conversations that run through it. */
class OpenPanel implements Disposable {
  readonly panel: vscode.WebviewPanel;
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

  constructor(panel: vscode.WebviewPanel, world: PanelWorld) {
    this.panel = panel;
    this.world = world;
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
      ready: async (params) => {
        this.pageEnded();
        const page = this.pages;
        const seed = await handlers.ready(params);
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
    this.disposables.dispose();
    // Nothing is selected in what is not there.
    void this.world.handlers.setSelected({ key: null });
    if (this.world.engine.isRunning) {
      void this.world.engine.call('setVisible', { visible: false }).catch(() => undefined);
    }
  }

  private listen(): void {
    const { panel, disposables } = this;
    const { engine, log } = this.world;
    disposables.add(
      panel.webview.onDidReceiveMessage((message: unknown) => {
        this.take(message);
      }),
    );
    disposables.add(
      engine.onPanelPacket((packet) => {
        if (packet.kind !== 'event' || panelEvents.has(packet.name)) this.post('engine', packet);
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
        if (!panel.visible) this.pageEnded();
        if (!engine.isRunning) return;
        engine.call('setVisible', { visible: panel.visible }).catch((error: unknown) => {
          log('debug', String(error));
        });
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
    } else if (read.value.partner === 'engine') engine.forward(read.value.packet);
    else this.channel.receive(read.value.packet);
  }

  /** Also when the next one begins: moved to another group it does so while it is seen. */
  private pageEnded(): void {
    this.pages++;
    this.flushing.clear();
    this.early ??= new Map();
  }

  private flushEarly(): void {
    const { early } = this;
    this.early = undefined;
    for (const say of early?.values() ?? []) say();
  }

  private post(partner: Envelope['partner'], packet: Packet): void {
    const envelope: Envelope = { partner, packet };
    void this.panel.webview.postMessage(envelope);
  }
}
