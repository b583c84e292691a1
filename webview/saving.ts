import type { HostMethods } from '../src/protocol/hostProtocol.ts';
import type { ExecutionKey } from '../src/trace/execution.ts';
import type { PanelState } from './state.ts';

/** Whom saving is asked of. */
interface Host {
  tell(
    method: 'saveExecutions' | 'saveTraceFile',
    params: HostMethods['saveExecutions']['params'],
  ): void;
}

/** Has all executions saved that the list shows, under its scope and filter. */
export function saveShown(host: Host, state: PanelState): void {
  const { filter } = state.choices.value;
  host.tell('saveExecutions', { target: { kind: 'list', scope: state.scope.value, filter } });
}

/** Has one execution saved, with the services it called. */
export function saveExecution(host: Host, key: ExecutionKey): void {
  host.tell('saveExecutions', { target: { kind: 'execution', key } });
}

/** The same as a file that opens by itself, with the flow file and the one that it is compared with if they are wanted. */
export function saveTraceFile(host: Host, { comparing }: PanelState, key: ExecutionKey): void {
  const pair = comparing.value;
  // One of another source is in no window.
  const other = pair?.key === key && pair.source === undefined ? pair.other : null;
  const target = {
    kind: 'execution',
    key,
    ...(other !== null && { comparedWith: other }),
  } as const;
  host.tell('saveTraceFile', { target });
}

/** The step that is looked at, if it ran: what a link leads to and a fixture is made of. */
export function inspectedStep({ inspected }: PanelState): HostMethods['handOn']['params']['step'] {
  const { content } = inspected.value;
  if (content?.kind !== 'node') return null;
  const { key, nodeId } = content.row;
  return { rowKey: key, nodeId };
}
