import { type Disposable, Disposables } from '../../base/disposable.ts';
import type { Selection } from '../selection.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import { createHighlight } from './editorSurfaces.ts';
import { shareLines, rangeOf } from './ranges.ts';

/** Marks the nodes in the flow file that the way of a value leads through, as long as the panel shows it. */
export function wayInEditor({
  vscode,
  marks,
  selection,
}: {
  readonly vscode: Vscode;
  readonly marks: EditorMarks;
  readonly selection: Pick<Selection, 'way' | 'onDidChangeWay'>;
}): Disposable {
  const disposables = new Disposables();
  const type = disposables.add(createHighlight(vscode, 'editor.wordHighlightBackground'));
  const show = () => {
    for (const editor of vscode.window.visibleTextEditors) {
      const marked = marks.of(editor.document);
      const nodes = marked === undefined || shareLines(marked) ? [] : marked.nodes;
      const ranges = nodes
        .filter(({ node }) => selection.way.has(node.nodeId))
        .map(({ idRange }) => rangeOf(vscode, editor.document, idRange));
      editor.setDecorations(type, ranges);
    }
  };
  for (const changed of [
    ...[selection.onDidChangeWay(show), marks.onDidChange(show), marks.onDidEnd(show)],
    vscode.window.onDidChangeVisibleTextEditors(show),
  ]) {
    disposables.add(changed);
  }
  show();
  return disposables;
}
