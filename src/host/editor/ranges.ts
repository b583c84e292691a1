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

/** So many neighbours are looked at, spread over the file: it is asked whenever something is drawn. */
const mostPairs = 50;

/**
 * Whether the steps of a flow share lines: all of them one, or those of each process of a release its own. Marks would lie
 * over each other there, and nobody would know which is whose.
 */
export function shareLines({ document, nodes }: MarkedDocument): boolean {
  const lineOf = (index: number) => document.positionAt(nodes[index]?.idRange.start ?? 0).line;
  const pairs = nodes.length - 1;
  if (pairs < 0) return false;
  if (pairs === 0) return document.positionAt(nodes[0]?.idRange.start ?? 0).character > mostColumns;
  const step = Math.ceil(pairs / mostPairs);
  let [shared, looked] = [0, 0];
  for (let index = 0; index < pairs; index += step) {
    looked++;
    if (lineOf(index) === lineOf(index + 1)) shared++;
  }
  return shared * 2 > looked;
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
