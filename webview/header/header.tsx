import { sourceName } from '../../src/sources/sourceName.ts';
import { formatCount } from '../../src/texts/format.ts';
import { Icon } from '../controls/icon.tsx';
import { IconButton } from '../controls/iconButton.tsx';
import { MenuButton } from '../controls/menu.tsx';
import { Toolbar } from '../controls/toolbar.tsx';
import { usePanel } from '../panelContext.ts';
import { FilterBox } from '../filter/filterBox.tsx';
import { ConnectionMark } from './connectionMark.tsx';
import './header.css';
import { menuEntries } from './menuEntries.ts';
import { SourceStatus } from './sourceStatus.tsx';

/** The line on top: what is read, and what can be done with it. */
export function Header() {
  const panel = usePanel();
  const { state, session, t } = panel;
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
        <MenuButton icon="ellipsis" label={t('More Actions…')} entries={menuEntries(panel)} />
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
