import { percentOf } from '../base/percent.ts';
import type { Disposable } from '../base/disposable.ts';
import type { SourceLabel } from '../protocol/sources.ts';
import type { ReadShare, SourceState } from '../record/recordSource.ts';
import { t } from './l10n.ts';
import { withProgress } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** Less is read before anybody could press Cancel. */
const shownFromBytes = 16 * 1024 * 1024;

/** Tells how far reading a large file is, and lets the reader end it there. */
export class ReadProgress implements Disposable {
  private readonly vscode: Vscode;
  private readonly endReading: () => void;
  private shown:
    { readonly tell: (share: ReadShare) => void; readonly end: () => void } | undefined;

  constructor(vscode: Vscode, endReading: () => void) {
    this.vscode = vscode;
    this.endReading = endReading;
  }

  update(source: SourceLabel, state: SourceState): void {
    // A file that is paused is not done.
    if (state.kind === 'paused') return;
    if (state.kind !== 'reading' || state.totalBytes < shownFromBytes) this.end();
    else {
      this.shown ??= this.show(source.name);
      this.shown.tell(state);
    }
  }

  /** The source, or the engine that read it, is gone. */
  end(): void {
    this.shown?.end();
    this.shown = undefined;
  }

  dispose(): void {
    this.end();
  }

  private show(name: string) {
    let end: () => void;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    let percent = 0;
    let told = 0;
    let tellIt: (() => void) | undefined;
    void withProgress(this.vscode, t('Reading {0}', name), (report, cancelled) => {
      cancelled.onCancellationRequested(this.endReading);
      // VS Code begins some time after it was asked to.
      tellIt = () => {
        report({ increment: percent - told, message: `${String(percent)}%` });
        told = percent;
      };
      tellIt();
      return ended;
    });
    return {
      tell: ({ doneBytes, totalBytes }: ReadShare) => {
        percent = percentOf(doneBytes, totalBytes);
        tellIt?.();
      },
      end: () => {
        end();
      },
    };
  }
}
