import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { InspectorSection } from '../../src/view/inspectorSections.ts';
import type { SearchMatch, SectionId } from '../../src/find/places.ts';
import { type Matches, matchesInPage, matchesOfEngine, noMatches } from './matches.ts';
import type { RowFinder } from './inspectorContext.ts';
import type { SearchState } from './searchBar.tsx';

/** The search within the inspector. */
export interface Search {
  readonly isOpen: boolean;
  readonly state: SearchState;
  readonly matches: Matches;
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

/** What is searched, and where what is found is shown. */
export interface Searched {
  /** Names what is inspected. */
  readonly key: string;
  readonly sections: readonly InspectorSection[];
  /** Whether the reader has it before him: there the search begins. */
  readonly isInOpenTab: (id: SectionId) => boolean;
  /** Opens what hides a match, on another tab too. */
  readonly show: (match: SearchMatch) => void;
  /** Looks for a text in all that ran. */
  readonly onAll: ((text: string) => void) | null | undefined;
  /** Searches where not all of it is in the page. */
  readonly finder: RowFinder | null;
}

interface Looked {
  readonly text: string;
  /** Which match was looked at last; -1 before the first one was. */
  readonly at: number;
  /** It is still to be shown. */
  readonly isWanted: boolean;
}

/** Searches the sections, in the page where they are all there; stepping shows match after match. */
export function useSearch(searched: Searched): Search {
  const { onAll } = searched;
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState(0);
  const [looked, setLooked] = useState<Looked>({ text: '', at: -1, isWanted: false });
  const { text } = looked;
  const matches = useMatches(searched, isOpen ? text : '', looked.at);
  const at = Math.min(looked.at, matches.total - 1);
  useGoing(searched, matches, looked, setLooked);

  const onText = (next: string): void => {
    setLooked({ text: next, at: -1, isWanted: true });
  };
  const onStep = (by: 1 | -1): void => {
    const { total } = matches;
    if (total > 0) setLooked({ text, at: (Math.max(at, 0) + by + total) % total, isWanted: true });
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
    if (isFind && isOpen && onAll != null && isInSearchBar(event)) onAll(text);
    else if (isFind) open();
    else if (event.key === 'F3' && isOpen) onStep(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    ...{ isOpen, asked, matches, open, onText, onStep, onKeyDown },
    state: { text, at },
    current: matches.at(at),
    found: isOpen && text !== '' ? matches.bySection : null,
    onClose: () => setOpen(false),
    onAll: onAll == null ? null : () => onAll(text),
  };
}

/** What is found: by the engine where a value is given in part. */
function useMatches(searched: Searched, needle: string, at: number): Matches {
  const { key, sections, finder } = searched;
  const isBegun = useMemo(
    () => sections.some(({ values }) => values.some(({ leftOut }) => leftOut !== undefined)),
    [sections],
  );
  const isAsked = isBegun && finder !== null && needle !== '';
  const inPage = useMemo(
    () => (needle === '' ? noMatches : matchesInPage(sections, needle, isAsked)),
    [sections, needle, isAsked],
  );
  const ofEngine = isAsked ? finder.shown : null;
  const matches = useMemo(
    () => (ofEngine === null ? inPage : matchesOfEngine(ofEngine, inPage, needle)),
    [ofEngine, inPage, needle],
  );
  const offset = isAsked ? matches.offsetFor(at) : 0;
  useEffect(() => {
    if (isAsked) finder.look(needle, offset);
  }, [key, needle, isAsked, offset]);
  // Nobody looks any more, or at something else.
  useEffect(() => (isAsked ? () => finder.end() : undefined), [key, isAsked]);
  return matches;
}

/** Shows the match that is looked at once it is there: of a new text the first one in the open tab. */
function useGoing(
  { isInOpenTab, show }: Searched,
  matches: Matches,
  looked: Looked,
  setLooked: (looked: Looked) => void,
): void {
  useLayoutEffect(() => {
    if (!looked.isWanted || looked.text === '') return;
    const at = looked.at < 0 ? matches.firstIn(isInOpenTab) : looked.at;
    if (at === null) return;
    const match = matches.at(at);
    if (match !== null) show(match);
    if (match !== null || at !== looked.at) {
      setLooked({ ...looked, at, isWanted: match === null });
    }
  }, [matches, looked]);
}

function isInSearchBar({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('.inspector-search') !== null;
}
