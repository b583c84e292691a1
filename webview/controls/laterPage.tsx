import type { FunctionComponent } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type * as lazyPages from '../lazyPages.tsx';
import { usePanel } from '../panelContext.ts';

/** Reads the code of such pages while nobody waits for it. */
export function useLaterPagesSoon(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return undefined;
    const idle = requestIdleCallback(() => {
      // Whoever opens one is told that it can't be read.
      import('../lazyPages.tsx').catch(() => undefined);
    });
    return () => {
      cancelIdleCallback(idle);
    };
  }, [isWanted]);
}

/** A page whose code is read when somebody looks at it for the first time. */
export function LaterPage({ name }: { name: keyof typeof lazyPages }) {
  const { t } = usePanel();
  const [page, setPage] = useState<{ readonly Page: FunctionComponent } | 'failed' | null>(null);
  // Code that was read is there before anything is painted.
  useLayoutEffect(() => {
    let isHere = true;
    import('../lazyPages.tsx').then(
      ({ [name]: Page }) => {
        if (isHere) setPage({ Page });
      },
      () => {
        if (isHere) setPage('failed');
      },
    );
    return () => {
      isHere = false;
    };
  }, [name]);
  if (page === null) return <p class="detail-note">{t('Loading…')}</p>;
  if (page === 'failed') {
    return <p class="detail-note">{t('This view could not be loaded. Reload the window.')}</p>;
  }
  return <page.Page />;
}
