import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../../base/disposable.ts';
import type { NodeStatus } from '../../trace/tree.ts';
import { createMark } from './editorSurfaces.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import type { EditorSettings } from './editorSettings.ts';
import type { MarkedDocument } from './markedDocument.ts';
import { markLooks } from './markLooks.ts';
import { shareLines, rangeOf } from './ranges.ts';

const statuses = Object.keys(markLooks) as NodeStatus[];

/**
 * Marks in the margin and the ruler beside each node. VS Code moves them with the text, so they are set anew only
 * when something is told of the nodes, and never while somebody types.
 */
export class MarginMarks implements Disposable {
  private readonly vscode: Vscode;
  private readonly marks: EditorMarks;
  private readonly settings: () => EditorSettings;
  private readonly disposables = new Disposables();
  /** Eight types, whatever the file holds: each is a rule of CSS in every window. */
  private readonly types = new Map<NodeStatus, vscode.TextEditorDecorationType>();

  constructor(vscode: Vscode, marks: EditorMarks, settings: () => EditorSettings) {
    this.vscode = vscode;
    this.marks = marks;
    this.settings = settings;
    for (const status of statuses) {
      this.types.set(status, this.disposables.add(createMark(vscode, markLooks[status])));
    }
    const show = (marked: MarkedDocument) => {
      this.show(marked);
    };
    this.disposables.add(marks.onDidChange(show));
    this.disposables.add(marks.onDidEnd(show));
    this.disposables.add(
      vscode.window.onDidChangeVisibleTextEditors(() => {
        for (const marked of marks.all) this.show(marked);
      }),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private show(marked: MarkedDocument): void {
    const { vscode, marks } = this;
    const { document } = marked;
    const editors = vscode.window.visibleTextEditors.filter((one) => one.document === document);
    if (editors.length === 0) return;
    const isShown = this.settings().margin && marks.of(document) === marked && !shareLines(marked);
    const ranges = new Map<NodeStatus, vscode.Range[]>();
    for (const { node, idRange } of isShown ? marked.nodes : []) {
      if (node.run === undefined) continue;
      const { failedItems } = node.run;
      // As in the tree: what went on although items failed is no plain success.
      const isPlain = failedItems === undefined || node.run.status !== 'succeeded';
      const status = isPlain ? node.run.status : 'recovered';
      const range = rangeOf(vscode, document, idRange);
      const known = ranges.get(status);
      if (known === undefined) ranges.set(status, [range]);
      else known.push(range);
    }
    for (const editor of editors) {
      for (const [status, type] of this.types)
        editor.setDecorations(type, ranges.get(status) ?? []);
    }
  }
}
