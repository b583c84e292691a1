import { sourceName } from '../../src/sources/sourceName.ts';
import { formatClock, formatCount } from '../../src/texts/format.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { executionName } from '../../src/texts/titles.ts';
import { Icon } from '../controls/icon.tsx';
import { IconButton } from '../controls/iconButton.tsx';
import { MenuButton, type MenuEntry } from '../controls/menu.tsx';
import { Toolbar } from '../controls/toolbar.tsx';
import { type Panel, usePanel } from '../panelContext.ts';
import { saveExecution, saveShown, saveTraceFile } from '../saving.ts';
import { FilterBox } from '../filter/filterBox.tsx';
import { waysToSources } from '../sourceTable.tsx';
import { ConnectionMark } from './connectionMark.tsx';
import './header.css';
import { SourceStatus } from './sourceStatus.tsx';

/** The line on top: what is read, and what can be done with it. */
export function Header() {
  const { state, session, t } = usePanel();
  const kind = state.status.value?.state.kind ?? 'idle';
  const follows = state.followLatest.value;
  const pauseOrResume = (method: 'pause' | 'resume') => () => {
    session.ask(method, null).catch(() => undefined);
  };
  return (
    <header class="header">
      <BackButton />
      <ConnectionMark />
      <SourceStatus />
      <RejectedCount />
      <FilterBox />
      <Toolbar class="header-buttons" label={t('Source')}>
        {kind === 'reading' && (
          <IconButton
            icon="debug-stop"
            label={t('Stop Reading')}
            words={t('Stop')}
            onClick={() => {
              session.ask('endReading', null).catch(() => undefined);
            }}
          />
        )}
        {/* One button, so that the focus stays on it. */}
        {(kind === 'live' || kind === 'stuck' || kind === 'reading' || kind === 'paused') && (
          <IconButton
            icon={kind === 'paused' ? 'debug-continue' : 'debug-pause'}
            label={kind === 'paused' ? t('Resume') : t('Pause')}
            words={kind === 'paused' ? t('Resume') : t('Pause')}
            onClick={pauseOrResume(kind === 'paused' ? 'resume' : 'pause')}
          />
        )}
        {/* Nothing comes after what a file holds. */}
        {!state.isTraceFile && (
          <IconButton
            icon="arrow-circle-up"
            label={follows ? t('Follow Latest (On)') : t('Follow Latest (Off)')}
            words={t('Follow')}
            pressed={follows}
            onClick={() => {
              session.follow(!follows);
            }}
          />
        )}
        <MenuButton icon="ellipsis" label={t('More Actions…')} entries={useMenu()} />
      </Toolbar>
    </header>
  );
}

/** An opened file must not be a dead end. */
function BackButton() {
  const { state, session, t } = usePanel();
  const back = state.back.value;
  if (back === null) return null;
  const name = sourceName(back, t);
  return (
    <IconButton
      icon="arrow-left"
      label={t('Back to {0}', name)}
      onClick={() => {
        session.sources.goBack();
      }}
    />
  );
}

/** Records that were not understood must not be missed where all else looks well. */
function RejectedCount() {
  const { state, t } = usePanel();
  const rejected = state.status.value?.rejected ?? 0;
  if (rejected === 0) return null;
  const count = formatCount(rejected, state.language);
  return (
    <button
      type="button"
      class="rejected-count"
      title={t('Rejected Records ({0})', count)}
      onClick={() => {
        state.view.value = 'rejected';
      }}
    >
      <Icon name="warning" />
      <span aria-hidden="true">{count}</span>
      <span class="sr-only">{t('Rejected Records ({0})', count)}</span>
    </button>
  );
}

function useMenu(): MenuEntry[] {
  const panel = usePanel();
  const { state, session, t } = panel;
  const rejected = state.status.value?.rejected ?? 0;
  return [
    ...(state.isTraceFile ? [] : sourceEntries(panel)),
    ...saveEntries(panel),
    {
      icon: 'warning',
      label: t('Rejected Records ({0})', formatCount(rejected, state.language)),
      line: true,
      run: () => {
        state.view.value = 'rejected';
      },
    },
    {
      icon: 'pulse',
      label: t('Health'),
      run: () => {
        state.view.value = 'health';
      },
    },
    {
      icon: 'settings-gear',
      label: t('Settings'),
      line: true,
      run: () => session.tell('openSettings', { setting: 'rpaTrace' }),
    },
    { icon: 'output', label: t('Show Log'), run: () => session.tell('showLog', null) },
    {
      icon: 'book',
      label: t('Getting Started'),
      run: () => session.tell('openExternalHelp', { topic: 'gettingStarted' }),
    },
  ];
}

/** The ways to other sources, and away from this one. */
function sourceEntries(panel: Panel): MenuEntry[] {
  const { state, session, t } = panel;
  const isOpen = (state.status.value?.state.kind ?? 'idle') !== 'idle';
  return [
    {
      icon: 'arrow-swap',
      label: t('Switch Source…'),
      run: () => session.tell('switchSource', null),
    },
    ...waysToSources.map(({ way, begin }) => ({
      icon: way.icon,
      label: t(way.label),
      run: () => {
        begin(panel);
      },
    })),
    ...(isOpen
      ? [
          {
            icon: 'debug-disconnect',
            label: t('Disconnect'),
            run: () => {
              session.sources.disconnect();
            },
          },
        ]
      : []),
  ];
}

/** What stands on a panel of its own: the flow and when it ran, for several of one flow stand side by side. */
function titleOf({ tree, language }: Panel['state'], t: Translate): string {
  const window = tree.value;
  if (window === null) return '';
  const name = executionName({ ...window.summary, name: window.name }, t);
  return `${name} ${formatClock(window.summary.beginMs, language, Date.now())}`;
}

/** Nothing to save, no entry. */
function saveEntries({ state, session, t }: Panel): MenuEntry[] {
  const { selected } = state.choices.value;
  const count = state.list.value?.total ?? 0;
  return [
    ...(count > 0
      ? [
          {
            icon: 'save-all',
            label: t('Save Executions ({0})…', formatCount(count, state.language)),
            line: true,
            run: () => saveShown(session, state),
          },
        ]
      : []),
    ...(selected !== null && state.tree.value !== null
      ? [
          {
            icon: 'save',
            label: t('Save This Execution…'),
            run: () => saveExecution(session, selected),
          },
          {
            icon: 'package',
            label: t('Save as Trace File…'),
            run: () => saveTraceFile(session, selected),
          },
        ]
      : []),
    ...(selected !== null && state.tree.value !== null && !state.isTraceFile
      ? [
          {
            icon: 'empty-window',
            label: t('Open This Execution in New Panel'),
            run: () =>
              session.tell('openInNewPanel', {
                key: selected,
                name: titleOf(state, t),
              }),
          },
        ]
      : []),
  ];
}
