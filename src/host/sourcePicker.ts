import { sourceName } from '../sources/sourceName.ts';
import { traitsOf } from '../sources/table.ts';
import type { CommandId } from './ids.ts';
import { t } from './l10n.ts';
import { isSame, type Remembered, shownMemory } from './recentSources.ts';
import { offeredWays } from './sourceTable.ts';
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
    const shown = isCurrent ? currentText(description) : description;
    return { icon, label, description: shown, value: { kind: 'reopen', source } };
  });
  const ways = offeredWays().map(({ icon, label, command }): Choice<Chosen> => {
    return { icon, label: t(label), value: { kind: 'command', id: command } };
  });
  return choose(vscode, t('Switch Source'), t('Select what to read'), [
    ...(known.length === 0 ? [] : [{ separator: t('Recent') }, ...known]),
    { separator: t('Open') },
    ...ways,
  ]);
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

function currentText(description: string): string {
  return description === '' ? t('Current') : t('{0} (current)', description);
}
