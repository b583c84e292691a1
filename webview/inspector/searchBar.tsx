import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { SearchResult } from '../../src/find/searchSections.ts';
import { IconButton } from './iconButton.tsx';
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
  result,
  asked,
  onText,
  onStep,
  onClose,
  onAll,
  goesOn,
}: {
  readonly state: SearchState;
  readonly result: SearchResult;
  /** Grows each time the reader asks for the search: the field takes the focus. */
  readonly asked: number;
  readonly onText: (text: string) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
  readonly onAll: (() => void) | null;
  /** What is searched is not all there yet. */
  readonly goesOn: boolean;
}): JSX.Element {
  const { t } = useInspector();
  const input = useRef<HTMLInputElement>(null);
  // At once: the next letter that is typed belongs in here.
  useLayoutEffect(() => input.current?.select(), [asked]);
  const count = result.matches.length;
  const total = result.cut || goesOn ? `${count}+` : String(count);
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
        class={count === 0 && !goesOn && state.text !== '' ? 'inspector-search-none' : ''}
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
          : count === 0
            ? goesOn
              ? t('Loading…')
              : t('No results')
            : t('{0} of {1}', state.at + 1, total)}
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
