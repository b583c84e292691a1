import { systemClock } from '../src/base/systemClock.ts';
import type { ComparedRun } from '../src/compare/comparedRun.ts';
import { type ComposedEngine, composeEngine } from '../src/engine/compose.ts';
import type { FlowDocument } from '../src/flow/flowDocument.ts';
import { flowOf } from '../src/analysis/asPast.ts';
import { leastToTell } from '../src/analysis/flaky.ts';
import { groupsOf } from '../src/base/groups.ts';
import type { PastExecution } from '../src/analysis/pastExecution.ts';
import type { ConsumedRecord, RecordPosition } from '../src/record/consumedRecord.ts';
import type { RejectedRecord } from '../src/trace/rejected.ts';
import { comparedRun } from '../src/answers/comparedRun.ts';
import type { Opened } from '../src/answers/openedExecution.ts';
import type { ExecutionKey } from '../src/trace/execution.ts';
import type { TreeNode } from '../src/trace/tree.ts';
import { wholeTree } from '../src/trace/wholeTree.ts';
import type { PrintedExecution } from '../src/view/treeText.ts';
import { type HistoryOf, ownHistories } from './ownHistory.ts';
import { pastOf } from './pastTrace.ts';

type TracedExecution = PrintedExecution & { readonly compared: ComparedRun };

/** What a trace file holds, ready to be printed. */
export interface PrintedTrace {
  readonly executions: readonly TracedExecution[];
  readonly rejected: readonly RejectedRecord[];
}

/** So many records at once, so that what can't be read of them is still listed. */
const sliceSize = 500;

/**
 * What the engine makes of records: in the order of the file, services below the workflow that called them. Nothing
 * is let go of: who prints a file has room for it. Without history where nothing of it is printed: it is made of several
 * good runs.
 */
export async function printedTrace(
  records: Iterable<ConsumedRecord>,
  flow: FlowDocument | null,
  { withHistory = true }: { readonly withHistory?: boolean } = {},
): Promise<PrintedTrace> {
  const engine = composeEngine({ clock: systemClock, emit: () => undefined, salt: '' });
  const { store, rejected, flows, intake, list, tree } = engine;
  const endless = Number.POSITIVE_INFINITY;
  store.setLimits({ maxBytes: endless, maxExecutions: endless, maxSummaryBytes: endless });
  const refused: RejectedRecord[] = [];
  const places = new Map<string, number>();
  try {
    if (flow !== null) flows.set('file:///flow', '', { ok: true, value: flow });
    const all = [...records];
    for (let from = 0; from < all.length; from += sliceSize) {
      const before = rejected.total;
      await intake.take(all.slice(from, from + sliceSize));
      refused.push(...rejected.page(0, rejected.total - before).toReversed());
    }
    all.forEach((record, place) => places.set(placeOf(record), place));
    const keys = list.keys({ kind: 'all' }, '');
    const historyOf = withHistory ? await historiesOf(engine, keys) : undefined;
    const executions: { readonly place: number; readonly printed: TracedExecution }[] = [];
    // One after the other: the next one is told by the same good runs, which are decoded by then.
    for (const key of keys) {
      const opened = await tree.opened(key);
      const record = await tree.recordOf(key, null);
      const { stored, summary, failing, findings, itemFailures, leftOut } = opened;
      const label = flows.labelFor(stored.summary);
      executions.push({
        place: places.get(placeOf(stored.record)) ?? 0,
        printed: {
          ...{ summary, failing, tree: asRecorded(opened), findings, itemFailures, leftOut },
          name: label?.name ?? summary.subject,
          dataOf: (run: string) => record.nodeData(run),
          ownData: () => record.executionData(),
          compared: comparedRun(opened, record),
          ...(historyOf && { history: await historyOf(key) }),
        },
      });
    }
    executions.sort((a, b) => a.place - b.place);
    return { executions: executions.map(({ printed }) => printed), rejected: refused };
  } finally {
    await engine.close();
  }
}

async function historiesOf(
  engine: ComposedEngine,
  keys: readonly ExecutionKey[],
): Promise<HistoryOf> {
  const pasts: PastExecution[] = [];
  const byFlow = groupsOf(keys, (key) => {
    const stored = engine.store.get(key);
    return stored === undefined ? '' : flowOf(stored.summary);
  });
  for (const ofFlow of byFlow.values()) {
    // Against so few nothing is usual, and of a long run what numbers are made of takes as long as its tree.
    if (ofFlow.length < leastToTell) continue;
    for (const key of ofFlow) pasts.push(await pastOf(engine, key));
  }
  pasts.sort((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));
  return ownHistories(engine, pasts);
}

/** Its tree, in which the workflows that it called have the names of their records: one flow file is given, for one flow. */
function asRecorded({ tree, calledSummaries }: Opened): readonly TreeNode[] {
  const recorded = new Map(calledSummaries.map((summary) => [summary.key, summary]));
  if (recorded.size === 0) return tree;
  const copy = wholeTree(tree);
  // A list of what is left instead of recursion: a tree may be deep.
  for (const todo: Writable<TreeNode>[] = [...copy]; todo.length > 0;) {
    const node = todo.pop();
    if (node === undefined) break;
    if (node.subExecution !== null) {
      node.subExecution = recorded.get(node.subExecution.key) ?? node.subExecution;
    }
    todo.push(...node.children);
  }
  return copy;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function placeOf({ topic, partition, offset }: RecordPosition): string {
  return `${topic} ${String(partition)} ${offset}`;
}
