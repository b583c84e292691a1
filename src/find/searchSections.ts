import type { Json } from '../base/json.ts';
import type { NamedValue } from '../trace/execution.ts';
import type { Finder } from './finder.ts';
import { childPath, isBranch, type JsonPath, partsOf } from './jsonPath.ts';
import {
  leafText,
  placedValues,
  reasoningPath,
  type SearchMatch,
  type SearchPlace,
  type SectionContent,
  type SectionId,
  streamEntry,
  streamsByLine,
} from './places.ts';

/** What was found, in reading order. */
export interface SearchResult {
  readonly matches: readonly SearchMatch[];
  /** There may be more: the search stopped at its bound. */
  readonly cut: boolean;
}

/** Nobody steps through more, and each is kept. */
const mostMatches = 5_000;

/** Searches all sections, closed and unseen parts too; `most`: how many are looked for. */
export function searchSections(
  sections: readonly SectionContent[],
  finder: Finder,
  most = mostMatches,
): SearchResult {
  const matches: SearchMatch[] = [];
  const look: Look = (text, place, name) => {
    for (const span of finder(text, { place, name, most: most - matches.length })) {
      matches.push({ ...place, ...span });
    }
    return matches.length < most;
  };
  for (const section of sections) {
    if (!searchSection(section, look)) return { matches, cut: true };
  }
  return { matches, cut: false };
}

/** Looks through a text, which stands in a value of this name; false when there is enough. */
type Look = (text: string, place: SearchPlace, name: string) => boolean;

function searchSection(section: SectionContent, look: Look): boolean {
  for (const { value, id } of placedValues(section)) {
    const place = { section: section.id, entry: id, path: '' };
    if (!look(value.name, { ...place, part: 'name' }, value.name)) return false;
    if (!searchValue(value, place, look)) return false;
  }
  return searchLog(section, look);
}

/** Of what was put together the text is searched, not the frames that it came in. */
function searchLog({ id, logs, streams }: SectionContent, look: Look): boolean {
  const streamOf = streamsByLine(streams);
  return logs.every(({ message }, index) => {
    const place = { section: id, path: '', part: 'value' } as const;
    const nth = streamOf.get(index);
    const stream = nth === undefined ? undefined : streams[nth];
    if (nth === undefined || stream === undefined) {
      return look(message, { ...place, entry: String(index) }, '');
    }
    if (stream.lines[0] !== index) return true;
    const entry = streamEntry(nth);
    return (
      look(stream.reasoning, { ...place, entry, path: reasoningPath }, '') &&
      look(stream.text, { ...place, entry }, '')
    );
  });
}

function searchValue(
  { name: ofWhole, value: whole }: NamedValue,
  place: { readonly section: SectionId; readonly entry: string },
  look: Look,
): boolean {
  const todo: { path: JsonPath; key: string | null; value: Json }[] = [
    { path: '', key: null, value: whole },
  ];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { path, key, value } = next;
    if (key !== null && !look(key, { ...place, path, part: 'key' }, ofWhole)) return false;
    if (!isBranch(value)) {
      if (!look(leafText(value), { ...place, path, part: 'value' }, ofWhole)) return false;
      continue;
    }
    const isArray = Array.isArray(value);
    for (const part of partsOf(value).reverse()) {
      // The number of an item is no text of the record.
      const name = isArray ? null : part.key;
      todo.push({ path: childPath(path, part.key), key: name, value: part.value });
    }
  }
  return true;
}
