import type { FileDifference, FileHistory, FileHistoryQuery } from '../protocol/fileHistory.ts';
import { differenceOf, fileHistoryOf } from './git/fileHistory.ts';
import { fileForGit, gitOf } from './git/gitOf.ts';
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
  const file = fileForGit(vscode, uri);
  return 'kind' in file ? file : fileHistoryOf(gitOf(vscode), file.uri.fsPath, fromMs, toMs);
}

/** Shows what differs in a flow file between two commits, or between one and what it is now. */
async function openFileDifference(
  vscode: Vscode,
  documents: ReadOnlyDocuments,
  difference: FileDifference,
): Promise<void> {
  const file = fileForGit(vscode, difference.uri);
  if ('kind' in file) return;
  const { path, fsPath } = file.uri;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const texts = await differenceOf(gitOf(vscode), fsPath, difference);
  if (!texts.ok) {
    const detail = texts.error.kind === 'failed' ? texts.error.detail : texts.error.kind;
    await tell(vscode, 'warning', t('Git can’t show that: {0}', detail));
    return;
  }
  const [before, after] = texts.value;
  await documents.openChanges(name, name, before, after ?? file.uri);
}
