import type * as vscode from 'vscode';
import { createFileOnDisk, type SavedFile } from './fileOnDisk.ts';
import { t } from './l10n.ts';
import { askWhereToSave } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** Lets the reader choose where to save; undefined when dismissed. */
export function chooseSaveFile(
  vscode: Vscode,
  title: string,
  name: string,
  kind: Readonly<Record<string, string[]>> = { [t('JSON Lines')]: ['jsonl'] },
): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return askWhereToSave(vscode, {
    title,
    saveLabel: t('Save'),
    filters: { ...kind, [t('All files')]: ['*'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

/** `executions-20261124-120311.jsonl`, in local time. */
export function savedFileName(what: string, now: Date, extension = 'jsonl'): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('');
  return `${what}-${day}-${time}.${extension}`;
}

/** Starts a file at the place chosen. */
export function createSavedFile(vscode: Vscode, uri: vscode.Uri): Promise<SavedFile> {
  return uri.scheme === 'file'
    ? createFileOnDisk(uri.fsPath)
    : Promise.resolve(elsewhere(vscode, uri));
}

/** A file system of another extension takes a file in one piece only. */
function elsewhere(vscode: Vscode, uri: vscode.Uri): SavedFile {
  const parts: Uint8Array[] = [];
  return {
    append: (part) => {
      parts.push(typeof part === 'string' ? Buffer.from(part, 'utf8') : part);
      return Promise.resolve();
    },
    finish: async () => {
      await vscode.workspace.fs.writeFile(uri, Buffer.concat(parts));
    },
    discard: () => {
      parts.length = 0;
      return Promise.resolve();
    },
  };
}
