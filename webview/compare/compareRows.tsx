import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CompareWindow, SentComparedRow } from '../../src/protocol/compare.ts';
import { earlierRowText } from '../../src/texts/earlierDifferences.ts';
import { compareMarkText, comparedRowLabel, deltaText } from '../../src/texts/comparedRowTexts.ts';
import { enumerated } from '../../src/texts/sentences.ts';
import { nodeStatusPresentation } from '../../src/texts/statusPresentation.ts';
import { rowTitle } from '../../src/texts/titles.ts';
import { comparedBars } from '../../src/view/comparedBars.ts';
import { differencePlace } from '../../src/view/differencePlace.ts';
import { Icon } from '../controls/icon.tsx';
import { RawId } from '../controls/rawId.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../controls/virtualRows.tsx';
import { usePanel } from '../panelContext.ts';
import { TimeAxis, useTimeTicks } from '../timeline/timeAxis.tsx';
import { inOrderOf, sideNames, toldOf } from './told.ts';
import type { Translate } from '../../src/texts/translate.ts';

const rowHeight = 36;
/** Around the list. */
const borders = 2;
/** What comes before the first difference is seen above it. */
const rowsAbove = 3;
/** Deeper levels keep this indent, so that their names stay in sight. */
const deepest = 16;

const icons = {
  same: 'blank',
  changed: 'diff-modified',
  added: 'diff-added',
  missing: 'diff-removed',
} as const;

/** One row a node, with a bar of each execution; by arrows, and F8 to what differs next. */
export function CompareRows(props: {
  answer: CompareWindow;
  onlyDifferences: boolean;
  onOnly: (only: boolean) => void;
  onRange: (offset: number, limit: number) => void;
  wanted: { readonly place: number; readonly n: number };
  onOpen: (place: number) => void;
}) {
  const { answer, onlyDifferences, onOnly, onRange, wanted, onOpen } = props;
  const { state, session, t } = usePanel();
  const handle = useRef<VirtualRowsHandle>(null);
  const [active, setActive] = useState(-1);
  const { totalRows, start, rows, differences } = answer;
  const go = (index: number, focus = true) => {
    const next = Math.max(0, Math.min(index, totalRows - 1));
    setActive(next);
    handle.current?.show(next, true);
    if (focus) handle.current?.focus();
  };
  const step = (by: 1 | -1) => {
    const next =
      by === 1
        ? (differences.find((index) => index > active) ?? differences[0])
        : (differences.findLast((index) => index < active) ?? differences.at(-1));
    if (next !== undefined) go(next);
  };
  const wantedAt = rows.findIndex(({ place }) => place === wanted.place);
  const shown = useRef<unknown>(null);
  // Once its page is there; whoever scrolls on is left where he is.
  useLayoutEffect(() => {
    const wish = JSON.stringify([wanted, answer.query.onlyDifferences]);
    if (wantedAt === -1 || shown.current === wish) return;
    shown.current = wish;
    go(start + wantedAt, wanted.n > 0);
  }, [wanted, answer]);
  const request = state.failureRequest.value;
  const seen = useRef(request?.n ?? 0);
  useEffect(() => {
    if (request === null || request.n === seen.current) return;
    seen.current = request.n;
    step(request.by);
  }, [request]);
  const rowAt = (index: number) => rows[index - start];
  const reveal = ({ nodeId, name, place: row }: SentComparedRow) => {
    if (nodeId === '') return;
    const { key } = answer.after.summary;
    const place = differencePlace(answer, row);
    const target = { nodeId, name, ...(place !== undefined && { place }) };
    session.tell('revealNode', { key, target, preserveFocus: false });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const perPage = handle.current?.rowsPerPage() ?? 10;
    const row = rowAt(active);
    const moves: Readonly<Record<string, number>> = {
      ...{ ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: totalRows - 1 },
      ...{ PageDown: active + perPage, PageUp: active - perPage },
    };
    const to = moves[event.key];
    if (to !== undefined) go(to);
    else if ((event.key === 'Enter' && event.altKey) || event.key === 'F12') {
      if (row !== undefined) reveal(row);
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (row !== undefined) onOpen(row.place);
    } else return;
    event.preventDefault();
  };
  const activeRow = rowAt(active);
  const say = inOrderOf(answer, t);
  const told = toldOf(answer);
  return (
    <section class="compare-rows" aria-label={t('Nodes of both')}>
      <div class="compare-tools">
        <label>
          <input
            type="checkbox"
            checked={onlyDifferences}
            onChange={({ currentTarget }) => {
              setActive(-1);
              onOnly(currentTarget.checked);
            }}
          />
          {t('Differences only')}
        </label>
        <span class="compare-keys">
          {t('F8 and Shift+F8: next and previous difference; Enter: side by side')}
        </span>
      </div>
      {totalRows === 0 ? (
        <p class="detail-note">{t('No node differs.')}</p>
      ) : (
        <>
          <Scale answer={answer} />
          <VirtualRows<SentComparedRow>
            total={totalRows}
            rowHeight={rowHeight}
            start={start}
            rows={rows}
            rowKey={({ place }) => String(place)}
            handle={handle}
            initialRow={Math.max(0, start + wantedAt - rowsAbove)}
            onRange={onRange}
            className="compare-list"
            attributes={{
              ...{ role: 'listbox', tabIndex: 0, 'aria-label': t('Nodes of both') },
              ...(activeRow === undefined ? {} : { 'aria-activedescendant': rowId(activeRow) }),
              onKeyDown,
              // Of few rows what is below them comes after the last.
              style: { maxHeight: `${String(totalRows * rowHeight + borders)}px` },
            }}
            renderRow={(row, index) => (
              <Row
                key={row.place}
                row={row}
                isActive={index === active}
                extentMs={answer.extentMs}
                say={say}
                earlier={earlierRowText(row, told, t)}
                onClick={() => {
                  setActive(index);
                  onOpen(row.place);
                }}
              />
            )}
          />
        </>
      )}
    </section>
  );
}

/** Which bar is whose, and the time that both are drawn along. */
function Scale({ answer }: { answer: CompareWindow }) {
  const { t } = usePanel();
  const scale = useTimeTicks({ beginMs: 0, endMs: answer.extentMs });
  const names = sideNames(answer, t);
  return (
    <div class="compare-scale">
      <span />
      <span class="compare-legend">
        {(['before', 'after'] as const).map((which) => (
          <span key={which}>
            <span class={`compare-swatch compare-bar-${which}`} aria-hidden="true" />
            {names[which]}
          </span>
        ))}
      </span>
      <TimeAxis {...scale} />
      <span class="compare-delta" title={t('How much longer or shorter it took')}>
        {t('Change')}
      </span>
    </div>
  );
}

function rowId({ place }: SentComparedRow): string {
  return `compare-row-${String(place)}`;
}

function Row(props: {
  row: SentComparedRow;
  isActive: boolean;
  extentMs: number;
  /** In words that are right for which ran first. */
  say: Translate;
  /** Why it is not the first difference, though it differs. */
  earlier: string;
  onClick: () => void;
}) {
  const { row, isActive, extentMs, say, earlier, onClick } = props;
  const { t } = usePanel();
  // How it ended in the other one says nothing of this one.
  const { icon, color } = nodeStatusPresentation(row.after?.status ?? 'notRun');
  const withWhy = (text: string) => enumerated([text, earlier], t);
  const label = withWhy(comparedRowLabel(row, say));
  const title = rowTitle(row, t);
  const bars = comparedBars(row, extentMs);
  return (
    <div
      id={rowId(row)}
      class={`compare-row compare-${row.mark} ${isActive ? 'compare-active' : ''}`}
      role="option"
      aria-selected={isActive}
      aria-label={label}
      title={label}
      style={{ height: `${String(rowHeight)}px` }}
      onClick={onClick}
    >
      <span class="compare-mark" title={withWhy(compareMarkText(row, say))}>
        <Icon name={icons[row.mark]} />
      </span>
      <span
        class="compare-name"
        style={{ paddingInlineStart: `${String(Math.min(row.level - 1, deepest) * 12)}px` }}
      >
        <span style={{ color: `var(${color})` }}>
          <Icon name={icon} />
        </span>
        <span class="compare-label">{title.name}</span>
        <RawId id={title.id} />
      </span>
      <span class="compare-bars" aria-hidden="true">
        <Bar bar={bars.before} which="before" />
        <Bar bar={bars.after} which="after" />
      </span>
      <span class="compare-delta">{deltaText(row)}</span>
    </div>
  );
}

function Bar({ bar, which }: { bar: ComparedBar; which: 'before' | 'after' }) {
  return (
    <span class="compare-bar-room">
      {bar !== null && (
        <span
          class={`compare-bar compare-bar-${which}`}
          style={{ left: `${String(bar.left)}%`, width: `${String(bar.width)}%` }}
        />
      )}
    </span>
  );
}

type ComparedBar = ReturnType<typeof comparedBars>['before'];
