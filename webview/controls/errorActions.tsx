import type { SourceError } from '../../src/texts/sourceErrorTexts.ts';
import { usePanel } from '../panelContext.ts';
import { ShowLogButton } from './showLogButton.tsx';

/** The ways to mend a source, as buttons; topics that exist are among them. */
export function ErrorActions({ error }: { error: SourceError }) {
  const { state, session, t } = usePanel();
  const isFile = state.status.value?.source.kind === 'files';
  return (
    <div class="error-actions">
      {error.topics !== undefined && error.topics.length > 0 && (
        <TopicChoice
          topics={error.topics}
          onChoose={(topic) => {
            session.sources.connect({ ...state.connection.value, topic });
          }}
        />
      )}
      {state.status.value?.source.kind === 'kafka' && (
        <vscode-button
          onClick={() => {
            session.sources.connect(state.connection.value);
          }}
        >
          {t('Try Again')}
        </vscode-button>
      )}
      {isFile ? (
        <vscode-button
          onClick={() => {
            void session.sources.openFiles();
          }}
        >
          {t('Open Trace Files…')}
        </vscode-button>
      ) : (
        <vscode-button
          appearance="secondary"
          onClick={() => {
            state.view.value = 'connect';
          }}
        >
          {t('Change Connection…')}
        </vscode-button>
      )}
      <ShowLogButton />
    </div>
  );
}

/** The topics that exist, each a button; more than fit are scrolled. */
export function TopicChoice(props: {
  topics: readonly string[];
  onChoose: (topic: string) => void;
}) {
  return (
    <div class="topic-choice">
      {props.topics.map((topic) => (
        <button
          key={topic}
          type="button"
          class="topic"
          onClick={() => {
            props.onChoose(topic);
          }}
        >
          {topic}
        </button>
      ))}
    </div>
  );
}
