import type { TextEditor } from 'vscode';
import { type Disposable, Disposables } from '../../base/disposable.ts';
import type { NodeLocation } from '../../protocol/flows.ts';
import type { ChosenStep } from '../../protocol/hostProtocol.ts';
import type { EngineClient } from '../engineClient.ts';
import type { Selection } from '../selection.ts';
import { createHighlight } from './editorSurfaces.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import type { EditorSettings } from './editorSettings.ts';
import { shareLines, rangeOf, reveal } from './ranges.ts';

/**
 * Brings the step that the reader chose in the panel into sight in the flow file, where that is seen already: the focus
 * and the cursor stay where they are, of a comparison's first difference too: what moves the cursor is a button.
 */
export function stepInEditor(world: {
  readonly vscode: Vscode;
  readonly engine: Pick<EngineClient, 'call'>;
  readonly marks: EditorMarks;
  readonly selection: Pick<Selection, 'onDidChooseStep'>;
  readonly settings: () => EditorSettings;
}): Disposable {
  const { vscode, engine, marks, selection, settings } = world;
  const disposables = new Disposables();
  const type = disposables.add(createHighlight(vscode, 'editor.rangeHighlightBackground'));
  /** Editors in which the reader put the cursor somewhere: what nobody chose moves none of them. */
  const workedIn = new WeakSet<TextEditor>();
  const isFree = (editor: TextEditor) =>
    !workedIn.has(editor) && editor !== vscode.window.activeTextEditor;
  const show = ({ nodeId, isBegin = false }: ChosenStep, place?: NodeLocation) => {
    for (const editor of vscode.window.visibleTextEditors) {
      const marked = marks.of(editor.document);
      const placed = marked?.node(nodeId);
      if (marked === undefined || placed === undefined) {
        editor.setDecorations(type, []);
        continue;
      }
      const isHere = place?.uri === editor.document.uri.toString();
      const { idRange } = isHere ? place : placed;
      const range = rangeOf(vscode, editor.document, idRange);
      // A line of several steps would light up as a whole.
      editor.setDecorations(type, shareLines(marked) ? [] : [range]);
      if (!isBegin || isFree(editor)) reveal(vscode, editor, range.start);
    }
  };
  let round = 0;
  /** Where in the node stands what is meant of it, the engine knows; without an answer the node is shown. */
  const showPlace = async (step: ChosenStep) => {
    const { key, nodeId, place } = step;
    const mine = ++round;
    const target = { nodeId, name: '', ...(place && { place }) };
    const seen = vscode.window.visibleTextEditors.map(({ document }) => document.uri.toString());
    const found = await engine.call('locate', { key, target, seen }).catch(() => undefined);
    // Who walks on fast is shown the last step.
    if (mine === round) show(step, found?.kind === 'found' ? found.location : undefined);
  };
  disposables.add(
    selection.onDidChooseStep((step) => {
      if (!settings().revealSelected) return;
      if (step.place !== undefined) void showPlace(step);
      else {
        round++;
        show(step);
      }
    }),
  );
  disposables.add(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      if (kind === undefined) return;
      workedIn.add(textEditor);
      // The reader works in the file now, and what was lit up for his eyes is in his way.
      if (marks.of(textEditor.document) !== undefined) textEditor.setDecorations(type, []);
    }),
  );
  return disposables;
}
