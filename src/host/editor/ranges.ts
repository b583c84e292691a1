import type * as vscode from 'vscode';
import type { OffsetRange } from '../../flow/flowDocument.ts';
import type { Vscode } from '../vscode.ts';
import type { MarkedDocument } from './markedDocument.ts';

/** Where a stretch of the text stands in lines. */
export function rangeOf(
  vscode: Vscode,
  document: vscode.TextDocument,
  { start, end }: OffsetRange,
): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** Editors draw nothing beyond this column, and two marks of a line would lie over each other. */
const mostColumns = 10_000;

/** Whether all of a flow stands on one line: marks would lie over each other there. */
export function isOnOneLine({ document, nodes }: MarkedDocument): boolean {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) return false;
  const begin = document.positionAt(first.idRange.start);
  const end = document.positionAt(last.idRange.start);
  return begin.line === end.line && (nodes.length > 1 || end.character > mostColumns);
}

/** Brings a place into sight, where it isn't. */
export function reveal(
  { Range, TextEditorRevealType }: Vscode,
  editor: vscode.TextEditor,
  at: vscode.Position,
): void {
  const lineBegin = new Range(at.with(undefined, 0), at);
  editor.revealRange(lineBegin, TextEditorRevealType.InCenterIfOutsideViewport);
}
