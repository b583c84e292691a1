import { pictureIn } from './picture.ts';
import type { Json } from '../base/json.ts';
import { placedValues, type InspectorSection, type SectionId } from './inspectorSections.ts';
import { childPath, isBranch, partsOf, type JsonPath } from './jsonRows.ts';
import { streamEntry, streamsByLine } from './logLines.ts';
import { occurrences } from './textParts.ts';

/** A text of the inspector that can be found: a value's name, a key, a leaf, a log message. */
export interface SearchPlace {
  readonly section: SectionId;
  /** The value's id, or the number of the log line. */
  readonly entry: string;
  readonly path: JsonPath;
  readonly part: 'name' | 'key' | 'value';
}

/** One occurrence of the searched words. */
export interface SearchMatch extends SearchPlace {
  /** The how-manieth in that text, from 0. */
  readonly index: number;
  /** Where in that text it begins. */
  readonly offset: number;
}

/** What was found, in reading order. */
export interface SearchResult {
  readonly matches: readonly SearchMatch[];
  /** There may be more: the search stopped at its bound. */
  readonly cut: boolean;
}

/** Where what a model thought stands beside what it answered. */
export const reasoningPath = 'reasoning';

/** Nobody steps through more, and each is kept. */
const mostMatches = 5_000;

/** Searches all sections, closed and unseen parts too; case doesn't matter. */
export function searchSections(
  sections: readonly InspectorSection[],
  needle: string,
): SearchResult {
  const matches: SearchMatch[] = [];
  if (needle === '') return { matches, cut: false };
  const look = (text: string, place: SearchPlace): boolean => {
    const room = mostMatches - matches.length;
    occurrences(text, needle, room).forEach((offset, index) => {
      matches.push({ ...place, index, offset });
    });
    return matches.length < mostMatches;
  };
  for (const section of sections) {
    if (!searchSection(section, look)) return { matches, cut: true };
  }
  return { matches, cut: false };
}

/** Names a text, to find what is drawn of it. */
export function placeKey({ section, entry, path, part }: SearchPlace): string {
  return `${section}|${entry}|${path}|${part}`;
}

/** A leaf as it is drawn. */
export function leafText(value: null | boolean | number | string): string {
  return typeof value === 'string' ? value : String(value);
}

type Look = (text: string, place: SearchPlace) => boolean;

function searchSection(section: InspectorSection, look: Look): boolean {
  for (const { value, id } of placedValues(section)) {
    const place = { section: section.id, entry: id, path: '' };
    if (!look(value.name, { ...place, part: 'name' })) return false;
    if (!searchValue(value.value, place, look)) return false;
  }
  return searchLog(section, look);
}

/** Of what was put together the text is searched, not the frames that it came in. */
function searchLog({ id, logs, streams }: InspectorSection, look: Look): boolean {
  const streamOf = streamsByLine(streams);
  return logs.every(({ message }, index) => {
    const place = { section: id, path: '', part: 'value' } as const;
    const nth = streamOf.get(index);
    const stream = nth === undefined ? undefined : streams[nth];
    if (nth === undefined || stream === undefined) {
      return look(message, { ...place, entry: String(index) });
    }
    if (stream.lines[0] !== index) return true;
    const entry = streamEntry(nth);
    return (
      look(stream.reasoning, { ...place, entry, path: reasoningPath }) &&
      look(stream.text, { ...place, entry })
    );
  });
}

function searchValue(
  whole: Json,
  place: { readonly section: SectionId; readonly entry: string },
  look: Look,
): boolean {
  const todo: { path: JsonPath; key: string | null; value: Json }[] = [
    { path: '', key: null, value: whole },
  ];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { path, key, value } = next;
    if (key !== null && !look(key, { ...place, path, part: 'key' })) return false;
    if (!isBranch(value)) {
      // Nobody sees the characters of a picture.
      if (pictureIn(value) !== null) continue;
      if (!look(leafText(value), { ...place, path, part: 'value' })) return false;
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
