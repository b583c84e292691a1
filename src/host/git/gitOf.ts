import type * as vscode from 'vscode';
import type { Vscode } from '../vscode.ts';
import { GitFile } from './gitFile.ts';
import { runGit } from './runGit.ts';

/** Files by the git that VS Code found, or was told of by its settings; else by the one on the path. */
export function gitOf({ extensions }: Vscode): GitFile {
  const own = extensions.getExtension<{
    getAPI?: (version: 1) => { readonly git?: { readonly path?: unknown } };
  }>('vscode.git');
  try {
    const path = own?.exports.getAPI?.(1).git?.path;
    return new GitFile(runGit(typeof path === 'string' && path !== '' ? path : undefined));
  } catch {
    // It is off, or not there yet.
    return new GitFile(runGit());
  }
}

/** Git runs what a repository's settings say, so that only a trusted one is asked; and of files of the workspace alone. */
export function fileForGit(
  { Uri, workspace }: Vscode,
  address: string,
): { readonly uri: vscode.Uri } | { readonly kind: 'untrusted' | 'noFile' } {
  if (!workspace.isTrusted) return { kind: 'untrusted' };
  const uri = Uri.parse(address);
  const isOfWorkspace = workspace.getWorkspaceFolder(uri) !== undefined;
  return uri.scheme === 'file' && isOfWorkspace ? { uri } : { kind: 'noFile' };
}
