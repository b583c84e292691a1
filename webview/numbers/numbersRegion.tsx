import { useEffect } from 'preact/hooks';
import { LaterPage } from '../controls/laterPage.tsx';
import { usePanel } from '../panelContext.ts';
import { rangeOf } from './shownRange.ts';
import './numbers.css';

/** Numbers of what ran. Its charts and tables are read when somebody looks at it for the first time. */
export function NumbersRegion() {
  const { state, session } = usePanel();
  const scope = state.scope.value;
  const range = rangeOf(state);
  useEffect(() => {
    return () => {
      session.numbers.hide();
    };
  }, []);
  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    session.numbers.show({ scope, range, timeZone });
  }, [JSON.stringify(scope), range]);
  return <LaterPage name="NumbersPage" />;
}
