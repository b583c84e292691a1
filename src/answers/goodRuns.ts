import type { Span } from '../analysis/spans.ts';
import type { ExecutionStore, GoodInOrder } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import { suspectTypes } from '../decode/suspectTypes.ts';
import { nodeType } from '../flow/nodeType.ts';
import type { ExecutionKey, ExecutionSummary, NodeId } from '../trace/execution.ts';

/** Good runs that are larger teach nothing that smaller ones don't. */
const mostGoodBytes = 512 * 1024;
/** It is asked with each record that comes: where so many good runs never came to a node, older ones are not looked into for it. */
const mostLookedInto = 1_000;

/** Whether it is better than others that a good run ran these nodes. */
export type IsBetter = (nodeIds: readonly NodeId[]) => boolean;

/**
 * The last execution of the same flow in the window before it that went well; a better one, if there is any: one that came to
 * the node where it failed.
 */
export function lastGoodBefore(
  store: ExecutionStore,
  key: ExecutionKey,
  isBetter?: IsBetter,
): StoredExecution | undefined {
  const stored = store.get(key);
  return stored && found(store, stored, { ...before(stored), isBetter });
}

/** The last of them behind it. */
export function lastGoodBehind(
  store: ExecutionStore,
  key: ExecutionKey,
  isBetter?: IsBetter,
): StoredExecution | undefined {
  const stored = store.get(key);
  return stored && found(store, stored, { ...behind(stored), order: 'newestFirst', isBetter });
}

/**
 * The first of them behind it that `isUsable`: it stays the same when newer ones come, so that what it tells need not be
 * learned anew with each.
 */
export function firstGoodBehind(
  store: ExecutionStore,
  key: ExecutionKey,
  isBetter: IsBetter,
  isUsable: (other: StoredExecution) => boolean,
): StoredExecution | undefined {
  const stored = store.get(key);
  const order = 'oldestFirst';
  return stored && found(store, stored, { ...behind(stored), order, isBetter, isUsable });
}

interface Sought extends GoodInOrder {
  readonly isBetter: IsBetter | undefined;
  readonly isUsable?: (other: StoredExecution) => boolean;
}

function before({ sortMs }: StoredExecution): GoodInOrder {
  return { fromMs: -Infinity, toMs: sortMs, order: 'newestFirst' };
}

function behind({ sortMs }: StoredExecution): Span {
  return { fromMs: sortMs + 1, toMs: Infinity };
}

function found(
  store: ExecutionStore,
  stored: StoredExecution,
  { isBetter = cameWhere(stored), isUsable = () => true, ...inOrder }: Sought,
): StoredExecution | undefined {
  let first: StoredExecution | undefined;
  let looked = 0;
  // Executions share their lists of nodes.
  const without = new Set<readonly NodeId[]>();
  for (const other of store.goodOfFlow(stored.summary.flowId, inOrder)) {
    if (other === stored || other.isSubExecution || !isOfSameFlow(other, stored)) continue;
    const { nodeIds } = other.summary;
    const isUseful = !without.has(nodeIds) || first === undefined;
    if (isUseful && isUsable(other)) {
      if (!without.has(nodeIds) && isBetter(nodeIds)) return other;
      without.add(nodeIds);
      first ??= other;
    }
    if (++looked >= mostLookedInto) break;
  }
  return first;
}

function cameWhere({ summary }: StoredExecution): IsBetter {
  const { failing } = summary;
  const failedAt = failing?.nodeId ?? null;
  if (failedAt !== null) return (nodeIds) => nodeIds.includes(failedAt);
  return failing?.inferred === true ? cameToSuspect(summary) : () => true;
}

/** Of one that failed in a node that left no entry: whether others ran one of which its message may speak. */
export function cameToSuspect(summary: ExecutionSummary): IsBetter {
  if (suspectTypes(summary).length === 0) return () => true;
  const ran = new Set(summary.nodeIds);
  const mayFail = mayFailIn(summary);
  return (nodeIds) => nodeIds.some((id) => !ran.has(id) && mayFail(id));
}

/** Whether a node is one of which the message of a failure may speak; any where it speaks of none. */
export function mayFailIn(summary: ExecutionSummary): (nodeId: NodeId) => boolean {
  const types = suspectTypes(summary);
  return (nodeId) => types.length === 0 || types.some((type) => type.test(nodeType(nodeId)));
}

/**
 * Others of its flow that went well, to learn from: those before it, newest first, then those after it; what is usual for
 * it is told by what was. Large ones are left out.
 */
export function goodRuns(
  store: ExecutionStore,
  key: ExecutionKey,
  most: number,
): readonly StoredExecution[] {
  const stored = store.get(key);
  if (stored === undefined) return [];
  const spans: readonly GoodInOrder[] = [
    before(stored),
    { ...behind(stored), order: 'newestFirst' },
  ];
  const found: StoredExecution[] = [];
  for (const span of spans) {
    for (const other of store.goodOfFlow(stored.summary.flowId, span)) {
      if (other === stored || other.isSubExecution || !isSmall(other)) continue;
      if (isOfSameFlow(other, stored) && found.push(other) >= most) return found;
    }
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
