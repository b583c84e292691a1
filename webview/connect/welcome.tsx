import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import type { SourceKind } from '../../src/sources/table.ts';
import type { SourceWay } from '../../src/sources/traits.ts';
import { Icon } from '../controls/icon.tsx';
import { usePanel } from '../panelContext.ts';
import { waysToSources } from '../sourceTable.tsx';
import './connect.css';
import { ConnectForm } from './connectForm.tsx';

/** What is shown while nothing is read: the ways to begin. */
export function Welcome() {
  const panel = usePanel();
  const { t } = panel;
  const [filledIn, setFilledIn] = useState<SourceKind | null>(null);
  return (
    <div class="welcome">
      <div class="welcome-body">
        <h1>{t('See what your robots did')}</h1>
        <p class="welcome-lead">
          {t(
            'RPA Trace shows each run of your workflow beside its flow file: every step, its input and output, and why it failed.',
          )}
        </p>
        <div class="ways">
          {waysToSources.map(({ kind, way, begin, Form }) => (
            <Fragment key={kind}>
              <Way
                icon={way.icon}
                title={way.title}
                text={way.text}
                {...(Form === null ? {} : { isOpen: filledIn === kind })}
                onClick={() => {
                  if (Form === null) begin(panel);
                  else setFilledIn(filledIn === kind ? null : kind);
                }}
              />
              {Form !== null && filledIn === kind && (
                <Form
                  onCancel={() => {
                    setFilledIn(null);
                  }}
                />
              )}
            </Fragment>
          ))}
        </div>
      </div>
    </div>
  );
}

/** The connect form as a page of its own, while another source is open. */
export function ConnectPage() {
  const { state, t } = usePanel();
  return (
    <div class="welcome">
      <div class="welcome-body">
        <h1>{t('Connect to Kafka')}</h1>
        <ConnectForm
          onCancel={() => {
            state.view.value = 'traces';
          }}
        />
      </div>
    </div>
  );
}

function Way(props: Omit<SourceWay, 'label'> & { isOpen?: boolean; onClick: () => void }) {
  const { t } = usePanel();
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
        <span class="way-title">{t(title)}</span>
        <span class="way-text">{t(text)}</span>
      </span>
      {isOpen !== undefined && <Icon name={isOpen ? 'chevron-up' : 'chevron-down'} />}
    </button>
  );
}
