import { useEffect } from 'preact/hooks';
import type { GraphQuery } from '../../src/protocol/graph.ts';
import { usePanel } from '../panelContext.ts';

/** Asks for a flow, and for what happened at its steps, as long as it is shown. */
export function useShownFlow(query: GraphQuery): void {
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
}
