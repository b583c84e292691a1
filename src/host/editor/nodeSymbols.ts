import type { Disposable } from '../../base/disposable.ts';
import { markedName } from '../../texts/markTexts.ts';
import { typeText } from '../../texts/treeRowTexts.ts';
import { t } from '../l10n.ts';
import { registerSymbols } from '../surfaces.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import { rangeOf } from './ranges.ts';

/** The nodes of a flow in the outline and in "Go to Symbol": these alone, by their names. */
export function nodeSymbols(vscode: Vscode, marks: EditorMarks): Disposable {
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
