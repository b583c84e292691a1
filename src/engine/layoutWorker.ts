import type { Clock } from '../base/clock.ts';
import type { FlowGraph } from '../flow/flowGraph.ts';
import { type Layouter, layoutThreadRole } from '../flow/layout/layouter.ts';
import type { GraphLayout } from '../flow/layout/layoutGraph.ts';
import { OwnThread, type ThreadLimits } from './ownThread.ts';

/** Two thousand boxes take a second or two, and a page waits no longer for an answer. */
const usualLimits: ThreadLimits = { heapMegabytes: 1_024, longestMs: 20_000 };

/** Lays out graphs in a thread of their own. */
export class LayoutWorker implements Layouter {
  private readonly thread: OwnThread<FlowGraph, GraphLayout | null>;

  /** `file`: the bundle of `layoutThread.ts`. */
  constructor(file: string, clock: Clock, limits = usualLimits) {
    this.thread = new OwnThread<FlowGraph, GraphLayout | null>(
      {
        ...{ file, name: 'RPA Trace flow layout', role: layoutThreadRole, limits },
        failed: () => null,
      },
      clock,
    );
  }

  layOut(graph: FlowGraph): Promise<GraphLayout | null> {
    return this.thread.do(graph);
  }

  dispose(): void {
    this.thread.dispose();
  }
}

/** Lays out in the thread that asks, where there is no bundle to start a thread with. */
export const layOutInPlace: Layouter = {
  layOut: async (graph) => (await import('./layoutThread.ts')).layOut(graph),
  dispose: () => undefined,
};
