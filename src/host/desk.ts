import type { HostEvents } from '../protocol/hostProtocol.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { EngineClient } from './engineClient.ts';
import type { NodeRevealer } from './revealNode.ts';
import type { Saves } from './saving.ts';
import type { Selection } from './selection.ts';

/** Where the reader works: in the trace panels, or in the editor of a trace file, which has an engine of its own. */
export interface Desk {
  readonly engine: EngineClient;
  readonly revealer: NodeRevealer;
  readonly selection: Pick<Selection, 'key'>;
  readonly saving: Saves;
  /** Brings it to front. */
  show(): void;
  /** Tells its page something. */
  emit<K extends keyof HostEvents>(name: K, payload: HostEvents[K]): void;
  /** Tells the page whose menu was opened. */
  emitToMenu<K extends keyof HostEvents>(name: K, payload: HostEvents[K]): void;
  say(sentence: string, key?: ExecutionKey | null): void;
}
