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
  const format = formatOf(text);
  if (format === undefined) {
    void tell(
      vscode,
      'information',
      t('Only JSON and XML can be formatted here. Use a formatter of this language.'),
    );
    return;
  }
  // By its name it is seen to be a flow.
  const [, name = '', ending = ''] = /([^/]*?)(\.\w+)?$/.exec(document.uri.path) ?? [];
  const path = `${name}.formatted${format === indented ? '.json' : ending}`;
  const uri = vscode.Uri.from({ scheme: 'untitled', path });
  const copy = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  const end = copy.positionAt(copy.getText().length);
  edit.replace(uri, new vscode.Range(new vscode.Position(0, 0), end), format(text));
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(copy);
}

function formatOf(text: string): ((text: string) => string) | undefined {
  if (/^\s*[[{]/.test(text)) return indented;
  return /^\s*</.test(text) ? indentedXml : undefined;
}

/** Deeper parts stand below each other: in a text of brackets the space before them would be all there is room for. */
const deepestIndent = 100;
const lineAt = (depth: number) => `\n${'  '.repeat(Math.min(depth, deepestIndent))}`;

const token = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/g;

/** Token by token, so that nothing of them is read and written anew. */
export function indented(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let before = '';
  for (const [found] of text.matchAll(token)) {
    const isOpen = before === '{' || before === '[';
    if (found === '}' || found === ']') {
      depth = Math.max(0, depth - 1);
      parts.push(isOpen ? found : lineAt(depth) + found);
    } else {
      if (isOpen || before === ',') parts.push(lineAt(depth));
      parts.push(found === ':' ? ': ' : found);
      if (found === '{' || found === '[') depth++;
    }
    before = found;
  }
  return `${parts.join('')}\n`;
}

/** What is not closed goes on to the end: each sign is walked over once. */
const xmlToken =
  /<!--(?:[^]*?-->|[^]*)|<!\[CDATA\[(?:[^]*?\]\]>|[^]*)|<\?(?:[^]*?\?>|[^]*)|<(?:"[^"]*"|'[^']*'|[^<>"'])*>|[^<]+|</g;

/** A line for each element; what follows a text stays beside it, and so does the space within an element that has no other. */
export function indentedXml(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let before: 'begin' | 'open' | 'text' | 'tag' = 'begin';
  /** By depth, whether a text stood there. */
  const hasText: boolean[] = [];
  let space = '';
  for (const [found] of text.matchAll(xmlToken)) {
    const isTag = found.startsWith('<') && !found.startsWith('<![CDATA[') && found !== '<';
    if (!isTag && found.trim() === '') {
      space = found;
      continue;
    }
    const isClosing = found.startsWith('</');
    const isInPlace = !isTag || hasText[depth] === true || (isClosing && before === 'open');
    if (isClosing) depth = Math.max(0, depth - 1);
    if (!isTag) hasText[depth] = true;
    if (isInPlace) parts.push(space);
    else if (before !== 'begin') parts.push(lineAt(depth));
    parts.push(found);
    space = '';
    const isOpening = isTag && !isClosing && !/^<[!?]|\/>$/.test(found);
    if (isOpening) hasText[++depth] = false;
    before = isOpening ? 'open' : isTag ? 'tag' : 'text';
  }
  return `${parts.join('')}\n`;
}
