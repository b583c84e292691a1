import { groupsOf } from '../analysis/groups.ts';
import { byNode, type CameToNode } from '../analysis/byNode.ts';
import { hasEnded, type PastExecution, type PastFailure } from '../analysis/pastExecution.ts';
import type { Category } from '../diagnosis/category.ts';
import type { CauseId } from '../diagnosis/causes.ts';
import type { ExecutionKey, Milliseconds, NodeId } from '../trace/execution.ts';
import { lineages } from './lineage.ts';
import { normalText } from './normalText.ts';
import { nodePast, type NodePast, type Standing, standingOf } from './problemState.ts';

/** Failures that are the same: at one node of one flow, of one cause, with one text but for what differs from run to run. */
export interface Problem extends Standing {
  /** Stable over restarts, and over imports of the flow. */
  readonly fingerprint: string;
  /** The flow of the newest failure. */
  readonly flow: string;
  readonly flowName: string;
  /** Null where no record names it. */
  readonly nodeId: NodeId | null;
  readonly nodeName: string;
  readonly cause: CauseId | null;
  readonly category: Category;
  readonly code: number;
  /** What the newest failure said, masked. */
  readonly text: string;
  readonly count: number;
  readonly firstMs: Milliseconds;
  readonly lastMs: Milliseconds;
  /** How many runs came to the node since it first failed. */
  readonly runsSince: number;
  /** The executions that failed, oldest first. */
  readonly failures: readonly { readonly key: ExecutionKey; readonly sid: string }[];
  /** The last execution before the first failure that passed the node. */
  readonly lastGood: ExecutionKey | null;
}

/** Stands before each fingerprint: another way to make them has another, so that old ones are known as such. */
const version = '1';

interface Timed extends PastExecution {
  readonly beginMs: Milliseconds;
}

interface Failed extends Timed {
  readonly failure: PastFailure;
}

/** The problems of executions, those that failed last first; `nowMs` tells how long nothing has run. */
export function problemsOf(
  executions: readonly PastExecution[],
  nowMs: Milliseconds,
): readonly Problem[] {
  const lineageOf = lineages(executions);
  const ended = executions
    .filter((run): run is Timed => hasEnded(run) && run.beginMs !== null)
    .sort((a, b) => a.beginMs - b.beginMs);
  const families = groupsOf(ended, ({ flow }) => lineageOf.get(flow) ?? flow);
  const problems = [...families].flatMap(([lineage, runs]) => {
    const failed = runs.filter((run): run is Failed => run.failure !== null);
    const came = byNode(runs);
    const places = groupsOf(failed, ({ failure }) => failure.nodeId);
    return [...places].flatMap(([nodeId, ofNode]) => {
      const past = pastOf(nodeId === null ? runs.map(asWhole) : (came.get(nodeId) ?? []));
      const byText = groupsOf(ofNode, (run) => fingerprintOf(lineage, run));
      return [...byText].flatMap(([fingerprint, failures]) =>
        problemOf(fingerprint, failures, past, nowMs),
      );
    });
  });
  return problems.sort((a, b) => b.lastMs - a.lastMs);
}

/** Where no record names the node, the execution has to have ended well. */
function asWhole(run: Timed): CameToNode<Timed> {
  return { run, passed: run.outcome === 'succeeded' };
}

interface Past extends NodePast {
  readonly placeOf: ReadonlyMap<Timed, number>;
  /** By place: the last run before it that passed. */
  readonly goodBefore: readonly (ExecutionKey | null)[];
}

function pastOf(came: readonly CameToNode<Timed>[]): Past {
  let good: ExecutionKey | null = null;
  const goodBefore = came.map(({ run, passed }) => {
    const before = good;
    if (passed) good = run.key;
    return before;
  });
  const runs = came.map(({ run: { beginMs, revision }, passed }) => {
    return { beginMs, revision, passed };
  });
  const placeOf = new Map(came.map(({ run }, place) => [run, place]));
  return { ...nodePast(runs), placeOf, goodBefore };
}

function fingerprintOf(lineage: string, { failure, code }: Failed): string {
  const { nodeId, cause, category, text } = failure;
  return JSON.stringify([version, lineage, nodeId, cause ?? category, code, normalText(text)]);
}

function problemOf(
  fingerprint: string,
  failed: readonly Failed[],
  past: Past,
  nowMs: Milliseconds,
): readonly Problem[] {
  const [first, last] = [failed[0], failed.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { nodeId, name, cause, category, text } = last.failure;
  const failedAt = failed.flatMap((run) => past.placeOf.get(run) ?? []);
  const [place = 0] = failedAt;
  return [
    {
      ...{ fingerprint, flow: last.flow, flowName: last.name, nodeId, nodeName: name },
      ...{ cause, category, code: last.code, text, count: failed.length },
      ...{ firstMs: first.beginMs, lastMs: last.beginMs, runsSince: past.runs.length - place },
      failures: failed.map(({ key, sid }) => ({ key, sid })),
      lastGood: past.goodBefore[place] ?? null,
      ...standingOf(past, failedAt, nowMs),
    },
  ];
}
