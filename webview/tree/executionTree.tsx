import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import '../colours.css';
import './tree.css';
import type { TreeRow, TreeWindow } from '../../src/protocol/tree.ts';
import type { RunKey } from '../../src/trace/execution.ts';
import type { Translate } from '../../src/texts/translate.ts';
import { executionName } from '../../src/texts/titles.ts';
import { growingExtent } from '../../src/view/timelineBars.ts';
import { useNow } from '../controls/now.ts';
import { BarLegend } from '../timeline/barLegend.tsx';
import { TimeAxis, useTimeTicks } from '../timeline/timeAxis.tsx';
import type { FocusRequest } from '../state.ts';
import { followFocus, type TreeFocus } from './treeFocus.ts';
import {
  findByName,
  nextFailure,
  rowAbove,
  rowInFlow,
  treeAction,
  type TreeAction,
  type TreePlace,
} from './treeKeys.ts';
import { TreeMemory } from './treeMemory.ts';
import { rowElementId, TreeRowView } from './treeRow.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../controls/virtualRows.tsx';

/** What the tree shows and whom it tells. */
export interface ExecutionTreeProps {
  readonly window: TreeWindow;
  readonly selectedKey: RunKey | null;
  /** Rows that a followed value went through. */
  readonly onTrail?: ReadonlySet<RunKey | null>;
  readonly onSelect: (row: TreeRow) => void;
  /** The reader points at a row, or came to it with a key. */
  readonly onNear?: (row: RunKey) => void;
  readonly onToggle: (row: TreeRow) => void;
  readonly onRange: (offset: number, limit: number) => void;
  readonly onReveal: (row: TreeRow) => void;
  readonly t: Translate;
  /** Brings a row into view and gives it the focus, once for each `n`. */
  readonly focusRequest: FocusRequest | null;
  /** Goes to the next failure or the one before, and takes the focus, once for each `n`. */
  readonly failureRequest?: { readonly by: 1 | -1; readonly n: number } | null;
  /** What runs goes on, and counts up. */
  readonly isLive?: boolean;
  /** Where the reader was in executions before. */
  readonly memory?: TreeMemory;
}

const rowHeight = 22;

/** What so many rows need, with the time axis above them and some air below. */
export const treeHeight = (rows: number): number => (rows + 1) * rowHeight + 6;

/** Letters typed faster than this are one word. */
const typingPauseMs = 800;

/** The execution tree with its time axis: one for each execution, so that another one begins afresh. */
export function ExecutionTree(props: ExecutionTreeProps): JSX.Element {
  const own = useRef<TreeMemory>(null);
  const memory = props.memory ?? (own.current ??= new TreeMemory());
  return <TreeOfOne key={props.window.query.key} {...props} memory={memory} />;
}

function TreeOfOne(props: ExecutionTreeProps & { readonly memory: TreeMemory }): JSX.Element {
  const { window, selectedKey, focusRequest, failureRequest = null, memory, t } = props;
  const { fulfilled } = memory;
  const list = useRef<VirtualRowsHandle>(null);
  const [wanted, setFocus] = useState<TreeFocus>(() => firstFocus(window, selectedKey));
  /** What waits for rows that are not at hand. */
  const [awaited, setAwaited] = useState<Extract<
    TreeAction,
    { kind: 'parent' | 'failure' }
  > | null>(null);
  const typed = useRef({ text: '', at: 0 });
  const nearest = useRef<RunKey | null>(null);
  const focus = followFocus(wanted, window);
  const place = (): TreePlace => ({
    total: window.totalRows,
    start: window.start,
    rows: window.rows,
    focus: focus.index,
    rowsPerPage: list.current?.rowsPerPage() ?? 1,
  });
  const moveTo = (index: number, centre = false): void => {
    setAwaited(null);
    const key = window.rows[index - window.start]?.key ?? null;
    setFocus({ index, key });
    comesNear(key);
    list.current?.show(index, centre);
  };
  const comesNear = (key: RunKey | null): void => {
    if (key === null || key === nearest.current) return;
    nearest.current = key;
    props.onNear?.(key);
  };

  useLayoutEffect(() => {
    // The row that came under the focus is remembered by its key from now on.
    if (focus !== wanted) setFocus(focus);
  });
  useLayoutEffect(() => {
    if (focusRequest === null || focusRequest.n === fulfilled.focus) return;
    fulfilled.focus = focusRequest.n;
    moveTo(focusRequest.row, true);
    if (focusRequest.takesFocus === true) list.current?.focus();
  }, [focusRequest?.n]);
  useLayoutEffect(() => {
    if (failureRequest === null || failureRequest.n === fulfilled.failure) return;
    fulfilled.failure = failureRequest.n;
    list.current?.focus();
    goToFailure({ kind: 'failure', by: failureRequest.by });
  }, [failureRequest?.n]);
  useLayoutEffect(() => {
    if (awaited?.kind === 'parent') goToParent(awaited);
    else if (awaited !== null) goToFailure(awaited);
  }, [window]);

  const seen = useRef(window);
  seen.current = window;
  useLayoutEffect(
    () => () => {
      const { query, rows, start } = seen.current;
      const top = (list.current?.firstRow() ?? 0) - start;
      memory.of(query.key).top = rows[top]?.key ?? null;
    },
    [],
  );

  const goToParent = (action: Extract<TreeAction, { kind: 'parent' }>): void => {
    const row = rowAbove(place(), action.below, action.level);
    if (row !== null) {
      moveTo(row);
    } else if (window.start > 0) {
      setAwaited(action);
      const offset = Math.max(0, window.start - parentPage);
      props.onRange(offset, window.start + 1 - offset);
    }
  };
  const goToFailure = (action: Extract<TreeAction, { kind: 'failure' }>): void => {
    const next = nextFailure(place(), action.by);
    if (next === null) return;
    moveTo(next.row);
    const row = window.rows[next.row - window.start];
    // Page by page where there are more rows: what is seen goes along, and the rows around it come.
    if (!next.isFound) setAwaited(action);
    else if (row !== undefined) props.onSelect(row);
  };
  const reveal = (row: TreeRow): void => {
    const inFlow = rowInFlow(window, row);
    if (inFlow !== null) props.onReveal(inFlow);
  };
  const find = (letter: string, now: number): void => {
    const isNew = now - typed.current.at > typingPauseMs;
    typed.current = { text: isNew ? letter : typed.current.text + letter, at: now };
    const row = findByName(place(), typed.current.text);
    if (row !== null) moveTo(row);
  };
  const act = (action: TreeAction, now: number): void => {
    switch (action.kind) {
      case 'move':
        moveTo(action.row);
        return;
      case 'parent':
        goToParent(action);
        return;
      case 'toggle':
        props.onToggle(action.row);
        return;
      case 'select':
        props.onSelect(action.row);
        return;
      case 'reveal':
        reveal(action.row);
        return;
      case 'find':
        find(action.letter, now);
        return;
      case 'failure':
        goToFailure(action);
        return;
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = treeAction(event, place());
    if (action === null) return;
    event.preventDefault();
    event.stopPropagation();
    act(action, event.timeStamp);
  };
  const onClick = (event: MouseEvent): void => {
    const hit = hitRow(event.target, window);
    if (hit === null) return;
    moveTo(hit.index);
    const isLink = hit.part === 'reveal' || event.ctrlKey || event.metaKey;
    if (hit.part === 'twistie') props.onToggle(hit.row);
    else if (isLink) reveal(hit.row);
    else props.onSelect(hit.row);
  };
  const onContextMenu = ({ target }: MouseEvent): void => {
    const hit = hitRow(target, window);
    if (hit !== null) moveTo(hit.index);
  };

  const { isLive = false } = props;
  const counts = isLive && window.summary.outcome === 'running';
  const time = useNow(counts);
  // What its steps tell is by the clock of its robot, which may be ahead of ours.
  const now = counts ? Math.max(time, window.summary.reachedMs ?? time) : null;
  const extent =
    now === null || window.extent === null ? window.extent : growingExtent(window.extent, now);
  const scale = useTimeTicks(extent);
  const step = scale.ticks[1]?.at;
  return (
    <div class="tree" style={step === undefined ? {} : { '--tree-grid-step': `${step}%` }}>
      <VirtualRows
        className="tree-rows"
        total={window.totalRows}
        rowHeight={rowHeight}
        start={window.start}
        rows={window.rows}
        rowKey={keyOf}
        initialRow={initialRow(window, memory)}
        onRange={props.onRange}
        handle={list}
        headerHeight={rowHeight}
        header={
          <div class="tree-header" aria-hidden="true">
            <div class="tree-header-name">{t('Step')}</div>
            <TimeAxis {...scale} />
            <div class="tree-duration">{t('Duration')}</div>
          </div>
        }
        attributes={{
          role: 'tree',
          tabIndex: 0,
          'aria-label': t(
            'Execution tree of {0}',
            executionName({ ...window.summary, name: window.name }, t),
          ),
          ...(focus.key === null ? {} : { 'aria-activedescendant': rowElementId(focus.key) }),
          onKeyDown,
          onClick,
          onContextMenu,
          onPointerOver: ({ target }) => comesNear(hitRow(target, window)?.row.key ?? null),
        }}
        renderRow={(row) => (
          <TreeRowView
            key={row.key}
            row={row}
            isSelected={row.key === selectedKey}
            isFocused={row.key === focus.key}
            isOnTrail={props.onTrail?.has(row.key) === true}
            extent={extent}
            now={now}
            execution={window.query.key}
            t={t}
          />
        )}
      />
      {/* Beside the rows: what a tree holds is its items alone. */}
      {window.extent !== null && <BarLegend t={t} />}
    </div>
  );
}

/** A parent lies seldom further up; each step asks for as many rows. */
const parentPage = 2_000;

const keyOf = (row: TreeRow): string => row.key;

function initialRow({ start, focus, query, rows }: TreeWindow, memory: TreeMemory): number {
  const { top } = memory.of(query.key);
  const seen = top === null ? -1 : rows.findIndex(({ key }) => key === top);
  if (seen !== -1) return start + seen;
  if (focus === null) return 'offset' in query.at ? start : 0;
  // Some rows above tell where one is.
  return Math.max(0, focus - 5);
}

function firstFocus(window: TreeWindow, selectedKey: RunKey | null): TreeFocus {
  const index = window.rows.findIndex(({ key }) => key === selectedKey);
  if (index !== -1) return { index: window.start + index, key: selectedKey };
  const row = window.focus ?? window.start;
  return { index: row, key: window.rows[row - window.start]?.key ?? null };
}

function hitRow(
  target: EventTarget | null,
  { rows, start }: TreeWindow,
): { row: TreeRow; index: number; part: string } | null {
  if (!(target instanceof Element)) return null;
  const key = target.closest<HTMLElement>('[data-key]')?.dataset['key'];
  const index = rows.findIndex((row) => row.key === key);
  const row = rows[index];
  const part = target.closest<HTMLElement>('[data-part]')?.dataset['part'] ?? '';
  return row === undefined ? null : { row, index: start + index, part };
}
