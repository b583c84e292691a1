import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../../base/disposable.ts';
import { Emitter } from '../../base/event.ts';
import type { FlowSince } from '../../protocol/flowSince.ts';
import { flowSinceText } from '../../texts/flowSinceTexts.ts';
import { markedCountsText, markedStateText } from '../../texts/markTexts.ts';
import { rowPresentation } from '../../texts/treeRowTexts.ts';
import { commandIds } from '../ids.ts';
import { t } from '../l10n.ts';
import { type Lens, registerLenses } from './editorSurfaces.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import type { EditorSettings } from './editorSettings.ts';
import type { MarkedDocument, PlacedNode } from './markedDocument.ts';
import { shareLines, rangeOf } from './ranges.ts';

/** A line above each node: its state, how long it took against what is usual, how often it ran and failed. */
export class NodeLenses implements Disposable {
  private readonly vscode: Vscode;
  private readonly marks: EditorMarks;
  private readonly settings: () => EditorSettings;
  private readonly disposables = new Disposables();
  private readonly changed: Emitter<undefined>;

  constructor(vscode: Vscode, marks: EditorMarks, settings: () => EditorSettings) {
    this.vscode = vscode;
    this.marks = marks;
    this.settings = settings;
    this.changed = this.disposables.add(new Emitter<undefined>(() => undefined));
    const refresh = () => {
      this.changed.fire(undefined);
    };
    this.disposables.add(marks.onDidChange(refresh));
    this.disposables.add(marks.onDidEnd(refresh));
    this.disposables.add(
      registerLenses(vscode, this.changed.event, (document) => this.lensesOf(document)),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private lensesOf(document: vscode.TextDocument): readonly Lens[] {
    const marked = this.marks.of(document);
    if (marked?.marks?.execution == null) return [];
    const settings = this.settings();
    if (shareLines(marked)) return settings.reasons ? this.sharedLineLenses(document) : [];
    if (!settings.lenses) return [];
    const lenses = marked.nodes.flatMap((placed) => this.lensesAt(marked, placed));
    const { since } = marked.marks;
    return since === null ? lenses : [this.sinceLens(document, since), ...lenses];
  }

  /** VS Code sets a bar between the lenses of a line. */
  private lensesAt(marked: MarkedDocument, { node, idRange }: PlacedNode): Lens[] {
    const { document, marks } = marked;
    const range = rangeOf(this.vscode, document, idRange);
    const key = marks?.execution?.key ?? null;
    const command = {
      id: commandIds.selectNode,
      args: [{ uri: document.uri.toString(), key, nodeId: node.nodeId }],
    };
    const { icon } = rowPresentation(node.run ?? { status: 'notRun' });
    const counts = markedCountsText(node, t);
    const lens = { range, show: () => ({ icon, text: markedStateText(node, t), command }) };
    return counts === '' ? [lens] : [lens, { range, show: () => ({ text: counts, command }) }];
  }

  /** Above all: what stands below may be something else than what ran. */
  private sinceLens(document: vscode.TextDocument, since: FlowSince): Lens {
    const command = { id: commandIds.openFlowThen, args: [{ uri: document.uri.toString() }] };
    return this.topLens({ icon: 'history', text: flowSinceText(since, t), command });
  }

  /** What shows its nodes, and why they are not shown here: in a narrow editor what comes last is cut. */
  private sharedLineLenses(document: vscode.TextDocument): readonly Lens[] {
    const text = t('Open Formatted Copy');
    const command = { id: commandIds.openFormattedCopy, args: [{ uri: document.uri.toString() }] };
    const graph = { id: commandIds.openFlowView, args: [] };
    return [
      this.topLens({ icon: 'info', text, command }),
      this.topLens({ text: t('Open Flow View'), command: graph }),
      this.topLens({ text: t('No marks, because steps share lines'), command }),
    ];
  }

  private topLens(shown: ReturnType<Lens['show']>): Lens {
    const begin = new this.vscode.Position(0, 0);
    return { range: new this.vscode.Range(begin, begin), show: () => shown };
  }
}
