import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ExecutionKey } from '../../src/trace/execution.ts';
import type { ExecutionRow } from '../../src/protocol/list.ts';
import { usePanel } from '../panelContext.ts';
import { VirtualRows, type VirtualRowsHandle } from '../controls/virtualRows.tsx';
import { ExecutionListRow, rowTexts } from './executionRow.tsx';
import { isNewerPill } from './newerPill.tsx';
import './list.css';

const rowHeight = 22;

/** The executions, newest first; `onOpened` is called after the reader opened one. */
export function ExecutionList({
  onOpened,
  toTop,
  openedAt = null,
}: {
  onOpened?: () => void;
  /** The row that shall come into view once it is known, counted from the newest. */
  openedAt?: number | null;
  /** Given the way to the first row; by key the focus goes there too. */
  toTop: { current: (isByKey: boolean) => void };
}) {
  const { state, session, t } = usePanel();
  const { list: feed } = session;
  const handle = useRef<VirtualRowsHandle>(null);
  const window = state.list.value;
  const selected = state.chosen('selected');
  const [focus, setFocus] = useState(0);
  /** The row that is open while the focus is on it: it keeps the focus when others come in above it. */
  const [focusKey, setFocusKey] = useState<ExecutionKey | null>(null);
  const [isFocused, setFocused] = useState(false);
  /** The focus comes back from a context menu: to the same row. */
  const hadMenu = useRef(false);
  useLayoutEffect(() => {
    if (openedAt === null) return;
    // Rows are counted from the first that is shown, which newer ones wait above.
    const waiting = state.list.peek()?.newer ?? 0;
    if (openedAt < waiting) feed.showNewest();
    const row = openedAt < waiting ? openedAt : openedAt - waiting;
    setFocus(row);
    setFocusKey(selected);
    handle.current?.show(row, true);
  }, [openedAt]);
  if (window === null || window.total === 0) return null;

  const total = window.total - window.newer;
  const start = window.start - window.newer;
  const placeOf = (key: ExecutionKey | null) => {
    const at = window.rows.findIndex((row) => row.key === key);
    return at === -1 || start + at < 0 ? null : start + at;
  };
  const focusIndex = placeOf(focusKey) ?? Math.min(focus, total - 1);
  const focusOn = (index: number) => {
    setFocus(index);
    setFocusKey(null);
  };
  const rowAt = (index: number) => window.rows[index - start];
  const open = (row: ExecutionRow | undefined) => {
    if (row === undefined) return;
    session.select(row.key);
    onOpened?.();
  };
  const moveTo = (index: number) => {
    const within = Math.max(0, Math.min(index, total - 1));
    focusOn(within);
    handle.current?.show(within, false);
  };
  toTop.current = (isByKey) => {
    moveTo(0);
    if (isByKey) handle.current?.focus();
  };
  /** Among the rows at hand, and around their end; the list stays where it is opened on demand. */
  const goToFailure = (by: 1 | -1) => {
    for (let step = 1; step <= total; step++) {
      const index = (focusIndex + by * step + total * 2) % total;
      const row = rowAt(index);
      if (row?.outcome !== 'failed') continue;
      moveTo(index);
      session.select(row.key);
      return;
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = (handle.current?.rowsPerPage() ?? 10) - 1;
    const targets: Record<string, number> = {
      ArrowDown: focusIndex + 1,
      ArrowUp: focusIndex - 1,
      PageDown: focusIndex + page,
      PageUp: focusIndex - page,
      Home: 0,
      End: total - 1,
    };
    const target = targets[event.key];
    if (event.key === 'F8') goToFailure(event.shiftKey ? -1 : 1);
    else if (target !== undefined) moveTo(target);
    else if (event.key === 'Enter' || event.key === ' ') open(rowAt(focusIndex));
    else return;
    event.preventDefault();
  };
  const onFocus = () => {
    setFocused(true);
    // The first stop is what is open, if it is in sight.
    const at = placeOf(selected);
    if (at !== null && !hadMenu.current) {
      setFocus(at);
      setFocusKey(selected);
    }
    hadMenu.current = false;
    if (!state.followLatest.value) feed.setHold('focus', true);
  };
  const nowMs = Date.now();
  const renderRow = (row: ExecutionRow, index: number) => (
    <ExecutionListRow
      key={row.key}
      id={rowId(index)}
      row={row}
      index={index}
      total={total}
      selected={row.key === selected}
      focused={isFocused && index === focusIndex}
      texts={rowTexts(row, state.language, nowMs, t)}
    />
  );
  return (
    <div
      class="execution-list"
      onScrollCapture={({ target }) => {
        if (target instanceof HTMLElement) feed.scrolledTo(Math.ceil(target.scrollTop / rowHeight));
      }}
      onContextMenu={({ target }) => {
        const index = clickedIndex(target);
        if (index === null) return;
        hadMenu.current = true;
        focusOn(index);
      }}
      onClick={({ target }) => {
        const index = clickedIndex(target);
        if (index === null) return;
        focusOn(index);
        open(rowAt(index));
      }}
    >
      <VirtualRows
        total={total}
        rowHeight={rowHeight}
        start={start}
        rows={window.rows}
        rowKey={({ key }) => key}
        renderRow={renderRow}
        onRange={(offset, limit) => {
          feed.range(offset, limit);
        }}
        handle={handle}
        initialRow={state.choices.peek().list.row}
        stickToTop
        className="execution-rows"
        attributes={{
          role: 'listbox',
          tabIndex: 0,
          'aria-label': t('Executions, newest first'),
          'aria-activedescendant': rowId(focusIndex),
          onKeyDown,
          onFocus,
          onBlur: ({ relatedTarget }) => {
            setFocused(false);
            // On the way to the pill rows stay: without them held it would be gone before it is reached.
            if (!isNewerPill(relatedTarget)) feed.setHold('focus', false);
          },
        }}
      />
    </div>
  );
}

const rowId = (index: number) => `execution-${index}`;

function clickedIndex(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return row === null ? null : Number(row.dataset['index']);
}
