import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../base/disposable.ts';
import type { Vscode } from './vscode.ts';

/** Which text editor the reader works in: a click into the panel takes the focus from it, and VS Code's memory. */
export class TextEditors implements Disposable {
  private readonly vscode: Vscode;
  private readonly registrations = new Disposables();
  private last: vscode.TextEditor | undefined;
  /** Where the files are beside the panels, as it was when both were seen last. */
  private areLeft: boolean | undefined;

  constructor(vscode: Vscode) {
    this.vscode = vscode;
    this.last = vscode.window.activeTextEditor;
    this.registrations.add(
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.last = editor ?? this.last;
      }),
    );
    this.registrations.add(
      vscode.window.tabGroups.onDidChangeTabs(() => {
        this.rememberSide();
      }),
    );
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

  /** By the tabs, which tell of files and panels at once: of editors it is told at another time. */
  private rememberSide(): void {
    const { all } = this.vscode.window.tabGroups;
    const panel = all.find((group) => this.showsPanel(group));
    const file = all.find(({ activeTab }) => activeTab?.input instanceof this.vscode.TabInputText);
    if (panel !== undefined && file !== undefined) {
      this.areLeft = file.viewColumn < panel.viewColumn;
    }
  }

  private showsPanel({ activeTab }: vscode.TabGroup): boolean {
    return activeTab?.input instanceof this.vscode.TabInputWebview;
  }

  dispose(): void {
    this.registrations.dispose();
  }
}
