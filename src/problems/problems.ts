import { groupsOf } from '../analysis/groups.ts';
import { hasEnded, type PastExecution, type PastFailure } from '../analysis/pastExecution.ts';
import type { Category } from '../diagnosis/category.ts';
import type { CauseId } from '../diagnosis/causes.ts';
import type { ExecutionKey, Milliseconds, NodeId } from '../trace/execution.ts';
import { lineages } from './lineage.ts';
import { normalText } from './normalText.ts';
import { type Judged, type Standing, standingOf, type Verdict } from './problemState.ts';

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
    const byNode = groupsOf(failed, ({ failure }) => failure.nodeId);
    return [...byNode].flatMap(([nodeId, ofNode]) => {
      const came = runs.filter((run) => nodeId === null || cameTo(run, nodeId));
      const byText = groupsOf(ofNode, (run) => fingerprintOf(lineage, run));
      return [...byText].flatMap(([fingerprint, failures]) =>
        problemOf(fingerprint, failures, came, nowMs),
      );
    });
  });
  return problems.sort((a, b) => b.lastMs - a.lastMs);
}

function fingerprintOf(lineage: string, { failure, code }: Failed): string {
  const { nodeId, cause, category, text } = failure;
  return JSON.stringify([version, lineage, nodeId, cause ?? category, code, normalText(text)]);
}

function cameTo({ nodes, failure }: PastExecution, nodeId: NodeId): boolean {
  return failure?.nodeId === nodeId || nodes.some((node) => node.nodeId === nodeId);
}

function problemOf(
  fingerprint: string,
  failed: readonly Failed[],
  came: readonly Timed[],
  nowMs: Milliseconds,
): readonly Problem[] {
  const [first, last] = [failed[0], failed.at(-1)];
  if (first === undefined || last === undefined) return [];
  const failures = new Set<Timed>(failed);
  const { nodeId, cause, category, text } = last.failure;
  const judged = came.map((run): Judged => {
    const { beginMs, revision } = run;
    return { beginMs, revision, verdict: failures.has(run) ? 'failed' : verdictOf(run, nodeId) };
  });
  const place = came.indexOf(first);
  const good = came.slice(0, place).findLast((run) => verdictOf(run, nodeId) === 'passed');
  return [
    {
      ...{ fingerprint, flow: last.flow, flowName: last.name, nodeId, nodeName: last.failure.name },
      ...{ cause, category, code: last.code, text, count: failed.length },
      ...{ firstMs: first.beginMs, lastMs: last.beginMs, runsSince: came.length - place },
      failures: failed.map(({ key, sid }) => ({ key, sid })),
      lastGood: good?.key ?? null,
      ...standingOf(judged, nowMs),
    },
  ];
}

/** An execution that failed elsewhere passed the node as well; one that failed there otherwise says nothing. */
function verdictOf({ outcome, failure, nodes }: PastExecution, nodeId: NodeId | null): Verdict {
  if (nodeId === null) return outcome === 'succeeded' ? 'passed' : 'neither';
  if (failure?.nodeId === nodeId) return 'neither';
  const runs = nodes.filter((node) => node.nodeId === nodeId);
  return runs.length > 0 &&
    runs.every(({ status }) => status === 'succeeded' || status === 'recovered')
    ? 'passed'
    : 'neither';
}
