import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../../base/disposable.ts';
import { problemText } from '../../texts/markTexts.ts';
import { commandIds } from '../ids.ts';
import { t } from '../l10n.ts';
import { type Fix, ProblemList, registerFixes } from './editorSurfaces.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import type { EditorSettings } from './editorSettings.ts';
import type { MarkedDocument } from './markedDocument.ts';
import { rangeOf } from './ranges.ts';

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
    const { vscode } = this;
    const { document, marks } = marked;
    const problem = marks?.problem ?? null;
    const place = problem === null ? undefined : marked.node(problem.failing.nodeId);
    if (problem === null || place === undefined || !this.settings().problems) {
      this.list.delete(document.uri);
      return;
    }
    const range = rangeOf(vscode, document, place.idRange);
    const before =
      problem.failing.afterNodeId === null ? undefined : marked.node(problem.failing.afterNodeId);
    this.list.set(document.uri, [
      {
        range,
        message: problemText(problem, t),
        code: problem.code === 0 ? '' : String(problem.code),
        // No remedies: at the pointer they would stand before what happened, which the node's own hover tells.
        related:
          before === undefined
            ? []
            : [
                {
                  range: rangeOf(vscode, document, before.idRange),
                  message: t('“{0}” ran before it', before.node.name),
                },
              ],
      },
    ]);
  }

  private fixesOf(document: vscode.TextDocument): readonly Fix[] {
    const problem = this.marks.of(document)?.marks?.problem ?? null;
    if (problem === null) return [];
    const { execution, failing } = problem;
    const uri = document.uri.toString();
    const args = [{ uri, key: execution, nodeId: failing.nodeId }];
    const panelTitle = uri.split('/').at(-1) ?? '';
    const pinned = [{ executionKey: execution, panelTitle: decodeURIComponent(panelTitle) }];
    return [
      { title: t('Show in Trace Panel'), command: { id: commandIds.selectNode, args } },
      {
        title: t('Open Execution in New Panel'),
        command: { id: commandIds.openInNewPanel, args: pinned },
      },
      {
        title: t('Compare with Last Good Run'),
        command: { id: commandIds.compareWithLastGood, args: [{ executionKey: execution }] },
      },
      {
        title: t('Copy Error'),
        command: { id: commandIds.copyProblem, args: [{ uri }] },
      },
    ];
  }
}
