import * as vscode from 'vscode';
import { createFileOnDisk, type SavedFile } from './fileOnDisk.ts';
import { t } from './l10n.ts';
import { askWhereToSave } from './surfaces.ts';

/** Lets the reader choose where to save; undefined when dismissed. */
export function chooseSaveFile(title: string, name: string): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return askWhereToSave({
    title,
    saveLabel: t('Save'),
    filters: {
      [t('JSON lines')]: ['jsonl'],
      [t('All files')]: ['*'],
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
  return uri.scheme === 'file' ? createFileOnDisk(uri.fsPath) : Promise.resolve(elsewhere(uri));
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
