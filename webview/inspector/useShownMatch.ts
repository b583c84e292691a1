import { useRef } from 'preact/hooks';
import type { SearchMatch } from '../../src/find/places.ts';
import type { InspectorSection } from '../../src/view/inspectorSections.ts';
import type { WantedPlaceIn } from './inspectorContext.ts';
import type { ContentChoices } from './readerChoices.ts';
import { placeToAsk, showMatch } from './showMatch.ts';

/** Shows matches, also those in parts of values that have to be asked for. */
export interface ShownMatch {
  readonly show: (match: SearchMatch) => void;
  /** Grows with each that is there to be seen. */
  readonly shows: number;
}

/** Opens what hides a match once the part that holds it is given. */
export function useShownMatch(
  content: {
    readonly key: string;
    readonly sections: readonly InspectorSection[];
    readonly choices: ContentChoices;
  },
  ask: (place: WantedPlaceIn) => void,
): ShownMatch {
  const awaited = useRef<{ readonly key: string; readonly match: SearchMatch }>(null);
  const shows = useRef(0);
  const { key, sections, choices } = content;
  /** False where it has to be asked for. */
  const tryToShow = (match: SearchMatch): boolean => {
    if (placeToAsk(match, sections) !== null) return false;
    showMatch(match, sections, choices);
    awaited.current = null;
    shows.current++;
    return true;
  };
  // While it is drawn, so that what comes is drawn once.
  if (awaited.current?.key === key) tryToShow(awaited.current.match);
  const show = (match: SearchMatch) => {
    if (tryToShow(match)) return;
    awaited.current = { key, match };
    const place = placeToAsk(match, sections);
    if (place !== null) ask(place);
  };
  return { show, shows: shows.current };
}
