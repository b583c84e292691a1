import { type Disposable, Disposables, toDisposable } from '../../base/disposable.ts';
import { markedName } from '../../texts/markTexts.ts';
import { typeText } from '../../texts/treeRowTexts.ts';
import { t } from '../l10n.ts';
import { registerSymbols } from './editorSurfaces.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import type { MarkedDocument } from './markedDocument.ts';
import { rangeOf } from './ranges.ts';

/** The nodes of a flow in the outline and in "Go to Symbol": these alone, by their names. */
export function nodeSymbols(vscode: Vscode, marks: EditorMarks): Disposable {
  const disposables = new Disposables();
  const listed = new WeakMap<MarkedDocument, string>();
  let registration = register(vscode, marks);
  disposables.add(toDisposable(() => registration.dispose()));
  disposables.add(
    marks.onDidChange((marked) => {
      const names = JSON.stringify(marked.marks?.nodes.map(({ name, type }) => [name, type]));
      if ((listed.get(marked) ?? '[]') === names) return;
      listed.set(marked, names);
      // VS Code asks again when the text changes, and when who answers does; of other news it can't be told.
      registration.dispose();
      registration = register(vscode, marks);
    }),
  );
  return disposables;
}

function register(vscode: Vscode, marks: EditorMarks): Disposable {
  return registerSymbols(vscode, (document) =>
    (marks.of(document)?.nodes ?? []).map(({ node, idRange, range }) => ({
      name: markedName(node, t),
      detail: typeText(node.type, t),
      range: rangeOf(vscode, document, {
        // VS Code refuses a name outside of what it names.
        start: Math.min(range.start, idRange.start),
        end: Math.max(range.end, idRange.end),
      }),
      selection: rangeOf(vscode, document, idRange),
    })),
  );
}
