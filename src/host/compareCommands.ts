import type { ExecutionKey } from '../trace/execution.ts';
import type { Desk } from './desk.ts';
import { type CommandId, commandIds, contextKeys } from './ids.ts';
import { t } from './l10n.ts';
import { later } from './later.ts';
import type { FormWorld } from './kafkaForm.ts';
import type { Session } from './session.ts';
import { executionOf } from './whatWasClicked.ts';

interface CompareWorld extends FormWorld {
  readonly session: Pick<Session, 'recent' | 'current' | 'connections'>;
  /** Where the reader works. */
  readonly desk: () => Desk;
}

/** The commands that compare executions: the one that was clicked in the panel, from the palette the selected one. */
export function compareCommands(world: CompareWorld) {
  // Of the desk where it was selected: another engine may have an execution under the same key.
  let selected: { readonly key: ExecutionKey; readonly engine: Desk['engine'] } | undefined;
  return {
    [commandIds.selectForCompare]: async (context: unknown) => {
      const { engine } = world.desk();
      const key = executionOf(world.vscode, world.desk(), context);
      if (key === null) return;
      selected = { key, engine };
      const { hasCompareSelection } = contextKeys;
      await world.vscode.commands.executeCommand('setContext', hasCompareSelection, true);
    },
    [commandIds.compareWithSelected]: (context: unknown) => {
      const key = executionOf(world.vscode, world.desk(), context);
      if (key === null) return;
      if (selected?.engine !== world.desk().engine) {
        world.desk().say(t('Select an execution to compare with first.'));
      } else compare(world, key, selected.key);
    },
    [commandIds.compareWithLastGood]: (context: unknown) => {
      const key = executionOf(world.vscode, world.desk(), context);
      if (key !== null) compare(world, key, null);
    },
    [commandIds.compareWith]: async (context: unknown) => {
      const key = executionOf(world.vscode, world.desk(), context);
      if (key === null) return;
      const { chooseOther } = await later();
      const { engine } = world.desk();
      const other = await chooseOther({ ...world, engine }, key);
      if (other !== undefined) compare(world, key, other.key, other.source);
    },
  } satisfies Partial<Record<CommandId, (context: unknown) => unknown>>;
}

function compare(
  { desk }: CompareWorld,
  key: ExecutionKey,
  other: ExecutionKey | null,
  source?: number,
): void {
  desk().show();
  desk().emit('compare', { key, other, ...(source === undefined ? {} : { source }) });
}
