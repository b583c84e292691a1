import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { usePanel } from '../panelContext.ts';
import { rangeOf } from './shownRange.ts';
import './numbers.css';

/** Numbers of what ran. Its charts and tables are read when somebody looks at it for the first time. */
export function NumbersRegion() {
  const { state, session, t } = usePanel();
  const [page, setPage] = useState<{ readonly Page: FunctionComponent } | 'failed' | null>(null);
  const scope = state.scope.value;
  const range = rangeOf(state);
  useEffect(() => {
    let isHere = true;
    import('../lazyPages.tsx').then(
      ({ NumbersPage }) => {
        if (isHere) setPage({ Page: NumbersPage });
      },
      () => {
        if (isHere) setPage('failed');
      },
    );
    return () => {
      isHere = false;
      session.numbers.hide();
    };
  }, []);
  useEffect(() => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    session.numbers.show({ scope, range, timeZone });
  }, [JSON.stringify(scope), range]);
  if (page === null) return <p class="detail-note">{t('Loading…')}</p>;
  if (page === 'failed') {
    return <p class="detail-note">{t('This view could not be loaded. Reload the window.')}</p>;
  }
  return <page.Page />;
}
