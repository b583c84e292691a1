import { inTurns } from '../base/steps.ts';
import type { FirstDifference } from '../compare/firstDifference.ts';
import type { ComparedRow } from '../compare/rowDifferences.ts';
import type { Found, IsSo, LookedRun } from '../compare/sinceWhen.ts';
import { normalText } from '../problems/normalText.ts';
import type { SinceAnswer, SinceQuery } from '../protocol/compare.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import type { RecalledRuns } from './recalledRuns.ts';
import type { ExecutionRecords } from './executionRecords.ts';
import type { TreeView } from './treeView.ts';

/** What looking through the runs of a flow needs. */
export interface SinceWorld {
  readonly room: ExecutionRecords;
  readonly tree: Pick<TreeView, 'lookInto'>;
  readonly earlier: Pick<RecalledRuns, 'ofFlow'>;
  readonly turn: () => Promise<void>;
}

/** Enough to see when something began; each is read and decoded. */
const mostRuns = 40;
/** A second's work, whatever size they have. */
const mostBytes = 24 * 1024 * 1024;

/** Looks in which of the runs of a flow, `ofFlow` newest first, a difference is as in one of them. */
export async function comparedSince(
  world: SinceWorld,
  query: SinceQuery,
  found: {
    readonly first: FirstDifference | null;
    readonly rows: readonly ComparedRow[];
    readonly stored: StoredExecution;
    readonly summary: ExecutionSummary;
    readonly ofFlow: readonly StoredExecution[];
  },
): Promise<SinceAnswer> {
  const { differenceIn, sinceWhen } = await import('../compare/compareBundle.ts');
  const { first, rows, stored, summary } = found;
  const isSo = first === null ? null : differenceIn(first, rows, summary, normalText);
  if (isSo === null) return { query, since: null, unread: 0 };
  const window = found.ofFlow.slice(0, mostRuns);
  const room = mostRuns - window.length;
  // One more tells whether there are older ones.
  const before = await world.earlier.ofFlow(stored, room + 1);
  const hasOlder = found.ofFlow.length > mostRuns || before.length > room;
  const all = new Set([...window, stored, ...before.slice(0, room)]);
  const runs = [...all].sort((a, b) => b.sortMs - a.sortMs);
  const looked: { beginMs: number; isSo: Found | undefined }[] = [];
  let unread = 0;
  let left = mostBytes - stored.recordBytes;
  // What there is no more work for is the oldest.
  for (const run of runs) {
    const bytes = run === stored ? 0 : run.recordBytes;
    const told = bytes > left ? null : await lookAt(world, run, isSo);
    if (told === null) unread++;
    else {
      left -= bytes;
      looked.push({ beginMs: run.sortMs, isSo: told.isSo });
    }
  }
  return { query, since: sinceWhen(looked.reverse(), hasOlder), unread };
}

/** Null where its record can't be read any more. */
async function lookAt(
  { room, tree, turn }: SinceWorld,
  stored: StoredExecution,
  isSo: IsSo,
): Promise<{ readonly isSo: Found | undefined } | null> {
  const found = await room.read(stored);
  if (!found.ok) return null;
  const record = tree.lookInto(found.value);
  for (const _ of record.prepare()) await turn();
  await turn();
  const { runs } = record.execution();
  const run: LookedRun = {
    ...{ summary: stored.summary, runs, dataOf: (key) => record.nodeData(key) },
    ownData: () => record.executionData(),
  };
  return { isSo: await inTurns(isSo(run), turn) };
}
