import { type CommandId, commandIds } from './ids.ts';
import { shownAddresses } from '../base/shownAddress.ts';
import { t } from './l10n.ts';
import { isSame, type Remembered } from './recentSources.ts';
import { splitBrokers } from './settings.ts';
import { type Choice, choose } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

type Chosen =
  | { readonly kind: 'reopen'; readonly source: Remembered }
  | { readonly kind: 'command'; readonly id: CommandId };

/** Lets the reader choose a source: one of those read before, or another; undefined when dismissed. */
export async function chooseSource(
  vscode: Vscode,
  recent: readonly Remembered[],
  current: Remembered | undefined,
): Promise<Chosen | undefined> {
  const known = recent.map((source): Choice<Chosen> => {
    const isCurrent = current !== undefined && isSame(source, current);
    const { icon, label, description } = presentSource(vscode, source);
    const shown = isCurrent ? [description, t('(current)')].filter(Boolean).join(' ') : description;
    return { icon, label, description: shown, value: { kind: 'reopen', source } };
  });
  const command = (icon: string, label: string, id: CommandId): Choice<Chosen> => ({
    icon,
    label,
    value: { kind: 'command', id },
  });
  return choose(vscode, t('Switch Source'), t('Choose what to read'), [
    ...(known.length === 0 ? [] : [{ separator: t('Recent') }, ...known]),
    { separator: t('Open') },
    command('plug', t('Connect to Kafka…'), commandIds.connect),
    command('folder-opened', t('Open Trace Files…'), commandIds.openTraceFile),
    command('play', t('Play Sample Robot'), commandIds.playSample),
  ]);
}

function presentSource(
  vscode: Vscode,
  source: Remembered,
): { icon: string; label: string; description: string } {
  switch (source.kind) {
    case 'kafka': {
      const { topic = 'Kafka', brokers = '' } = source.form ?? {};
      return { icon: 'pulse', label: topic, description: shownAddresses(splitBrokers(brokers)) };
    }
    case 'sample':
      return { icon: 'play', label: t('Sample robot'), description: '' };
    case 'files': {
      const names = source.paths.map((path) => path.split(/[\\/]/).at(-1) ?? path);
      const folder = vscode.workspace.asRelativePath(source.paths[0] ?? '');
      return { icon: 'file', label: names.join(', '), description: folder };
    }
  }
}
