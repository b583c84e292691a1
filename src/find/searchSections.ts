import { pictureIn } from '../base/picture.ts';
import type { Json } from '../base/json.ts';
import type { NamedValue } from '../trace/execution.ts';
import type { Finder } from './finder.ts';
import type { Span } from './occurrences.ts';
import { piecesOf } from './pieces.ts';
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
  const steps = searchSteps(sections, { finder, most, onMatch: (match) => matches.push(match) });
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return { matches, cut: value };
  }
}

/** How sections are searched. */
export interface SectionSearch {
  readonly finder: Finder;
  readonly most: number;
  /** The name of the step whose they are. */
  readonly step?: string;
  /** Longer texts are read in pieces of so many signs. */
  readonly pieceSigns?: number;
  /** A text is read in pieces. */
  readonly onPieces?: () => void;
  /** `text`: what it was found in, where `at` stands. */
  readonly onMatch: (match: SearchMatch, text: string, at: Span) => void;
}

/** The same in steps, between which others can have their turn; gives whether there may be more. */
export function* searchSteps(
  sections: readonly SectionContent[],
  { finder, most, step = '', pieceSigns = Infinity, onPieces, onMatch }: SectionSearch,
): Generator<undefined, boolean> {
  let left = most;
  const look: Look = function* (text, place, name) {
    if (text.length <= pieceSigns) {
      for (const span of finder(text, { place, name, most: left, step })) {
        left--;
        onMatch({ ...place, ...span }, text, span);
      }
      return left > 0;
    }
    onPieces?.();
    let behind = 0;
    for (const piece of piecesOf(text, pieceSigns)) {
      for (const span of finder(piece.text, { place, name, most: left, step })) {
        const offset = piece.from + span.offset;
        const isOwn = span.offset >= piece.begin && span.offset < piece.end && offset >= behind;
        if (!isOwn || left === 0) continue;
        left--;
        behind = offset + span.length;
        onMatch({ ...place, offset, length: span.length }, piece.text, span);
      }
      if (left === 0) return false;
      yield undefined;
    }
    return true;
  };
  for (const section of sections) {
    if (!(yield* searchSection(section, look))) return true;
  }
  return false;
}

/** Looks through a text, which stands in a value of this name; false when there is enough. */
type Look = (text: string, place: SearchPlace, name: string) => Steps;
type Steps = Generator<undefined, boolean>;

function* searchSection(section: SectionContent, look: Look): Steps {
  for (const { value, id } of placedValues(section)) {
    const place = { section: section.id, entry: id, path: '' };
    if (!(yield* look(value.name, { ...place, part: 'name' }, value.name))) return false;
    if (!(yield* searchValue(value, place, look))) return false;
  }
  return yield* searchLog(section, look);
}

/** Of what was put together the text is searched, not the frames that it came in. */
function* searchLog({ id, logs, streams }: SectionContent, look: Look): Steps {
  const streamOf = streamsByLine(streams);
  for (const [index, { message }] of logs.entries()) {
    const place = { section: id, path: '', part: 'value' } as const;
    const nth = streamOf.get(index);
    const stream = nth === undefined ? undefined : streams[nth];
    if (nth === undefined || stream === undefined) {
      if (!(yield* look(message, { ...place, entry: String(index) }, ''))) return false;
      continue;
    }
    if (stream.lines[0] !== index) continue;
    const entry = streamEntry(nth);
    const reasoning = { ...place, entry, path: reasoningPath };
    if (!(yield* look(stream.reasoning, reasoning, ''))) return false;
    if (!(yield* look(stream.text, { ...place, entry }, ''))) return false;
  }
  return true;
}

function* searchValue(
  { name: ofWhole, value: whole }: NamedValue,
  place: { readonly section: SectionId; readonly entry: string },
  look: Look,
): Steps {
  const todo: { path: JsonPath; key: string | null; value: Json }[] = [
    { path: '', key: null, value: whole },
  ];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { path, key, value } = next;
    if (key !== null && !(yield* look(key, { ...place, path, part: 'key' }, ofWhole))) {
      return false;
    }
    if (!isBranch(value)) {
      // Nobody sees the characters of a picture.
      if (pictureIn(value) !== null) continue;
      const leaf = { ...place, path, part: 'value' } as const;
      if (!(yield* look(leafText(value), leaf, ofWhole))) return false;
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
