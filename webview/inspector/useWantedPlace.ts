import type { SearchMatch, SectionId } from '../../src/find/places.ts';
import type { RunKey } from '../../src/trace/execution.ts';
import type { ContentChoices, ReaderChoices } from './readerChoices.ts';
import type { ShownMatch } from './useShownMatch.ts';

/** A place of what is inspected that shall be shown and marked. */
export interface WantedPlace {
  /** Names what is inspected, as `contentKey` does. */
  readonly key: RunKey;
  /** Null: nothing in it. */
  readonly match: SearchMatch | null;
  /** Tells a new wish from an old one. */
  readonly n: number;
}

/** Opens what hides the place once it is inspected, and tells where it is as long as it is. */
export function useWantedPlace(
  wanted: WantedPlace | null | undefined,
  content: {
    readonly key: RunKey;
    readonly choices: ContentChoices;
    readonly shown: ShownMatch;
  },
  { fulfilled }: Pick<ReaderChoices, 'fulfilled'>,
  show: (section: SectionId) => void,
): SearchMatch | null {
  if (wanted?.match == null || wanted.key !== content.key) return null;
  const { match, n } = wanted;
  if (n !== fulfilled.place) {
    fulfilled.place = n;
    content.shown.show(match);
    content.choices.section = match.section;
    show(match.section);
  }
  return match;
}
