import type * as vscode from 'vscode';
import type { Clock } from '../base/clock.ts';
import { type Disposable, Disposables } from '../base/disposable.ts';
import { Timer } from '../base/timer.ts';
import type { Vscode } from './vscode.ts';

/** What comes at once is looked at together. */
const settleMs = 250;
/** Of what came at once so much is asked whether it is a folder: one is moved, of a checkout files are told of one by one. */
const mostCame = 20;
/** What makes folders all the time, as a build does, has the workspace searched no more often. */
const searchRestMs = 5_000;

/** Has the workspace searched for the files of folders that moved: VS Code tells of the folder alone. */
export class MovedFolders implements Disposable {
  private readonly vscode: Vscode;
  private readonly searchAll: () => Promise<void>;
  private readonly disposables = new Disposables();
  /** What came just now, and may be folders. */
  private came: vscode.Uri[] = [];
  private readonly coming: Timer;
  /** Set after a search, until there may be another. */
  private readonly resting: Timer;
  private isSearching = false;
  private isToSearch = false;

  constructor(
    { vscode, clock }: { readonly vscode: Vscode; readonly clock: Clock },
    searchAll: () => Promise<void>,
  ) {
    this.vscode = vscode;
    this.searchAll = searchAll;
    this.coming = this.disposables.add(new Timer(clock));
    this.resting = this.disposables.add(new Timer(clock));
  }

  /** Something came: a file, or a folder with all that is in it. */
  cameTo(uri: vscode.Uri): void {
    if (this.came.length < mostCame) this.came.push(uri);
    if (!this.coming.isSet) this.coming.set(settleMs, () => void this.lookAtWhatCame());
  }

  /** One search at a time, and what moves meanwhile is of the next. */
  async search(): Promise<void> {
    this.isToSearch = this.isSearching || this.resting.isSet;
    if (this.isToSearch) return;
    this.isSearching = true;
    await this.searchAll().catch(() => undefined);
    this.isSearching = false;
    this.resting.set(searchRestMs, () => {
      if (this.isToSearch) void this.search();
    });
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async lookAtWhatCame(): Promise<void> {
    const { came } = this;
    this.came = [];
    const areFolders = await Promise.all(came.map((uri) => this.isFolder(uri)));
    if (areFolders.includes(true)) await this.search();
  }

  private async isFolder(uri: vscode.Uri): Promise<boolean> {
    const { workspace, FileType } = this.vscode;
    try {
      const { type } = await workspace.fs.stat(uri);
      return (type & FileType.Directory) !== 0;
    } catch {
      // It went again.
      return false;
    }
  }
}
