import { ask } from '../protocol/ask.ts';
import type { Desk } from './desk.ts';
import { type CommandId, commandIds } from './ids.ts';
import { inputText, outputText } from './copiedValues.ts';
import type { TracePanel } from './tracePanel.ts';
import type { Vscode } from './vscode.ts';

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
      key: text(context, 'executionKey'),
      row: text(context, 'rowKey'),
    });
  return {
    [commandIds.openExecution]: (context: unknown) => {
      const key = text(context, 'calledKey') || text(context, 'executionKey');
      if (key === '') return;
      // It may be asked from a panel that stays on an execution, with the one for all hidden or closed.
      desk().show();
      desk().emit('select', { key, nodeId: null, rowKey: null });
    },
    [commandIds.openInNewPanel]: (context: unknown) => {
      const key = text(context, 'calledKey') || text(context, 'executionKey');
      if (key !== '') panel.openPinned(key, text(context, 'panelTitle'));
    },
    [commandIds.copyExecutionId]: (context: unknown) => copy(text(context, 'sid')),
    [commandIds.copySummary]: (context: unknown) => copy(text(context, 'summary')),
    [commandIds.goToFlow]: (context: unknown) =>
      desk().revealer.reveal(text(context, 'executionKey'), 'flow', false),
    [commandIds.goToStep]: (context: unknown) => {
      const step = { nodeId: text(context, 'nodeId'), name: text(context, 'name') };
      return desk().revealer.reveal(text(context, 'executionKey'), step, false);
    },
    [commandIds.copyStepId]: (context: unknown) => copy(text(context, 'nodeId')),
    [commandIds.copyStepName]: (context: unknown) => copy(text(context, 'name')),
    [commandIds.copyInput]: async (context: unknown) => copy(inputText(await inspect(context))),
    [commandIds.copyOutput]: async (context: unknown) => copy(outputText(await inspect(context))),
    [commandIds.copyValue]: () => {
      desk().emitToMenu('copyValue', null);
    },
    [commandIds.copyPath]: (context: unknown) => copy(text(context, 'valuePath')),
  } satisfies Partial<Record<CommandId, (context: unknown) => unknown>>;
}

/** A field of the context; empty where it is called without, by a key binding of the reader's own. */
function text(context: unknown, field: string): string {
  if (typeof context !== 'object' || context === null) return '';
  const value: unknown = Reflect.get(context, field);
  return typeof value === 'string' ? value : '';
}
