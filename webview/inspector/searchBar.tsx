import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from './iconButton.tsx';
import type { Matches } from './matches.ts';
import { useInspector } from './inspectorContext.ts';

/** Where the search stands. */
export interface SearchState {
  readonly text: string;
  /** Which match is the current one; -1 without any. */
  readonly at: number;
}

/** The field for searching the inspector, with its count and the way to the next match. */
export function SearchBar({
  state,
  matches,
  asked,
  onText,
  onStep,
  onClose,
  onAll,
}: {
  readonly state: SearchState;
  readonly matches: Matches;
  /** Grows each time the reader asks for the search: the field takes the focus. */
  readonly asked: number;
  readonly onText: (text: string) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
  readonly onAll: (() => void) | null;
}): JSX.Element {
  const { t } = useInspector();
  const input = useRef<HTMLInputElement>(null);
  // At once: the next letter that is typed belongs in here.
  useLayoutEffect(() => input.current?.select(), [asked]);
  const { total: count, isSearching, failure } = matches;
  const total = matches.isMore ? `${count}+` : String(count);
  const onKeyDown = (event: KeyboardEvent) => {
    // The buttons beside the field do what they say.
    const isEnter = event.key === 'Enter' && event.target === input.current;
    if (isEnter || event.key === 'F3') onStep(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="inspector-search" role="search" onKeyDown={onKeyDown}>
      <input
        ref={input}
        class={count === 0 && !isSearching && state.text !== '' ? 'inspector-search-none' : ''}
        type="text"
        value={state.text}
        placeholder={t('Find in values and logs')}
        aria-label={t('Find in values and logs')}
        spellcheck={false}
        onInput={({ currentTarget }) => onText(currentTarget.value)}
      />
      <span class="inspector-search-count" role="status">
        {state.text === ''
          ? ''
          : (failure ??
            (count === 0
              ? isSearching
                ? t('Loading…')
                : t('No results')
              : t('{0} of {1}', Math.max(state.at, 0) + 1, total)))}
      </span>
      <IconButton
        icon="arrow-up"
        label={t('Previous Match (Shift+Enter)')}
        disabled={count === 0}
        onClick={() => onStep(-1)}
      />
      <IconButton
        icon="arrow-down"
        label={t('Next Match (Enter)')}
        disabled={count === 0}
        onClick={() => onStep(1)}
      />
      {onAll !== null && (
        <IconButton
          icon="list-tree"
          label={t('Find in the Whole Execution (Ctrl+F)')}
          onClick={onAll}
        />
      )}
      <IconButton icon="close" label={t('Close Search (Escape)')} onClick={onClose} />
    </div>
  );
}
