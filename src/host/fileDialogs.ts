import * as vscode from 'vscode';

/** Lets the reader choose trace files; answers their paths, none when dismissed. */
export async function chooseTraceFiles(): Promise<string[]> {
  const uris = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Open Trace Files'),
    openLabel: vscode.l10n.t('Open Trace'),
    canSelectMany: true,
    filters: {
      [vscode.l10n.t('Trace files')]: ['json', 'jsonl', 'ndjson', 'log', 'txt'],
      [vscode.l10n.t('All files')]: ['*'],
    },
  });
  return (uris ?? []).map((uri) => uri.fsPath);
}

/** Lets the reader choose the file of a certificate authority; null when dismissed. */
export async function chooseCaFile(): Promise<string | null> {
  const uris = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Choose the CA certificate'),
    filters: { [vscode.l10n.t('Certificates')]: ['pem', 'crt', 'cer'] },
  });
  return uris?.[0]?.fsPath ?? null;
}
