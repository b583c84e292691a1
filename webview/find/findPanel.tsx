import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { shownSigns } from '../../src/base/shownSigns.ts';
import type { FindAnswer, FindHit } from '../../src/protocol/find.ts';
import { findHint, findStateText, foundCountText } from '../../src/texts/findTexts.ts';
import { placeStep, placeText } from '../../src/texts/placeTexts.ts';
import { labelled } from '../../src/texts/sentences.ts';
import { requestFailureText } from '../../src/texts/requestFailureText.ts';
import { IconButton } from '../controls/iconButton.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../controls/virtualRows.tsx';
import { usePanel } from '../panelContext.ts';
import type { Finding } from '../state.ts';
import { FoundWay } from './foundWay.tsx';

const rowHeight = 22;
/** More are scrolled to: the tree keeps its room. */
const mostRows = 7;
/** Leaves the rest of its line to the way to it. */
const shortText = 24;

/** Looks for something in all of the opened execution, and lists where it is. */
export function FindPanel() {
  const { state, session, t } = usePanel();
  const finding = state.finding.value;
  const { answer, failure } = state.found.value;
  const key = state.tree.value?.summary.key ?? null;
  useEffect(() => {
    if (key !== null) session.places.find.follow(key);
  }, [key]);
  if (finding === null) return null;
  const hint = findHint(t);
  const note =
    failure !== null
      ? requestFailureText(failure, t)
      : answer !== null
        ? findStateText(answer, finding.isStopped, t)
        : finding.text.trim() === ''
          ? hint
          : '';
  return (
    <section class="find-panel" role="search" aria-label={t('Find in the execution')}>
      <FindBar {...{ finding, answer, hint }} />
      {note !== '' && (
        <p class="find-note" role="status">
          {note}
          {answer?.stored != null && (
            <button
              type="button"
              class="link"
              title={t('Show where the first one is, to fetch it')}
              onClick={() => {
                if (answer.stored !== null) session.places.show(answer.stored.first);
              }}
            >
              {t('Show the First')}
            </button>
          )}
        </p>
      )}
      {answer !== null && answer.total > 0 && <Hits answer={answer} at={finding.at} />}
    </section>
  );
}

function FindBar(props: { finding: Finding; answer: FindAnswer | null; hint: string }) {
  const { finding, answer, hint } = props;
  const { session, t } = usePanel();
  const { find } = session.places;
  const input = useRef<HTMLInputElement>(null);
  // At once: the next letter that is typed belongs in here.
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [finding.asked]);
  const { text, isPattern, matchCase, wholeWord, isStopped, at } = finding;
  const total = answer?.total ?? 0;
  const isNone =
    answer !== null && total === 0 && (answer.state !== 'searching' || answer.fault !== null);
  const onKeyDown = (event: KeyboardEvent) => {
    const toggles: Readonly<Record<string, () => void>> = {
      c: () => find.look({ matchCase: !matchCase }),
      w: () => find.look({ wholeWord: !wholeWord }),
      r: () => find.look({ isPattern: !isPattern }),
    };
    const toggle = event.altKey ? toggles[event.key.toLowerCase()] : undefined;
    if (toggle !== undefined) toggle();
    else if (event.key === 'Enter' && event.target === input.current)
      find.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'ArrowDown' && event.target === input.current) {
      document.querySelector<HTMLElement>('.find-hits')?.focus();
    } else if (event.key === 'Escape') find.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="find-bar" onKeyDown={onKeyDown}>
      <input
        ref={input}
        class={isNone ? 'find-none' : ''}
        type="text"
        value={text}
        placeholder={t('Find in all steps')}
        title={hint}
        aria-label={t('Find in all steps')}
        aria-description={hint}
        spellcheck={false}
        onInput={({ currentTarget }) => find.look({ text: currentTarget.value })}
      />
      <IconButton
        icon="case-sensitive"
        label={t('Match Case (Alt+C)')}
        pressed={matchCase}
        onClick={() => find.look({ matchCase: !matchCase })}
      />
      <IconButton
        icon="whole-word"
        label={t('Match Whole Word (Alt+W)')}
        pressed={wholeWord}
        onClick={() => find.look({ wholeWord: !wholeWord })}
      />
      <IconButton
        icon="regex"
        label={t('Use Regular Expression (Alt+R)')}
        pressed={isPattern}
        onClick={() => find.look({ isPattern: !isPattern })}
      />
      <span class="find-count" role="status">
        {text.trim() === '' || answer === null ? '' : foundCountText(answer, at, t)}
      </span>
      <IconButton
        icon="arrow-up"
        label={t('Previous Match (Shift+F3)')}
        disabled={total === 0}
        onClick={() => find.step(-1)}
      />
      <IconButton
        icon="arrow-down"
        label={t('Next Match (F3)')}
        disabled={total === 0}
        onClick={() => find.step(1)}
      />
      {answer?.state === 'searching' && !isStopped && (
        <IconButton icon="stop-circle" label={t('Stop Searching')} onClick={() => find.stop()} />
      )}
      <IconButton icon="close" label={t('Close Search (Escape)')} onClick={() => find.close()} />
    </div>
  );
}

function Hits({ answer, at }: { answer: FindAnswer; at: number }) {
  const { session, t } = usePanel();
  const { find } = session.places;
  const handle = useRef<VirtualRowsHandle>(null);
  const { total, start, hits } = answer;
  useEffect(() => {
    if (at >= 0) handle.current?.show(at, false);
  }, [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    const perPage = handle.current?.rowsPerPage() ?? mostRows;
    const moves: Readonly<Record<string, number>> = {
      ...{ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: total - 1 },
      ...{ PageDown: at + perPage, PageUp: at - perPage, Enter: at },
    };
    const to = event.altKey || event.ctrlKey || event.metaKey ? undefined : moves[event.key];
    const hit = hits[at - start];
    if (to !== undefined) find.go(Math.max(0, Math.min(to, total - 1)));
    else if (event.key === 'F12' && hit?.row != null) session.places.reveal(hit);
    else if (event.key === 'Escape') find.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isAtHand = at >= start && at < start + hits.length;
  return (
    <div class="find-list" style={{ height: `${String(Math.min(total, mostRows) * rowHeight)}px` }}>
      <VirtualRows<readonly [number, FindHit]>
        total={total}
        rowHeight={rowHeight}
        start={start}
        rows={hits.map((hit, index) => [start + index, hit] as const)}
        rowKey={([index]) => String(index)}
        handle={handle}
        onRange={(offset) => find.range(offset)}
        className="find-hits"
        attributes={{
          ...{ role: 'listbox', tabIndex: 0, 'aria-label': t('Found places') },
          ...(isAtHand ? { 'aria-activedescendant': `find-hit-${String(at)}` } : {}),
          onKeyDown,
        }}
        renderRow={([index, hit]) => (
          <Hit key={index} hit={hit} index={index} isActive={index === at} />
        )}
      />
    </div>
  );
}

function Hit({ hit, index, isActive }: { hit: FindHit; index: number; isActive: boolean }) {
  const { session, t } = usePanel();
  const { before, found, after } = hit;
  const where = placeText(hit, t);
  const isShort = before.length + found.length + after.length <= shortText;
  return (
    <div
      id={`find-hit-${String(index)}`}
      class={`find-hit ${isActive ? 'find-hit-active' : ''} ${isShort ? 'find-short' : ''}`}
      role="option"
      aria-selected={isActive}
      aria-label={labelled(where, shownSigns(before + found + after), t)}
      title={where}
      style={{ height: `${String(rowHeight)}px` }}
      onClick={() => session.places.find.go(index)}
    >
      <span class={hit.row === null ? 'find-step find-own' : 'find-step'}>
        {hit.row === null ? t('Execution') : placeStep(hit, t)}
      </span>
      <FoundWay place={hit} />
      <span class="find-text find-excerpt">
        <span class="find-before">
          <bdi dir="ltr">{shownSigns(before)}</bdi>
        </span>
        <mark>{shownSigns(found)}</mark>
        <span class="find-after">{shownSigns(after)}</span>
      </span>
    </div>
  );
}
