import { parentPort, workerData } from 'node:worker_threads';
import type { FlowGraph } from '../flow/flowGraph.ts';
import { layoutThreadRole } from '../flow/layout/layouter.ts';
import { layoutGraph } from '../flow/layout/layoutGraph.ts';

/** What lays out graphs, in a bundle of its own, which is read when somebody looks at one for the first time. */
export const layOut = layoutGraph;

if (workerData === layoutThreadRole) {
  const port = parentPort;
  port?.on('message', (graph: FlowGraph) => {
    port.postMessage(layOut(graph));
  });
}
