import type { SourceError } from '../../src/record/recordSource.ts';
import { usePanel } from '../panelContext.ts';
import { TopicChoice } from './topicChoice.tsx';

/** The ways to mend a connection, as buttons; topics that exist are among them. */
export function MendConnection({ error }: { error: SourceError }) {
  const { state, session, t } = usePanel();
  return (
    <>
      {error.topics !== undefined && error.topics.length > 0 && (
        <TopicChoice
          topics={error.topics}
          onChoose={(topic) => {
            session.sources.connect({ ...state.connection.value, topic });
          }}
        />
      )}
      <vscode-button
        onClick={() => {
          session.sources.connect(state.connection.value);
        }}
      >
        {t('Try Again')}
      </vscode-button>
      <vscode-button
        appearance="secondary"
        onClick={() => {
          state.view.value = 'connect';
        }}
      >
        {t('Change Connection…')}
      </vscode-button>
    </>
  );
}
