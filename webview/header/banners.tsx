import { formatCount } from '../../src/view/format.ts';
import { metricsFailureText } from '../../src/view/metricsFailureText.ts';
import { requestFailureText } from '../../src/view/requestFailureText.ts';
import { sourceErrorAdvice, sourceErrorText } from '../../src/view/sourceErrorTexts.ts';
import { stuckAdvice, stuckText } from '../../src/view/stuckTexts.ts';
import type { ComponentChildren } from 'preact';
import { Icon } from '../controls/icon.tsx';
import { IconButton } from '../controls/iconButton.tsx';
import { usePanel } from '../panelContext.ts';
import { ErrorActions } from './errorActions.tsx';
import { SkipDamaged } from './skipDamaged.tsx';
import { shareRead, sourceName } from './sourceStatus.tsx';

/** Lines below the header that tell of trouble without taking away what is shown. */
export function Banners() {
  const { state, session, t } = usePanel();
  const lost = state.engineLost.value;
  const notice = state.notice.value;
  const status = state.status.value;
  const source = status?.state;
  const metrics =
    status === null
      ? null
      : metricsFailureText(status.otlp, t, (count) => formatCount(count, state.language));
  const hasRows = (state.list.value?.totalAll ?? 0) > 0;
  return (
    <div class="banners" role="status">
      {lost !== null && (
        <Banner kind="warning">
          <span title={lost}>
            {t('The trace engine stopped and is started again. What you see stays.')}
          </span>
        </Banner>
      )}
      {/* Without rows the empty page says the same at length. */}
      {hasRows && source?.kind === 'retrying' && (
        <Banner kind="warning">
          <span>
            {sourceErrorText(source.error, t)} {t('Attempt {0} to reconnect.', source.attempt)}
          </span>
          <ErrorActions error={source.error} />
        </Banner>
      )}
      {hasRows && source?.kind === 'stuck' && (
        <Banner kind="warning">
          <span title={source.batch.detail}>
            {stuckText(source, t)} {stuckAdvice(source, t)}
          </span>
          <SkipDamaged state={source} />
        </Banner>
      )}
      {hasRows && source?.kind === 'failed' && (
        <Banner kind="error">
          <span>
            {sourceErrorText(source.error, t)} {sourceErrorAdvice(source.error, t)}
          </span>
          <ErrorActions error={source.error} />
        </Banner>
      )}
      {hasRows && status !== null && source?.kind === 'endedEarly' && (
        <Banner kind="warning">
          <span>
            {t(
              'Reading was stopped: the list and its figures hold the first {0} of “{1}”.',
              shareRead(status) ?? '',
              sourceName(status, t),
            )}
          </span>
          <div class="error-actions">
            <vscode-button
              onClick={() => {
                session.sources.readAgain();
              }}
            >
              {t('Read Again')}
            </vscode-button>
          </div>
        </Banner>
      )}
      {metrics !== null && (
        <Banner kind="warning">
          <span>{metrics}</span>
        </Banner>
      )}
      {notice !== null && (
        <Banner kind="error">
          <span>{typeof notice === 'string' ? notice : requestFailureText(notice, t)}</span>
          <IconButton
            icon="close"
            label={t('Close')}
            onClick={() => {
              state.notice.value = null;
            }}
          />
        </Banner>
      )}
    </div>
  );
}

function Banner(props: { kind: 'warning' | 'error'; children: ComponentChildren }) {
  return (
    <div class={`banner ${props.kind}`}>
      <Icon name={props.kind} />
      {props.children}
    </div>
  );
}
