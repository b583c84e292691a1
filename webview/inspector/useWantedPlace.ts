import type { SearchMatch, SectionId } from '../../src/find/places.ts';
import type { InspectorSection } from '../../src/view/inspectorSections.ts';
import type { RunKey } from '../../src/trace/execution.ts';
import type { ContentChoices, ReaderChoices } from './readerChoices.ts';
import { showMatch } from './showMatch.ts';

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
    readonly sections: readonly InspectorSection[];
    readonly choices: ContentChoices;
    /** Values are not all there yet. */
    readonly isBegun: boolean;
  },
  { fulfilled }: Pick<ReaderChoices, 'fulfilled'>,
  show: (section: SectionId) => void,
): SearchMatch | null {
  if (wanted?.match == null || wanted.key !== content.key) return null;
  const { match, n } = wanted;
  if (n !== fulfilled.place && !content.isBegun) {
    fulfilled.place = n;
    showMatch(match, content.sections, content.choices);
    content.choices.section = match.section;
    show(match.section);
  }
  return match;
}
