import { open, rename, rm } from 'node:fs/promises';
import * as vscode from 'vscode';

/** A file that appears whole, or not at all. */
export interface SavedFile {
  append(text: string): Promise<void>;
  finish(): Promise<void>;
  /** What was written so far goes; a file that stood there before stays as it was. */
  discard(): Promise<void>;
}

/** Lets the reader choose where to save; undefined when dismissed. */
export function chooseSaveFile(title: string, name: string): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title,
    saveLabel: vscode.l10n.t('Save'),
    filters: {
      [vscode.l10n.t('JSON lines')]: ['jsonl'],
      [vscode.l10n.t('All files')]: ['*'],
    },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

/** `executions-20261124-120311.jsonl`, in local time. */
export function savedFileName(what: string, now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('');
  return `${what}-${day}-${time}.jsonl`;
}

/** Starts a file at the place chosen. */
export function createSavedFile(uri: vscode.Uri): Promise<SavedFile> {
  return uri.scheme === 'file' ? onDisk(uri.fsPath) : Promise.resolve(elsewhere(uri));
}

async function onDisk(path: string): Promise<SavedFile> {
  const partial = `${path}.part`;
  const file = await open(partial, 'w');
  return {
    append: (text) => file.appendFile(text, 'utf8'),
    finish: async () => {
      await file.close();
      await rename(partial, path);
    },
    discard: async () => {
      await file.close();
      await rm(partial, { force: true });
    },
  };
}

/** A file system of another extension takes a file in one piece only. */
function elsewhere(uri: vscode.Uri): SavedFile {
  const parts: string[] = [];
  return {
    append: (text) => {
      parts.push(text);
      return Promise.resolve();
    },
    finish: async () => {
      await vscode.workspace.fs.writeFile(uri, Buffer.from(parts.join(''), 'utf8'));
    },
    discard: () => {
      parts.length = 0;
      return Promise.resolve();
    },
  };
}
