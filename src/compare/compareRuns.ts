import { inOneGo, type Steps } from '../base/steps.ts';
import { alignRows } from './alignRows.ts';
import { AttemptsIn } from './attempts.ts';
import type { Compared } from './compared.ts';
import type { ComparedRun } from './comparedRun.ts';
import { areOtherwiseWritten, contentKeys, encodingOf } from './contents.ts';
import { findFirst, isOwnFailure, isRealMove, type FirstDifference } from './firstDifference.ts';
import { groupsOf, type DifferenceGroup } from './groups.ts';
import { createJudge } from './leafJudge.ts';
import { keepingData } from './keepingData.ts';
import { GoodRuns, type Learnt } from './learnt.ts';
import { goesThroughSteps } from '../trace/execution.ts';
import type { AlignedRow } from './mergedRows.ts';
import type { TreeNode } from '../trace/tree.ts';
import { notComparedIn, type NotCompared } from './notCompared.ts';
import { compareRow, type ComparedRow } from './rowDifferences.ts';
import { SamePlaces } from './samePlaces.ts';
import { ownSectionOf } from './sections.ts';
import { compareSides } from './valueDifferences.ts';
import { isWithoutCause } from './withoutCause.ts';

/** What two executions differ in. */
export interface Comparison {
  readonly first: FirstDifference | null;
  readonly groups: readonly DifferenceGroup[];
  readonly rows: readonly ComparedRow[];
  readonly notCompared: readonly NotCompared[];
  /** How many values are others in every run. */
  readonly folded: number;
  /** How many good runs told what is another in each, and what none had; 0 where too few are known. */
  readonly goodRuns: number;
  /** It is one execution. */
  readonly isSame: boolean;
  /** No node of the one is a node of the other, by id or by name. */
  readonly isOtherFlow: boolean;
  /** Of services that go through steps: neither of the two left an entry of one. */
  readonly hasNoSteps?: true;
}

/** So many rows are some milliseconds, if nothing in them has to be decoded. */
const rowsInStep = 20;

/** The same as `compareSteps`, in one go. */
export function compareRuns(...runs: Parameters<typeof compareSteps>): Comparison {
  return inOneGo(compareSteps(...runs));
}

/**
 * Compares an execution with one before it, in steps between which others can have their turn. Knows the good ones of the
 * flow, if there are several: what is another value in each of them is no difference. Pure, and n log n in the nodes of
 * both.
 */
export function* compareSteps(
  from: ComparedRun,
  to: ComparedRun,
  good: readonly ComparedRun[] = [],
): Steps<Comparison> {
  const [before, after] = [keepingData(from), keepingData(to)];
  const isLoose = areOtherwiseWritten(yield* encodingOf(before), yield* encodingOf(after));
  const goodRuns = new GoodRuns(good.map(keepingData));
  const world = { before, after, isLoose, places: new SamePlaces() };
  const aligned = yield* alignRows(before, after, {
    before: contentKeys(before),
    after: contentKeys(after),
  });
  yield;
  const occurrences = new Occurrences(aligned.rows);
  const learntOfRow = (row: AlignedRow | undefined): Learnt =>
    goodRuns.learnt(after, row?.after ?? null, occurrences.of(row?.after));
  const own = (section: 'input' | 'output') => {
    const [old, now] = [before, after].map((run) => ownSectionOf(run.ownData(), section));
    return compareSides(
      section,
      { run: null, values: old ?? [], count: 1 },
      { run: null, values: now ?? [], count: 1 },
      createJudge(world, learntOfRow(undefined)),
    );
  };
  const trigger = yield* own('input');
  const judgeOf = (row: AlignedRow) => createJudge(world, learntOfRow(row));
  const attempts = { before: new AttemptsIn(before), after: new AttemptsIn(after) };
  const rowWorld = { ...world, attempts, judgeOf };
  const found: ComparedRow[] = [];
  for (const row of aligned.rows) {
    found.push(yield* compareRow(row, rowWorld));
    if (found.length % rowsInStep === 0) yield;
  }
  const rows = found.map((row, place, all) => {
    return row.moved && !isRealMove(all, place) ? { ...row, moved: false } : row;
  });
  const answer = yield* own('output');
  const havingRan = (row: ComparedRow) => havingRanAs(row, goodRuns, occurrences);
  const hadBefore: Compared['hadBefore'] = (place, ...value) =>
    learntOfRow(rows[place]).hasBeen(...value);
  const compared = { before, after, rows, trigger, answer, havingRan, hadBefore };
  yield;
  const first = findFirst(compared);
  yield;
  const groups = yield* groupsOf({
    ...compared,
    ...{ first, goodRuns: goodRuns.count },
    learntOf: (place) => learntOfRow(rows[place]),
  });
  const isAlone =
    first !== null && isOwnFailure(first, rows) && isWithoutCause(first.row, rows, groups);
  return {
    first: isAlone ? { ...first, isWithoutCause: true } : first,
    groups,
    rows,
    notCompared: notComparedIn(compared, isLoose),
    goodRuns: goodRuns.count,
    folded: foldedIn(rows) + trigger.folded.length + answer.folded.length,
    isSame:
      before.summary.key === after.summary.key && before.summary.beginMs === after.summary.beginMs,
    isOtherFlow: areOfOtherFlows(rows),
    ...(rows.length === 0 && goesThroughSteps(after.summary.kind) && { hasNoSteps: true }),
  };
}

/** One that left no entry may be of any flow. */
function areOfOtherFlows(rows: readonly AlignedRow[]): boolean {
  const counts = { before: 0, after: 0, both: 0 };
  for (const { before, after } of rows) {
    if (before !== null) counts.before++;
    if (after !== null) counts.after++;
    if (before !== null && after !== null) counts.both++;
  }
  return counts.before > 0 && counts.after > 0 && counts.both === 0;
}

/** Which of the runs of its node a row after is, and how many there are. */
class Occurrences {
  private readonly counts = new Map<string, number>();
  private readonly places = new Map<TreeNode, number>();

  constructor(rows: readonly AlignedRow[]) {
    for (const { after } of rows) {
      if (after === null) continue;
      const count = this.count(after.nodeId);
      this.places.set(after, count);
      this.counts.set(after.nodeId, count + 1);
    }
  }

  of(node: TreeNode | null | undefined): number {
    return (node == null ? undefined : this.places.get(node)) ?? 0;
  }

  count(nodeId: string): number {
    return this.counts.get(nodeId) ?? 0;
  }
}

/** Of a row that one of the two lacks: how many good runs went that way as well; null where nobody can tell. */
function havingRanAs(
  { before, after }: AlignedRow,
  goodRuns: GoodRuns,
  occurrences: Occurrences,
): number | null {
  const node = after ?? before;
  if (node?.run == null || goodRuns.count === 0) return null;
  if (after !== null) return goodRuns.havingRun(node.nodeId, occurrences.of(after) + 1);
  return goodRuns.count - goodRuns.havingRun(node.nodeId, occurrences.count(node.nodeId) + 1);
}

function foldedIn(rows: readonly ComparedRow[]): number {
  let count = 0;
  for (const { differences } of rows) {
    if (differences === null) continue;
    const { input, output, config } = differences;
    count += input.folded.length + output.folded.length + config.folded.length;
  }
  return count;
}
