import { ask } from '../protocol/ask.ts';
import type { Desk } from './desk.ts';
import { type CommandId, commandIds } from './ids.ts';
import { later } from './later.ts';
import { problemCommands } from './problemCommands.ts';
import type { TracePanel } from './tracePanel.ts';
import type { Vscode } from './vscode.ts';
import { contextText } from './whatWasClicked.ts';

interface ContextWorld {
  readonly vscode: Vscode;
  readonly panel: TracePanel;
  /** Where the reader works. */
  readonly desk: () => Desk;
}

/** The commands of the panel's context menus: each gets the `data-vscode-context` of what was clicked. */
export function contextCommands({ vscode, panel, desk }: ContextWorld) {
  const copy = (copied: string) => vscode.env.clipboard.writeText(copied);
  const inspect = (context: unknown) =>
    ask(desk().engine, 'inspect', {
      key: contextText(context, 'executionKey'),
      row: contextText(context, 'rowKey'),
    });
  const follow = () => {
    desk().emitToMenu('followValue', null);
  };
  return {
    [commandIds.openExecution]: (context: unknown) => {
      const key = contextText(context, 'calledKey') || contextText(context, 'executionKey');
      if (key === '') return;
      // It may be asked from a panel that stays on an execution, with the one for all hidden or closed.
      desk().show();
      desk().emit('select', { key, nodeId: null, rowKey: null });
    },
    [commandIds.openInNewPanel]: (context: unknown) => {
      const key = contextText(context, 'calledKey') || contextText(context, 'executionKey');
      if (key !== '') panel.openPinned(key, contextText(context, 'panelTitle'));
    },
    [commandIds.copyExecutionId]: (context: unknown) => copy(contextText(context, 'sid')),
    [commandIds.copySummary]: (context: unknown) => copy(contextText(context, 'summary')),
    [commandIds.goToFlow]: (context: unknown) =>
      desk().revealer.reveal(contextText(context, 'executionKey'), 'flow', false),
    [commandIds.goToStep]: (context: unknown) => {
      const step = { nodeId: contextText(context, 'nodeId'), name: contextText(context, 'name') };
      return desk().revealer.reveal(contextText(context, 'executionKey'), step, false);
    },
    [commandIds.copyStepId]: (context: unknown) => copy(contextText(context, 'nodeId')),
    [commandIds.copyStepName]: (context: unknown) => copy(contextText(context, 'name')),
    [commandIds.copyInput]: async (context: unknown) => {
      const { inputText } = await later();
      await copy(inputText(await inspect(context)));
    },
    [commandIds.copyOutput]: async (context: unknown) => {
      const { outputText } = await later();
      await copy(outputText(await inspect(context)));
    },
    [commandIds.copyValue]: () => {
      desk().emitToMenu('copyValue', null);
    },
    [commandIds.whereItCameFrom]: follow,
    [commandIds.whoUsedIt]: follow,
    [commandIds.saveFixture]: async (context: unknown) =>
      (await later()).saveFixture(vscode, desk(), context),
    ...problemCommands(desk),
    [commandIds.copyPath]: (context: unknown) => copy(contextText(context, 'valuePath')),
  } satisfies Partial<Record<CommandId, (context: unknown) => unknown>>;
}
