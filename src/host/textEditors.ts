import type * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import type { Vscode } from './vscode.ts';

/** Which text editor the reader works in: a click into the panel takes the focus from it, and VS Code's memory. */
export class TextEditors implements Disposable {
  private readonly vscode: Vscode;
  private readonly registration: Disposable;
  private last: vscode.TextEditor | undefined;

  constructor(vscode: Vscode) {
    this.vscode = vscode;
    this.last = vscode.window.activeTextEditor;
    this.registration = vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.last = editor ?? this.last;
    });
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

  dispose(): void {
    this.registration.dispose();
  }
}
