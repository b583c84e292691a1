import { useEffect } from 'preact/hooks';
import type { GraphQuery } from '../../src/protocol/graph.ts';
import { LaterPage } from '../controls/laterPage.tsx';
import { usePanel } from '../panelContext.ts';
import './flowView.css';

/** The flow as a graph. What draws it is read when somebody looks at it for the first time. */
export function FlowRegion({ query }: { query: GraphQuery }) {
  const { session } = usePanel();
  useEffect(() => {
    return () => {
      session.graph.hide();
      session.graphStates.hide();
    };
  }, []);
  useEffect(() => {
    session.graph.show(query);
    session.graphStates.show(query);
  }, [query.uri, query.execution, query.comparedWith]);
  return <LaterPage name="FlowPage" />;
}
