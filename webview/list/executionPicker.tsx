import { useEffect, useRef } from 'preact/hooks';
import { formatClock } from '../../src/texts/format.ts';
import { openedOutcome, openedPresentation } from '../../src/texts/openedOutcome.ts';
import { executionTitle } from '../../src/texts/titles.ts';
import { Duration } from '../controls/duration.tsx';
import { Icon } from '../controls/icon.tsx';
import { Known } from '../controls/known.tsx';
import { RawId } from '../controls/rawId.tsx';
import { usePanel } from '../panelContext.ts';
import { emptyReason } from './emptyReason.ts';
import { EmptyState } from './emptyState.tsx';
import { StatusIcon } from './executionRow.tsx';
import { ListRegion } from './listRegion.tsx';
import { useOpenedPlace } from './openedPlace.ts';

/** What it has room for at least: also for why there is none, and for what is wrong in a filter. */
const leastRows = { all: 6, filtered: 9 } as const;

/** Where there is no room for the list: the open execution, and the list on demand. */
export function ExecutionPicker() {
  const { state, session, t } = usePanel();
  const isOpen = state.pickerOpen.value;
  const setOpen = (open: boolean) => {
    state.pickerOpen.value = open;
  };
  const root = useRef<HTMLDivElement>(null);
  const close = () => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>('.picker-button')?.focus();
  };
  useEffect(() => {
    if (!isOpen) return;
    // Typing in the filter opens it too, and goes on there.
    const isFiltering = document.activeElement?.closest('.filter-box') != null;
    if (!isFiltering) root.current?.querySelector<HTMLElement>('[role=listbox]')?.focus();
    const closeOutside = ({ target }: Event) => {
      if (!(target instanceof Node && root.current?.contains(target))) setOpen(false);
    };
    // Tab leads out of it; from the filter one goes on choosing.
    const closeBehind = (event: FocusEvent) => {
      const isFilter =
        event.target instanceof Element && event.target.closest('.filter-box') !== null;
      if (!isFilter) closeOutside(event);
    };
    // From the filter too, once it is empty.
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('keydown', closeOnEscape);
    document.addEventListener('focusin', closeBehind);
    return () => {
      document.removeEventListener('focusin', closeBehind);
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('keydown', closeOnEscape);
    };
  }, [isOpen]);
  const counts = !isOpen && !state.followLatest.value;
  useEffect(() => {
    session.list.setHold('closed', counts);
    return () => {
      session.list.setHold('closed', false);
    };
  }, [counts]);
  const reason = emptyReason(state.status.value, state.list.value, state.flow.value);
  const rows = state.list.value?.total ?? 0;
  const least = state.chosen('filter') === '' ? leastRows.all : leastRows.filtered;
  const tree = state.tree.value;
  const title = tree === null ? null : executionTitle({ ...tree.summary, name: tree.name }, t);
  const place = useOpenedPlace(isOpen);
  return (
    <div
      ref={root}
      class="picker"
      onKeyDown={(event) => {
        if (!isOpen || event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}
    >
      <div class="picker-bar">
        <button
          type="button"
          class="picker-button"
          aria-haspopup="listbox"
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {tree === null || title === null ? (
            <span class="picker-what">{t('Select an execution')}</span>
          ) : (
            <>
              <StatusIcon status={openedPresentation(tree)} />
              <span class="sr-only">{openedOutcome(tree, t)}</span>
              <span class="picker-what">
                <span class="picker-name">{title.name}</span>
                <RawId id={title.id} />
                <span class="execution-time">
                  <Known text={formatClock(tree.summary.beginMs, state.language, Date.now())} />
                </span>
              </span>
              <span class="execution-duration">
                <Duration of={tree.summary} isRunning={tree.summary.outcome === 'running'} />
              </span>
            </>
          )}
          <Icon name={isOpen ? 'chevron-up' : 'chevron-down'} />
        </button>
      </div>
      {isOpen && (
        <div class="picker-list" style={{ '--picker-rows': Math.max(least, rows) }}>
          <ListRegion
            instead={reason === null ? null : <EmptyState reason={reason} />}
            openedAt={place === 'outside' ? null : place}
            onOpened={close}
          />
          {/* Below, where it moves no row. */}
          {place === 'outside' && tree !== null && title !== null && (
            <div class="picker-outside">
              <StatusIcon status={openedPresentation(tree)} />
              <span class="picker-name">{title.name}</span>
              <RawId id={title.id} />
              <span class="picker-note">{t('Open, but not in this list')}</span>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
