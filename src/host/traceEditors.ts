import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../base/disposable.ts';
import type { Desk } from './desk.ts';
import { EngineClient } from './engineClient.ts';
import type { StartWorker } from './engineWorker.ts';
import { traceFileViewType } from './ids.ts';
import { savingLater } from './later.ts';
import { OpenPanel, type PanelWorld } from './openPanel.ts';
import { createPanelHandlers, type PanelHandlersWorld } from './panelHandlers.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import { NodeRevealer } from './revealNode.ts';
import { Selection } from './selection.ts';
import { tell } from './surfaces.ts';
import type { TextEditors } from './textEditors.ts';
import { TraceFileSession } from './traceFileSession.ts';
import { localResourceRoots, webviewHtml } from './webviewHtml.ts';

/** What the editors of trace files need of their world. */
export interface TraceEditorsWorld
  extends
    Pick<PanelHandlersWorld, 'vscode' | 'settings' | 'problemMarks' | 'globalState' | 'log'>,
    Pick<PanelWorld, 'extensionUri' | 'clock'> {
  readonly startWorker: StartWorker;
  readonly documents: ReadOnlyDocuments;
  readonly editors: TextEditors;
}

interface OpenEditor extends Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly desk: Desk;
}

/**
 * The editors of trace files: the panel over an engine of its own, so that each shows its file whatever the window reads,
 * and two stand beside each other where git compares them. What is gone is read with the file again.
 */
export class TraceEditors implements vscode.CustomReadonlyEditorProvider, Disposable {
  private readonly world: TraceEditorsWorld;
  private readonly registration: vscode.Disposable;
  private readonly open = new Set<OpenEditor>();

  constructor(world: TraceEditorsWorld) {
    this.world = world;
    this.registration = world.vscode.window.registerCustomEditorProvider(traceFileViewType, this, {
      supportsMultipleEditorsPerDocument: true,
    });
  }

  /** The editor that the reader works in; undefined where that is something else. */
  get active(): Desk | undefined {
    return [...this.open].find(({ panel }) => panel.active)?.desk;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel): void {
    const { vscode, extensionUri } = this.world;
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: localResourceRoots(vscode, extensionUri),
    };
    const editor = this.create(uri, panel);
    this.open.add(editor);
    panel.onDidDispose(() => {
      this.open.delete(editor);
      editor.dispose();
    });
    panel.webview.html = webviewHtml(vscode, panel.webview, extensionUri);
  }

  dispose(): void {
    this.registration.dispose();
    for (const editor of this.open) editor.dispose();
    this.open.clear();
  }

  private create(uri: vscode.Uri, panel: vscode.WebviewPanel): OpenEditor {
    const { vscode, extensionUri, clock, log: channel, documents, editors } = this.world;
    const { settings, problemMarks, globalState, startWorker } = this.world;
    const { log } = channel;
    const disposables = new Disposables();
    const engine = new EngineClient({ startWorker, clock, log });
    // Behind all that speaks with it.
    disposables.add({ dispose: () => void engine.close() });
    const say = (sentence: string) => void tell(vscode, 'information', sentence);
    const session = disposables.add(
      new TraceFileSession({ vscode, engine, documents, settings, log, say }, uri),
    );
    const selection = new Selection(() => session.shown);
    const flowFiles = { active: null, flush: () => Promise.resolve() };
    const revealer = disposables.add(
      new NodeRevealer({ vscode, engine, flowFiles, editors, log, say }),
    );
    const saving = savingLater(vscode, engine, log);
    const handlers = createPanelHandlers({
      ...{ vscode, engine, session, flowFiles, revealer, documents, settings, selection, saving },
      ...{ log: channel, problemMarks, globalState },
    });
    const world = { vscode, extensionUri, engine, clock, log, handlers };
    const none = () => undefined;
    const page = new OpenPanel(
      panel,
      world,
      { kind: 'traceFile' },
      {
        ...{ onActive: none, onVisible: none, openPinned: none },
        ...{ openDashboard: none, showExecutions: none },
      },
    );
    disposables.add(page);
    const emit: Desk['emit'] = (name, payload) => {
      page.emit(name, payload);
    };
    const show = () => {
      panel.reveal();
    };
    const desk = { engine, revealer, selection, saving, show, emit, emitToMenu: emit, say };
    return {
      panel,
      desk,
      dispose: () => {
        disposables.dispose();
      },
    };
  }
}
