import { type Disposable, Disposables } from '../base/disposable.ts';
import { Emitter } from '../base/event.ts';
import type { Log } from '../base/log.ts';
import { ActiveFlowFile } from './activeFlowFile.ts';
import { contextKeys } from './ids.ts';
import type { Vscode } from './vscode.ts';

/** Which files are flows, as far as is known, and which of them the reader looks at. */
export class KnownFlows implements Disposable {
  readonly activeFile: ActiveFlowFile;
  private readonly vscode: Vscode;
  private readonly disposables = new Disposables();
  private readonly changed: Emitter<undefined>;
  /** By uri; the value is the flow's name as the engine knows it, empty before it answered. */
  private readonly names = new Map<string, string>();
  private isToPublish = false;

  constructor(vscode: Vscode, log: Log) {
    this.vscode = vscode;
    this.activeFile = this.disposables.add(
      new ActiveFlowFile(vscode, (uri) => this.names.get(uri), log),
    );
    this.changed = this.disposables.add(
      new Emitter<undefined>((error) => {
        log('error', String(error));
      }),
    );
  }

  /** Another file is a flow now, or is none any more. */
  get onDidChange() {
    return this.changed.event;
  }

  get uris(): readonly string[] {
    return [...this.names.keys()];
  }

  has(uri: string): boolean {
    return this.names.has(uri);
  }

  learn(uri: string, name?: string): void {
    const before = this.names.get(uri);
    const now = name ?? before ?? '';
    this.names.set(uri, now);
    if (before === undefined) this.publishSoon();
    this.activeFile.update(before !== now && this.activeFile.current?.uri === uri);
  }

  /** Whether it was known. */
  forget(uri: string): boolean {
    if (!this.names.delete(uri)) return false;
    this.publishSoon();
    this.activeFile.update();
    return true;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** Once for all that is learnt at once: of thousands of files each would tell of all before it. */
  private publishSoon(): void {
    if (this.isToPublish) return;
    this.isToPublish = true;
    queueMicrotask(() => {
      this.isToPublish = false;
      const { vscode } = this;
      const paths = this.uris.map((uri) => vscode.Uri.parse(uri).fsPath);
      void vscode.commands.executeCommand('setContext', contextKeys.flowFiles, paths);
      this.changed.fire(undefined);
    });
  }
}
