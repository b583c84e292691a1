import { traceFileExtensions } from './ids.ts';
import { t } from './l10n.ts';
import { askForFiles } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** Lets the reader choose files. */
export interface FileDialogs {
  /** Trace files by their paths, none when dismissed. */
  chooseTraceFiles(): Promise<string[]>;
  /** The file of a certificate authority; null when dismissed. */
  chooseCaFile(): Promise<string | null>;
}

/** The same by VS Code's dialog. */
export function fileDialogs(vscode: Vscode): FileDialogs {
  return {
    chooseTraceFiles: () => chooseTraceFiles(vscode),
    chooseCaFile: () => chooseCaFile(vscode),
  };
}

async function chooseTraceFiles(vscode: Vscode): Promise<string[]> {
  const uris = await askForFiles(vscode, {
    title: t('Open Trace Files'),
    openLabel: t('Open Trace'),
    canSelectMany: true,
    filters: {
      [t('Trace files')]: [...traceFileExtensions],
      [t('All files')]: ['*'],
    },
  });
  return uris.map((uri) => uri.fsPath);
}

async function chooseCaFile(vscode: Vscode): Promise<string | null> {
  const uris = await askForFiles(vscode, {
    title: t('Select CA Certificate'),
    filters: { [t('Certificates')]: ['pem', 'crt', 'cer'] },
  });
  return uris[0]?.fsPath ?? null;
}
