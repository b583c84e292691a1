import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { SubPage } from '../controls/subPage.tsx';
import { usePanel } from '../panelContext.ts';
import './compare.css';

/** Two executions compared. What draws them is read when somebody compares for the first time. */
export function CompareRegion() {
  const { session, t } = usePanel();
  const [page, setPage] = useState<{ readonly Page: FunctionComponent } | 'failed' | null>(null);
  useEffect(() => {
    let isHere = true;
    import('../lazyPages.tsx').then(
      ({ ComparePage }) => {
        if (isHere) setPage({ Page: ComparePage });
      },
      () => {
        if (isHere) setPage('failed');
      },
    );
    return () => {
      isHere = false;
      session.comparison.hide();
    };
  }, []);
  return (
    <SubPage title={t('Comparison')}>
      {page === null ? (
        <p class="detail-note">{t('Loading…')}</p>
      ) : page === 'failed' ? (
        <p class="detail-note">{t('This view could not be loaded. Reload the window.')}</p>
      ) : (
        <page.Page />
      )}
    </SubPage>
  );
}
