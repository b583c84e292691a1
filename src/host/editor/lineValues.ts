import type * as vscode from 'vscode';
import type { Clock } from '../../base/clock.ts';
import { type Disposable, Disposables } from '../../base/disposable.ts';
import { Timer } from '../../base/timer.ts';
import { ask } from '../../protocol/ask.ts';
import type { RunKey } from '../../trace/execution.ts';
import { shortValuesText } from '../../texts/markTexts.ts';
import type { EngineClient } from '../engineClient.ts';
import { t } from '../l10n.ts';
import { LineEnds } from './editorSurfaces.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import type { EditorSettings } from './editorSettings.ts';
import type { MarkedDocument, PlacedNode } from './markedDocument.ts';
import { shareLines } from './ranges.ts';

/** A pause in scrolling: each text is a rule of CSS of its own. */
const settleMs = 150;
/** More lines no screen has. */
const mostEnds = 60;

/** What nodes gave, behind the lines that are seen; none where our own problem stands, which others print there. */
export class LineValues implements Disposable {
  private readonly world: LineValuesWorld;
  private readonly disposables = new Disposables();
  private readonly ends: LineEnds;
  private readonly settling: Timer;
  /** Grows with each time that something is to be shown: a late answer is none. */
  private round = 0;

  constructor(world: LineValuesWorld) {
    this.world = world;
    const { vscode, marks, clock } = world;
    this.ends = this.disposables.add(new LineEnds(vscode));
    this.settling = this.disposables.add(new Timer(clock));
    const soon = () => {
      this.update();
    };
    for (const item of [
      marks.onDidChange(soon),
      marks.onDidEnd(soon),
      vscode.window.onDidChangeVisibleTextEditors(soon),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (marks.of(textEditor.document) !== undefined) soon();
      }),
    ]) {
      this.disposables.add(item);
    }
  }

  /** Shows them after a pause. */
  update(): void {
    this.settling.set(settleMs, () => {
      void this.showAll();
    });
  }

  dispose(): void {
    this.round++;
    this.disposables.dispose();
  }

  private async showAll(): Promise<void> {
    const { vscode, marks, settings } = this.world;
    const round = ++this.round;
    for (const editor of vscode.window.visibleTextEditors) {
      const marked = marks.of(editor.document);
      const seen = marked === undefined || !settings().values ? [] : this.seen(editor, marked);
      const values = marked === undefined ? new Map() : await this.valuesOf(marked, seen);
      if (round !== this.round) return;
      // It may have been closed or edited meanwhile: the places are those of now.
      this.show(editor, marked, values);
    }
  }

  private show(
    editor: vscode.TextEditor,
    marked: MarkedDocument | undefined,
    values: ReadonlyMap<RunKey, string>,
  ): void {
    const ends = (marked === undefined ? [] : this.seen(editor, marked)).flatMap(
      ({ node: { run }, idRange }) => {
        const text = run === undefined ? undefined : values.get(run.row);
        const { line } = editor.document.positionAt(idRange.start);
        return text === undefined ? [] : [{ line, text }];
      },
    );
    this.ends.set(editor, ends);
  }

  private seen(
    { document, visibleRanges }: vscode.TextEditor,
    marked: MarkedDocument,
  ): readonly PlacedNode[] {
    if (shareLines(marked)) return [];
    const problem = this.world.settings().problems ? marked.marks?.problem : null;
    // Whole lines: what is scrolled out at the left is seen behind its end all the same.
    const windows = visibleRanges.map(({ start, end }) => ({
      from: document.offsetAt(start.with(undefined, 0)),
      // What is visible may be told of a text that was longer.
      to: document.offsetAt(document.lineAt(Math.min(end.line, document.lineCount - 1)).range.end),
    }));
    return marked.nodes
      .filter(({ node, idRange: { start } }) => {
        if (node.run === undefined || node.nodeId === problem?.failing.nodeId) return false;
        return windows.some(({ from, to }) => start >= from && start <= to);
      })
      .slice(0, mostEnds);
  }

  private async valuesOf(
    { marks }: MarkedDocument,
    seen: readonly PlacedNode[],
  ): Promise<ReadonlyMap<RunKey, string>> {
    const key = marks?.execution?.key;
    const rows = seen.flatMap(({ node: { run } }) => run?.row ?? []);
    if (key === undefined || rows.length === 0) return new Map();
    const asked = ask(this.world.engine, 'shortValues', { key, rows });
    const { given } = await asked.catch(() => ({ given: [] }));
    return new Map(given.map(({ row, values }) => [row, shortValuesText(values, t)]));
  }
}

/** What they need of their world. */
export interface LineValuesWorld {
  readonly vscode: Vscode;
  readonly engine: Pick<EngineClient, 'call'>;
  readonly marks: EditorMarks;
  readonly settings: () => EditorSettings;
  readonly clock: Clock;
}
