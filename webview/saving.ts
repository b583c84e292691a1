import type { ExecutionKey } from '../src/trace/execution.ts';
import type { PanelSession } from './session.ts';
import type { PanelState } from './state.ts';

/** Has all executions saved that the list shows, under its scope and filter. */
export function saveShown(session: PanelSession, state: PanelState): void {
  const { filter } = state.choices.value;
  session.tell('saveExecutions', { target: { kind: 'list', scope: state.scope.value, filter } });
}

/** Has one execution saved, with the services it called. */
export function saveExecution(session: PanelSession, key: ExecutionKey): void {
  session.tell('saveExecutions', { target: { kind: 'execution', key } });
}

/** What VS Code passes to the commands of the context menu of an execution. */
export function executionContext(executionKey: ExecutionKey): string {
  return JSON.stringify({
    webviewSection: 'execution',
    executionKey,
    preventDefaultContextMenuItems: true,
  });
}
