import type { ExecutionKey } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import { type CommandId, commandIds } from './ids.ts';
import { t } from './l10n.ts';
import { later } from './later.ts';
import type { Selection } from './selection.ts';
import { tell } from './surfaces.ts';
import type { TracePanel } from './tracePanel.ts';
import type { Vscode } from './vscode.ts';

interface CompareWorld {
  readonly vscode: Vscode;
  readonly engine: EngineClient;
  readonly panel: TracePanel;
  readonly selection: Selection;
}

/** The commands that compare executions: the one that was clicked in the panel, from the palette the selected one. */
export function compareCommands(world: CompareWorld) {
  return {
    [commandIds.compareWithLastGood]: (context: unknown) => {
      const key = keyOf(world, context);
      if (key !== null) compare(world, key, null);
    },
    [commandIds.compareWith]: async (context: unknown) => {
      const key = keyOf(world, context);
      if (key === null) return;
      const { chooseOther } = await later();
      const other = await chooseOther(world, key);
      if (other !== undefined) compare(world, key, other);
    },
  } satisfies Partial<Record<CommandId, (context: unknown) => unknown>>;
}

function compare({ panel }: CompareWorld, key: ExecutionKey, other: ExecutionKey | null): void {
  panel.show();
  panel.emit('compare', { key, other });
}

function keyOf({ vscode, selection }: CompareWorld, context: unknown): ExecutionKey | null {
  const clicked: unknown =
    typeof context === 'object' && context !== null
      ? Reflect.get(context, 'executionKey')
      : undefined;
  const key = typeof clicked === 'string' ? clicked : selection.key;
  if (key === null) {
    void tell(vscode, 'information', t('Select an execution in the trace panel first.'));
  }
  return key;
}
