import type * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import type { Vscode } from './vscode.ts';

/** Which text editor the reader works in: a click into the panel takes the focus from it, and VS Code's memory. */
export class TextEditors implements Disposable {
  private readonly vscode: Vscode;
  private readonly registration: Disposable;
  private last: vscode.TextEditor | undefined;
  /** Where the files are beside the panels, as it was when both were seen last. */
  private areLeft: boolean | undefined;

  constructor(vscode: Vscode) {
    this.vscode = vscode;
    this.last = vscode.window.activeTextEditor;
    this.registration = vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.last = editor ?? this.last;
      this.rememberSide();
    });
    this.rememberSide();
  }

  /** The one with the cursor or, while the panel has the focus, the one that had it last and is still seen. */
  get current(): vscode.TextEditor | undefined {
    const { activeTextEditor, visibleTextEditors } = this.vscode.window;
    if (activeTextEditor !== undefined) return activeTextEditor;
    return visibleTextEditors.find((editor) => editor === this.last);
  }

  /** The editor of a file that is seen; of several the one that the reader works in. */
  of(uri: string): vscode.TextEditor | undefined {
    const { visibleTextEditors } = this.vscode.window;
    const isOf = (editor: vscode.TextEditor) => editor.document.uri.toString() === uri;
    const { current } = this;
    return current !== undefined && isOf(current) ? current : visibleTextEditors.find(isOf);
  }

  /** A column for a file that is not open: where files are, and not over a panel. */
  columnForFile(): vscode.ViewColumn | 'newLeft' {
    const { window, ViewColumn } = this.vscode;
    const groups = window.tabGroups.all.filter((group) => !this.showsPanel(group));
    const known = groups.find(({ viewColumn }) => viewColumn === this.last?.viewColumn);
    const column = (known ?? groups[0])?.viewColumn;
    if (column !== undefined) return column;
    return this.areLeft === true ? 'newLeft' : ViewColumn.Beside;
  }

  private rememberSide(): void {
    const { tabGroups, visibleTextEditors } = this.vscode.window;
    const panel = tabGroups.all.find((group) => this.showsPanel(group));
    // Of a closed one the column is another's by now.
    const column = visibleTextEditors.find((editor) => editor === this.last)?.viewColumn;
    if (panel !== undefined && column !== undefined) this.areLeft = column < panel.viewColumn;
  }

  private showsPanel({ activeTab }: vscode.TabGroup): boolean {
    return activeTab?.input instanceof this.vscode.TabInputWebview;
  }

  dispose(): void {
    this.registration.dispose();
  }
}
