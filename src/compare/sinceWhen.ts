import type { Json } from '../base/json.ts';
import type {
  ExecutionData,
  ExecutionSummary,
  Milliseconds,
  NodeData,
  NodeId,
  NodeRun,
  RunKey,
} from '../trace/execution.ts';
import type { Named, ValuePath } from './comparedRun.ts';
import type { FirstDifference } from './firstDifference.ts';
import { canonicalText, insideText, isList, isNothing, isObject } from './jsonValues.ts';
import type { ComparedRow } from './rowDifferences.ts';
import { ownSectionOf, sectionOf } from './sections.ts';

/** A run of the flow in which a difference is looked for. */
export interface LookedRun {
  readonly summary: Pick<ExecutionSummary, 'outcome' | 'code'>;
  readonly runs: readonly Pick<NodeRun, 'key' | 'nodeId' | 'status' | 'error'>[];
  readonly dataOf: (run: RunKey) => NodeData | undefined;
  readonly ownData: () => ExecutionData | undefined;
}

/** Whether a run is as the one that was compared. `otherwise`: it failed there too, but of something else. */
export type Found = boolean | 'otherwise';

/** Tells that of a run; undefined where that doesn't tell. In steps: a node may have run often. */
export type IsSo = (run: LookedRun) => Generator<undefined, Found | undefined>;

/** What is the same in each error of one cause. */
export type NormalText = (error: string) => string;

/** What a node got and gave is decoded for each of its runs: so many are some milliseconds. */
const runsInStep = 20;

/**
 * How to tell of any run whether it has a difference; null where that can't be told by one run alone. Of a failure that is
 * told with its error, another error is another failure.
 */
export function differenceIn(
  first: FirstDifference,
  rows: readonly ComparedRow[],
  after: Pick<ExecutionSummary, 'outcome' | 'code'>,
  normal: NormalText,
): IsSo | null {
  if (first.value !== null) return ofValue(first, nodeOf(rows[first.row]));
  const row = rows[first.row];
  switch (first.what) {
    case 'status': {
      const status = row?.after?.status;
      const hasSame = sameError(errorOf(row), normal);
      return (run) =>
        ofNode(run, nodeOf(row), (one) => one.status === status && hasSame(one.error));
    }
    case 'error': {
      const error = row?.differences?.error?.after ?? null;
      const hasSame = sameError(error, normal);
      return (run) =>
        ofNode(run, nodeOf(row), (one) =>
          error === null ? one.error === null : one.error !== null && hasSame(one.error),
        );
    }
    case 'added':
      return atOnce((run) => hasRun(run, nodeOf(row)));
    case 'missing':
      return atOnce((run) => !hasRun(run, nodeOf(row)));
    case 'way': {
      const [ran, insteadOf] = [rows[first.ran], rows[first.insteadOf]];
      if (ran !== undefined) return atOnce((run) => hasRun(run, nodeOf(ran)));
      return atOnce((run) => !hasRun(run, nodeOf(insteadOf)));
    }
    case 'outcome':
    case 'cutOff':
      return atOnce(({ summary }) => {
        if (summary.outcome !== after.outcome) return false;
        return summary.code === after.code || (after.outcome === 'failed' && 'otherwise');
      });
    default:
      return null;
  }
}

function errorOf(row: ComparedRow | undefined): string | null {
  const { error = null } = row?.after?.run ?? {};
  return row?.differences?.error?.after ?? error;
}

/** Where no error is quoted each failure is meant. */
function sameError(quoted: string | null, normal: NormalText): (error: string | null) => Found {
  const wanted = quoted === null ? null : normal(quoted);
  return (error) => wanted === null || (error !== null && normal(error) === wanted) || 'otherwise';
}

function atOnce(isSo: (run: LookedRun) => Found): IsSo {
  return function* (run) {
    return isSo(run);
  };
}

function ofValue({ what, value }: FirstDifference, nodeId: NodeId): IsSo | null {
  if (value === null) return null;
  const { path, change, after } = value;
  const isSo = asAfter(change, after);
  if (isSo === null) return null;
  switch (what) {
    case 'trigger':
      return function* (run) {
        const own = ownSectionOf(run.ownData(), 'input');
        const isOwn = own.some(({ name }) => name === path[0]);
        return isOwn ? isSo(valueAt(own, path)) : yield* inNode(run, 'input');
      };
    case 'answer':
      return atOnce((run) => isSo(valueAt(ownSectionOf(run.ownData(), 'output'), path)));
    case 'input':
    case 'config':
    case 'output':
      return (run) => inNode(run, what);
    default:
      return null;
  }
  function inNode(run: LookedRun, section: 'input' | 'output' | 'config'): ReturnType<IsSo> {
    return ofNode(
      run,
      nodeId,
      ({ key }) => isSo?.(valueAt(sectionOf(run.dataOf(key), section), path)) === true,
    );
  }
}

/** What a value has to be like; null where one alone doesn't tell. */
function asAfter(
  change: NonNullable<FirstDifference['value']>['change'],
  after: Json | undefined,
): ((value: Json | undefined) => boolean) | null {
  switch (change) {
    case 'removed':
      return isNothing;
    case 'added':
      return (value) => !isNothing(value);
    case 'retyped':
      return (value) => typeof value === typeof after;
    case 'changed': {
      if (after === undefined) return isNothing;
      const text = canonicalText(after);
      return (value) => value !== undefined && canonicalText(value) === text;
    }
    case 'moved':
    case 'secret':
    case 'otherPlace':
      return null;
  }
}

/** The last round stands for all: a record keeps no more of each. */
function valueAt(values: readonly Named[], [name, ...path]: ValuePath): Json | undefined {
  let value: Json | undefined = values.find((one) => one.name === name)?.rounds.at(-1);
  for (const step of path) {
    value = insideText(value) ?? value;
    if (isList(value) && typeof step === 'number') value = value[step];
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

function nodeOf(row: ComparedRow | undefined): NodeId {
  return (row?.after ?? row?.before)?.nodeId ?? '';
}

function hasRun({ runs }: LookedRun, nodeId: NodeId): boolean {
  return runs.some((run) => run.nodeId === nodeId);
}

/** Of a node that didn't run nothing is told. */
function* ofNode(
  { runs }: LookedRun,
  nodeId: NodeId,
  isSo: (run: LookedRun['runs'][number]) => Found,
): ReturnType<IsSo> {
  let looked = 0;
  let found: Found = false;
  for (const run of runs) {
    if (run.nodeId !== nodeId) continue;
    const told = isSo(run);
    if (told === true) return true;
    if (told === 'otherwise') found = told;
    if (++looked % runsInStep === 0) yield;
  }
  return looked === 0 ? undefined : found;
}

/** In how many of the runs since when something is so. */
export interface SinceWhen {
  readonly count: number;
  readonly of: number;
  /** How many of the others failed there too, but of something else. */
  readonly otherwise?: number;
  readonly sinceMs: Milliseconds;
  /** The first run that is known has it: it may be older. */
  readonly isFromStart: boolean;
  /** Older runs were not looked at, so nobody knows since when: it is counted in all that were. */
  readonly isOfLast?: true;
}

/**
 * Since when something is so, told of runs in their order; null where it is in none. Runs go to and fro: each is looked at,
 * and how many have it is said, rather than one from which on all do. `hasOlder`: they are the last of more.
 */
export function sinceWhen(
  runs: readonly { readonly beginMs: Milliseconds; readonly isSo: Found | undefined }[],
  hasOlder = false,
): SinceWhen | null {
  const told = runs.filter(({ isSo }) => isSo !== undefined);
  const at = told.findIndex(({ isSo }) => isSo === true);
  const first = told[at];
  if (first === undefined) return null;
  const since = hasOlder ? told : told.slice(at);
  const counted = (wanted: Found) => since.filter(({ isSo }) => isSo === wanted).length;
  const otherwise = counted('otherwise');
  return {
    ...{ count: counted(true), of: since.length, sinceMs: first.beginMs, isFromStart: at === 0 },
    ...(otherwise > 0 && { otherwise }),
    ...(hasOlder && { isOfLast: true }),
  };
}
