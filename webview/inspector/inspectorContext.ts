import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { JsonPath } from '../../src/find/jsonPath.ts';
import type { SearchMatch, SectionId } from '../../src/find/places.ts';
import type { FindAnswer } from '../../src/protocol/find.ts';
import type { InspectorContent, ValueRef } from '../../src/protocol/inspector.ts';
import type { Milliseconds } from '../../src/trace/execution.ts';
import type { FetchConsent } from '../../src/protocol/storedText.ts';
import type { Translate } from '../../src/texts/translate.ts';
import type { ContentChoices } from './readerChoices.ts';
import type { FetchState } from './storedFetches.ts';
import type { HandedText, MenuValue } from './valueMenu.ts';
import type { Revealed } from './useRevealed.ts';

/** What every part of the inspector needs. */
export interface InspectorContext {
  readonly t: Translate;
  readonly language: string;
  /** What is inspected, for the titles of opened texts. */
  readonly title: string;
  readonly content: InspectorContent;
  /** What runs goes on, and counts up. */
  readonly isLive: boolean;
  /** Of one that runs: when its last step began or ended, by the clock of its robot. */
  readonly reachedMs: Milliseconds | undefined;
  readonly revealed: Revealed;
  readonly choices: ContentChoices;
  /** Draws again after a choice was changed. */
  readonly redraw: () => void;
  readonly needle: string;
  /** The match that the search stands at. */
  readonly current: SearchMatch | null;
  /** Long lines are wrapped. */
  readonly wrap: boolean;
  readonly stored: StoredValues;
  /** Null where no value can be followed. */
  readonly onFollow: Follow | null;
  readonly onCopy: (text: HandedText) => void;
  /** Asks for a part of a value that is not given yet. */
  readonly onWanted: (part: WantedPlaceIn) => void;
  /** Stands for the text of a value, or of a part of it, of which only the beginning was sent. */
  readonly refOf: (section: SectionId, index: number, path: JsonPath) => ValueRef;
  /** A value's menu opens: what it does. */
  readonly onValueMenu: (value: MenuValue) => void;
  readonly onOpenText: (
    title: string,
    text: HandedText,
    language: 'json' | 'plaintext' | 'log',
  ) => void;
}

/** A part of a value, or a place in it: a sign of a text, a part of a list or an object. */
export interface WantedPlaceIn {
  readonly section: SectionId;
  readonly index: number;
  readonly path: JsonPath;
  readonly offset?: number;
}

/** Has the engine search what is inspected, where not all of it is in the page. */
export interface RowFinder {
  /** What it found last, or why it found nothing. */
  readonly shown: { readonly answer: FindAnswer | null; readonly failure: string | null };
  /** Looks for a text as it is typed; `offset`: from which of what is found on it is told. */
  readonly look: (text: string, offset: number) => void;
  readonly end: () => void;
}

/** Follows a value, or a part of one, by which of its section it is. */
export type Follow = (section: 'input' | 'output', index: number, path: JsonPath) => void;

/** Large values that a service stored elsewhere: how fetching them goes, and the way to start and stop it. */
export interface StoredValues {
  readonly stateOf: (address: string) => FetchState | null;
  /** From where it would come; null where that is no host. */
  readonly hostOf: (address: string) => string | null;
  readonly fetch: (name: string, address: string, consent: FetchConsent) => Promise<void>;
  readonly cancel: (id: string) => void;
  readonly openSetting: (setting: string) => void;
}

/** Provided by the inspector itself. */
export const InspectorContextHolder = createContext<InspectorContext | null>(null);

/** The inspector around a part of it. */
export function useInspector(): InspectorContext {
  const context = useContext(InspectorContextHolder);
  if (context === null) throw new Error('A part of the inspector is drawn outside of it');
  return context;
}
