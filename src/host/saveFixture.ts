import type * as vscode from 'vscode';
import { hasCode } from '../base/hasCode.ts';
import { ask } from '../protocol/ask.ts';
import type { Desk } from './desk.ts';
import { fixtureName, fixtureText } from './fixture.ts';
import { t } from './l10n.ts';
import { chooseSaveFile } from './savedFile.ts';
import { confirm, tell } from './surfaces.ts';
import type { Vscode } from './vscode.ts';
import { contextText } from './whatWasClicked.ts';

/** Flow files that lie in a folder in which a file can be put beside them. */
const schemes: ReadonlySet<string> = new Set(['file', 'vscode-remote']);

/** Writes what a step got and gave beside its flow file, for tests, and opens it. */
export async function saveFixture(vscode: Vscode, desk: Desk, context: unknown): Promise<void> {
  const key = contextText(context, 'executionKey');
  const content = await ask(desk.engine, 'inspect', { key, row: contextText(context, 'rowKey') });
  if (content.kind !== 'node') {
    void tell(vscode, 'information', t('Only a step that ran can be saved as a test fixture.'));
    return;
  }
  const { summary, flow } = await ask(desk.engine, 'tree', {
    ...{ key, collapsed: [], at: { offset: 0 }, limit: 0 },
  });
  const file = flow === null ? null : vscode.Uri.parse(flow.uri);
  const origin = { sid: summary.sid, flowFile: file?.path.split('/').at(-1) ?? '' };
  const name = fixtureName(content, origin);
  const uri =
    file !== null && schemes.has(file.scheme)
      ? vscode.Uri.joinPath(file, '..', name)
      : await chooseSaveFile(vscode, t('Save Test Fixture'), name, { JSON: ['json'] });
  if (uri === undefined || !(await write(vscode, uri, fixtureText(content, origin)))) return;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
    // Where files are: never over the panel that it was asked for in.
    viewColumn: vscode.window.visibleTextEditors[0]?.viewColumn ?? vscode.ViewColumn.Beside,
  });
  desk.say(t('Saved to {0}.', uri.path.split('/').at(-1) ?? ''));
}

/** False where the reader keeps what is there. */
async function write(vscode: Vscode, uri: vscode.Uri, text: string): Promise<boolean> {
  const known = await contentOf(vscode, uri);
  if (known === text) return true;
  if (known !== undefined) {
    const name = uri.path.split('/').at(-1) ?? '';
    const isWanted = await confirm(
      vscode,
      t('Replace “{0}”?', name),
      t('The file differs from what would be saved: it has been changed.'),
      t('Replace'),
    );
    if (!isWanted) return false;
  }
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text, 'utf8'));
  return true;
}

async function contentOf(vscode: Vscode, uri: vscode.Uri): Promise<string | undefined> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch (error) {
    // Anything else would be told when it is written.
    if (hasCode(error, 'FileNotFound') || hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
