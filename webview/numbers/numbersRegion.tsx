import { useEffect } from 'preact/hooks';
import { LaterPage } from '../controls/laterPage.tsx';
import { usePanel } from '../panelContext.ts';
import { numbersQueryOf } from './shownRange.ts';
import './numbers.css';

/** Numbers of what ran. Its charts and tables are read when somebody looks at it for the first time. */
export function NumbersRegion() {
  const { state, session } = usePanel();
  const query = numbersQueryOf(state);
  useEffect(() => {
    return () => {
      session.numbers.hide();
    };
  }, []);
  useEffect(() => {
    // What ends before it begins is being changed.
    if (query.own !== undefined && query.own.fromMs >= query.own.toMs) return;
    session.numbers.show(query);
  }, [JSON.stringify(query)]);
  return <LaterPage name="NumbersPage" />;
}
