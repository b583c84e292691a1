import type * as vscode from 'vscode';
import type { Translate } from '../texts/translate.ts';
import { sourceName } from '../sources/sourceName.ts';
import { traitsOf } from '../sources/table.ts';
import type { CommandId } from './ids.ts';
import { isSame, type Remembered, shownMemory } from './recentSources.ts';
import { offeredWays } from './sourceTable.ts';
import type { Choice, choose } from './surfaces.ts';

type Chosen =
  | { readonly kind: 'reopen'; readonly source: Remembered }
  | { readonly kind: 'command'; readonly id: CommandId };

/** What the picker is shown with. */
export interface PickerWorld {
  readonly vscode: typeof vscode;
  readonly t: Translate;
  readonly choose: typeof choose;
}

/** Lets the reader choose a source: one of those read before, or another; undefined when dismissed. */
export async function chooseSource(
  world: PickerWorld,
  recent: readonly Remembered[],
  current: Remembered | undefined,
): Promise<Chosen | undefined> {
  const { t } = world;
  const known = recent.map((source): Choice<Chosen> => {
    const isCurrent = current !== undefined && isSame(source, current);
    const { icon, label, description } = presentSource(source, world);
    const shown = isCurrent ? [description, t('(current)')].filter(Boolean).join(' ') : description;
    return { icon, label, description: shown, value: { kind: 'reopen', source } };
  });
  const ways = offeredWays().map(({ icon, label, command }): Choice<Chosen> => {
    return { icon, label: t(label), value: { kind: 'command', id: command } };
  });
  return world.choose(t('Switch Source'), t('Choose what to read'), [
    ...(known.length === 0 ? [] : [{ separator: t('Recent') }, ...known]),
    { separator: t('Open') },
    ...ways,
  ]);
}

function presentSource(
  source: Remembered,
  { vscode, t }: PickerWorld,
): { icon: string; label: string; description: string } {
  const { name, detail, path } = shownMemory(source);
  return {
    icon: traitsOf(source.kind).icon,
    label: sourceName({ kind: source.kind, name }, t),
    description: path === undefined ? detail : vscode.workspace.asRelativePath(path),
  };
}
