import { Banners } from '../header/banners.tsx';
import { ConnectionMark } from '../header/connectionMark.tsx';
import { SourceStatus } from '../header/sourceStatus.tsx';
import { IconButton } from '../controls/iconButton.tsx';
import { usePanel } from '../panelContext.ts';
import { NumbersRegion } from './numbersRegion.tsx';

/** Numbers as an editor of their own: of what, and the way to the executions. */
export function Dashboard() {
  const { state, session, t } = usePanel();
  return (
    <>
      <header class="header">
        <ConnectionMark />
        <SourceStatus />
        <div class="header-buttons dashboard-buttons">
          <IconButton
            icon="list-unordered"
            label={t('Open Trace Panel')}
            words={t('Executions')}
            onClick={() => {
              session.tell('showExecutions', { filter: null, scope: state.choices.value.scope });
            }}
          />
        </div>
      </header>
      <Banners />
      <main class="content">
        <h1 class="sr-only">{t('RPA Trace Dashboard')}</h1>
        <NumbersRegion />
      </main>
    </>
  );
}
