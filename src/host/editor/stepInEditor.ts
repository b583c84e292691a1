import { type Disposable, Disposables } from '../../base/disposable.ts';
import type { ChosenStep, Selection } from '../selection.ts';
import { createHighlight } from './editorSurfaces.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import type { EditorSettings } from './editorSettings.ts';
import { isOnOneLine, rangeOf, reveal } from './ranges.ts';

/**
 * Brings the step that the reader chose in the panel into sight in the flow file, where that is seen already: cursor
 * and focus stay where they are.
 */
export function stepInEditor(world: {
  readonly vscode: Vscode;
  readonly marks: EditorMarks;
  readonly selection: Pick<Selection, 'onDidChooseStep'>;
  readonly settings: () => EditorSettings;
}): Disposable {
  const { vscode, marks, selection, settings } = world;
  const disposables = new Disposables();
  const type = disposables.add(createHighlight(vscode, 'editor.rangeHighlightBackground'));
  const show = ({ nodeId }: ChosenStep) => {
    for (const editor of vscode.window.visibleTextEditors) {
      const marked = marks.of(editor.document);
      const placed = marked?.node(nodeId);
      if (marked === undefined || placed === undefined) {
        editor.setDecorations(type, []);
        continue;
      }
      const range = rangeOf(vscode, editor.document, placed.idRange);
      // All of a flow on one line would light up as a whole.
      editor.setDecorations(type, isOnOneLine(marked) ? [] : [range]);
      reveal(vscode, editor, range.start);
    }
  };
  disposables.add(
    selection.onDidChooseStep((step) => {
      if (settings().revealSelected) show(step);
    }),
  );
  disposables.add(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      // The reader works in the file now, and what was lit up for his eyes is in his way.
      if (kind !== undefined && marks.of(textEditor.document) !== undefined) {
        textEditor.setDecorations(type, []);
      }
    }),
  );
  return disposables;
}
