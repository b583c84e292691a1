import * as vscode from 'vscode';
import { type CommandId, commandIds } from './ids.ts';
import { shownAddresses } from '../base/shownAddress.ts';
import { isSame, type Remembered } from './recentSources.ts';
import { splitBrokers } from './settings.ts';

type Item = vscode.QuickPickItem & {
  readonly choice?:
    | { readonly kind: 'reopen'; readonly source: Remembered }
    | { readonly kind: 'command'; readonly id: CommandId };
};

/** Lets the reader choose a source: one of those read before, or another; undefined when dismissed. */
export async function chooseSource(
  recent: readonly Remembered[],
  current: Remembered | undefined,
): Promise<Item['choice']> {
  const { t } = vscode.l10n;
  const known = recent.map((source): Item => {
    const isCurrent = current !== undefined && isSame(source, current);
    const { label, description } = presentSource(source);
    const shown = isCurrent ? [description, t('(current)')].filter(Boolean).join(' ') : description;
    return { label, description: shown, choice: { kind: 'reopen', source } };
  });
  const command = (label: string, id: CommandId): Item => ({
    label,
    choice: { kind: 'command', id },
  });
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const items = [
    ...(known.length === 0 ? [] : [separator(t('Recent')), ...known]),
    separator(t('Open')),
    command(`$(plug) ${t('Connect to Kafka…')}`, commandIds.connect),
    command(`$(folder-opened) ${t('Open Trace Files…')}`, commandIds.openTraceFile),
    command(`$(play) ${t('Play Sample Robot')}`, commandIds.playSample),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Switch Source'),
    placeHolder: t('Choose what to read'),
    matchOnDescription: true,
  });
  return picked?.choice;
}

function presentSource(source: Remembered): { label: string; description: string } {
  switch (source.kind) {
    case 'kafka': {
      const { topic = 'Kafka', brokers = '' } = source.form ?? {};
      return { label: `$(pulse) ${topic}`, description: shownAddresses(splitBrokers(brokers)) };
    }
    case 'sample':
      return { label: `$(play) ${vscode.l10n.t('Sample robot')}`, description: '' };
    case 'files': {
      const names = source.paths.map((path) => path.split(/[\\/]/).at(-1) ?? path);
      const folder = vscode.workspace.asRelativePath(source.paths[0] ?? '');
      return { label: `$(file) ${names.join(', ')}`, description: folder };
    }
  }
}
