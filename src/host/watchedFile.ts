import type * as vscode from 'vscode';
import { Disposables, type Disposable } from '../base/disposable.ts';
import { hasCode } from '../base/hasCode.ts';
import type { FileState } from '../protocol/hostProtocol.ts';
import type { Vscode } from './vscode.ts';

/** A file that was read: whether it is still what was read, as its file system tells. */
export class WatchedFile implements Disposable {
  private readonly vscode: Vscode;
  private readonly uri: vscode.Uri;
  private readonly onChange: (state: FileState) => void;
  private readonly disposables = new Disposables();
  /** When it was written and how large it was; undefined where that is not known. */
  private stamp: string | undefined;
  private state: FileState = 'same';
  /** It could not be read when that was tried last. */
  private isUnread = false;
  private looks = 0;

  constructor(vscode: Vscode, uri: vscode.Uri, onChange: (state: FileState) => void) {
    this.vscode = vscode;
    this.uri = uri;
    this.onChange = onChange;
    // What nobody can write, as a state that git knows, doesn't change.
    if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return;
    // A name may have the signs of a pattern in it.
    const inFolder = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), '*');
    const watcher = this.disposables.add(vscode.workspace.createFileSystemWatcher(inFolder));
    const look = (changed: vscode.Uri) => {
      if (changed.path === uri.path) void this.look();
    };
    for (const told of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) {
      this.disposables.add(told(look));
    }
  }

  /** Reads it; from then on it is compared with what it was then. */
  async read(): Promise<Uint8Array> {
    const { looks } = this;
    // Written between the two it counts as changed, which it may be.
    const stamp = await this.stampOnDisk().catch(() => undefined);
    const bytes = await this.vscode.workspace.fs
      .readFile(this.uri)
      .then(undefined, (error: unknown) => {
        this.isUnread = true;
        throw error;
      });
    // Who looked meanwhile compared it with what was read before.
    const isWrittenOn = looks !== this.looks;
    this.isUnread = false;
    this.stamp = stamp;
    this.looks++;
    this.become('same');
    if (isWrittenOn) void this.look();
    return bytes;
  }

  /** It is read now, by another: from then on it is compared with what it is now. */
  async isRead(): Promise<void> {
    const look = ++this.looks;
    const stamp = await this.stampOnDisk().catch(() => undefined);
    if (look === this.looks) this.stamp = stamp;
  }

  /** Whoever asks heard nothing yet. */
  tell(): void {
    if (this.stamp === undefined) return;
    this.onChange(this.state);
    void this.look();
  }

  dispose(): void {
    this.looks++;
    this.disposables.dispose();
  }

  private async look(): Promise<void> {
    const { stamp, isUnread } = this;
    if (stamp === undefined && !isUnread) return;
    const look = ++this.looks;
    const state = await this.stampOnDisk().then(
      (now): FileState => (now === stamp ? 'same' : 'changed'),
      // One that doesn't answer may still be there.
      (error: unknown) => (hasCode(error, 'FileNotFound') ? 'gone' : null),
    );
    if (look !== this.looks || state === null) return;
    // Of what was not read each change is news: the next may mend it.
    if (isUnread && state === 'changed') this.onChange(state);
    else if (stamp !== undefined) this.become(state);
  }

  private async stampOnDisk(): Promise<string> {
    const { mtime, size } = await this.vscode.workspace.fs.stat(this.uri);
    return `${String(mtime)} ${String(size)}`;
  }

  private become(state: FileState): void {
    if (this.state === state) return;
    this.state = state;
    this.onChange(state);
  }
}
