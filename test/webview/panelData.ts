import type { CompletionSource } from '../../src/answers/completions.ts';
import type { ExecutionRow } from '../../src/protocol/list.ts';
import type { Health } from '../../src/protocol/health.ts';
import type { EngineStatus } from '../../src/protocol/status.ts';
import type { TreeWindow } from '../../src/protocol/tree.ts';
import type { PanelSeed } from '../../src/protocol/hostProtocol.ts';
import { aSummary } from '../support/builders.ts';
import { failingFinding } from './inspectorContents.ts';
import { invoiceRows, treeWindow } from './treeRows.ts';

/** The flow file that stands in the editor. */
export const invoiceFlow = {
  uri: 'file:///flows/invoice-entry.yml',
  fileName: 'invoice-entry.yml',
  name: 'invoice-entry',
};

/** What the host says first in an ordinary, trusted workspace. */
export function aSeed(parts: Partial<PanelSeed> = {}): PanelSeed {
  return {
    connections: [],
    language: 'en',
    bundle: null,
    flow: null,
    followLatest: false,
    markedExecution: null,
    connection: {
      brokers: 'localhost:9092',
      topic: 'spark-agent-builder',
      start: { kind: 'last', count: 200 },
      tls: false,
      caFile: '',
      saslMechanism: 'none',
      username: '',
      hasPassword: false,
    },
    trusted: true,
    hasStarted: false,
    back: null,
    sizes: null,
    engineLost: null,
    ...{
      watcher: 'page',
      pinned: null,
      isDashboard: false,
      numbersTime: null,
      flowView: null,
      isTraceFile: false,
    },
    ...parts,
  };
}

/** An engine that reads nothing. */
export const noStatus: EngineStatus = unchanging({
  source: { kind: 'none', name: '', detail: '' },
  state: { kind: 'idle' },
  rejected: 0,
  storedExecutions: 0,
  storedBytes: 0,
  droppedPayloads: 0,
  redactionProblems: [],
  hostRewrite: {},
  reach: null,
  otlp: { kind: 'off' },
  history: { kind: 'off' },
});

/** How a pipeline is that has nothing to complain about. */
export function aHealth(parts: Partial<Health> = {}): Health {
  return {
    intake: {
      ...{ records: 12_345, bytes: 47_400_000, recordsPerSecond: 120, bytesPerSecond: 460_000 },
      ...{ recordMs: 0.08, lastMs: Date.now() - 2_000 },
    },
    openedMs: Date.now() - 600_000,
    partitions: [
      { partition: 1, next: '6100', lag: 3 },
      { partition: 0, next: '6245', lag: 0 },
    ],
    ...{ partitionCount: 2, lag: 3, rejected: 0 },
    store: {
      ...{ executions: 512, runs: 300, toolCalls: 12 },
      bytes: 21_000_000,
      mostBytes: 134_217_728,
      droppedPayloads: 0,
      evictions: 1_204,
    },
    heap: { usedBytes: 120_000_000, mostBytes: 536_870_912 },
    history: { kind: 'on', sinceMs: Date.now() - 86_400_000, bytes: 3_400_000 },
    otlp: { kind: 'off' },
    ...parts,
  };
}

/** An engine that reads the default topic. All test files of a worker share it. */
export const liveStatus: EngineStatus = unchanging({
  ...noStatus,
  source: { kind: 'kafka', name: 'spark-agent-builder', detail: 'localhost:9092' },
  state: { kind: 'live', lag: 0 },
});

/** Local time, so that rows read the same wherever the test runs. */
const noon = new Date(2026, 10, 24, 12, 0, 0).getTime();
const names = ['invoice-entry', 'order-intake', 'vendor-onboarding'];

/** The execution number `n`; each fifth failed. */
export function anExecution(n: number, parts: Partial<ExecutionRow> = {}): ExecutionRow {
  const failed = n % 5 === 0;
  return {
    key: `workflow/spf${n}`,
    sid: `spf${n}`,
    name: names[n % names.length] ?? '',
    kind: 'workflow',
    service: 'workflow',
    outcome: failed ? 'failed' : 'succeeded',
    code: failed ? 20805 : 0,
    beginMs: noon + n * 41_000,
    durationMs: failed ? 7900 : 1000 + ((n * 37) % 900),
    failing: failed
      ? {
          nodeId: 'rpa::save',
          runKey: 'save',
          name: 'Click save',
          inferred: false,
          afterNodeId: null,
        }
      : null,
    subExecutionCount: 0,
    ...parts,
  };
}

/** The executions 1 to `count`, newest first. */
export function executions(count: number): ExecutionRow[] {
  return Array.from({ length: count }, (_, index) => anExecution(count - index));
}

/** The tree of an execution: that of an invoice whose saving fails, or goes well. */
export function aTree(row: ExecutionRow): Partial<TreeWindow> {
  const isFailed = row.outcome === 'failed';
  const rows = invoiceRows().map((treeRow) =>
    isFailed ? treeRow : { ...treeRow, status: 'succeeded' as const, failing: false, error: null },
  );
  return treeWindow(rows, {
    summary: aSummary({
      key: row.key,
      sid: row.sid,
      outcome: row.outcome,
      code: row.code,
      message: isFailed ? 'Element "#save" was not found in 4.5 s' : '',
      beginMs: row.beginMs,
      durationMs: row.durationMs,
      failing: row.failing,
    }),
    name: row.name,
    failing: row.failing,
    flow: { uri: invoiceFlow.uri, name: invoiceFlow.name, share: 1, tied: [] },
    findings: isFailed ? [failingFinding] : [],
  });
}

/** Where the filter's suggestions come from while nothing ran. */
export const nothingToComplete: CompletionSource = {
  ...{ entries: [], nameOf: () => '', causeOf: () => null, failingOf: () => null },
};

/** What test files share, none may change for the others. */
function unchanging<T extends object>(value: T): T {
  for (const part of Object.values(value) as unknown[])
    if (typeof part === 'object' && part !== null) unchanging(part);
  return Object.freeze(value);
}
