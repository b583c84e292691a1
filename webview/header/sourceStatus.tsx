import { assertNever } from '../../src/base/assertNever.ts';
import { percentOf } from '../../src/base/percent.ts';
import { shownSigns } from '../../src/base/shownSigns.ts';
import type { EngineLoss } from '../../src/protocol/engineLoss.ts';
import type { EngineStatus } from '../../src/protocol/status.ts';
import { sourceName } from '../../src/sources/sourceName.ts';
import { traitsOf } from '../../src/sources/table.ts';
import { formatCount } from '../../src/texts/format.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { Icon } from '../controls/icon.tsx';
import { type Panel, usePanel } from '../panelContext.ts';

interface Shown {
  readonly icon: string;
  /** Name of a variable of the theme, or of `colours.css`. */
  readonly color: string;
  readonly text: string;
  readonly spin?: boolean;
}

/** What the source does, where it is, and how far it is behind. */
export function SourceStatus() {
  const { state, t } = usePanel();
  const status = state.status.value;
  const loss = state.engineLost.value;
  const shown = shownOf(state, t);
  const name = status === null ? '' : shownSigns(sourceName(status.source, t));
  // What a dead engine told last of its source is not so any more.
  const told = loss === null ? status : null;
  const lag = told === null ? 0 : lagOf(told);
  const share = told === null ? null : shareRead(told);
  const detail = shownSigns(status?.source.detail ?? '');
  return (
    <div class="source-status" title={[name, detail].filter(Boolean).join('\n')}>
      <span class="source-state" style={{ color: `var(${shown.color})` }}>
        <Icon name={shown.icon} spin={shown.spin === true} />
      </span>
      <span class="source-words">{shown.text}</span>
      {name !== '' && (
        <span class="source-name">
          <span>{name}</span>
        </span>
      )}
      {share !== null && <span class="source-lag">{share}</span>}
      {lag > 0 && (
        <span class="source-lag" title={t('Records on the topic that haven’t been read yet')}>
          {t('lag {0}', formatCount(lag, state.language))}
        </span>
      )}
    </div>
  );
}

function shownOf({ status, engineLost, expectsSource }: Panel['state'], t: Translate): Shown {
  const loss = engineLost.value;
  return loss === null ? present(status.value, expectsSource.value, t) : presentLoss(loss, t);
}

/** The state of the source and its name, without what changes while it goes on. */
export function sourceWords(state: Panel['state'], t: Translate): string {
  const status = state.status.value;
  const name = status === null ? '' : shownSigns(sourceName(status.source, t));
  return [shownOf(state, t).text, name].filter(Boolean).join(' ');
}

/** How much of a file is read, where it isn't all; null of other sources. */
export function shareRead({ state }: EngineStatus): string | null {
  if (state.kind !== 'reading' && state.kind !== 'endedEarly') return null;
  return `${String(percentOf(state.doneBytes, state.totalBytes))}%`;
}

/** Records that are on the topic and not read yet. */
export function lagOf({ state }: EngineStatus): number {
  return 'lag' in state ? state.lag : 0;
}

function presentLoss({ comesBack }: EngineLoss, t: Translate): Shown {
  return comesBack
    ? { icon: 'sync', color: '--trace-warning', text: t('Restarting'), spin: true }
    : { icon: 'error', color: '--trace-failed', text: t('Stopped') };
}

function present(status: EngineStatus | null, expectsSource: boolean, t: Translate): Shown {
  const state = status?.state ?? { kind: 'idle' };
  switch (state.kind) {
    case 'idle':
      return expectsSource
        ? { icon: 'loading', color: '--trace-running', text: t('Opening'), spin: true }
        : {
            icon: 'circle-large',
            color: '--vscode-descriptionForeground',
            text: t('Not connected'),
          };
    case 'connecting':
      return {
        icon: 'sync',
        color: '--trace-running',
        text: t(traitsOf(status?.source.kind ?? 'none')?.beginning ?? ''),
        spin: true,
      };
    case 'live':
      return { icon: 'circle-filled', color: '--trace-succeeded', text: t('Live') };
    case 'stuck':
      return { icon: 'warning', color: '--trace-warning', text: t('Stuck') };
    case 'reading':
      return { icon: 'sync', color: '--trace-running', text: t('Reading'), spin: true };
    case 'paused':
      return { icon: 'debug-pause', color: '--trace-warning', text: t('Paused') };
    case 'retrying':
      return {
        icon: 'sync',
        color: '--trace-warning',
        text: state.error.reason === 'noSuchTopic' ? t('Waiting for the topic') : t('Reconnecting'),
        spin: true,
      };
    case 'ended':
      return { icon: 'check', color: '--vscode-descriptionForeground', text: t('Read to the end') };
    case 'endedEarly':
      return { icon: 'warning', color: '--trace-warning', text: t('Partially read') };
    case 'failed':
      return { icon: 'error', color: '--trace-failed', text: t('Failed') };
    default:
      return assertNever(state);
  }
}
