import type { Disposable } from '../base/disposable.ts';
import type { FileState, HostEvents } from '../protocol/hostProtocol.ts';
import type { Vscode } from './vscode.ts';
import { WatchedFile } from './watchedFile.ts';

/** Each has its folder watched; of more than these, a folder of logs, those named first are. */
const mostWatched = 20;

/** Whether the files that are read are still what was read. */
export interface FilesWatch extends Disposable {
  watch(paths: readonly string[]): Promise<void>;
  tell(): void;
}

/** The files that the window reads: which of them is no longer what was read, as one at a time is told. */
export class WatchedFiles implements FilesWatch {
  private readonly vscode: Vscode;
  private readonly onFile: (file: HostEvents['traceFile']) => void;
  private files: readonly WatchedFile[] = [];
  private readonly states = new Map<string, FileState>();
  private told: HostEvents['traceFile'] = { name: '', state: 'same' };

  constructor(vscode: Vscode, onFile: (file: HostEvents['traceFile']) => void) {
    this.vscode = vscode;
    this.onFile = onFile;
  }

  /** They are read in place of those from before, as soon as this has seen what they are. */
  async watch(paths: readonly string[]): Promise<void> {
    this.dispose();
    this.tellChange();
    this.files = paths.slice(0, mostWatched).map((path) => {
      const uri = this.vscode.Uri.file(path);
      const file = new WatchedFile(this.vscode, uri, (state) => {
        this.states.set(uri.path, state);
        this.tellChange();
      });
      return file;
    });
    await Promise.all(this.files.map((file) => file.isRead()));
  }

  /** A page that begins has heard nothing yet. */
  tell(): void {
    if (this.told.state !== 'same') this.onFile(this.told);
  }

  dispose(): void {
    for (const file of this.files) file.dispose();
    this.files = [];
    this.states.clear();
  }

  private tellChange(): void {
    const others = [...this.states].filter(([, state]) => state !== 'same');
    // What changed can be read again, which what is gone can't.
    const [path, state] = others.find(([, one]) => one === 'changed') ?? others[0] ?? ['', 'same'];
    const name = path.split('/').at(-1) ?? path;
    if (name === this.told.name && state === this.told.state) return;
    this.told = { name, state };
    this.onFile(this.told);
  }
}
