import type { Disposable } from '../../base/disposable.ts';
import type { FlowGraph } from '../flowGraph.ts';
import type { GraphLayout } from './layoutGraph.ts';

/** What a thread is told it is that lays out graphs. */
export const layoutThreadRole = 'flow layout';

/** Lays out a graph, however long that takes; null where it took too long. Never rejects. */
export interface Layouter extends Disposable {
  layOut(graph: FlowGraph): Promise<GraphLayout | null>;
}
