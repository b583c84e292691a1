import { RequestError } from '../../src/protocol/packet.ts';
import type { StuckState } from '../../src/texts/stuckTexts.ts';
import { usePanel } from '../panelContext.ts';
import { ShowLogButton } from '../controls/showLogButton.tsx';

/** The way on where reading stands before damaged records. */
export function SkipDamaged({ state }: { state: StuckState }) {
  const { session, t } = usePanel();
  const { topic, partition, offset } = state.batch;
  return (
    <div class="error-actions">
      <vscode-button
        onClick={() => {
          const asked = session.ask('skipDamaged', { position: { topic, partition, offset } });
          asked.catch((error: unknown) => {
            // Refused where reading has gone on by itself meanwhile: that is what was wanted.
            const isRefused = error instanceof RequestError && error.reason === 'notFound';
            if (!isRefused) session.complain(error);
          });
        }}
      >
        {t('Skip')}
      </vscode-button>
      <ShowLogButton />
    </div>
  );
}
