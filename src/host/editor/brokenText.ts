import { type Disposable, Disposables, toDisposable } from '../../base/disposable.ts';
import { brokenFlowText } from '../../texts/brokenFlowText.ts';
import { t } from '../l10n.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import { warnOfText } from './editorSurfaces.ts';

/**
 * Says of the flow file that is looked at that its text is broken, and what its marks are of. Beside the language: a line
 * above the text would move all of it at each bracket that is typed.
 */
export function brokenText(vscode: Vscode, marks: EditorMarks): Disposable {
  const disposables = new Disposables();
  let shown = { text: '', item: toDisposable(() => undefined) };
  const update = () => {
    const document = vscode.window.activeTextEditor?.document;
    const broken = document && marks.of(document)?.marks?.broken;
    const text = broken === undefined ? '' : brokenFlowText(broken, t);
    if (text === shown.text) return;
    shown.item.dispose();
    shown = { text, item: text === '' ? toDisposable(() => undefined) : warnOfText(vscode, text) };
  };
  for (const item of [
    marks.onDidChange(update),
    marks.onDidEnd(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    toDisposable(() => {
      shown.item.dispose();
    }),
  ]) {
    disposables.add(item);
  }
  update();
  return disposables;
}
