import type { Log } from '../base/log.ts';
import type { ConnectionForm } from '../sources/kafka/spec.ts';
import type { HostEvents } from '../protocol/hostProtocol.ts';
import type { EngineClient } from './engineClient.ts';
import type { FileDialogs } from './fileDialogs.ts';
import type { FileHistories } from './fileHistory.ts';
import { spokenLanguage } from './l10n.ts';
import type * as laterBundle from './laterBundle.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import type { Saves } from './saving.ts';
import type { Vscode } from './vscode.ts';
import type { FilesWatch, WatchedFiles } from './watchedFiles.ts';

/**
 * What of the host is read when somebody asks for it: VS Code waits for what is there at its start. A bundle of its own
 * has its own language, too. What both have, such as errors, is a class of each: nothing asks for its class there.
 */
export async function later(): Promise<typeof laterBundle> {
  const bundle = await import('./laterBundle.ts');
  bundle.translateLike(spokenLanguage());
  return bundle;
}

/** Dialogs for files, as they are known before anybody wants one. */
export function fileDialogsLater(vscode: Vscode): FileDialogs {
  const dialogs = async () => (await later()).fileDialogs(vscode);
  return {
    chooseTraceFiles: async () => (await dialogs()).chooseTraceFiles(),
    chooseCaFile: async () => (await dialogs()).chooseCaFile(),
  };
}

/** What became of flow files, as it is known before anybody asks. */
export function historiesLater(vscode: Vscode, documents: ReadOnlyDocuments): FileHistories {
  const histories = async () => (await later()).fileHistories(vscode, documents);
  return {
    of: async (query) => (await histories()).of(query),
    open: async (difference) => (await histories()).open(difference),
  };
}

/** Remembering what a connect form held, as it is known before anybody connects. */
export function rememberFormLater(vscode: Vscode): (form: ConnectionForm) => Promise<void> {
  return async (form) => (await later()).rememberForm(vscode, form);
}

/** Saving as it is known before anybody saves. */
export function savingLater(vscode: Vscode, engine: EngineClient, log: Log): Saves {
  const saving = async () => new (await later()).Saving(vscode, engine, log);
  return {
    executions: async (target, form) => (await saving()).executions(target, form),
    rejected: async (position) => (await saving()).rejected(position),
    table: async (...table) => (await saving()).table(...table),
  };
}

/** Watching the files that are read, as it is known before any is. */
export function filesWatchLater(
  vscode: Vscode,
  onFile: (file: HostEvents['traceFile']) => void,
): FilesWatch {
  let files: Promise<WatchedFiles> | undefined;
  let isDisposed = false;
  return {
    watch: async (paths) => {
      // Of a window that reads none there is nothing to let go of.
      if (isDisposed || (files === undefined && paths.length === 0)) return;
      files ??= later().then((bundle) => new bundle.WatchedFiles(vscode, onFile));
      await (await files).watch(paths);
    },
    tell: () => void files?.then((watched) => watched.tell()),
    dispose: () => {
      isDisposed = true;
      void files?.then((watched) => watched.dispose());
    },
  };
}
