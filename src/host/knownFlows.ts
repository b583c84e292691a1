import { type Disposable, Disposables } from '../base/disposable.ts';
import { Emitter } from '../base/event.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { ActiveFlowFile } from './activeFlowFile.ts';
import { contextKeys } from './ids.ts';
import type { Vscode } from './vscode.ts';

interface KnownFlow {
  /** As the engine knows it, empty before it answered. */
  readonly name: string;
  /** Kept, as all of them are told with each that comes. */
  readonly path: string;
}

/** Which files are flows, as far as is known, and which of them the reader looks at. */
export class KnownFlows implements Disposable {
  readonly activeFile: ActiveFlowFile;
  private readonly vscode: Vscode;
  private readonly disposables = new Disposables();
  private readonly changed: Emitter<undefined>;
  /** By uri. */
  private readonly flows = new Map<string, KnownFlow>();
  private isToPublish = false;

  constructor(world: { readonly vscode: Vscode; readonly clock: Clock; readonly log: Log }) {
    const { vscode, log } = world;
    this.vscode = vscode;
    this.activeFile = this.disposables.add(
      new ActiveFlowFile(world, (uri) => this.flows.get(uri)?.name),
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
    return [...this.flows.keys()];
  }

  has(uri: string): boolean {
    return this.flows.has(uri);
  }

  learn(uri: string, name?: string): void {
    const before = this.flows.get(uri);
    const path = before?.path ?? this.vscode.Uri.parse(uri).fsPath;
    const now = { name: name ?? before?.name ?? '', path };
    this.flows.set(uri, now);
    if (before === undefined) this.publishSoon();
    this.activeFile.update(before?.name !== now.name && this.activeFile.current?.uri === uri);
  }

  /** Whether it was known. */
  forget(uri: string): boolean {
    if (!this.flows.delete(uri)) return false;
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
      const paths = [...this.flows.values()].map(({ path }) => path);
      void this.vscode.commands.executeCommand('setContext', contextKeys.flowFiles, paths);
      this.changed.fire(undefined);
    });
  }
}
