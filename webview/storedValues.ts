import { storedTarget } from '../src/protocol/storedTarget.ts';
import { fetchAnswerMs } from '../src/protocol/storedText.ts';
import type { EngineStatus } from '../src/protocol/status.ts';
import type { StoredValuePort } from './inspector/storedFetches.ts';
import type { PanelSession } from './session.ts';
import type { PanelState } from './state.ts';

/** Fetches large values of what is inspected, through the engine. */
export function storedValuePort(
  session: PanelSession,
  state: PanelState,
  hostRewrite: EngineStatus['hostRewrite'],
): StoredValuePort {
  return {
    hostOf: (address) => {
      const target = storedTarget(address, hostRewrite);
      return target.ok ? target.value.url.host : null;
    },
    fetch: (id, name, address, consent) => {
      const { content } = state.inspected.value;
      const isExecution = content?.kind === 'execution';
      const key = isExecution ? content.summary.key : (state.tree.value?.query.key ?? '');
      const row = isExecution ? null : (content?.row.key ?? null);
      return session.ask('fetchStored', { id, key, row, name, address, consent }, fetchAnswerMs);
    },
    cancel: (id) => {
      session.ask('cancelFetch', { id }).catch(() => undefined);
    },
    openSetting: (setting) => {
      session.tell('openSettings', { setting });
    },
  };
}
