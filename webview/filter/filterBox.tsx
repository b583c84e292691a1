import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Completion } from '../../src/protocol/completions.ts';
import { Icon } from '../controls/icon.tsx';
import { faultText } from '../../src/texts/queryTexts.ts';
import { systemClock } from '../../src/base/systemClock.ts';
import { usePanel } from '../panelContext.ts';
import { CompletionList, completionId, completionListId } from './completionList.tsx';
import { FilterFaults } from './filterNotes.tsx';
import { FilterField } from './filterField.tsx';
import { TypingPause } from './typingPause.ts';
import { type CompletionPopup, useCompletions } from './useCompletions.ts';
import './filter.css';

const filterFaultsId = 'filter-faults';

/** Filters the list while the reader types; Ctrl/Cmd+F comes here, Escape closes the suggestions, then clears. */
export function FilterBox() {
  const { state, session, t } = usePanel();
  const field = useRef<HTMLInputElement>(null);
  const popup = useCompletions();
  const filter = state.chosen('filter');
  useFindKey(field);
  const { filterWriting } = state;
  const pause = useMemo(
    () =>
      new TypingPause(systemClock, () => {
        const writing = filterWriting.value;
        if (writing !== null) filterWriting.value = { ...writing, hasPaused: true };
      }),
    [filterWriting],
  );
  const writeAt = (at: number) => {
    filterWriting.value = { at, hasPaused: false };
    pause.typed();
  };
  /** Whoever goes out of a term has written it. */
  const goTo = ({ selectionStart }: HTMLInputElement) => {
    const writing = filterWriting.value;
    if (writing === null || selectionStart === null || writing.at === selectionStart) return;
    filterWriting.value = { ...writing, at: selectionStart };
  };
  const endWriting = () => {
    pause.end();
    filterWriting.value = null;
  };
  const setFilter = (next: string) => {
    session.setFilter(next);
    state.pickerOpen.value = !state.wide.value;
  };
  const choose = (item: Completion) => {
    const input = field.current;
    const taken = popup.accepted(filter, input?.selectionStart ?? filter.length, item);
    if (taken === null) {
      popup.close();
      return;
    }
    const { filter: next, cursor } = taken;
    setFilter(next);
    if (input === null) return;
    // At once, for the cursor can only stand in text that is there.
    input.value = next;
    input.focus();
    input.setSelectionRange(cursor, cursor);
    writeAt(cursor);
    if (item.kind === 'field') popup.ask(next, cursor);
    else popup.close();
  };
  const clear = () => {
    popup.close();
    session.setFilter('');
    field.current?.focus();
  };
  const { items = [] } = popup.offered ?? {};
  const { faults } = state.filterFaults.value;
  const wrong = faults.map((fault) => faultText(fault, t)).join('\n');
  return (
    <div
      class="filter-box"
      onFocusIn={() => {
        state.isInFilter.value = true;
      }}
      onFocusOut={({ currentTarget }) => {
        // Behind the move: what is taken away while the focus leaves it would take the focus with it.
        setTimeout(() => {
          state.isInFilter.value = currentTarget.contains(document.activeElement);
        });
      }}
    >
      <Icon name="filter" />
      <FilterField value={filter} faults={faults}>
        <input
          ref={field}
          type="text"
          class="filter-input"
          spellcheck={false}
          autocomplete="off"
          value={filter}
          placeholder={state.wide.value ? t('Filter: words, or status:failed') : t('Filter…')}
          role="combobox"
          aria-label={t('Filter executions')}
          aria-autocomplete="list"
          aria-expanded={items.length > 0}
          aria-controls={completionListId}
          aria-invalid={faults.length > 0}
          {...(faults.length > 0 && {
            'aria-describedby': filterFaultsId,
            title: wrong,
          })}
          {...(popup.active >= 0 && { 'aria-activedescendant': completionId(popup.active) })}
          onInput={({ currentTarget }) => {
            const cursor = currentTarget.selectionStart ?? currentTarget.value.length;
            writeAt(cursor);
            setFilter(currentTarget.value);
            // Behind a space all fields would cover what is below; ArrowDown shows them.
            if (/\S/.test(currentTarget.value.charAt(cursor - 1))) {
              popup.ask(currentTarget.value, cursor);
            } else popup.close();
          }}
          onKeyUp={({ currentTarget }) => {
            goTo(currentTarget);
          }}
          onClick={({ currentTarget }) => {
            goTo(currentTarget);
          }}
          onBlur={() => {
            endWriting();
            popup.close();
          }}
          onKeyDown={(event) => {
            if (onKey(event, { popup, filter, choose, clear })) event.preventDefault();
            else if (event.key === 'Enter' && !event.isComposing) endWriting();
          }}
        />
      </FilterField>
      {filter !== '' && (
        <button
          type="button"
          class="filter-clear"
          aria-label={t('Clear Filter')}
          title={t('Clear Filter')}
          onClick={clear}
        >
          <Icon name="close" />
        </button>
      )}
      {/* The notes move as the focus comes and goes, and not each page has them: this describes the field all the time. */}
      <span id={filterFaultsId} hidden>
        {wrong}
      </span>
      {state.isInFilter.value && <FilterFaults />}
      {items.length > 0 && <CompletionList items={items} active={popup.active} onChoose={choose} />}
    </div>
  );
}

/** Also with Caps Lock, which makes it a capital. */
function isLetter({ key }: KeyboardEvent, letter: string): boolean {
  return key.toLowerCase() === letter;
}

/** Ctrl/Cmd+F, from wherever the focus is. */
function useFindKey(field: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isFind = (event.ctrlKey || event.metaKey) && !event.shiftKey && isLetter(event, 'f');
      // The inspector has a search of its own.
      if (!isFind || event.defaultPrevented) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

interface KeyWorld {
  readonly popup: CompletionPopup;
  readonly filter: string;
  readonly choose: (item: Completion) => void;
  readonly clear: () => void;
}

/** Answers whether the key was taken. */
function onKey(event: KeyboardEvent, { popup, filter, choose, clear }: KeyWorld): boolean {
  // Enter and Escape belong to the input method while it composes.
  if (event.isComposing) return false;
  const items = popup.offered?.items ?? [];
  const isOpen = items.length > 0;
  switch (event.key) {
    case 'ArrowDown':
    case 'ArrowUp':
      if (isOpen) popup.move(event.key === 'ArrowDown' ? 1 : -1);
      else if (event.target instanceof HTMLInputElement) {
        popup.ask(filter, event.target.selectionStart ?? filter.length);
      }
      return true;
    case 'Enter':
    case 'Tab': {
      const range = popup.offered?.range;
      const begun = range === undefined ? '' : filter.slice(range.from, range.to).toLowerCase();
      // Without a choice Enter takes the only one that goes on with what is written; Tab with nothing written goes on.
      const isOnlyWay = items.length === 1 && items[0]?.insert.toLowerCase().startsWith(begun);
      const isTaken = begun !== '' && (event.key === 'Tab' || isOnlyWay);
      const index = popup.active === -1 && isTaken ? 0 : popup.active;
      const item = event.shiftKey ? undefined : items[index];
      if (item !== undefined) choose(item);
      else if (event.key === 'Enter') popup.close();
      return item !== undefined;
    }
    case 'Escape':
      if (isOpen) popup.close();
      else if (filter === '') return false;
      else clear();
      return true;
    case 'ArrowLeft':
    case 'ArrowRight':
    case 'Home':
    case 'End':
      // What is offered is for where the cursor was.
      popup.close();
      return false;
    default:
      return false;
  }
}
