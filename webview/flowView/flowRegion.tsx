import type { GraphQuery } from '../../src/protocol/graph.ts';
import { LaterPage } from '../controls/laterPage.tsx';
import { useShownFlow } from './useShownFlow.ts';
import './flowView.css';

/** The flow as a graph. What draws it is read when somebody looks at it for the first time. */
export function FlowRegion({ query }: { query: GraphQuery }) {
  useShownFlow(query);
  return <LaterPage name="FlowPage" />;
}
