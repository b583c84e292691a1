import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { formatBytes } from '../texts/format.ts';
import type { EngineClient } from './engineClient.ts';
import { t } from './l10n.ts';
import { confirm, tell } from './surfaces.ts';
import type { Vscode } from './vscode.ts';

/** Says what would be deleted, asks, and deletes it: of all sources, in all windows. */
export async function deleteHistory(world: {
  readonly vscode: Vscode;
  readonly engine: EngineClient;
  readonly historyFolder: string;
}): Promise<void> {
  const { vscode, engine, historyFolder: folder } = world;
  const { sources, bytes } = await whatIsThere(folder);
  if (bytes === 0) {
    void tell(vscode, 'information', t('There is no history on this machine.'));
    return;
  }
  const question =
    sources === 1
      ? t('Delete the history of 1 topic ({0})?', formatBytes(bytes))
      : t('Delete the history of {0} topics ({1})?', sources, formatBytes(bytes));
  const detail = t(
    'Past numbers are deleted permanently: executions, steps and daily totals. Topics keep their records; what is read from them from now on is kept again. To keep nothing, turn off “rpaTrace.history.enabled”.',
  );
  if (!(await confirm(vscode, question, detail, t('Delete History')))) return;
  engine.start();
  const { failed, textsLeft } = await engine.call('deleteHistory', { folder });
  if (failed > 0) {
    const sentence = t(
      'Another window uses the history, and some of it couldn’t be deleted. Close the other windows, then try again.',
    );
    void tell(vscode, 'warning', sentence);
  } else if (textsLeft) {
    const sentence = t(
      'The history was deleted, but not the error texts that are kept with your marks on problems. See the log, then try again.',
    );
    void tell(vscode, 'warning', sentence);
  } else void tell(vscode, 'information', t('The history was deleted.'));
}

async function whatIsThere(folder: string): Promise<{ sources: number; bytes: number }> {
  const names = await readdir(folder).catch(() => []);
  let bytes = 0;
  for (const name of names) {
    bytes += await stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    );
  }
  return { sources: names.filter((name) => name.endsWith('.db')).length, bytes };
}
