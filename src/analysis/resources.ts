import type { NodeId } from '../trace/execution.ts';
import type { ResourceUse } from '../trace/recordFacts.ts';
import { groupsOf } from '../base/groups.ts';
import { type Increase, increases, type Measured, type Spread, spreadOf } from './increase.ts';
import type { PastExecution } from './pastExecution.ts';

/** What the executions of a flow use. */
export interface FlowResources {
  readonly flow: string;
  readonly name: string;
  readonly executions: number;
  readonly recordBytes: Spread;
  /** Inputs and outputs, of executions in which somebody looked for them. */
  readonly payloadBytes: Spread;
  readonly tokens: Spread;
  readonly logLines: Spread;
  /** Values that were too large for their records. */
  readonly storedValues: number;
  /** What their processes used; null where no robot reports it. */
  readonly cpuMs: Spread | null;
  readonly memoryBytes: Spread | null;
  readonly eventLoopUtilization: Spread | null;
  readonly eventLoopDelayMs: Spread | null;
  /** Records, inputs and outputs, and token counts that grew. */
  readonly grownBytes: Increase | null;
  readonly grownPayload: Increase | null;
  readonly grownTokens: Increase | null;
}

/** What a node uses. */
export interface NodeResources {
  readonly flow: string;
  readonly nodeId: NodeId;
  readonly name: string;
  readonly runs: number;
  readonly tokens: number;
  /** Of the tokens of all, 0 to 1. */
  readonly tokenShare: number;
  readonly logLines: number;
}

/** What is used, and by what: flows by the bytes of their records, nodes by tokens. */
export interface Resources {
  readonly executions: number;
  readonly recordBytes: Spread;
  readonly payloadBytes: Spread;
  readonly tokens: number;
  readonly logLines: number;
  readonly storedValues: number;
  /** Whether any robot reports what its process used. */
  readonly isProcessReported: boolean;
  readonly flows: readonly FlowResources[];
  readonly nodes: readonly NodeResources[];
}

/** Less is no growth worth a word: a log line more, a few words more in a prompt. */
export const leastGrownBytes = 1_024;
export const leastGrownTokens = 100;

/** The resources of executions. */
export function resourcesOf(executions: readonly PastExecution[]): Resources {
  const groups = [...groupsOf(executions, ({ flow }) => flow)];
  const ofRuns = (valueOf: (run: PastExecution) => number) =>
    groups.map(([, runs]) => measured(runs, valueOf));
  const grownBytes = increases(
    ofRuns(({ recordBytes }) => recordBytes),
    leastGrownBytes,
  );
  const grownPayload = increases(
    groups.map(([, runs]) => measured(runs.filter(hasPayload), ({ payloadBytes }) => payloadBytes)),
    leastGrownBytes,
  );
  const grownTokens = increases(
    ofRuns(({ tokens }) => tokens),
    leastGrownTokens,
  );
  const flows = groups.map(([flow, runs], index) => ({
    ...flowResources(flow, runs),
    grownBytes: grownBytes[index] ?? null,
    grownPayload: grownPayload[index] ?? null,
    grownTokens: grownTokens[index] ?? null,
  }));
  const tokens = sum(executions, (run) => run.tokens);
  return {
    executions: executions.length,
    recordBytes: spreadOf(executions.map(({ recordBytes }) => recordBytes)),
    payloadBytes: payloadOf(executions),
    tokens,
    logLines: sum(executions, logLinesOf),
    storedValues: sum(executions, ({ storedValues }) => storedValues),
    isProcessReported: executions.some(({ resources }) => resources !== null),
    flows: flows.sort((a, b) => b.recordBytes.total - a.recordBytes.total),
    nodes: nodeResources(groups, tokens),
  };
}

function flowResources(
  flow: string,
  runs: readonly PastExecution[],
): Omit<FlowResources, 'grownBytes' | 'grownPayload' | 'grownTokens'> {
  const reported = runs.flatMap(({ resources }) => resources ?? []);
  const delays = reported.flatMap(({ eventLoopDelayMs }) => eventLoopDelayMs ?? []);
  const ofProcess = (valueOf: (use: ResourceUse) => number) =>
    reported.length === 0 ? null : spreadOf(reported.map(valueOf));
  return {
    ...{ flow, name: runs.at(-1)?.name ?? '', executions: runs.length },
    recordBytes: spreadOf(runs.map(({ recordBytes }) => recordBytes)),
    payloadBytes: payloadOf(runs),
    tokens: spreadOf(runs.map(({ tokens }) => tokens)),
    logLines: spreadOf(runs.map(logLinesOf)),
    storedValues: sum(runs, ({ storedValues }) => storedValues),
    cpuMs: ofProcess(({ cpuMs }) => cpuMs),
    memoryBytes: ofProcess(({ memoryBytes }) => memoryBytes),
    eventLoopUtilization: ofProcess((use) => use.eventLoopUtilization),
    eventLoopDelayMs: delays.length === 0 ? null : spreadOf(delays),
  };
}

function payloadOf(runs: readonly PastExecution[]): Spread {
  return spreadOf(runs.filter(hasPayload).map(({ payloadBytes }) => payloadBytes));
}

function hasPayload({ payloadBytes }: PastExecution): boolean {
  return payloadBytes > 0;
}

function nodeResources(
  groups: readonly (readonly [string, readonly PastExecution[]])[],
  allTokens: number,
): NodeResources[] {
  const rows = groups.flatMap(([flow, runs]) => {
    const nodes = runs.flatMap((run) => run.nodes);
    return [...groupsOf(nodes, ({ nodeId }) => nodeId)].map(([nodeId, ofNode]) => {
      const tokens = sum(ofNode, (node) => node.tokens);
      return {
        ...{ flow, nodeId, name: ofNode.at(-1)?.name ?? '', runs: ofNode.length, tokens },
        tokenShare: allTokens === 0 ? 0 : tokens / allTokens,
        logLines: sum(ofNode, ({ logCount }) => logCount),
      };
    });
  });
  return rows.sort((a, b) => b.tokens - a.tokens || b.logLines - a.logLines);
}

function measured(
  runs: readonly PastExecution[],
  valueOf: (run: PastExecution) => number,
): Measured[] {
  return runs.flatMap((run) =>
    run.beginMs === null ? [] : { atMs: run.beginMs, value: valueOf(run) },
  );
}

function logLinesOf({ nodes }: PastExecution): number {
  return sum(nodes, ({ logCount }) => logCount);
}

function sum<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}
