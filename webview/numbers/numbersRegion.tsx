import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { usePanel } from '../panelContext.ts';
import { numbersQueryOf } from './shownRange.ts';
import './numbers.css';

/** Numbers of what ran. Its charts and tables are read when somebody looks at it for the first time. */
export function NumbersRegion() {
  const { state, session, t } = usePanel();
  const [page, setPage] = useState<{ readonly Page: FunctionComponent } | 'failed' | null>(null);
  const query = numbersQueryOf(state);
  useEffect(() => {
    let isHere = true;
    import('./numbersPage.tsx').then(
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
    // What ends before it begins is being changed.
    if (query.own !== undefined && query.own.fromMs >= query.own.toMs) return;
    session.numbers.show(query);
  }, [JSON.stringify(query)]);
  if (page === null) return <p class="detail-note">{t('Loading…')}</p>;
  if (page === 'failed') {
    return <p class="detail-note">{t('This view could not be loaded. Reload the window.')}</p>;
  }
  return <page.Page />;
}
