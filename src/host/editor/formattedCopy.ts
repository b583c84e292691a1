import type * as vscode from 'vscode';
import { t } from '../l10n.ts';
import { tell } from '../surfaces.ts';
import type { Vscode } from '../vscode.ts';

/**
 * Opens a copy of a flow with a line for each of its parts, beside the file that has none. Numbers and the order of keys
 * are left as they stand: only what is between the tokens changes.
 */
export async function formattedCopy(vscode: Vscode, document: vscode.TextDocument): Promise<void> {
  const text = document.getText();
  if (!/^\s*[[{]/.test(text)) {
    void tell(
      vscode,
      'information',
      t('Only JSON can be formatted here. Use a formatter of this language.'),
    );
    return;
  }
  // By its name it is seen to be a flow.
  const name = (document.uri.path.split('/').at(-1) ?? '').replace(/\.\w+$/, '');
  const uri = vscode.Uri.from({ scheme: 'untitled', path: `${name}.formatted.json` });
  const copy = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  const end = copy.positionAt(copy.getText().length);
  edit.replace(uri, new vscode.Range(new vscode.Position(0, 0), end), indented(text));
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(copy);
}

const token = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/g;

/** Token by token, so that nothing of them is read and written anew. */
export function indented(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let before = '';
  const line = () => `\n${'  '.repeat(depth)}`;
  for (const [found] of text.matchAll(token)) {
    const isOpen = before === '{' || before === '[';
    if (found === '}' || found === ']') {
      depth = Math.max(0, depth - 1);
      parts.push(isOpen ? found : line() + found);
    } else {
      if (isOpen || before === ',') parts.push(line());
      parts.push(found === ':' ? ': ' : found);
      if (found === '{' || found === '[') depth++;
    }
    before = found;
  }
  return `${parts.join('')}\n`;
}
