import type * as vscodeTypes from 'vscode';
import type { Vscode } from './vscode.ts';

/** The folders that are asked for. */
export interface SampleFolders {
  readonly extensionUri: vscodeTypes.Uri;
  readonly storageUri: vscodeTypes.Uri;
}

/**
 * Opens the sample workspace in a window of its own: a copy, made once, because its story asks the reader to change a file,
 * and what is installed has to stay as it is.
 */
export async function openSampleWorkspace(
  vscode: Vscode,
  { extensionUri, storageUri }: SampleFolders,
): Promise<void> {
  const { fs } = vscode.workspace;
  const copy = vscode.Uri.joinPath(storageUri, 'sample-workspace');
  const isThere = await fs.stat(copy).then(
    () => true,
    () => false,
  );
  if (!isThere) await fs.copy(vscode.Uri.joinPath(extensionUri, 'media', 'sample-workspace'), copy);
  await vscode.commands.executeCommand('vscode.openFolder', copy, { forceNewWindow: true });
}
