import type * as vscode from 'vscode';
import type { TextEditors } from './textEditors.ts';
import type { Vscode } from './vscode.ts';

/** Where a file is shown. Not in the panel's column: a jump must not cover what the reader jumps from. */
export async function columnBesidePanel(
  vscode: Vscode,
  editors: Pick<TextEditors, 'columnForFile'>,
  file: vscode.Uri,
): Promise<vscode.ViewColumn> {
  const column = editors.columnForFile(file.toString());
  if (column !== 'newLeft') return column;
  // The files' column went with the last of them; VS Code itself opens new ones on the right alone.
  await vscode.commands.executeCommand('workbench.action.newGroupLeft');
  return vscode.ViewColumn.Active;
}
