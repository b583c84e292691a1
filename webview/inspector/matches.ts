import { wordFinder } from '../../src/find/finder.ts';
import type { SearchMatch, SectionId } from '../../src/find/places.ts';
import { searchSections } from '../../src/find/searchSections.ts';
import type { FindAnswer } from '../../src/protocol/find.ts';
import { fetchedFrom } from '../../src/view/fetchedValues.ts';
import type { InspectorSection } from '../../src/view/inspectorSections.ts';
import type { RowFinder } from './inspectorContext.ts';

/** What a search found, as far as it is known. */
export interface Matches {
  readonly total: number;
  /** More may be found: it is not done, or ended where there are too many. */
  readonly isMore: boolean;
  readonly isSearching: boolean;
  /** Why nothing can be found. */
  readonly failure: string | null;
  readonly bySection: ReadonlyMap<SectionId, number>;
  /** Null where it is not at hand. */
  readonly at: (index: number) => SearchMatch | null;
  /** Which of them is the first where the reader looks; the first of all where there is none, null while that is not known. */
  readonly firstIn: (isInOpenTab: (id: SectionId) => boolean) => number | null;
  /** From which on they are asked for, to have this one and those around it at hand. */
  readonly offsetFor: (index: number) => number;
}

/** How many the engine is asked for at a time. */
export const matchesAsked = 200;

/** Nobody searches. */
export const noMatches: Matches = listed([], false);

/** Searches what is in the page; `onlyFetched`: of it what was fetched, which the engine doesn't know. */
export function matchesInPage(
  sections: readonly InspectorSection[],
  needle: string,
  onlyFetched: boolean,
): Matches {
  const { matches, cut } = searchSections(
    onlyFetched ? sections.map(fetchedIn) : sections,
    wordFinder(needle),
  );
  return listed(onlyFetched ? matches.filter(({ part }) => part !== 'name') : matches, cut);
}

/** What the engine found, and behind it what was found in the page. */
export function matchesOfEngine(
  { answer, failure }: RowFinder['shown'],
  inPage: Matches,
  needle: string,
): Matches {
  const found = answer?.query.text === needle ? answer : null;
  const { total = 0, start = 0, hits = [], sections = [], state = 'searching' } = found ?? {};
  const isSearching = state === 'searching' && failure === null && found?.fault == null;
  const bySection = new Map(sections.map(({ section, count }) => [section, count]));
  for (const [section, count] of inPage.bySection) {
    bySection.set(section, count + (bySection.get(section) ?? 0));
  }
  return {
    total: total + inPage.total,
    isMore: state !== 'done',
    ...{ isSearching, bySection },
    failure: failure ?? found?.fault?.detail ?? null,
    at: (index) =>
      index >= total ? inPage.at(index - total) : (hits[index - start]?.match ?? null),
    firstIn: (isInOpenTab) => {
      const here = firstBefore(sections, isInOpenTab);
      if (here !== null) return here;
      if (isSearching) return null;
      const first = inPage.firstIn(isInOpenTab);
      if (first === null) return total > 0 ? 0 : null;
      const match = inPage.at(first);
      const isHere = match !== null && isInOpenTab(match.section);
      return isHere || total === 0 ? total + first : 0;
    },
    offsetFor: (index) => {
      const isAtHand = index < 0 || (index >= start && index < start + hits.length);
      if (isAtHand || index >= total) return start;
      return Math.max(0, index - matchesAsked / 2);
    },
  };
}

function firstBefore(
  sections: NonNullable<FindAnswer['sections']>,
  isInOpenTab: (id: SectionId) => boolean,
): number | null {
  let before = 0;
  for (const { section, count } of sections) {
    if (isInOpenTab(section)) return before;
    before += count;
  }
  return null;
}

function listed(matches: readonly SearchMatch[], cut: boolean): Matches {
  const bySection = new Map<SectionId, number>();
  for (const { section } of matches) bySection.set(section, (bySection.get(section) ?? 0) + 1);
  return {
    ...{ total: matches.length, isMore: cut, isSearching: false, failure: null, bySection },
    at: (index) => matches[index] ?? null,
    firstIn: (isInOpenTab) => {
      const here = matches.findIndex(({ section }) => isInOpenTab(section));
      return here < 0 && matches.length === 0 ? null : Math.max(0, here);
    },
    offsetFor: () => 0,
  };
}

/** A section in which nothing but what was fetched says anything. */
function fetchedIn(section: InspectorSection): InspectorSection {
  const values = section.values.map((value) =>
    fetchedFrom(value) === null ? { ...value, value: '' } : value,
  );
  return { ...section, values, logs: [], streams: [] };
}
