import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { SearchMatch } from '../../src/view/contentSearch.ts';
import type { InspectorContent } from '../../src/protocol/engineProtocol.ts';
import type { Translate } from '../../src/view/translate.ts';
import type { ContentChoices } from './readerChoices.ts';
import type { Revealed } from './useRevealed.ts';

/** What every part of the inspector needs. */
export interface InspectorContext {
  readonly t: Translate;
  readonly language: string;
  /** What is inspected, for the titles of opened texts. */
  readonly title: string;
  readonly content: InspectorContent;
  readonly revealed: Revealed;
  readonly choices: ContentChoices;
  /** Draws again after a choice was changed. */
  readonly redraw: () => void;
  readonly needle: string;
  /** The match that the search stands at. */
  readonly current: SearchMatch | null;
  /** Long lines are wrapped. */
  readonly wrap: boolean;
  readonly onCopy: (text: string) => void;
  readonly onOpenText: (
    title: string,
    text: string,
    language: 'json' | 'plaintext' | 'log',
  ) => void;
}

/** Provided by the inspector itself. */
export const InspectorContextHolder = createContext<InspectorContext | null>(null);

/** The inspector around a part of it. */
export function useInspector(): InspectorContext {
  const context = useContext(InspectorContextHolder);
  if (context === null) throw new Error('A part of the inspector is drawn outside of it');
  return context;
}
