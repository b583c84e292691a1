import type { HostMethods } from '../src/protocol/hostProtocol.ts';
import type { ExecutionKey } from '../src/trace/execution.ts';
import type { Partners } from './host.ts';
import { saveShown } from './saving.ts';
import type { PanelState } from './state.ts';

/** Who passes on what follows from it. */
interface Teller {
  setScope(scope: 'flow' | 'all'): void;
  turnTo(page: 'executions'): void;
  showBehind(filter: string): void;
  compare(key: ExecutionKey, other: ExecutionKey | null, source?: number): void;
  tell<K extends keyof HostMethods>(method: K, params: HostMethods[K]['params']): void;
}

/** Takes what the host tells that changes nothing but what is shown, or asks for something on the screen. */
export function takeHostEvents(host: Partners['host'], state: PanelState, session: Teller): void {
  host.on('followLatest', (follow) => (state.followLatest.value = follow));
  host.on('markedExecution', (key) => (state.markedExecution.value = key));
  host.on('trusted', (trusted) => (state.trusted.value = trusted));
  host.on('connection', (connection) => (state.connection.value = connection));
  host.on('connections', (connections) => (state.connections.value = connections));
  host.on('news', (news) => {
    // Who follows the latest looks at a failure already.
    const isSeen = news.severity === 'error' && news.key === state.choices.value.selected;
    if (!isSeen) state.news.value = news;
  });
  host.on('traceFile', (file) => (state.traceFile.value = file));
  host.on('back', (back) => (state.back.value = back));
  host.on('showConnect', () => (state.view.value = 'connect'));
  host.on('compare', ({ key, other, source }) => session.compare(key, other, source));
  host.on('saveShown', () => saveShown(session, state));
  host.on('showExecutions', ({ filter, scope }) => {
    if (scope !== state.choices.value.scope) session.setScope(scope);
    if (filter === null) session.turnTo('executions');
    else session.showBehind(filter);
  });
  host.on('problemAction', ({ id, action }) => state.problemMenu(id, action));
  host.on('copyValue', () => {
    session.tell('copy', { text: state.menuValue.text() });
  });
  host.on('followValue', () => state.menuValue.follow?.());
}
