import type { StuckState } from '../../src/view/stuckTexts.ts';
import { usePanel } from '../panelContext.ts';
import { ShowLogButton } from './showLogButton.tsx';

/** The way on where reading stands before damaged records. */
export function SkipDamaged({ state }: { state: StuckState }) {
  const { session, t } = usePanel();
  const { topic, partition, offset } = state.batch;
  return (
    <div class="error-actions">
      <vscode-button
        onClick={() => {
          // Refused where reading has gone on by itself meanwhile: that is what was wanted.
          session
            .ask('skipDamaged', { position: { topic, partition, offset } })
            .catch(() => undefined);
        }}
      >
        {t('Skip')}
      </vscode-button>
      <ShowLogButton />
    </div>
  );
}
