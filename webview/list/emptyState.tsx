import type { ComponentChildren } from 'preact';
import { assertNever } from '../../src/base/assertNever.ts';
import { formatCount } from '../../src/texts/format.ts';
import { retryText, sourceErrorAdvice, sourceErrorText } from '../../src/sources/errorTexts.ts';
import { shownSigns } from '../../src/base/shownSigns.ts';
import { sourceName } from '../../src/sources/sourceName.ts';
import { stuckAdvice, stuckText } from '../../src/texts/stuckTexts.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { Icon } from '../controls/icon.tsx';
import { ErrorActions } from '../controls/errorActions.tsx';
import { ReadAgainButton } from '../controls/readAgainButton.tsx';
import { SkipDamaged } from '../header/skipDamaged.tsx';
import { shareRead } from '../header/sourceStatus.tsx';
import { type Panel, usePanel } from '../panelContext.ts';
import type { EmptyReason } from './emptyReason.ts';
import { OlderButton } from './listFoot.tsx';

/** Says why there is nothing to show, and offers what to do next. */
export function EmptyState({ reason }: { reason: EmptyReason }) {
  const panel = usePanel();
  return <div class="empty-state">{content(reason, panel)}</div>;
}

function content(reason: EmptyReason, panel: Panel): ComponentChildren {
  const { state, session, t } = panel;
  const status = state.status.value;
  const name = status === null ? '' : shownSigns(sourceName(status.source, t));
  const detail = status?.source.detail ?? '';
  const count = (value: number) => formatCount(value, state.language);
  switch (reason.kind) {
    case 'opening':
      return (
        <Busy title={state.expectsSource.value ? t('Opening the last source…') : t('Opening…')} />
      );
    case 'connecting':
      return (
        <>
          <Busy title={t('Connecting to “{0}” at {1}…', name, detail)} />
          <Actions>
            <CancelButton {...panel} />
          </Actions>
        </>
      );
    case 'reading':
      return <Busy title={readingText(reason.lag, count, name, t)} />;
    case 'readingFile':
      return <Busy title={t('Reading “{0}”: {1}…', name, (status && shareRead(status)) ?? '')} />;
    case 'endedEarly':
      return (
        <>
          <Title icon="warning" text={t('Reading was stopped before the first execution.')} />
          <Actions>
            <ReadAgainButton />
          </Actions>
        </>
      );
    case 'listening':
      return (
        <>
          <Title icon="pulse" text={t('Listening on “{0}”…', name)} />
          <p>
            {t(
              'No executions yet. Run a robot or a workflow, and it appears here. If it doesn’t, check:',
            )}
          </p>
          <ul>
            <li>
              {t('Does the platform write its trace records to this topic on these brokers?')}
            </li>
            <li>{t('Are the runs older than the start position? Select an earlier one.')}</li>
            {(status?.rejected ?? 0) > 0 && (
              <li>
                <Rejected {...panel} />
              </li>
            )}
          </ul>
          <Actions>
            <ConnectionButton {...panel} />
            <SampleButton {...panel} />
            {status?.reach != null && <OlderButton reach={status.reach} />}
          </Actions>
        </>
      );
    case 'paused':
      return (
        <>
          <Title icon="debug-pause" text={t('Paused before the first execution.')} />
          <Actions>
            <vscode-button
              onClick={() => {
                session.ask('resume', null).catch(() => undefined);
              }}
            >
              {t('Resume')}
            </vscode-button>
          </Actions>
        </>
      );
    case 'stuck':
      return (
        <>
          <Title icon="warning" text={stuckText(reason, t)} />
          <p>{stuckAdvice(reason, t)}</p>
          <SkipDamaged state={reason} />
        </>
      );
    case 'retrying':
    case 'failed':
      return (
        <>
          <Title
            icon={reason.kind === 'failed' ? 'error' : 'sync'}
            text={sourceErrorText(reason.error, t)}
          />
          <p>{sourceErrorAdvice(reason.error, t)}</p>
          {reason.kind === 'retrying' && <p>{retryText(reason.error, reason.attempt, t)}</p>}
          <ErrorActions error={reason.error} />
        </>
      );
    case 'nothingReadable':
      return (
        <>
          <Title icon="file" text={t('“{0}” contains no executions.', name)} />
          {(status?.rejected ?? 0) > 0 ? (
            <p>
              <Rejected {...panel} />
            </p>
          ) : (
            <p>
              {t(
                'A trace file contains records as JSON, as JSON Lines, or as exported from a topic browser or log store, compressed or not.',
              )}
            </p>
          )}
          {!state.isTraceFile && (
            <Actions>
              <vscode-button
                onClick={() => {
                  void session.sources.openFiles();
                }}
              >
                {t('Open Trace Files…')}
              </vscode-button>
              <SampleButton {...panel} />
            </Actions>
          )}
        </>
      );
    case 'noneOfFlow':
      return (
        <>
          <Title icon="list-filter" text={t('No executions of {0} yet.', reason.flow)} />
          <p>
            {reason.others === 1
              ? t('Another flow has 1 execution.')
              : t('Other flows have {0} executions.', count(reason.others))}
          </p>
          <Actions>
            <vscode-button
              onClick={() => {
                session.setScope('all');
              }}
            >
              {t('Show All')}
            </vscode-button>
          </Actions>
        </>
      );
    case 'noMatch':
      return (
        <>
          <Title icon="search" text={t('No executions match “{0}”.', reason.filter)} />
          <Actions>
            <vscode-button
              onClick={() => {
                session.setFilter('');
              }}
            >
              {t('Clear Filter')}
            </vscode-button>
          </Actions>
        </>
      );
    case 'searching':
      return <Busy title={t('Nothing found yet…')} />;
    default:
      return assertNever(reason);
  }
}

function Busy({ title }: { title: string }) {
  const { state } = usePanel();
  // Nobody is at work any more; the banner says why.
  if (state.engineLost.value?.comesBack === false) return null;
  return (
    <div class="empty-title">
      <Icon name="loading" spin />
      <h2>{title}</h2>
    </div>
  );
}

const Title = ({ icon, text }: { icon: string; text: string }) => (
  <div class={`empty-title ${icon}`}>
    <Icon name={icon} />
    <h2>{text}</h2>
  </div>
);

const Actions = ({ children }: { children: ComponentChildren }) => (
  <div class="empty-actions">{children}</div>
);

const CancelButton = ({ session, t }: Panel) => (
  <vscode-button
    appearance="secondary"
    onClick={() => {
      session.sources.disconnect();
    }}
  >
    {t('Cancel')}
  </vscode-button>
);

const SampleButton = ({ session, t }: Panel) => (
  <vscode-button
    appearance="secondary"
    onClick={() => {
      session.sources.playSample();
    }}
  >
    {t('Play Sample Robot')}
  </vscode-button>
);

const ConnectionButton = ({ state, t }: Panel) => (
  <vscode-button
    onClick={() => {
      state.view.value = 'connect';
    }}
  >
    {t('Change Connection…')}
  </vscode-button>
);

/** How many records were not understood, and the way to them. */
function Rejected({ state, t }: Panel) {
  const count = state.status.value?.rejected ?? 0;
  return (
    <>
      {count === 1
        ? t('1 record could not be read as an execution.')
        : t(
            '{0} records could not be read as executions.',
            formatCount(count, state.language),
          )}{' '}
      <button
        type="button"
        class="link"
        onClick={() => {
          state.view.value = 'rejected';
        }}
      >
        {t('Show Them')}
      </button>
    </>
  );
}

function readingText(
  lag: number,
  count: (value: number) => string,
  name: string,
  t: Translate,
): string {
  return lag === 1
    ? t('Reading 1 record of “{0}”…', name)
    : t('Reading {0} records of “{1}”…', count(lag), name);
}
