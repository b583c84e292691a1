import type * as vscode from 'vscode';
import type { Clock } from '../../base/clock.ts';
import { type Disposable, Disposables } from '../../base/disposable.ts';
import { Timer } from '../../base/timer.ts';
import type { NodeId } from '../../trace/execution.ts';
import type { Selection } from '../selection.ts';
import type { TracePanel } from '../tracePanel.ts';
import type { Vscode } from '../vscode.ts';
import type { EditorMarks } from './editorMarks.ts';
import type { EditorSettings } from './editorSettings.ts';
import type { MarkedDocument, PlacedNode } from './markedDocument.ts';

/** Who walks through a file with the arrow keys wants to see where he stops. */
const settleMs = 200;

/** Selects the node at the cursor in the panel, where that is wanted and the panel is seen; begins with a move. */
export function cursorInPanel(
  world: {
    readonly vscode: Vscode;
    readonly marks: EditorMarks;
    readonly selection: Pick<Selection, 'key' | 'onDidChooseStep'>;
    readonly settings: () => EditorSettings;
    readonly panel: Pick<TracePanel, 'isVisible' | 'emit'>;
    readonly clock: Clock;
  },
  first: Pick<vscode.TextEditorSelectionChangeEvent, 'textEditor' | 'kind'>,
): Disposable {
  const { vscode, marks, selection, settings, panel, clock } = world;
  const disposables = new Disposables();
  const settling = disposables.add(new Timer(clock));
  let last: NodeId | undefined;
  const follow = ({ document, selection: cursor }: vscode.TextEditor) => {
    const marked = marks.of(document);
    const key = marked?.marks?.execution?.key;
    // The reader looks at an execution of another flow, and goes on doing so.
    const looksElsewhere = selection.key !== null && selection.key !== key;
    if (marked === undefined || key === undefined || looksElsewhere || !panel.isVisible) return;
    const nodeId = nodeAround(marked, document.offsetAt(cursor.active))?.node.nodeId;
    if (nodeId === undefined || nodeId === last) return;
    last = nodeId;
    panel.emit('select', { key, nodeId, rowKey: null });
  };
  const moved = ({ textEditor, kind }: typeof first) => {
    // Commands of ours put the cursor somewhere too.
    if (kind === undefined || !settings().followCursor) return;
    settling.set(settleMs, () => {
      follow(textEditor);
    });
  };
  disposables.add(vscode.window.onDidChangeTextEditorSelection(moved));
  disposables.add(
    selection.onDidChooseStep(() => {
      // The panel has left the node at the cursor: a click on it leads back.
      last = undefined;
    }),
  );
  moved(first);
  return disposables;
}

/** The innermost. */
function nodeAround({ nodes }: MarkedDocument, offset: number): PlacedNode | undefined {
  return nodes
    .filter(({ range }) => offset >= range.start && offset < range.end)
    .reduce<PlacedNode | undefined>(
      (inner, node) => (inner === undefined || lengthOf(node) < lengthOf(inner) ? node : inner),
      undefined,
    );
}

function lengthOf({ range }: PlacedNode): number {
  return range.end - range.start;
}
