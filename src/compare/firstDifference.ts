import type { FailingNode, Outcome } from '../trace/execution.ts';
import type { NodeStatus, TreeNode } from '../trace/tree.ts';
import { CauseSearch, isStart, type Root } from './causeSearch.ts';
import type { Compared } from './compared.ts';
import type { ComparedRun } from './comparedRun.ts';
import { isGotOver } from './gotOver.ts';
import { isNothing } from './jsonValues.ts';
import { possibleCauses, possibleCausesBefore } from './possibleCauses.ts';
import {
  hasOtherData,
  isChanged,
  timeOf,
  type ComparedRow,
  type RowDifferences,
  type Two,
} from './rowDifferences.ts';
import { noDifferences, type SideDifferences, type ValueDifference } from './valueDifferences.ts';

/** What it is that differs first. `trigger`: what the execution was started with; `way`: another node came next. */
export type What =
  | 'trigger'
  | 'output'
  | 'status'
  | 'error'
  | 'input'
  | 'config'
  | 'way'
  | 'added'
  | 'missing'
  | 'attempts'
  | 'rounds'
  | 'runs'
  | 'name'
  | 'order'
  | 'cutOff'
  | 'answer'
  | 'outcome'
  | 'time';

/** What came of the first difference. */
export type Effect =
  | { readonly kind: 'failed' | 'noLongerFailed'; readonly row: number }
  | { readonly kind: 'cutOff'; readonly row: number }
  /** It failed, and nothing says where. */
  | { readonly kind: 'executionFailed' }
  /** Rows that one of the two alone has; -1: none. */
  | { readonly kind: 'way'; readonly ran: number; readonly insteadOf: number };

/** Where two executions begin to differ: the cause, not the first in time. */
export interface FirstDifference {
  readonly what: What;
  /** The place of the row; -1: the execution itself. */
  readonly row: number;
  /** The value that differs, where it is one. */
  readonly value: ValueDifference | null;
  /** How many more values of the same kind differ there. */
  readonly more: number;
  /** Of another way: what ran now, and what ran before; -1: nothing. */
  readonly ran: number;
  readonly insteadOf: number;
  /** Of a node that ran more often, or less: how often. */
  readonly runs: Two<number> | null;
  readonly effect: Effect | null;
  /** Which one failed beside the one that is told of, and how many did. */
  readonly alsoFailed?: { readonly row: number; readonly count: number };
  /** What is told of came of other data, which each run has: it tells nothing of the step. */
  readonly isOtherData?: true;
  /** It failed, and all that differs before is as in good runs, as far as they tell. */
  readonly isWithoutCause?: true;
}

/** The first difference of two executions; null where nothing differs that counts. */
export function findFirst(compared: Compared): FirstDifference | null {
  const [isFailed, wasFailed] = [compared.after, compared.before].map(
    ({ summary }) => summary.outcome === 'failed',
  );
  const isNowGood = isFailed !== true && wasFailed === true;
  const possible = isNowGood ? possibleCausesBefore(compared) : possibleCauses(compared);
  const wanted = targetOf(possible);
  const target = wanted ?? targetOf(compared);
  // What good runs had as well tells nothing of a failure.
  if (target === null || (wanted === null && isFailed === true)) {
    return withoutRows(possible, compared) ?? timeAlone(compared);
  }
  const found = causeOf(target, wanted === null ? compared : possible);
  if (found.row === target.row && isUnknown(compared.rows[target.row])) {
    return withoutRows(possible, compared) ?? found;
  }
  const effect = effectOf(target, found, compared);
  const [other, ...more] = target.kind === 'failed' ? failedBeside(target.row, compared) : [];
  return {
    ...{ ...found, effect },
    ...(other !== undefined && { alsoFailed: { row: other, count: 1 + more.length } }),
    ...(isOfOtherData(found, compared) && { isOtherData: true }),
  };
}

/** A step that must have failed: nothing says which one. */
function isUnknown(row: ComparedRow | undefined): boolean {
  return row?.before === null && row.after?.run === null && row.after.subExecution === null;
}

/** Whether it is no more than that a step failed. */
export function isOwnFailure(
  { what, row }: FirstDifference,
  rows: readonly ComparedRow[],
): boolean {
  const status = rows[row]?.after?.status;
  return what === 'status' && (status === 'failed' || status === 'unended');
}

function causeOf(target: Target, compared: Compared): FirstDifference {
  const { rows, trigger } = compared;
  const search = new CauseSearch(rows, trigger);
  const found = cutOff(target, described(search.rootOf(target.row), compared, search), compared);
  if (target.kind !== 'failed' || !isUsualWay(found, compared)) return found;
  return { ...nothing, what: 'status', row: target.row };
}

/** Whether good runs went the same way, which then leads to no failure. */
function isUsualWay({ what, row, ran, insteadOf }: FirstDifference, compared: Compared): boolean {
  const taken = compared.rows[what === 'way' ? (ran === -1 ? insteadOf : ran) : row];
  return isWay(what) && taken !== undefined && (compared.havingRan(taken) ?? 0) > 0;
}

/** Whether what differs is what one would expect of a run that was given other data. */
function isOfOtherData({ what, row }: FirstDifference, { rows, trigger }: Compared): boolean {
  const isGivenOther = hasOtherData(rows[row]?.differences?.input);
  switch (what) {
    case 'output':
    case 'way':
    case 'rounds':
      return isGivenOther;
    case 'input':
      return isGivenOther || trigger.differences.length > 0 || hasOtherData(trigger);
    default:
      return false;
  }
}

/** The rows that failed now and not before beside one, each by itself: neither what is in another of them, nor what it is in. */
function failedBeside(place: number, { rows }: Compared): number[] {
  const failed = rows.flatMap((row, at) => (hasFailed(row) ? [at] : []));
  const around = new Set<number>();
  for (const one of [place, ...failed]) {
    for (let at = rows[one]?.parent ?? -1; at !== -1 && !around.has(at);) {
      around.add(at);
      at = rows[at]?.parent ?? -1;
    }
  }
  const level = rows[place]?.level ?? 0;
  const end = rows.findIndex((row, at) => at > place && row.level <= level);
  const isInside = (at: number) => at >= place && (end === -1 || at < end);
  return failed.filter((at) => !around.has(at) && !isInside(at));
}

/** Also where the flow went on. */
function hasFailed({ before, after, differences }: ComparedRow): boolean {
  if (after?.subExecution !== null) return false;
  const isMadeGood = differences?.count != null || after.count > 1;
  if (after.status !== 'failed' && (after.status !== 'recovered' || isMadeGood)) return false;
  return before === null || before.status === 'succeeded';
}

interface Target {
  readonly row: number;
  readonly kind: 'failed' | 'noLongerFailed' | 'cutOff' | 'differs';
}

/** What is to be explained: where it failed, or no longer does; else the first row that differs. */
function targetOf({ before, after, rows }: Compared): Target | null {
  const failed = placeOf(after.failing, rows, 'after');
  const failedBefore = placeOf(before.failing, rows, 'before');
  const differs = (place: number) => {
    const row = rows[place];
    return row !== undefined && row.mark !== 'same';
  };
  if (failed !== -1 && failed !== failedBefore) return { row: failed, kind: 'failed' };
  if (failed !== -1 && differs(failed)) return { row: failed, kind: 'failed' };
  if (failed === -1 && failedBefore !== -1 && after.summary.outcome !== 'failed') {
    return { row: failedBefore, kind: 'noLongerFailed' };
  }
  const first = firstDiffering(rows);
  if (first === -1) return null;
  const wasOpen = isOpen(before.summary.outcome);
  const { outcome } = after.summary;
  const isCutOff = isOpen(outcome) ? !wasOpen : wasOpen && outcome === 'succeeded';
  return { row: first, kind: isCutOff ? 'cutOff' : 'differs' };
}

/** One that does not say how it ended may have been cut off as well. */
function isOpen(outcome: Outcome): boolean {
  return outcome !== 'succeeded' && outcome !== 'failed';
}

function placeOf(
  failing: FailingNode | null,
  rows: readonly ComparedRow[],
  side: 'before' | 'after',
): number {
  if (failing === null) return -1;
  const { runKey, nodeId } = failing;
  return rows.findIndex((row) => {
    const node: TreeNode | null = row[side];
    if (node?.subExecution !== null) return false;
    if (runKey !== null) return node.run?.key === runKey;
    return node.inferred && node.status === 'failed' && (nodeId === null || nodeId === node.nodeId);
  });
}

/** Names, orders and counts differ behind what differs in what was given, set and done; so do lists in another order. */
function firstDiffering(rows: readonly ComparedRow[]): number {
  const isOwn = ({ before, after }: ComparedRow) => (after ?? before)?.subExecution === null;
  const find = (is: (row: ComparedRow) => boolean) =>
    rows.findIndex((row) => isOwn(row) && is(row));
  const tests: readonly ((row: ComparedRow) => boolean)[] = [
    ({ differences }) =>
      differences === null || hasValues(differences, ({ change }) => change !== 'moved'),
    ({ differences }) => differences !== null && hasValues(differences),
    ({ differences }) => differences !== null && isChanged(differences),
  ];
  for (const test of tests) {
    const place = find(test);
    if (place !== -1) return place;
  }
  return rows.findIndex((row, place) => row.moved && isOwn(row) && isRealMove(rows, place));
}

function hasValues(
  { input, output, config, status, error }: RowDifferences,
  counts: (value: ValueDifference) => boolean = () => true,
): boolean {
  const hasSide = [input, output, config].some((side) => side.differences.some(counts));
  return hasSide || error !== null || isTurned(status);
}

/** Rows that ran at the same time change places by chance. */
export function isRealMove(rows: readonly ComparedRow[], place: number): boolean {
  const row = rows[place];
  const neighbours = [rows[place - 1], rows[place + 1]].filter((other) => {
    return other !== undefined && other.parent === row?.parent;
  });
  return neighbours.every((other) =>
    (['before', 'after'] as const).every((side) => !overlap(row?.[side], other?.[side])),
  );
}

function overlap(one: TreeNode | null | undefined, other: TreeNode | null | undefined): boolean {
  if (one?.beginMs == null || other?.beginMs == null) return false;
  if (one.endMs === null || other.endMs === null) return true;
  return one.beginMs < other.endMs && other.beginMs < one.endMs;
}

const bad: ReadonlySet<NodeStatus> = new Set(['failed', 'unended', 'cancelled', 'stalled']);

/** Whether a status is a failure that the other is none of. */
export function isTurned(status: RowDifferences['status']): boolean {
  return status !== null && bad.has(status.before) !== bad.has(status.after);
}

const nothing = {
  ...{ value: null, more: 0, ran: -1, insteadOf: -1, runs: null },
  effect: null,
} as const;

function described(root: Root, compared: Compared, search: CauseSearch): FirstDifference {
  const { rows, trigger } = compared;
  switch (root.kind) {
    case 'start':
      return { ...nothing, what: 'trigger', row: root.row, ...valueOf(trigger) };
    case 'given': {
      const what = isStart(rows[root.row]) ? 'trigger' : 'input';
      const more = besides(rows[root.row]?.differences?.input ?? noDifferences);
      return { ...nothing, what, row: root.row, value: root.value, more };
    }
    case 'way':
      return ofWay(root, rows, search);
    case 'row':
      return ofRow(root.row, compared);
  }
}

/** From one node on other ones ran. */
function ofWay(
  { row, to }: { readonly row: number; readonly to: number },
  rows: readonly ComparedRow[],
  search: CauseSearch,
): FirstDifference {
  const mark = rows[to]?.mark;
  const other = rows.findIndex((one, place) => {
    if (one.mark !== 'added' && one.mark !== 'missing') return false;
    return one.mark !== mark && search.predecessor(place) === row;
  });
  const [ran, insteadOf] = mark === 'added' ? [to, other] : [other, to];
  const decides = /^(?:if-else|decision-making|switch)$/.test(rows[row]?.after?.type ?? '');
  if (!decides && (ran === -1 || insteadOf === -1)) {
    return ofAlone(to, rows);
  }
  return { ...nothing, what: 'way', row, ran, insteadOf };
}

/** What ran in one of them alone: the node at all, or once more. */
function ofAlone(place: number, rows: readonly ComparedRow[]): FirstDifference {
  const what = rows[place]?.before === null ? 'added' : 'missing';
  const runs = runsOf(place, rows);
  if (runs.before === 0 || runs.after === 0) return { ...nothing, what, row: place };
  return { ...nothing, what: 'runs', row: place, runs };
}

/** How often the node of a row ran. */
function runsOf(place: number, rows: readonly ComparedRow[]): Two<number> {
  const row = rows[place];
  const id = (row?.after ?? row?.before)?.nodeId;
  const count = (side: 'before' | 'after') => rows.filter((one) => one[side]?.nodeId === id).length;
  return { before: count('before'), after: count('after') };
}

/** Where one of them was cut off, nothing that came next tells more. */
function cutOff(target: Target, found: FirstDifference, compared: Compared): FirstDifference {
  if (target.kind !== 'cutOff' || !isWay(found.what)) return found;
  const row = lastRan(compared);
  // What ran elsewhere than behind its end is another way.
  const place = found.what === 'way' ? Math.max(found.ran, found.insteadOf) : found.row;
  return place > row ? { ...nothing, what: 'cutOff', row } : found;
}

function isWay(what: What): boolean {
  return what === 'way' || what === 'added' || what === 'missing' || what === 'runs';
}

function ofRow(place: number, { rows, trigger }: Compared): FirstDifference {
  const row = rows[place];
  const differences = row?.differences ?? null;
  if (differences === null) {
    return ofAlone(place, rows);
  }
  const { input, output, config, status, error, count, name } = differences;
  const found = (what: What, value: Partial<FirstDifference> = {}) => ({
    ...nothing,
    ...{ what, row: place },
    ...value,
  });
  if (input.differences.length > 0) {
    if (!isStart(row)) return found('input', valueOf(input));
    return found('trigger', valueOf(trigger.differences.length > 0 ? trigger : input));
  }
  if (isTurned(status) || isGotOver(differences)) return found('status');
  if (output.differences.length > 0) return found('output', valueOf(output));
  if (error !== null) return found('error');
  if (config.differences.length > 0) return found('config', valueOf(config));
  if (count !== null) return found(count.isAttempts ? 'attempts' : 'rounds');
  if (status !== null) return found('status');
  if (name !== null) return found('name');
  return found('order');
}

/** Something, and no empty value; nor the sid, which services leave out. */
function wasThere({ before, path }: ValueDifference): boolean {
  return !isNothing(before) && path.at(-1) !== 'sid';
}

/** How many values differ besides one. */
function besides({ differences, more }: Pick<SideDifferences, 'differences' | 'more'>): number {
  return Math.max(0, differences.length - 1 + more);
}

/** What became nothing says most, then what came and went, then the first. */
function valueOf({ differences, more }: SideDifferences): Pick<FirstDifference, 'value' | 'more'> {
  const value =
    differences.find((one) => one.change === 'removed' && wasThere(one)) ??
    differences.find(({ change }) => change !== 'moved') ??
    differences[0] ??
    null;
  return { value, more: besides({ differences, more }) };
}

function effectOf(target: Target, found: FirstDifference, compared: Compared): Effect | null {
  const { before, after, rows } = compared;
  if (target.kind === 'cutOff') {
    const isNow = isOpen(after.summary.outcome);
    return found.what === 'cutOff' || !isNow ? null : { kind: 'cutOff', row: lastRan(compared) };
  }
  if (target.kind !== 'differs') {
    return target.row === found.row ? null : { kind: target.kind, row: target.row };
  }
  if (after.summary.outcome === 'failed' && before.summary.outcome !== 'failed') {
    return { kind: 'executionFailed' };
  }
  if (isWay(found.what)) return null;
  const ids = new Set(rows.flatMap((row) => row.before?.nodeId ?? []));
  const idsNow = new Set(rows.flatMap((row) => row.after?.nodeId ?? []));
  const alone = (mark: ComparedRow['mark']) =>
    rows.findIndex((row) => {
      const node = row.after ?? row.before;
      if (row.mark !== mark || node === null || node.subExecution != null) return false;
      return !ids.has(node.nodeId) || !idsNow.has(node.nodeId);
    });
  const [ran, insteadOf] = [alone('added'), alone('missing')];
  return ran === -1 && insteadOf === -1 ? null : { kind: 'way', ran, insteadOf };
}

/** The row that ran last before one of the two was cut off. */
function lastRan({ after, rows }: Compared): number {
  const side = isOpen(after.summary.outcome) ? 'after' : 'before';
  return rows.findLastIndex((row) => row[side]?.run != null);
}

/** Of services that have no nodes. */
function withoutRows(
  { before, after, trigger, answer }: Compared,
  all: Compared,
): FirstDifference | null {
  const own = { ...nothing, row: -1 };
  if (trigger.differences.length > 0) return { ...own, what: 'trigger', ...valueOf(trigger) };
  const [old, now] = [before.summary, after.summary];
  const isTold = old.outcome !== 'unreported' && now.outcome !== 'unreported';
  const differs = old.outcome !== now.outcome || old.code !== now.code;
  const isOther = hasOtherData(trigger) || all.trigger.differences.length > 0;
  if (isTold && differs) {
    return { ...own, what: 'outcome', ...(isOther && { isOtherData: true }) };
  }
  if (answer.differences.length > 0) return { ...own, what: 'answer', ...valueOf(answer) };
  return null;
}

/** The row that took most longer, or least; containers stand for what is in them. */
function timeAlone({ before, after, rows }: Compared): FirstDifference | null {
  const containers = new Set(
    rows.filter(({ differences }) => differences?.time != null).map(({ parent }) => parent),
  );
  let place = -1;
  let most = 0;
  rows.forEach(({ differences }, index) => {
    const time = differences?.time;
    if (time == null || containers.has(index)) return;
    const change = Math.abs(time.after - time.before);
    if (change <= most) return;
    most = change;
    place = index;
  });
  if (place !== -1) return { ...nothing, what: 'time', row: place };
  const own = ownTimes(before, after);
  return own === null ? null : { ...nothing, what: 'time', row: -1 };
}

function ownTimes(before: ComparedRun, after: ComparedRun) {
  return timeOf(before.summary.durationMs, after.summary.durationMs);
}
