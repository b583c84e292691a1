import type * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/event.ts';
import type { HostEvents } from '../protocol/hostProtocol.ts';
import type { NumbersTime } from '../protocol/numbers.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { FlowViews } from './activeFlowFile.ts';
import type { Desk } from './desk.ts';
import { panelViewType } from './ids.ts';
import { OwnGroup } from './ownGroup.ts';
import { OpenPanel, type PanelRole, type PanelWorld } from './openPanel.ts';
import { t } from './l10n.ts';
import { createPanel, tell } from './surfaces.ts';
import { localResourceRoots, webviewHtml } from './webviewHtml.ts';

/** Each is a page with its own windows on the engine; nobody compares more side by side. */
const mostPinned = 8;

/**
 * The trace panels: one that shows all executions, one with numbers alone, and others that each stay on an execution or on the graph of a flow. They pass the engine's packets
 * through, unread.
 */
export class TracePanel implements Disposable, vscode.WebviewPanelSerializer {
  private readonly world: PanelWorld;
  private readonly registration: vscode.Disposable;
  private readonly ownGroup: OwnGroup;
  private readonly shown: Emitter<null>;
  /** The panel that shows all executions came into sight. */
  readonly onDidShow: Event<null>;
  private readonly flowViews: Emitter<FlowViews>;
  /** Another graph of a flow file came into sight or has the focus, or one went. */
  readonly onDidChangeFlowViews: Event<FlowViews>;
  private open: OpenPanel | undefined;
  /** Those that stay on one thing, the one opened last at the end. */
  private readonly pinned = new Set<OpenPanel>();
  /** The one that shows numbers alone. */
  private dashboard: OpenPanel | undefined;
  /** Had the focus last: what a menu asks for is asked of it. */
  private active: OpenPanel | undefined;

  constructor(world: PanelWorld) {
    this.world = world;
    this.shown = new Emitter((error) => {
      world.log('error', `What waited for the panel failed: ${String(error)}`);
    });
    this.onDidShow = this.shown.event;
    this.flowViews = new Emitter((error) => {
      world.log('error', String(error));
    });
    this.onDidChangeFlowViews = this.flowViews.event;
    this.registration = world.vscode.window.registerWebviewPanelSerializer(panelViewType, this);
    this.ownGroup = new OwnGroup(world.vscode);
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
    this.create(t('RPA Trace'), { kind: 'whole' }, { viewColumn, preserveFocus });
  }

  /** Opens the numbers as an editor of their own, as wide as there is room, or brings it to front. */
  openDashboard(time: NumbersTime | null = null): void {
    if (this.dashboard !== undefined) {
      this.dashboard.panel.reveal();
      return;
    }
    this.create(t('RPA Trace Dashboard'), { kind: 'dashboard', time }, this.here);
  }

  private create(
    title: string,
    role: PanelRole,
    { viewColumn, preserveFocus }: { viewColumn: vscode.ViewColumn; preserveFocus: boolean },
  ): void {
    const { vscode } = this.world;
    const left = this.leftOver(title);
    const at = { viewColumn: left?.group.viewColumn ?? viewColumn, preserveFocus };
    this.adopt(createPanel(vscode, panelViewType, title, at), role);
    if (left !== undefined) void vscode.window.tabGroups.close(left, true);
  }

  /**
   * The tab of the panel from before a reload, behind another: VS Code restores it no sooner than it is looked at. One
   * opened beside it would be a second, and go away with that look.
   */
  private leftOver(title: string): vscode.Tab | undefined {
    const { vscode } = this.world;
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    return tabs.find(
      ({ input, isActive, label }) =>
        input instanceof vscode.TabInputWebview &&
        // VS Code puts its own name in front.
        input.viewType.endsWith(panelViewType) &&
        label === title &&
        !isActive,
    );
  }

  /** Opens a panel that stays on an execution, or brings the one to front that does. */
  openPinned(key: ExecutionKey, name: string): void {
    this.openBesides({ kind: 'pinned', key }, name || t('RPA Trace'));
  }

  /** Opens the graph of a flow file as an editor of its own, or brings it to front. */
  openFlowView(uri: string, name: string): void {
    this.openBesides({ kind: 'flow', uri }, t('Flow: {0}', name));
  }

  private openBesides(role: PanelRole, title: string): void {
    const same = JSON.stringify(role);
    const known = [...this.pinned].find((open) => JSON.stringify(open.role) === same);
    if (known !== undefined) {
      known.panel.reveal();
      return;
    }
    this.makeRoom();
    this.adopt(createPanel(this.world.vscode, panelViewType, title, this.here), role);
  }

  /** Where the reader is, by its number: what asks for the active group is shown elsewhere where that one is locked. */
  private get here() {
    const { viewColumn } = this.world.vscode.window.tabGroups.activeTabGroup;
    return { viewColumn, preserveFocus: false };
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
    const role = roleIn(state);
    if (role.kind === 'pinned' || role.kind === 'flow') this.makeRoom();
    this.adopt(panel, role);
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
    this.ownGroup.dispose();
    this.shown.dispose();
    this.flowViews.dispose();
    for (const open of this.all()) open.panel.dispose();
  }

  /** Nothing is selected in what is not there. */
  private tellSelected(): void {
    const left = this.active ?? this.open;
    if (left === undefined) void this.world.handlers.setSelected({ key: null });
    else left.tellSelected();
  }

  private tellFlowViews(): void {
    const views = [...this.pinned].flatMap(({ panel, role }) =>
      role.kind === 'flow' ? [{ panel, uri: role.uri }] : [],
    );
    this.flowViews.fire({
      active: views.find(({ panel }) => panel.active)?.uri,
      visible: views.filter(({ panel }) => panel.visible).map(({ uri }) => uri),
    });
  }

  private all(): OpenPanel[] {
    return [this.open, this.dashboard, ...this.pinned].filter((open) => open !== undefined);
  }

  /** From the dashboard to the executions behind a number. */
  private showExecutions(shown: HostEvents['showExecutions']): void {
    this.show();
    this.emit('showExecutions', shown);
  }

  private adopt(panel: vscode.WebviewPanel, role: PanelRole): void {
    if (role.kind === 'whole') this.open?.panel.dispose();
    if (role.kind === 'dashboard') this.dashboard?.panel.dispose();
    const { vscode, extensionUri } = this.world;
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: localResourceRoots(vscode, extensionUri),
    };
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'panel-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'panel-dark.svg'),
    };
    const showsExecution = role.kind === 'whole' || role.kind === 'pinned';
    const open = new OpenPanel(panel, this.world, role, {
      onActive: () => {
        // It shows no execution: what is selected elsewhere stays so.
        if (!showsExecution) return;
        this.active = open;
        open.tellSelected();
      },
      onVisible: () => {
        if (this.open === open) this.shown.fire(null);
      },
      openPinned: (key, name) => {
        this.openPinned(key, name);
      },
      openDashboard: (time) => {
        this.openDashboard(time);
      },
      showExecutions: (shown) => {
        this.showExecutions(shown);
      },
      showStep: ({ key, nodeId }) => {
        this.emit('select', { key, nodeId, rowKey: null });
      },
    });
    if (role.kind === 'whole') this.open = open;
    else if (role.kind === 'dashboard') this.dashboard = open;
    else this.pinned.add(open);
    if (panel.active && showsExecution) this.active = open;
    if (role.kind === 'flow') {
      this.tellFlowViews();
      panel.onDidChangeViewState(() => {
        this.tellFlowViews();
      });
    }
    panel.onDidDispose(() => {
      open.dispose();
      this.pinned.delete(open);
      if (role.kind === 'flow') this.tellFlowViews();
      if (this.open === open) this.open = undefined;
      if (this.dashboard === open) this.dashboard = undefined;
      if (this.active === open) this.active = undefined;
      this.tellSelected();
    });
    panel.webview.html = webviewHtml(vscode, panel.webview, extensionUri);
    if (role.kind === 'whole' && panel.visible) this.shown.fire(null);
  }
}

/** What a page showed that was kept over a reload. */
function roleIn(state: unknown): PanelRole {
  if (typeof state !== 'object' || state === null) return { kind: 'whole' };
  if ('isDashboard' in state && state.isDashboard === true)
    return { kind: 'dashboard', time: null };
  if ('flowView' in state && typeof state.flowView === 'string') {
    return { kind: 'flow', uri: state.flowView };
  }
  if (!('pinned' in state) || typeof state.pinned !== 'string') return { kind: 'whole' };
  return { kind: 'pinned', key: state.pinned };
}

/** The trace panels as the place where the reader works. */
export function deskOf(
  panel: TracePanel,
  world: Pick<Desk, 'engine' | 'revealer' | 'selection' | 'saving'>,
): Desk {
  return {
    ...world,
    show: () => {
      panel.show();
    },
    emit: (name, payload) => {
      panel.emit(name, payload);
    },
    emitToMenu: (name, payload) => {
      panel.emitToActive(name, payload);
    },
    say: (sentence, key) => {
      panel.say(sentence, key);
    },
  };
}
