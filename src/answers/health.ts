import type { Metrics } from '../metrics/metrics.ts';
import type { Health, PartitionLag } from '../protocol/health.ts';
import type { IntakeFigures } from '../record/intakeFigures.ts';
import type { PartitionPosition } from '../record/recordSource.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { RejectedStore } from '../store/rejectedStore.ts';
import { isToolCall, type Milliseconds } from '../trace/execution.ts';

/** More than anybody reads; those that are furthest behind are among them. */
const mostPartitions = 50;

/** What is asked how it is. */
export interface HealthWorld {
  readonly rates: { readonly figures: IntakeFigures };
  readonly store: ExecutionStore;
  readonly rejected: RejectedStore;
  readonly metrics: Metrics;
  readonly reader: {
    readonly positions: readonly PartitionPosition[];
    readonly openedAtMs: Milliseconds;
    readonly state: { readonly kind: string };
  };
  readonly history: { readonly state: Health['history'] };
  readonly heap?: () => Health['heap'];
}

/** How the pipeline is now. */
export function healthOf(world: HealthWorld): Health {
  const { rates, store, rejected, metrics, reader, history, heap } = world;
  const lags = reader.positions.map(lagOf);
  const furthestFirst = [...lags].sort((a, b) => b.lag - a.lag || a.partition - b.partition);
  return {
    intake: rates.figures,
    openedMs: reader.state.kind === 'idle' ? null : reader.openedAtMs,
    partitions: furthestFirst.slice(0, mostPartitions),
    partitionCount: lags.length,
    lag: lags.reduce((sum, { lag }) => sum + lag, 0),
    rejected: rejected.total,
    store: {
      executions: store.size,
      ...listedOf(store),
      bytes: store.storedBytes + rejected.bytes,
      mostBytes: store.mostBytes,
      droppedPayloads: store.droppedPayloads,
      evictions: store.evictions,
    },
    heap: heap?.() ?? null,
    history: history.state,
    otlp: metrics.state,
  };
}

/** Counted as the head of the list counts. */
function listedOf({ listed }: ExecutionStore): Pick<Health['store'], 'runs' | 'toolCalls'> {
  let toolCalls = 0;
  for (const { summary } of listed) if (isToolCall(summary.kind)) toolCalls++;
  return { runs: listed.length - toolCalls, toolCalls };
}

function lagOf({ partition, next, high }: PartitionPosition): PartitionLag {
  const lag = BigInt(high) - BigInt(next);
  return { partition, next, lag: lag > 0n ? Number(lag) : 0 };
}
