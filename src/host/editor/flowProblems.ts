import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../../base/disposable.ts';
import type { FlowProblemMark } from '../../protocol/marks.ts';
import { fileNameOf } from '../activeFlowFile.ts';
import { commandIds } from '../ids.ts';
import { t } from '../l10n.ts';
import { later } from '../later.ts';
import { type Fix, type Problem, ProblemList, registerFixes } from './editorSurfaces.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import type { EditorSettings } from './editorSettings.ts';
import type { MarkedDocument, PlacedNode } from './markedDocument.ts';
import { rangeOf } from './ranges.ts';

interface Told {
  readonly problem: FlowProblemMark;
  readonly place: PlacedNode;
}

/**
 * Where the newest execution of a flow failed, among VS Code's problems. It goes by itself when a newer one passes, and
 * when its file is closed.
 */
export class FlowProblems implements Disposable {
  private readonly vscode: Vscode;
  private readonly marks: EditorMarks;
  private readonly settings: () => EditorSettings;
  private readonly disposables = new Disposables();
  private readonly list: ProblemList;

  constructor(vscode: Vscode, marks: EditorMarks, settings: () => EditorSettings) {
    this.vscode = vscode;
    this.marks = marks;
    this.settings = settings;
    this.list = this.disposables.add(new ProblemList(vscode));
    this.disposables.add(registerFixes(vscode, (document) => this.fixesOf(document)));
    this.disposables.add(
      marks.onDidChange((marked) => {
        this.show(marked);
      }),
    );
    this.disposables.add(
      marks.onDidEnd(({ document }) => {
        this.list.delete(document.uri);
      }),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private show(marked: MarkedDocument): void {
    const { document } = marked;
    if (this.toldOf(marked) === undefined) {
      this.list.delete(document.uri);
      return;
    }
    // What is said of failures is read with the first; it may be another by then, or gone.
    void later().then(({ causePlaceText, problemText }) => {
      const now = this.marks.of(document) === marked ? this.toldOf(marked) : undefined;
      if (now === undefined) return;
      const { problem, place } = now;
      const related = problem.places.map((cause) => {
        const [start, end] = [cause.fromId.start, cause.fromId.end].map(
          (from) => place.idRange.start + from,
        ) as [number, number];
        const range = rangeOf(this.vscode, document, { start, end });
        return { range, message: causePlaceText(cause, t) };
      });
      const entry = this.entryOf(marked, now, problemText(problem, t));
      this.list.set(document.uri, [{ ...entry, related: [...entry.related, ...related] }]);
    });
  }

  /** The problem of a document, and the node that it is at. */
  private toldOf(marked: MarkedDocument): Told | undefined {
    const problem = marked.marks?.problem ?? null;
    const place = problem === null ? undefined : marked.node(problem.failing.nodeId);
    if (problem === null || place === undefined || !this.settings().problems) return undefined;
    return { problem, place };
  }

  private entryOf(marked: MarkedDocument, { problem, place }: Told, message: string): Problem {
    const { vscode } = this;
    const { afterNodeId } = problem.failing;
    const before = afterNodeId === null ? undefined : marked.node(afterNodeId);
    const rangeAt = ({ idRange }: PlacedNode) => rangeOf(vscode, marked.document, idRange);
    return {
      range: rangeAt(place),
      message,
      code: problem.code === 0 ? '' : String(problem.code),
      // No remedies: at the pointer they would stand before what happened, which the node's own hover tells.
      related:
        before === undefined
          ? []
          : [{ range: rangeAt(before), message: t('“{0}” ran before it', before.node.name) }],
    };
  }

  private fixesOf(document: vscode.TextDocument): readonly Fix[] {
    const problem = this.marks.of(document)?.marks?.problem ?? null;
    if (problem === null) return [];
    const { execution: executionKey, failing } = problem;
    const uri = document.uri.toString();
    const args = [{ uri, key: executionKey, nodeId: failing.nodeId }];
    const pinned = [{ executionKey, panelTitle: fileNameOf(document.uri) }];
    return [
      { title: t('Show in Trace Panel'), command: { id: commandIds.selectNode, args } },
      {
        title: t('Open Execution in New Panel'),
        command: { id: commandIds.openInNewPanel, args: pinned },
      },
      {
        title: t('Compare with Last Good Run'),
        command: { id: commandIds.compareWithLastGood, args: [{ executionKey }] },
      },
      {
        title: t('Copy Error'),
        command: { id: commandIds.copyProblem, args: [{ uri }] },
      },
    ];
  }
}
