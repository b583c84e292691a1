import { useEffect } from 'preact/hooks';
import { LaterPage } from '../controls/laterPage.tsx';
import { SubPage } from '../controls/subPage.tsx';
import { usePanel } from '../panelContext.ts';
import './compare.css';

/** Two executions compared. What draws them is read when somebody may compare for the first time. */
export function CompareRegion() {
  const { session, t } = usePanel();
  useEffect(
    () => () => {
      session.comparison.hide();
    },
    [],
  );
  return (
    <SubPage title={t('Comparison')}>
      <LaterPage name="ComparePage" />
    </SubPage>
  );
}
