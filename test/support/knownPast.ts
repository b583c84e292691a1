import type { PastExecution, PastNode } from '../../src/analysis/pastExecution.ts';
import type { HistoryRecord, NamedPast } from '../../src/history/historyRecord.ts';
import { aPast, aPastNode } from './pastBuilders.ts';

const hour = 3_600_000;
const day = 24 * hour;
const flowCount = 20;
const nodeCount = 6;

/** Executions of which all is known beforehand, and the records that tell of them, in the order in which they come. */
export interface KnownPast {
  readonly fromMs: number;
  readonly toMs: number;
  /** What is to be counted, each once, in order of begin. */
  readonly truth: readonly PastExecution[];
  /** Some come twice, some of them fuller the second time, some of a service before its workflow. */
  readonly records: readonly {
    readonly record: HistoryRecord;
    readonly subs: readonly NamedPast[];
  }[];
  readonly figures: {
    readonly succeeded: number;
    readonly failed: number;
    readonly cutOff: number;
    readonly toolCalls: number;
    readonly builds: number;
    readonly hours: number;
  };
}

/** Numbers between 0 and 1 that are the same each time. */
export function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** So many executions of 20 flows over 14 days. */
export function knownPast(count: number, fromMs: number, seed = 7): KnownPast {
  const chance = chances(seed);
  const truth: PastExecution[] = [];
  const records: KnownPast['records'][number][] = [];
  const figures = { succeeded: 0, failed: 0, cutOff: 0, toolCalls: 0, builds: 0, hours: 0 };
  const put = (execution: PastExecution, offset: number, isSub = false, subs: NamedPast[] = []) => {
    const position = { partition: 0, offset: String(offset) };
    records.push({ record: { execution, position, masks: 'usual', isSub }, subs });
  };
  for (let index = 0; index < count; index++) {
    const beginMs = fromMs + Math.floor(((index + chance()) / count) * 14 * day);
    const execution = oneOf(index, beginMs, chance);
    truth.push(execution);
    // Written twice: first with less than it has.
    if (chance() < 0.05) put({ ...execution, code: 1, nodes: [], tokens: 0 }, index * 4);
    const robot = aPast({
      ...{ kind: 'rpa', key: `rpa-server/${execution.sid}/1`, sid: execution.sid },
      ...{ flow: 'project', beginMs: beginMs + 5, durationMs: 10_000 },
    });
    const hasRobot = execution.kind === 'workflow' && chance() < 0.2;
    const isBefore = chance() < 0.5;
    if (hasRobot && isBefore) put(robot, index * 4 + 1);
    put(execution, index * 4 + 2, false, hasRobot && isBefore ? [robot] : []);
    if (hasRobot && !isBefore) put(robot, index * 4 + 3, true);
    // Read again.
    if (chance() < 0.05) put(execution, index * 4 + 2);
    tally(figures, execution);
  }
  return { fromMs, toMs: fromMs + 14 * day, truth, records, figures };
}

function tally(
  figures: { -readonly [K in keyof KnownPast['figures']]: number },
  { kind, outcome, durationMs }: PastExecution,
): void {
  if (kind === 'aitools') figures.toolCalls++;
  else if (kind === 'build') figures.builds++;
  else if (outcome === 'cancelled') figures.cutOff++;
  else if (outcome === 'failed') figures.failed++;
  else {
    figures.succeeded++;
    figures.hours += (durationMs ?? 0) / hour;
  }
}

function oneOf(index: number, beginMs: number, chance: () => number): PastExecution {
  const place = Math.floor(chance() * flowCount);
  const flow = `flow-${String(place)}`;
  const sid = `s${String(index)}`;
  const common = { sid, flow, name: `Flow ${String(place)}`, beginMs };
  const recordBytes = 1_000 + Math.floor(chance() * 9_000);
  if (chance() < 0.05) return aPast({ ...common, key: `aitools/${sid}`, kind: 'aitools' });
  if (chance() < 0.02) return aPast({ ...common, key: `build/${sid}`, kind: 'build' });
  const kind = place === 0 ? 'rpa' : 'workflow';
  const failsAt = chance() < 0.1 ? 1 + Math.floor(chance() * (nodeCount - 1)) : nodeCount;
  const nodes = nodesOf(flow, beginMs, failsAt, chance);
  const isCutOff = failsAt === nodeCount && chance() < 0.03;
  const ends = nodes.map((node) => (node.beginMs ?? 0) + (node.durationMs ?? 0));
  const durationMs =
    place === 0 ? 10_000 * (1 + Math.floor(chance() * 4)) : Math.max(...ends) - beginMs;
  const failed = nodes[failsAt];
  const isFailed = failed !== undefined;
  return aPast({
    ...{ ...common, key: `${kind}/${sid}`, kind, nodes, durationMs, recordBytes },
    payloadBytes: Math.floor(recordBytes / 2),
    ...{ storedValues: chance() < 0.1 ? 2 : 0, revision: `r${String(Math.floor(index / 1_000))}` },
    tokens: nodes.reduce((sum, { tokens }) => sum + tokens, 0),
    ...(isCutOff ? { outcome: 'cancelled' } : {}),
    ...(isFailed
      ? {
          ...{ outcome: 'failed', code: chance() < 0.5 ? 21_300 : 55_003 },
          failure: {
            ...{ nodeId: failed.nodeId, name: failed.name, cause: null, text: 'Not found' },
            category: chance() < 0.5 ? 'node' : 'network',
          },
        }
      : {}),
  });
}

function nodesOf(flow: string, beginMs: number, failsAt: number, chance: () => number): PastNode[] {
  let atMs = beginMs;
  return Array.from({ length: Math.min(nodeCount, failsAt + 1) }, (_, at) => {
    const durationMs = Math.round(20 * (at + 1) * Math.exp(2 * chance()));
    const waitedMs = Math.floor(chance() * 20);
    atMs += waitedMs;
    const isRetried = chance() < 0.05;
    const node = aPastNode({
      ...{ nodeId: `${flow}-node-${String(at)}`, name: `Step ${String(at)}`, beginMs: atMs },
      ...{ durationMs, ownMs: durationMs, waitedMs, logCount: at % 3 },
      status: at === failsAt ? 'failed' : isRetried ? 'recovered' : 'succeeded',
      ...(isRetried ? { count: 2, lostMs: Math.floor(durationMs / 2) } : {}),
      tokens: at === 2 ? Math.floor(chance() * 2_000) : 0,
    });
    atMs += durationMs;
    return node;
  });
}
