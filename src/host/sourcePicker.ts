import { sourceName } from '../sources/sourceName.ts';
import { traitsOf } from '../sources/table.ts';
import { type CommandId, commandIds } from './ids.ts';
import { t } from './l10n.ts';
import { isSame, type Remembered, shownMemory } from './recentSources.ts';
import { type OfferedConnection, offeredWays } from './sourceTable.ts';
import { type Choice, chooseFirst } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

type Chosen =
  | { readonly kind: 'reopen'; readonly source: Remembered }
  | { readonly kind: 'command'; readonly id: CommandId };

/**
 * Lets the reader choose a source: one of those read before, or another, which is asked for; undefined when dismissed, or when
 * it is asked for.
 */
export async function chooseSource(
  vscode: Vscode,
  offered: {
    readonly recent: readonly Remembered[];
    readonly current: Remembered | undefined;
    /** Those of the settings: offered whether they were read before or not. */
    readonly connections: readonly OfferedConnection[];
  },
): Promise<Remembered | undefined> {
  const { current, connections } = offered;
  const present = (source: Remembered, note = ''): Choice<Chosen> => {
    const isCurrent = current !== undefined && isSame(source, current);
    const { icon, label, description } = presentSource(vscode, source);
    const notes = [description, note, isCurrent ? t('current') : ''];
    const shown = notes.filter(Boolean).join(' · ');
    return { icon, label, description: shown, value: { kind: 'reopen', source } };
  };
  const named = connections.map((source) =>
    present(source, source.form?.mark === undefined ? t('default') : ''),
  );
  const known = offered.recent
    .filter((source) => !connections.some((connection) => isSame(source, connection)))
    .map((source) => present(source));
  const ways = offeredWays().map(({ icon, label, command }): Choice<Chosen> => {
    return { icon, label: t(label), value: { kind: 'command', id: command } };
  });
  const picked = await chooseFirst(vscode, t('Switch Source'), t('Select what to read'), [
    ...(named.length === 0 ? [] : [{ separator: t('Connections') }, ...named]),
    ...(known.length === 0 ? [] : [{ separator: t('Recent') }, ...known]),
    { separator: t('Open') },
    ...ways,
  ]);
  if (picked?.value.kind !== 'command') {
    picked?.dispose();
    return picked?.value.source;
  }
  const { id } = picked.value;
  // Of the others none asks for anything.
  if (id !== commandIds.openTraceFile) picked.dispose();
  try {
    await vscode.commands.executeCommand(id);
  } finally {
    picked.dispose();
  }
  return undefined;
}

function presentSource(
  vscode: Vscode,
  source: Remembered,
): { icon: string; label: string; description: string } {
  const { name, detail, path } = shownMemory(source);
  return {
    icon: traitsOf(source.kind).icon,
    label: sourceName({ kind: source.kind, name }, t),
    description: path === undefined ? detail : vscode.workspace.asRelativePath(path),
  };
}
