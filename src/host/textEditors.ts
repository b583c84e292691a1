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

  /** The files that are seen. */
  get seen(): readonly string[] {
    return this.vscode.window.visibleTextEditors.map(({ document }) => document.uri.toString());
  }

  /** The editor of a file that is seen; of several the one that the reader works in. */
  of(uri: string): vscode.TextEditor | undefined {
    const { visibleTextEditors } = this.vscode.window;
    const isOf = (editor: vscode.TextEditor) => editor.document.uri.toString() === uri;
    const { current } = this;
    return current !== undefined && isOf(current) ? current : visibleTextEditors.find(isOf);
  }

  /**
   * A column for a file: where it is seen or open, else where files are. Not over a panel, and not over what the reader
   * jumps from, as long as there is another column; a new one only beside a single one.
   */
  columnForFile(uri: string): vscode.ViewColumn | 'newLeft' {
    const seen = this.of(uri)?.viewColumn;
    if (seen !== undefined) return seen;
    const { window, ViewColumn } = this.vscode;
    const { all } = window.tabGroups;
    const free = all.filter((group) => !this.showsPanel(group));
    const others = all.filter(({ isActive }) => !isActive);
    const holds = (group: vscode.TabGroup) => this.filesIn(group).includes(uri);
    const group =
      [...free, ...others].find(holds) ??
      free.find(({ viewColumn }) => viewColumn === this.last?.viewColumn) ??
      free[0] ??
      all.find(holds) ??
      all.find((one) => this.filesIn(one).length > 0) ??
      others[0];
    return group?.viewColumn ?? (this.areLeft === true ? 'newLeft' : ViewColumn.Beside);
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

  private filesIn({ tabs }: vscode.TabGroup): readonly string[] {
    const { TabInputText } = this.vscode;
    return tabs.flatMap(({ input }) => (input instanceof TabInputText ? String(input.uri) : []));
  }

  dispose(): void {
    this.registrations.dispose();
  }
}
