import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionKey, Milliseconds, NodeId } from '../trace/execution.ts';

/** Good runs that are larger teach nothing that smaller ones don't. */
const mostGoodBytes = 512 * 1024;
/** It is asked with each record that comes: where so many good runs never came to a node, older ones are not looked into for it. */
const mostLookedInto = 1_000;

/** The last execution of the same flow in the window before it that went well; one that came to the node where it failed, if any did. */
export function lastGoodBefore(
  store: ExecutionStore,
  key: ExecutionKey,
): StoredExecution | undefined {
  const stored = store.get(key);
  return stored && lastGood(store, stored, -Infinity, stored.sortMs);
}

/** The last of them behind it. */
export function lastGoodBehind(
  store: ExecutionStore,
  key: ExecutionKey,
): StoredExecution | undefined {
  const stored = store.get(key);
  return stored && lastGood(store, stored, stored.sortMs + 1, Infinity);
}

function lastGood(
  store: ExecutionStore,
  stored: StoredExecution,
  fromMs: Milliseconds,
  toMs: Milliseconds,
): StoredExecution | undefined {
  const { failing, flowId } = stored.summary;
  const failedAt = failing?.nodeId ?? null;
  let found: StoredExecution | undefined;
  let looked = 0;
  // Executions share their lists of nodes.
  const without = new Set<readonly NodeId[]>();
  for (const other of store.newestOfFlow(flowId, fromMs, toMs)) {
    if (other.summary.outcome !== 'succeeded' || other === stored) continue;
    if (other.isSubExecution || !isOfSameFlow(other, stored)) continue;
    const { nodeIds } = other.summary;
    if (failedAt === null || (!without.has(nodeIds) && nodeIds.includes(failedAt))) return other;
    without.add(nodeIds);
    found ??= other;
    if (++looked >= mostLookedInto) break;
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
  const isGood = (other: StoredExecution) =>
    other.summary.outcome === 'succeeded' && isSmall(other);
  for (const other of othersOfFlow(store, stored, isGood)) {
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

function isOfSameFlow({ summary: one }: StoredExecution, { summary: other }: StoredExecution) {
  if (one.kind !== other.kind) return false;
  if (one.flowId !== '' || other.flowId !== '') return one.flowId === other.flowId;
  if (one.nodeIds.length + other.nodeIds.length === 0) return one.subject === other.subject;
  return one.nodeIds.some((id) => other.nodeIds.includes(id));
}
