import type * as vscode from 'vscode';
import { type Disposable, Disposables } from '../../base/disposable.ts';
import type { ExecutionKey, NodeId } from '../../trace/execution.ts';
import type { Selection } from '../selection.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import type { EditorSettings } from './editorSettings.ts';
import type { MarkedDocument, PlacedNode } from './markedDocument.ts';
import { reveal, shareLines } from './ranges.ts';

/** What ran in a document when it was told of last. */
interface Ran {
  readonly key: ExecutionKey;
  readonly nodeIds: ReadonlySet<NodeId>;
}

/**
 * Brings the step that begins to run into sight in the flow file, where what ran before is in sight: the reader goes with
 * the run then. Whoever puts the cursor somewhere, types, or chooses a step in the panel looks at that, until the next run
 * begins while he is elsewhere.
 */
export function runningInEditor(
  world: {
    readonly vscode: Vscode;
    readonly marks: EditorMarks;
    readonly selection: Pick<Selection, 'onDidChooseStep'>;
    readonly settings: () => EditorSettings;
  },
  first: MarkedDocument,
): Disposable {
  const { vscode, marks, selection, settings } = world;
  const { window } = vscode;
  const disposables = new Disposables();
  const ran = new WeakMap<MarkedDocument, Ran>();
  /** Editors in which the reader looks at something else. */
  const left = new Set<vscode.TextEditor>();
  const follow = (marked: MarkedDocument) => {
    const editors = window.visibleTextEditors.filter((one) => one.document === marked.document);
    const key = marked.marks?.execution?.key;
    if (key === undefined) return;
    const known = ran.get(marked);
    // In the next run he is free again, unless he works in the file.
    for (const editor of known?.key === key ? [] : editors) {
      if (editor !== window.activeTextEditor) left.delete(editor);
    }
    const running = marked.nodes.filter(({ node }) => node.run?.status === 'running');
    // Between two steps it is still with the last one.
    if (running.length === 0) return;
    ran.set(marked, { key, nodeIds: idsOf(running) });
    const before =
      known?.key === key ? known : { key, nodeIds: idsOf(marked.nodes.filter(isOver)) };
    if (!settings().revealSelected || shareLines(marked)) return;
    const begun = innermost(running.filter(({ node }) => !before.nodeIds.has(node.nodeId)));
    if (begun === undefined) return;
    for (const editor of editors) {
      if (left.has(editor) || !seesSome(editor, marked, before)) continue;
      reveal(vscode, editor, editor.document.positionAt(begun.idRange.start));
    }
  };
  for (const item of [
    marks.onDidChange(follow),
    selection.onDidChooseStep(() => {
      for (const editor of window.visibleTextEditors) left.add(editor);
    }),
    window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      // Commands of ours put the cursor somewhere too.
      if (kind !== undefined) left.add(textEditor);
    }),
    window.onDidChangeVisibleTextEditors((editors) => {
      for (const editor of left) if (!editors.includes(editor)) left.delete(editor);
    }),
  ]) {
    disposables.add(item);
  }
  follow(first);
  return disposables;
}

function isOver({ node: { run } }: PlacedNode): boolean {
  return run !== undefined && run.status !== 'running' && run.status !== 'notRun';
}

function idsOf(nodes: readonly PlacedNode[]): ReadonlySet<NodeId> {
  return new Set(nodes.map(({ node }) => node.nodeId));
}

function seesSome(editor: vscode.TextEditor, { nodes }: MarkedDocument, { nodeIds }: Ran): boolean {
  return nodes.some(({ node, idRange }) => {
    if (!nodeIds.has(node.nodeId)) return false;
    const { line } = editor.document.positionAt(idRange.start);
    return editor.visibleRanges.some(({ start, end }) => line >= start.line && line <= end.line);
  });
}

/** Of a loop and the step in it that step. */
function innermost(nodes: readonly PlacedNode[]): PlacedNode | undefined {
  const lengthOf = ({ range }: PlacedNode) => range.end - range.start;
  return nodes.toSorted((a, b) => lengthOf(a) - lengthOf(b))[0];
}
