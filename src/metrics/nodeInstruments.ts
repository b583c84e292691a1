import type { Attributes, Counter, Histogram, Meter } from '@opentelemetry/api';
import type { Milliseconds, NodeRun } from '../trace/execution.ts';
import { label } from './label.ts';

/** What of a run of a node is counted. */
export type CountedNode = Pick<NodeRun, 'nodeId' | 'type' | 'status' | 'durationMs'>;

/** How often nodes ran, how that ended, and how long it took; named and in units after OpenTelemetry's conventions. */
export interface NodeInstruments {
  readonly runs: Counter;
  readonly duration: Histogram;
}

/** From 10 ms to an hour, in seconds. */
const bucketsSeconds = [
  0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600,
];

/** Declares them on a meter; how many series each has at most the exporter says. */
export function createNodeInstruments(meter: Meter): NodeInstruments {
  return {
    runs: meter.createCounter('rpa_trace.node.runs', {
      description: 'Runs of nodes in finished executions, by how they ended',
      unit: '{run}',
    }),
    duration: meter.createHistogram('rpa_trace.node.duration', {
      description: 'Duration of runs of nodes in finished executions',
      unit: 's',
      advice: { explicitBucketBoundaries: bucketsSeconds },
    }),
  };
}

/** Counts the runs of an execution's nodes. */
export function recordNodes(
  { runs, duration }: NodeInstruments,
  flowId: string,
  nodes: readonly CountedNode[],
): void {
  const flow = label('rpa_trace.flow.id', flowId);
  for (const { nodeId, type, status, durationMs } of nodes) {
    const attributes: Attributes = {
      ...flow,
      ...label('rpa_trace.node.id', nodeId),
      ...label('rpa_trace.node.type', type),
      'rpa_trace.node.status': status,
    };
    runs.add(1, attributes);
    if (isDuration(durationMs)) duration.record(durationMs / 1_000, attributes);
  }
}

/** Clocks of two machines may give a negative one, which a histogram doesn't take. */
function isDuration(ms: Milliseconds | null): ms is Milliseconds {
  return ms !== null && ms >= 0;
}
