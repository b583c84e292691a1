import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionKey } from '../trace/execution.ts';

/** Good runs that are larger teach nothing that smaller ones don't. */
const mostGoodBytes = 512 * 1024;

/** The last execution of the same flow in the window before it that went well; one that came to the node where it failed, if any did. */
export function lastGoodBefore(
  store: ExecutionStore,
  key: ExecutionKey,
): StoredExecution | undefined {
  return lastGood(store, key, (other, stored) => other.sortMs <= stored.sortMs);
}

/** The last of them behind it. */
export function lastGoodBehind(
  store: ExecutionStore,
  key: ExecutionKey,
): StoredExecution | undefined {
  return lastGood(store, key, (other, stored) => other.sortMs > stored.sortMs);
}

function lastGood(
  store: ExecutionStore,
  key: ExecutionKey,
  fits: (other: StoredExecution, stored: StoredExecution) => boolean,
): StoredExecution | undefined {
  const stored = store.get(key);
  if (stored === undefined) return undefined;
  const failedAt = stored.summary.failing?.nodeId ?? null;
  let found: StoredExecution | undefined;
  for (const other of goodOf(store, stored, (one) => fits(one, stored))) {
    if (failedAt === null || other.summary.nodeIds.includes(failedAt)) return other;
    found ??= other;
  }
  return found;
}

/** Others of its flow that went well, newest first, to learn from; large ones are left out. */
export function goodRuns(
  store: ExecutionStore,
  key: ExecutionKey,
  most: number,
): readonly StoredExecution[] {
  const stored = store.get(key);
  if (stored === undefined) return [];
  const found: StoredExecution[] = [];
  for (const other of goodOf(store, stored, isSmall)) {
    if (found.push(other) >= most) break;
  }
  return found;
}

/** Whether it is looked into without being asked for. */
export function isSmall({ recordBytes }: StoredExecution): boolean {
  return recordBytes <= mostGoodBytes;
}

/** The others of its flow in the window, newest first. */
export function* othersOfFlow(
  store: ExecutionStore,
  of: StoredExecution,
  fits: (other: StoredExecution) => boolean,
): Generator<StoredExecution, undefined> {
  const { listed } = store;
  for (let index = listed.length - 1; index >= 0; index--) {
    const other = listed[index];
    if (other === undefined || other === of) continue;
    if (fits(other) && isOfSameFlow(other, of)) yield other;
  }
  return undefined;
}

function goodOf(
  store: ExecutionStore,
  of: StoredExecution,
  fits: (other: StoredExecution) => boolean,
) {
  return othersOfFlow(store, of, (other) => other.summary.outcome === 'succeeded' && fits(other));
}

function isOfSameFlow({ summary: one }: StoredExecution, { summary: other }: StoredExecution) {
  if (one.kind !== other.kind) return false;
  if (one.flowId !== '' || other.flowId !== '') return one.flowId === other.flowId;
  if (one.nodeIds.length + other.nodeIds.length === 0) return one.subject === other.subject;
  return one.nodeIds.some((id) => other.nodeIds.includes(id));
}
