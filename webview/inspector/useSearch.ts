import { useMemo, useState } from 'preact/hooks';
import { searchSections, type SearchResult } from '../../src/find/searchSections.ts';
import type { SearchMatch } from '../../src/find/places.ts';
import { wordFinder } from '../../src/find/finder.ts';
import type { InspectorSection } from '../../src/view/inspectorSections.ts';
import type { SectionId } from '../../src/find/places.ts';
import type { ContentChoices } from './readerChoices.ts';
import type { SearchState } from './searchBar.tsx';
import { showMatch } from './showMatch.ts';

/** The search within the inspector. */
export interface Search {
  readonly isOpen: boolean;
  readonly state: SearchState;
  readonly result: SearchResult;
  readonly current: SearchMatch | null;
  /** Matches by section; null while nobody searches. */
  readonly found: ReadonlyMap<SectionId, number> | null;
  /** Grows each time the reader asks for the search. */
  readonly asked: number;
  readonly open: () => void;
  readonly onText: (text: string) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
  /** Looks for the same in the whole execution; null where there is none. */
  readonly onAll: (() => void) | null;
  /** Ctrl+F or Cmd+F opens, F3 steps. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const nothing: SearchResult = { matches: [], cut: false };

/** Searches the sections; stepping opens what hides a match, on another tab too. */
export function useSearch(
  sections: readonly InspectorSection[],
  choices: ContentChoices,
  /** Whether the reader has it before him: there the search begins. */
  isInOpenTab: (id: SectionId) => boolean,
  onSection: (id: SectionId) => void,
  /** Looks for a text in all that ran. */
  onAll: ((text: string) => void) | null = null,
): Search {
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState(0);
  const [state, setState] = useState<SearchState>({ text: '', at: 0 });
  const needle = isOpen ? state.text : '';
  const result = useMemo(
    () => (needle === '' ? nothing : searchSections(sections, wordFinder(needle))),
    [sections, needle],
  );
  const found = useMemo(() => (needle === '' ? null : countBySection(result)), [result, needle]);
  const at = Math.min(state.at, result.matches.length - 1);

  const goTo = (matches: readonly SearchMatch[], index: number): void => {
    const match = matches[index];
    if (match === undefined) return;
    showMatch(match, sections, choices);
    onSection(match.section);
  };
  const onText = (text: string): void => {
    const { matches } = searchSections(sections, wordFinder(text));
    const first = Math.max(
      0,
      matches.findIndex(({ section }) => isInOpenTab(section)),
    );
    setState({ text, at: first });
    goTo(matches, first);
  };
  const onStep = (by: 1 | -1): void => {
    const count = result.matches.length;
    if (count === 0) return;
    const next = (at + by + count) % count;
    setState({ ...state, at: next });
    goTo(result.matches, next);
  };
  const open = (): void => {
    const selected = document.getSelection()?.toString().trim() ?? '';
    if (selected !== '' && selected.length < 100 && !selected.includes('\n')) onText(selected);
    setOpen(true);
    setAsked(asked + 1);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isFind =
      (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'f';
    // Asked for once more, it is meant for more than this.
    if (isFind && isOpen && onAll !== null && isInSearchBar(event)) onAll(state.text);
    else if (isFind) open();
    else if (event.key === 'F3' && isOpen) onStep(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    isOpen,
    asked,
    state: { ...state, at },
    result,
    current: result.matches[at] ?? null,
    found,
    open,
    onText,
    onStep,
    onClose: () => setOpen(false),
    onAll: onAll === null ? null : () => onAll(state.text),
    onKeyDown,
  };
}

function isInSearchBar({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('.inspector-search') !== null;
}

function countBySection({ matches }: SearchResult): ReadonlyMap<SectionId, number> {
  const counts = new Map<SectionId, number>();
  for (const { section } of matches) counts.set(section, (counts.get(section) ?? 0) + 1);
  return counts;
}
