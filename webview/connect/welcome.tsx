import { useState } from 'preact/hooks';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';
import './connect.css';
import { ConnectForm } from './connectForm.tsx';

/** What is shown while nothing is read: the three ways to begin. */
export function Welcome() {
  const { session, t } = usePanel();
  const [isConnecting, setConnecting] = useState(false);
  return (
    <main class="welcome">
      <div class="welcome-body">
        <h1>{t('See what your robots did')}</h1>
        <p class="welcome-lead">
          {t(
            'RPA Trace shows each run of your workflow beside its flow file: every step, what it got and gave, and why it failed.',
          )}
        </p>
        <div class="ways">
          <Way
            icon="plug"
            title={t('Connect to Kafka')}
            text={t('Shows executions live, as their records arrive on a topic.')}
            isOpen={isConnecting}
            onClick={() => {
              setConnecting(!isConnecting);
            }}
          />
          {isConnecting && (
            <ConnectForm
              onCancel={() => {
                setConnecting(false);
              }}
            />
          )}
          <Way
            icon="folder-opened"
            title={t('Open Trace Files')}
            text={t('Reads JSON or JSON lines from files; you can also drop files anywhere here.')}
            onClick={() => {
              void session.sources.openFiles();
            }}
          />
          <Way
            icon="play"
            title={t('Play the Sample Robot')}
            text={t('Plays made-up executions on this machine alone, so that you can look around.')}
            onClick={() => {
              session.sources.playSample();
            }}
          />
        </div>
      </div>
    </main>
  );
}

/** The connect form as a page of its own, while another source is open. */
export function ConnectPage() {
  const { state, t } = usePanel();
  return (
    <main class="welcome">
      <div class="welcome-body">
        <h1>{t('Connect to Kafka')}</h1>
        <ConnectForm
          onCancel={() => {
            state.view.value = 'traces';
          }}
        />
      </div>
    </main>
  );
}

function Way(props: {
  icon: string;
  title: string;
  text: string;
  isOpen?: boolean;
  onClick: () => void;
}) {
  const { icon, title, text, isOpen, onClick } = props;
  return (
    <button
      type="button"
      class="way"
      {...(isOpen === undefined ? {} : { 'aria-expanded': isOpen })}
      onClick={onClick}
    >
      <Icon name={icon} />
      <span class="way-texts">
        <span class="way-title">{title}</span>
        <span class="way-text">{text}</span>
      </span>
      {isOpen !== undefined && <Icon name={isOpen ? 'chevron-up' : 'chevron-down'} />}
    </button>
  );
}
