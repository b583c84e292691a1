import type * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import type { Desk } from './desk.ts';
import { traceFileViewType } from './ids.ts';
import { later } from './later.ts';
import type { OpenEditor, TraceEditorsWorld } from './traceEditor.ts';
import { localResourceRoots, webviewHtml } from './webviewHtml.ts';

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

  async resolveCustomEditor(
    { uri }: vscode.CustomDocument,
    panel: vscode.WebviewPanel,
  ): Promise<void> {
    const { vscode, extensionUri } = this.world;
    let isClosed = false;
    panel.onDidDispose(() => {
      isClosed = true;
    });
    const { createTraceEditor } = await later();
    if (isClosed) return;
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: localResourceRoots(vscode, extensionUri),
    };
    const editor = createTraceEditor(this.world, uri, panel);
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
}
