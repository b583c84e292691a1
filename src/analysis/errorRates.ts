import type { Category } from '../diagnosis/category.ts';
import type { CauseId } from '../diagnosis/causes.ts';
import type { Milliseconds, NodeId } from '../trace/execution.ts';
import { byNode } from './byNode.ts';
import { lookedBack, turnsOften } from './flaky.ts';
import { groupsOf } from '../base/groups.ts';
import { leastRuns } from './increase.ts';
import { hasEnded, type PastExecution } from './pastExecution.ts';
import { wilsonInterval } from './statistics.ts';

/** How often a node failed of one cause. */
export interface NodeErrors {
  readonly flow: string;
  /** Null where no record names it. */
  readonly nodeId: NodeId | null;
  readonly name: string;
  readonly cause: CauseId | null;
  readonly category: Category;
  readonly failures: number;
  /** In how many executions it ran, or was to run when they failed. */
  readonly runs: number;
  /** Between these the rate lies with 95 %. */
  readonly low: number;
  readonly high: number;
  readonly firstMs: Milliseconds | null;
  readonly lastMs: Milliseconds | null;
  /** `new`: it surely went well before, for eight runs at least; `rising`: the later half fails more, surely. Null: neither. */
  readonly trend: 'new' | 'rising' | null;
  /** It fails and passes by turns, at the same revision. */
  readonly isFlaky: boolean;
}

/** How often a code ended executions of a flow. */
export interface CodeErrors {
  readonly flow: string;
  readonly code: number;
  readonly failures: number;
}

/** Which nodes fail, of what and how often: most often first. */
export interface ErrorRates {
  readonly nodes: readonly NodeErrors[];
  readonly codes: readonly CodeErrors[];
  /** Executions that ended well after a later attempt. */
  readonly savedByRetry: number;
  /** Of those that would have failed without; null where there are none. */
  readonly savedShare: number | null;
}

/** The error rates of executions. */
export function errorRatesOf(all: readonly PastExecution[]): ErrorRates {
  const executions = [...all].filter(hasEnded).sort((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));
  const failed = executions.filter(({ outcome }) => outcome === 'failed');
  const savedByRetry = executions.filter(
    ({ outcome, nodes }) =>
      outcome === 'succeeded' && nodes.some(({ status }) => status === 'recovered'),
  ).length;
  const inDanger = failed.length + savedByRetry;
  return {
    nodes: nodeErrors(executions),
    codes: codeErrors(failed),
    savedByRetry,
    savedShare: inDanger === 0 ? null : savedByRetry / inDanger,
  };
}

function codeErrors(failed: readonly PastExecution[]): CodeErrors[] {
  const groups = groupsOf(failed, ({ flow, code }) => JSON.stringify([flow, code]));
  const rows = [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ flow, code }) => ({ flow, code, failures: group.length })),
  );
  return rows.sort((a, b) => b.failures - a.failures);
}

function nodeErrors(executions: readonly PastExecution[]): NodeErrors[] {
  const rows = [...groupsOf(executions, ({ flow }) => flow)].flatMap(([flow, runs]) => {
    const failed = runs.filter(({ failure }) => failure !== null);
    const came = byNode(runs);
    const places = groupsOf(failed, ({ failure }) => failure?.nodeId ?? null);
    return [...places].flatMap(([nodeId, ofNode]) => {
      // Each run that came to it, in order, and where it failed of what.
      const passed = nodeId === null ? runs : (came.get(nodeId) ?? []).map(({ run }) => run);
      const byCause = groupsOf(ofNode, ({ failure }) => failure?.cause ?? failure?.category);
      return [...byCause.values()].map((ofCause) => rowOf(flow, nodeId, ofCause, passed));
    });
  });
  return rows.sort((a, b) => b.failures - a.failures);
}

function rowOf(
  flow: string,
  nodeId: NodeId | null,
  failed: readonly PastExecution[],
  passed: readonly PastExecution[],
): NodeErrors {
  const failures = new Set(failed);
  const { low, high } = wilsonInterval(failed.length, passed.length);
  const last = failed.at(-1);
  return {
    ...{ flow, nodeId, name: last?.failure?.name ?? '' },
    ...{ cause: last?.failure?.cause ?? null, category: last?.failure?.category ?? 'unknown' },
    ...{ failures: failed.length, runs: passed.length, low, high },
    ...{ firstMs: failed[0]?.beginMs ?? null, lastMs: last?.beginMs ?? null },
    trend: trendOf(passed.map((run) => failures.has(run))),
    isFlaky: nodeId !== null && isFlaky(passed, failures),
  };
}

function trendOf(fails: readonly boolean[]): NodeErrors['trend'] {
  return trendOfParts(fails.map((isFailed) => ({ runs: 1, failures: isFailed ? 1 : 0 })));
}

/** How often it ran and failed in a part of the time. */
export interface RatePart {
  readonly runs: number;
  readonly failures: number;
}

/** Of what is known by parts, in their order; what happened when within one is not known. */
export function trendOfParts(parts: readonly RatePart[]): NodeErrors['trend'] {
  if (isNew(parts)) return 'new';
  const { runs } = sumOf(parts);
  if (runs < 2 * leastRuns) return null;
  let [middle, before] = [0, 0];
  for (; before + (parts[middle]?.runs ?? Infinity) <= runs / 2; middle++)
    before += parts[middle]?.runs ?? 0;
  const rate = (some: readonly RatePart[]) => {
    const sum = sumOf(some);
    return wilsonInterval(sum.failures, sum.runs);
  };
  return rate(parts.slice(middle)).low > rate(parts.slice(0, middle)).high ? 'rising' : null;
}

/** A node that fails one run in twenty goes well for eight often enough: that is no change. */
const leastChance = 0.01;

/** It went well for a while; and since then each run failed, or failures would hardly all be that late by chance. */
function isNew(parts: readonly RatePart[]): boolean {
  const first = parts.findIndex(({ failures }) => failures > 0);
  if (first === -1) return false;
  const before = sumOf(parts.slice(0, first)).runs;
  const { runs, failures } = sumOf(parts.slice(first));
  if (before < leastRuns) return false;
  if (failures === runs) return true;
  let chance = 1;
  for (let failed = 0; failed < failures && chance >= leastChance; failed++)
    chance *= (runs - failed) / (before + runs - failed);
  return chance < leastChance;
}

function sumOf(parts: readonly RatePart[]): RatePart {
  let [runs, failures] = [0, 0];
  for (const part of parts) {
    runs += part.runs;
    failures += part.failures;
  }
  return { runs, failures };
}

function isFlaky(passed: readonly PastExecution[], failures: ReadonlySet<PastExecution>): boolean {
  return turnsOften(
    passed
      .slice(-lookedBack)
      .map((run) => ({ revision: run.revision, passed: !failures.has(run) })),
  );
}
