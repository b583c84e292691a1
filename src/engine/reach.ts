import type { Reach } from '../protocol/status.ts';
import type { Reader } from '../sources/reader.ts';
import type { ExecutionStore } from '../store/executionStore.ts';

/** How far back the list reaches: as far as the source was read, or as memory holds it. */
export function reachOf(
  { readBack, isReadingOlder }: Pick<Reader, 'readBack' | 'isReadingOlder'>,
  { leftUntilMs }: Pick<ExecutionStore, 'leftUntilMs'>,
): Reach | null {
  if (readBack === null) return null;
  const { sinceMs, before } = readBack;
  const state = isReadingOlder ? 'reading' : leftUntilMs === null ? 'idle' : 'full';
  return {
    sinceMs: leftUntilMs === null ? sinceMs : Math.max(leftUntilMs, sinceMs ?? 0),
    before,
    state,
  };
}
