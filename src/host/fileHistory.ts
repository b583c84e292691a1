import type * as vscode from 'vscode';
import type { FileDifference, FileHistory, FileHistoryQuery } from '../protocol/fileHistory.ts';
import { GitFile } from './gitFile.ts';
import { t } from './l10n.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import { tell } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** Where pages ask what became of flow files. */
export interface FileHistories {
  of(query: FileHistoryQuery): Promise<FileHistory>;
  open(difference: FileDifference): Promise<void>;
}

/** The same over Git. */
export function fileHistories(vscode: Vscode, documents: ReadOnlyDocuments): FileHistories {
  return {
    of: (query) => fileHistory(vscode, query),
    open: (difference) => openFileDifference(vscode, documents, difference),
  };
}

/** What Git knows of a flow file of the workspace between two moments. */
async function fileHistory(
  vscode: Vscode,
  { uri, fromMs, toMs }: FileHistoryQuery,
): Promise<FileHistory> {
  const file = fileOf(vscode, uri);
  return 'kind' in file ? file : file.git.history(fromMs, toMs);
}

/** Shows what differs in a flow file between two commits, or between one and what it is now. */
async function openFileDifference(
  vscode: Vscode,
  documents: ReadOnlyDocuments,
  { uri, from, to }: FileDifference,
): Promise<void> {
  const file = fileOf(vscode, uri);
  if ('kind' in file) return;
  const { path } = file.uri;
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    const before = await file.git.textIn(from === 'parent' && to !== null ? `${to}^` : from);
    const after = to === null ? file.uri : await file.git.textIn(to);
    await documents.openChanges(name, name, before, after);
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    void tell(vscode, 'warning', t('Git can’t show that: {0}', message));
  }
}

/** Git runs what a repository's settings say, so that only a trusted one is asked; and of files of the workspace alone. */
function fileOf(
  vscode: Vscode,
  address: string,
): { readonly uri: vscode.Uri; readonly git: GitFile } | { readonly kind: 'untrusted' | 'noFile' } {
  if (!vscode.workspace.isTrusted) return { kind: 'untrusted' };
  const uri = vscode.Uri.parse(address);
  const isOfWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  if (uri.scheme !== 'file' || !isOfWorkspace) return { kind: 'noFile' };
  return { uri, git: new GitFile(gitOf(vscode), uri.fsPath) };
}

/** VS Code's own looks for Git where the settings say. Without it the one that is found on the path. */
function gitOf(vscode: Vscode): string {
  const own = vscode.extensions.getExtension<{
    getAPI?: (version: 1) => { readonly git?: { readonly path?: unknown } };
  }>('vscode.git');
  if (own?.isActive !== true) return 'git';
  try {
    const path = own.exports.getAPI?.(1).git?.path;
    return typeof path === 'string' && path !== '' ? path : 'git';
  } catch {
    // It is turned off.
    return 'git';
  }
}
