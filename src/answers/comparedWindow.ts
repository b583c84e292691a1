import type { Json } from '../base/json.ts';
import { partsThatDiffer } from '../base/partsThatDiffer.ts';
import type { ComparedRun } from '../compare/comparedRun.ts';
import type { Comparison } from '../compare/compareRuns.ts';
import type { ComparedRow } from '../compare/rowDifferences.ts';
import { type ToldRow, toldRow } from '../compare/toldRow.ts';
import type { SideDifferences, ValueDifference } from '../compare/valueDifferences.ts';
import { areOfOneFile } from '../flow/nodesOfId.ts';
import type {
  CompareQuery,
  CompareWindow,
  SentComparedRow,
  SentSide,
  SideBySide,
} from '../protocol/compare.ts';
import { earlierCalls } from '../trace/earlierCalls.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import type { TreeNode } from '../trace/tree.ts';
import { asSent } from './openedExecution.ts';

/** Rows that one page shows at most. */
const mostRows = 1_000;
/** Of a value in a list of differences; side by side it is whole. */
const longestValue = 500;

/** What is kept of one of them: not its record, which may be large. */
type Side = Pick<ComparedRun, 'summary' | 'retried' | 'madeGood' | 'lostMs'>;

/** A comparison whose rows are asked for page by page. */
export interface KeptComparison {
  readonly before: Side;
  readonly after: Side;
  readonly comparison: Comparison;
  /** What each page tells beside its rows. Made once: the values that it shows in short may be large. */
  readonly told: Pick<CompareWindow, 'first' | 'groups' | 'told' | 'hasBothWays'>;
  /** The places of the rows that are shown: all, or with true those that differ. */
  readonly shown: Map<boolean, readonly number[]>;
}

/** A comparison without the records of the two. */
export function keptComparison(
  before: ComparedRun,
  after: ComparedRun,
  comparison: Comparison,
): KeptComparison {
  const { first, groups } = comparison;
  const told = {
    first: first?.value == null ? first : { ...first, value: sentValue(first.value) },
    groups: groups.map((group) => ({ ...group, items: group.items.map(sentValue) })),
    told: toldRows(comparison),
    hasBothWays: hasBothWays(comparison.rows),
  };
  return { before: sideOf(before), after: sideOf(after), comparison, told, shown: new Map() };
}

/** What is sent of a comparison: all that is told of it, and a page of its rows. `from`: where the one before is. */
export function comparedWindow(
  query: CompareQuery,
  kept: KeptComparison,
  {
    nameOf,
    from,
    hasFlow,
  }: {
    readonly nameOf: (of: ExecutionSummary) => string;
    readonly from: string | undefined;
    readonly hasFlow: boolean;
  },
): CompareWindow {
  const { before, after, comparison, told } = kept;
  const { notCompared, folded, goodRuns, isSame, isOtherFlow, hasNoSteps, rows } = comparison;
  const shown = shownPlaces(kept, query.onlyDifferences);
  const limit = Math.min(query.limit, mostRows);
  const start = Math.max(0, Math.min(offsetOf(query, kept, shown), shown.length - limit));
  const named = ({ summary }: Side) => ({ name: nameOf(summary), summary: asSent(summary) });
  return {
    ...{ kind: 'compared', query, after: named(after) },
    before: { ...named(before), ...(from === undefined ? {} : { from }) },
    ...{ notCompared, folded, goodRuns, isSame, isOtherFlow, hasFlow },
    ...(hasNoSteps && { hasNoSteps }),
    ...told,
    extentMs: Math.max(before.summary.durationMs ?? 0, after.summary.durationMs ?? 0, 1),
    differences: shown.flatMap((place, index) => (rows[place]?.mark === 'same' ? [] : [index])),
    totalRows: shown.length,
    start,
    rows: shown.slice(start, start + limit).flatMap((place) => {
      const row = rows[place];
      return row === undefined ? [] : [sentRow(row, place, before, after)];
    }),
  };
}

/** Where a page begins: with the row that is wanted in its middle. */
function offsetOf(
  { offset, limit, around }: CompareQuery,
  { comparison: { first } }: KeptComparison,
  shown: readonly number[],
): number {
  if (around === undefined) return offset;
  const at = shown.indexOf(around ?? first?.row ?? -1);
  return at === -1 ? offset : at - Math.floor(limit / 2);
}

/** As steps are found in a flow file: by their ids, else by a name that one of its steps has alone. */
function hasBothWays(rows: readonly ComparedRow[]): boolean {
  // What another service did is no step of the file.
  const pairs = rows.flatMap(({ before, after }) =>
    before === null || after?.subExecution !== null ? [] : [{ before, after }],
  );
  if (pairs.some(({ before, after }) => areOfOneFile(before.nodeId, after.nodeId))) return true;
  const ids = new Map(pairs.map(({ after: { name, nodeId } }) => [name, nodeId]));
  const isAlone = ({ name, nodeId }: TreeNode) => ids.get(name) === nodeId;
  return (
    pairs.length > 0 &&
    pairs.every(({ before, after }) => before.name === after.name && isAlone(after))
  );
}

/** With what they hang below, so that they are found. */
function shownPlaces({ comparison: { rows }, shown }: KeptComparison, onlyDifferences: boolean) {
  const known = shown.get(onlyDifferences);
  if (known !== undefined) return known;
  const wanted = new Set<number>();
  rows.forEach(({ mark, parent }, place) => {
    if (onlyDifferences && mark === 'same') return;
    wanted.add(place);
    for (
      let above = parent;
      above !== -1 && !wanted.has(above);
      above = rows[above]?.parent ?? -1
    ) {
      wanted.add(above);
    }
  });
  const places = [...wanted].sort((a, b) => a - b);
  shown.set(onlyDifferences, places);
  return places;
}

function toldRows({ first, groups, rows }: Comparison): readonly (readonly [number, ToldRow])[] {
  const places = new Set(groups.flatMap(({ items }) => items.map(({ row }) => row)));
  if (first !== null) {
    const { effect } = first;
    for (const place of [first.row, first.ran, first.insteadOf]) places.add(place);
    if (first.alsoFailed !== undefined) places.add(first.alsoFailed.row);
    if (effect !== null && 'row' in effect) places.add(effect.row);
    if (effect?.kind === 'way') places.add(effect.ran).add(effect.insteadOf);
  }
  return [...places].flatMap((place) => {
    const row = rows[place];
    return row === undefined ? [] : [[place, toldRow(row)] as const];
  });
}

function sentRow(
  { level, mark, moved, before, after, differences }: ComparedRow,
  place: number,
  old: Side,
  now: Side,
): SentComparedRow {
  const node = after ?? before;
  const sub = node?.subExecution ?? null;
  const count = (section: 'input' | 'output' | 'config') => {
    const side = differences?.[section];
    return side === undefined ? 0 : side.differences.length + side.more;
  };
  return {
    ...{ place, level, mark, moved },
    name: [after?.name, before?.name].find((name) => name !== undefined && name !== '') ?? '',
    ...{ nodeId: node?.nodeId ?? '', type: node?.type ?? '' },
    ...(sub === null ? {} : { executionKind: sub.kind }),
    ...{ before: sentSide(before, old), after: sentSide(after, now) },
    ...{ input: count('input'), output: count('output'), config: count('config') },
  };
}

function sideOf({ summary, retried, madeGood, lostMs }: ComparedRun): Side {
  return {
    ...{ summary, retried },
    ...(madeGood !== undefined && { madeGood }),
    ...(lostMs !== undefined && { lostMs }),
  };
}

function sentSide(node: TreeNode | null, { summary, ...side }: Side): SentSide | null {
  if (node === null) return null;
  const { status, beginMs, durationMs, count } = node;
  const earlier = earlierCalls(node);
  const called = earlier === null || beginMs === null ? undefined : beginMs - earlier.fromMs;
  const lost = side.lostMs?.get(node.key);
  const lostMs = lost ?? called;
  const sinceMs = beginMs === null || summary.beginMs === null ? null : beginMs - summary.beginMs;
  return {
    ...{ status, sinceMs, durationMs, count },
    ...(side.retried.has(node.key) ? { isRetried: true } : {}),
    ...(side.madeGood?.has(node.key) === true ? { isMadeGood: true } : {}),
    ...(lostMs === undefined ? {} : { lostMs }),
    ...(lostMs === lost ? {} : { isLeast: true }),
  };
}

/** What differs in a section, each value in short. */
export function sentChanges(
  side: SideDifferences | undefined,
): Pick<SideBySide['sections'][number], 'changes' | 'moreChanges' | 'folded'> {
  return {
    changes: side?.differences.map(sentValue) ?? [],
    ...{ moreChanges: side?.more ?? 0, folded: side?.folded.length ?? 0 },
  };
}

/** A value in short: lists of differences are read, not searched. */
function sentValue<T extends Pick<ValueDifference, 'before' | 'after'>>(difference: T): T {
  const { before: old, after: now } = difference;
  if (typeof old === 'string' && typeof now === 'string') {
    const [before, after] = partsThatDiffer(old, now, longestValue);
    return { ...difference, before, after };
  }
  return { ...difference, before: short(old), after: short(now) };
}

function short(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return value;
  if (typeof value === 'string') return cut(value);
  if (typeof value !== 'object') return value;
  const text = JSON.stringify(value);
  return text.length <= longestValue ? value : cut(text);
}

function cut(text: string): string {
  if (text.length <= longestValue) return text;
  return `${text.slice(0, longestValue - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
