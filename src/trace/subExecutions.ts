import type { ExecutionKind, ExecutionSummary } from './execution.ts';
import { unnamedKey, type GrowingNode } from './treeRowNodes.ts';

/** Which types of nodes call which service. */
const callers: Partial<Record<ExecutionKind, RegExp>> = {
  rpa: /^rpa$/,
  link: /^(?:plugin|mcp|agent)$/,
  aitools: /^(?:plugin|mcp|agent)$/,
  agent: /^agent$/,
  workflow: /^flow$/,
};

/** Whether a node of a type calls a service of a kind. */
export function callsService(type: string, kind: ExecutionKind): boolean {
  return callers[kind]?.test(type) === true;
}

/** Clocks of two machines, and the way between them. */
const toleranceMs = 2_000;
/** How far back a caller is looked for: more don't overlap in one execution. */
const mostLooks = 64;

/** The rows that may have called, by what they can call: looked through once for all calls. */
export interface PossibleCallers {
  readonly rows: readonly GrowingNode[];
  readonly fitting: (kind: ExecutionKind) => readonly GrowingNode[];
}

/** Sorts the rows of a tree by what they can call. */
export function possibleCallers(rows: readonly GrowingNode[]): PossibleCallers {
  const byKind = new Map<ExecutionKind, readonly GrowingNode[]>();
  const fitting = (kind: ExecutionKind) => {
    let found = byKind.get(kind);
    if (found === undefined) {
      const type = callers[kind];
      found = rows.filter((row) => type?.test(row.type) === true && row.status !== 'notRun');
      byKind.set(kind, found);
    }
    return found;
  };
  return { rows, fitting };
}

/**
 * Finds the row of the node that called: of the right type, its time around the call's; else, for the earlier
 * rounds of a repeated node, the next that ended after it; else the one that left no entry; else the only
 * one there is. Undefined when none fits.
 */
export function findCaller(
  sub: ExecutionSummary,
  { rows, fitting: fittingFor }: PossibleCallers,
): GrowingNode | undefined {
  if (callers[sub.kind] === undefined) return undefined;
  const fitting = fittingFor(sub.kind);
  return (
    bestInTime(sub, fitting) ??
    fitting.find((row) => row.run !== null && row.count > 1 && endsAfter(row, sub)) ??
    fitting.find((row) => row.run === null) ??
    fitting.find((row) => row.count > 1) ??
    rows.find((row) => row.key === unnamedKey && sub.outcome === 'failed') ??
    (fitting.length === 1 && hasNoTimes(fitting[0], sub) ? fitting[0] : undefined)
  );
}

function bestInTime(sub: ExecutionSummary, rows: readonly GrowingNode[]): GrowingNode | undefined {
  const { beginMs, endMs } = sub;
  if (beginMs === null) return undefined;
  let best: GrowingNode | undefined;
  let looks = mostLooks;
  // Rows stand by begin, so from the end the first fitting ones are the closest.
  for (let index = rows.length - 1; index >= 0 && looks > 0; index--) {
    const row = rows[index];
    if (row?.beginMs == null || row.beginMs > beginMs + toleranceMs) continue;
    looks--;
    const rowEnd = row.endMs ?? Number.POSITIVE_INFINITY;
    if (rowEnd + toleranceMs < (endMs ?? beginMs) || rowEnd + toleranceMs < beginMs) continue;
    if (best === undefined || distance(row, beginMs) < distance(best, beginMs)) best = row;
  }
  return best;
}

function distance(row: GrowingNode, beginMs: number): number {
  return Math.abs((row.beginMs ?? 0) - beginMs);
}

function endsAfter(row: GrowingNode, sub: ExecutionSummary): boolean {
  return (row.endMs ?? Number.POSITIVE_INFINITY) + toleranceMs >= (sub.endMs ?? 0);
}

function hasNoTimes(row: GrowingNode | undefined, sub: ExecutionSummary): boolean {
  return row?.beginMs == null || sub.beginMs === null;
}
