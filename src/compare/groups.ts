import type { Json } from '../base/json.ts';
import type { Steps } from '../base/steps.ts';
import type { NodeRun } from '../trace/execution.ts';
import type { TreeNode } from '../trace/tree.ts';
import type { Compared } from './compared.ts';
import type { ComparedRun, ValuePath } from './comparedRun.ts';
import type { FirstDifference } from './firstDifference.ts';
import { isObject } from './jsonValues.ts';
import type { Learnt } from './learnt.ts';
import { ownTime } from './leafTimes.ts';
import { Pace, workOfRow } from './pace.ts';
import { foldedText } from './shapes.ts';
import { complaintsOf, logDifferences } from './logDifferences.ts';
import {
  hasOtherData,
  timeOf,
  type ComparedRow,
  type RowDifferences,
  type Two,
} from './rowDifferences.ts';
import { noDifferences, type Change, type SideDifferences } from './valueDifferences.ts';

/** What differences mean, in the order in which they are told. */
export const groupKinds = [
  ...(['flow', 'inputs', 'configuration', 'way', 'outputs', 'errors', 'times', 'tokens'] as const),
  'logs',
] as const;

/** What a group of differences is about. */
export type GroupKind = (typeof groupKinds)[number];

/** What it is that differs in an item of a group, where it is no value. */
export type Aspect =
  | ('name' | 'type' | 'flowId' | 'version' | 'status' | 'message' | 'code' | 'count' | 'attempts')
  | ('ran' | 'missing' | 'order' | 'duration' | 'tokens' | 'value' | 'ownData' | 'log');

/** One difference. */
export interface GroupItem {
  readonly aspect: Aspect;
  /** The place of its row; -1: the execution itself. */
  readonly row: number;
  /** The way to the value; empty where it is none. */
  readonly path: ValuePath;
  /** Where it stood before, if elsewhere. */
  readonly pathBefore?: ValuePath;
  readonly change: Change;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** How many good runs had it, too: what none had stands first. Null where nothing tells. */
  readonly having: number | null;
  /** Good runs differ there from each other, and it is like what they have. */
  readonly isVaried?: true;
  /** Of attempts, in how many rounds, where these are more than one. */
  readonly rounds?: Two<number>;
}

/** Differences that mean the same; those that stand out from good runs stand first, and so do groups that have such. */
export interface DifferenceGroup {
  readonly kind: GroupKind;
  readonly items: readonly GroupItem[];
  /** How many there are, whether they are among the items or not. */
  readonly total: number;
}

const nothingSaid: ReadonlyMap<string, string> = new Map();

/** Of a group nobody reads more; the rows show all. */
const mostItems = 200;

/** So many rows are some milliseconds, if nothing in them has to be decoded. */
const rowsInStep = 500;
/** More lines take some milliseconds to be decoded. */
const linesInStep = 1_000;

/** What is known of the whole. */
export interface GroupWorld extends Compared {
  readonly first: FirstDifference | null;
  /** How many tell; 0 where they are too few. */
  readonly goodRuns: number;
  readonly learntOf: (row: number) => Learnt;
}

/** Sorts what differs by what it means. */
export function* groupsOf(world: GroupWorld): Steps<readonly DifferenceGroup[]> {
  const groups = new Groups(world);
  groups.addOwn();
  for (const [place, row] of world.rows.entries()) {
    yield* groups.addRow(row, place);
    if (place % rowsInStep === 0) yield;
  }
  return groups.all();
}

type Found = Pick<GroupItem, 'aspect'> & Partial<GroupItem>;

class Groups {
  private readonly world: GroupWorld;
  /** By kind: what no good run had, nor anything like it, and the others. */
  private readonly items = new Map<GroupKind, readonly [odd: GroupItem[], others: GroupItem[]]>();
  private readonly totals = new Map<GroupKind, number>();
  private readonly pace = new Pace();

  constructor(world: GroupWorld) {
    this.world = world;
  }

  all(): readonly DifferenceGroup[] {
    const groups = groupKinds.flatMap((kind): DifferenceGroup[] => {
      const found = this.items.get(kind);
      if (found === undefined) return [];
      const items = found.flat().slice(0, mostItems);
      return [{ kind, items, total: this.totals.get(kind) ?? items.length }];
    });
    const isOdd = ({ kind }: DifferenceGroup) => this.items.get(kind)?.[0].length !== 0;
    return [...groups.filter(isOdd), ...groups.filter((group) => !isOdd(group))];
  }

  /** What differs of the executions themselves. */
  addOwn(): void {
    const { before, after, trigger, answer, goodRuns } = this.world;
    const [old, now] = [before.summary, after.summary];
    const two = (aspect: Aspect, from: Json, to: Json) => ({ aspect, before: from, after: to });
    if (old.flowId !== now.flowId) this.add('flow', -1, two('flowId', old.flowId, now.flowId));
    const versions = [versionOf(before), versionOf(after)] as const;
    // A run that failed says nothing of it.
    if (versions[0] !== versions[1] && !versions.includes(''))
      this.add('flow', -1, two('version', ...versions));
    this.addSide('inputs', -1, trigger);
    this.addOtherData();
    this.addSide('outputs', -1, answer);
    // Each of them succeeded.
    const isTold = old.outcome !== 'unreported' && now.outcome !== 'unreported';
    const having = now.outcome === 'succeeded' || goodRuns === 0 ? null : 0;
    if (old.code !== now.code)
      this.add('errors', -1, { ...two('code', old.code, now.code), having });
    else if (old.outcome !== now.outcome && isTold) {
      this.add('errors', -1, { ...two('status', old.outcome, now.outcome), having });
    }
    this.addOwnError(having);
    const time = timeOf(old.durationMs, now.durationMs);
    if (time !== null) this.add('times', -1, { aspect: 'duration', ...time });
  }

  /** Where no step has an entry that tells it. */
  private addOwnError(having: number | null): void {
    const { before, after } = this.world;
    const [old, now] = [before, after].map((run) => foldedText(ownError(run) ?? '', ownTime(run)));
    if (old === now) return;
    const error = { before: ownError(before), after: ownError(after) };
    this.add('errors', -1, { aspect: 'message', ...error, having });
  }

  *addRow(row: ComparedRow, place: number): Steps<void> {
    const { differences, before, after, mark } = row;
    if (mark === 'added' || mark === 'missing') {
      // The record of a called service left memory, or came later: no way that was taken.
      if ((before ?? after)?.subExecution != null) return;
      const [old, now] = [before?.name, after?.name];
      this.add('way', place, {
        aspect: mark === 'added' ? 'ran' : 'missing',
        ...{ before: old, after: now, having: this.world.havingRan(row) },
      });
    }
    if (row.moved) this.add('way', place, { aspect: 'order' });
    if (differences === null) return;
    this.addFlow(differences, row, place);
    this.addSide('inputs', place, differences.input);
    this.addSide('configuration', place, differences.config);
    this.addSide('outputs', place, differences.output);
    const { status, error, count, time, tokens } = differences;
    const having = (isSo: (node: TreeNode) => boolean) => this.having(row, place, isSo);
    if (status !== null) {
      const same = having((node) => node.status === status.after);
      this.add('errors', place, { aspect: 'status', ...status, having: same });
    }
    if (error !== null) {
      const same = having(({ run }) => run?.error === error.after);
      this.add('errors', place, { aspect: 'message', ...error, having: same });
    }
    if (count !== null) {
      const { isAttempts, ...counts } = count;
      this.add('way', place, { aspect: isAttempts ? 'attempts' : 'count', ...counts });
    }
    if (time !== null) this.add('times', place, { aspect: 'duration', ...time });
    if (tokens !== null) this.add('tokens', place, { aspect: 'tokens', ...tokens });
    if (mark === 'same' && !row.moved) yield* this.addLogs(row, place);
  }

  /** How many good runs are so there; null where that isn't known. */
  private having(
    { after }: ComparedRow,
    place: number,
    isSo: (node: TreeNode) => boolean,
  ): number | null {
    const rows = after?.run == null ? null : this.world.learntOf(place).rows();
    return rows?.filter(isSo).length ?? null;
  }

  /** What is told of as other data, where the first of it was given: else nobody could see it. */
  private addOtherData(): void {
    const { first, rows, trigger } = this.world;
    const given = (place: number) =>
      place === -1 ? trigger : (rows[place]?.differences?.input ?? noDifferences);
    if (first === null || !(first.isOtherData === true || hasOtherData(given(first.row)))) return;
    const place = hasOtherData(trigger) ? -1 : rows.findIndex((_, at) => hasOtherData(given(at)));
    for (const value of given(place).folded) {
      const { path, shape, before, after } = value;
      if (shape === 'learnt') this.add('inputs', place, { aspect: 'ownData', path, before, after });
    }
  }

  /** Where nothing else differs: what comes of something else is logged, too. */
  private *addLogs({ before, after }: ComparedRow, place: number): Steps<void> {
    const [old, now] = [before?.run, after?.run];
    if (old == null || now == null || old.logCount + now.logCount === 0) return;
    const { before: one, after: other, learntOf } = this.world;
    const saidIn = (run: ComparedRun, { key, logCount }: NodeRun) =>
      logCount === 0 || run.mayComplain?.(key) === false
        ? nothingSaid
        : complaintsOf(run.dataOf(key), ownTime(run));
    const said = saidIn(one, old);
    // Lines by the hundred thousand are decoded as a whole.
    if (old.logCount > linesInStep) yield;
    const saidNow = saidIn(other, now);
    if (this.pace.isDue(workOfRow)) yield;
    if (said.size + saidNow.size === 0) return;
    const good = learntOf(place).complaints();
    for (const { change, message } of logDifferences(said, saidNow, good)) {
      const isAdded = change === 'added';
      this.add('logs', place, {
        ...{ aspect: 'log', change, having: isAdded && good.length > 0 ? 0 : null },
        ...{ before: isAdded ? undefined : message, after: isAdded ? message : undefined },
      });
    }
  }

  private addFlow({ name }: RowDifferences, { before, after }: ComparedRow, place: number): void {
    if (name !== null) this.add('flow', place, { aspect: 'name', ...name });
    if (before?.type === after?.type || before?.run == null || after?.run == null) return;
    this.add('flow', place, { aspect: 'type', before: before.type, after: after.type });
  }

  private addSide(kind: GroupKind, place: number, { differences, more }: SideDifferences): void {
    if (differences.length === 0) return;
    for (const { having = null, ...difference } of differences) {
      this.add(kind, place, { aspect: 'value', ...difference, having });
    }
    this.totals.set(kind, (this.totals.get(kind) ?? 0) + more);
  }

  private add(kind: GroupKind, row: number, found: Found): void {
    const known = this.items.get(kind) ?? [[], []];
    this.items.set(kind, known);
    this.totals.set(kind, (this.totals.get(kind) ?? 0) + 1);
    const items = known[found.having === 0 && found.isVaried !== true ? 0 : 1];
    if (items.length === mostItems) return;
    items.push({
      ...{ row, path: [], change: 'changed', having: null },
      ...{ before: undefined, after: undefined },
      ...found,
    });
  }
}

/** Why it failed, as it says itself; null where that stands in the entry of a step. */
function ownError({ summary, failing }: ComparedRun): string | null {
  const isTold = failing !== null && failing.runKey !== null;
  return summary.outcome === 'failed' && !isTold && summary.message !== '' ? summary.message : null;
}

/** Which version of the flow ran, as the service calls it. */
function versionOf(run: ComparedRun): string {
  const srv = run.ownData()?.fields.find(({ name }) => name === 'srv')?.value;
  const version = isObject(srv) ? srv['workflow_version'] : undefined;
  return typeof version === 'string' ? version : '';
}
