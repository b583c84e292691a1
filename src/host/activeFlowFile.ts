import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../base/disposable.ts';
import { Emitter } from '../base/event.ts';
import type { Log } from '../base/log.ts';
import type { ActiveFlow } from '../protocol/hostProtocol.ts';
import type { Vscode } from './vscode.ts';

/** Knows which flow file the reader looks at, or looked at last while it is still visible. */
export class ActiveFlowFile implements Disposable {
  private readonly vscode: Vscode;
  private readonly nameOf: (uri: string) => string | undefined;
  private readonly disposables = new Disposables();
  private readonly changed: Emitter<ActiveFlow | null>;
  private uri: string | undefined;

  /** `nameOf` gives the name of a flow, empty while it is not known, undefined for what is none. */
  constructor(vscode: Vscode, nameOf: (uri: string) => string | undefined, log: Log) {
    this.vscode = vscode;
    this.nameOf = nameOf;
    this.changed = this.disposables.add(
      new Emitter<ActiveFlow | null>((error) => {
        log('error', String(error));
      }),
    );
    const update = () => {
      this.update();
    };
    this.disposables.add(vscode.window.onDidChangeActiveTextEditor(update));
    this.disposables.add(vscode.window.onDidChangeVisibleTextEditors(update));
  }

  get onDidChange() {
    return this.changed.event;
  }

  get current(): ActiveFlow | null {
    if (this.uri === undefined) return null;
    const fileName = fileNameOf(this.vscode.Uri.parse(this.uri));
    return { uri: this.uri, fileName, name: this.nameOf(this.uri) || fileName };
  }

  /** The active editor's flow; else one that is visible, so that a click into the panel doesn't lose it. */
  update(force = false): void {
    const { activeTextEditor, visibleTextEditors } = this.vscode.window;
    const candidates = [activeTextEditor, ...visibleTextEditors].flatMap((editor) =>
      editor === undefined ? [] : [editor.document.uri.toString()],
    );
    const flows = candidates.filter((uri) => this.nameOf(uri) !== undefined);
    const next =
      this.uri !== undefined && flows.includes(this.uri) && flows[0] !== candidates[0]
        ? this.uri
        : flows[0];
    if (next === this.uri && !force) return;
    this.uri = next;
    this.changed.fire(this.current);
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** The last part of a path. */
export function fileNameOf({ path }: vscode.Uri): string {
  return path.split('/').at(-1) ?? '';
}
