import type { EngineLoss } from '../../src/protocol/engineLoss.ts';
import { engineLossSetting, engineLossText, heapSetting } from '../../src/texts/engineLossText.ts';
import type { Caution } from '../../src/protocol/caution.ts';
import type { EngineStatus } from '../../src/protocol/status.ts';
import { cautionText } from '../../src/texts/cautionText.ts';
import { formatCount } from '../../src/texts/format.ts';
import { metricsFailureText } from '../../src/texts/metricsFailureText.ts';
import { patternsSetting, redactionProblemText } from '../../src/texts/redactionProblemText.ts';
import { requestFailureText } from '../../src/texts/requestFailureText.ts';
import { retryText, sourceErrorAdvice, sourceErrorText } from '../../src/sources/errorTexts.ts';
import { sourceName } from '../../src/sources/sourceName.ts';
import { sentences } from '../../src/texts/sentences.ts';
import { stuckAdvice, stuckText } from '../../src/texts/stuckTexts.ts';
import type { ComponentChildren } from 'preact';
import { Icon } from '../controls/icon.tsx';
import { IconButton } from '../controls/iconButton.tsx';
import { usePanel } from '../panelContext.ts';
import { ErrorActions } from '../controls/errorActions.tsx';
import { ReadAgainButton } from '../controls/readAgainButton.tsx';
import { OpenSettingsButton } from '../controls/openSettingsButton.tsx';
import { ShowLogButton } from '../controls/showLogButton.tsx';
import { SkipDamaged } from './skipDamaged.tsx';
import { shareRead } from './sourceStatus.tsx';

/** Lines below the header that tell of trouble without taking away what is shown. */
export function Banners() {
  const { state, t } = usePanel();
  const lost = state.engineLost.value;
  const notice = state.notice.value;
  const status = state.status.value;
  const metrics =
    status === null
      ? null
      : metricsFailureText(status.otlp, t, (count) => formatCount(count, state.language));
  const hasRows = (state.list.value?.totalAll ?? 0) > 0;
  return (
    // Each when it comes: what changes in one, as the number of attempts, is no news.
    <div class="banners" role="status" aria-atomic="false" aria-relevant="additions">
      {lost !== null && (
        <Banner kind={lost.comesBack ? 'warning' : 'error'}>
          <span title={lost.detail}>{engineLossText(lost, t)}</span>
          {!lost.comesBack && <EngineActions loss={lost} />}
        </Banner>
      )}
      {/* Without rows the empty page says the same at length. */}
      {hasRows && status !== null && <SourceBanner status={status} />}
      {status !== null && status.redactionProblems.length > 0 && (
        <Banner kind="warning">
          <span>
            {sentences(status.redactionProblems.map((problem) => redactionProblemText(problem, t)))}
          </span>
          <div class="error-actions">
            <OpenSettingsButton setting={patternsSetting} />
          </div>
        </Banner>
      )}
      {status?.caution !== undefined && <CautionBanner caution={status.caution} />}
      <TraceFileBanner />
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

/** What the reader can do about an engine that is not started again by itself. */
function EngineActions({ loss }: { loss: EngineLoss }) {
  const { session, t } = usePanel();
  const setting = engineLossSetting(loss);
  return (
    <div class="error-actions">
      <vscode-button
        onClick={() => {
          session.tell('startEngine', null);
        }}
      >
        {t('Restart Engine')}
      </vscode-button>
      {setting !== null && <OpenSettingsButton setting={setting} beside />}
      <ShowLogButton />
    </div>
  );
}

/** What is shown is not what the file holds by now. */
function TraceFileBanner() {
  const { state, t } = usePanel();
  const { name = '', state: fileState = 'same' } = state.traceFile.value ?? {};
  if (fileState === 'same') return null;
  const isGone = fileState === 'gone';
  return (
    <Banner kind="warning">
      <span>
        {isGone
          ? t('“{0}” was moved or deleted. Its content stays here until you close it.', name)
          : t('“{0}” was changed on disk. This is its content from before.', name)}
      </span>
      {!isGone && (
        <div class="error-actions">
          <ReadAgainButton />
        </div>
      )}
    </Banner>
  );
}

/** Less is read than the settings say. */
function CautionBanner({ caution }: { caution: Caution }) {
  const { t } = usePanel();
  return (
    <Banner kind="warning">
      <span>{cautionText(caution, t)}</span>
      <div class="error-actions">
        <OpenSettingsButton setting={heapSetting} />
        <ReadAgainButton beside />
      </div>
    </Banner>
  );
}

/** What keeps the source from being read. */
function SourceBanner({ status }: { status: EngineStatus }) {
  const { t } = usePanel();
  const source = status.state;
  switch (source.kind) {
    case 'retrying':
      return (
        <Banner kind="warning">
          <span>
            {sentences([
              sourceErrorText(source.error, t),
              retryText(source.error, source.attempt, t),
            ])}
          </span>
          <ErrorActions error={source.error} />
        </Banner>
      );
    case 'stuck':
      return (
        <Banner kind="warning">
          <span title={source.batch.detail}>
            {sentences([stuckText(source, t), stuckAdvice(source, t)])}
          </span>
          <SkipDamaged state={source} />
        </Banner>
      );
    case 'failed':
      return (
        <Banner kind="error">
          <span>
            {sentences([sourceErrorText(source.error, t), sourceErrorAdvice(source.error, t)])}
          </span>
          <ErrorActions error={source.error} />
        </Banner>
      );
    case 'endedEarly':
      return (
        <Banner kind="warning">
          <span>
            {t(
              'Reading was stopped: the list and its figures cover only the first {0} of “{1}”.',
              shareRead(status) ?? '',
              sourceName(status.source, t),
            )}
          </span>
          <div class="error-actions">
            <ReadAgainButton />
          </div>
        </Banner>
      );
    default:
      return null;
  }
}

function Banner(props: { kind: 'warning' | 'error'; children: ComponentChildren }) {
  return (
    <div class={`banner ${props.kind}`}>
      <Icon name={props.kind} />
      {props.children}
    </div>
  );
}
