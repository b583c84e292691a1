import { pictureIn } from '../base/picture.ts';
import type { Json } from '../base/json.ts';
import { pagesOf } from '../base/lazyList.ts';
import type { NamedValue } from '../trace/execution.ts';
import type { Finder } from './finder.ts';
import type { Span } from './occurrences.ts';
import { piecesOf } from './pieces.ts';
import { childPath, isBranch, type JsonBranch, type JsonPath, partsOf } from './jsonPath.ts';
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
  /** Whether bytes may hold it: what is read from others is passed. */
  readonly mayHold?: (bytes: Uint8Array) => boolean;
  /** A text as it is shown. */
  readonly shown?: (text: string) => string;
  /** A text is read in pieces. */
  readonly onPieces?: () => void;
  /** `text`: what it was found in, where `at` stands. */
  readonly onMatch: (match: SearchMatch, text: string, at: Span) => void;
}

/** The same in steps, between which others can have their turn; gives whether there may be more. */
export function* searchSteps(
  sections: readonly SectionContent[],
  search: SectionSearch,
): Generator<undefined, boolean> {
  const { finder, most, step = '', pieceSigns = Infinity, onPieces, onMatch } = search;
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
    if (!(yield* searchSection(section, look, search))) return true;
  }
  return false;
}

/** Looks through a text, which stands in a value of this name; false when there is enough. */
type Look = (text: string, place: SearchPlace, name: string) => Steps;
type Steps = Generator<undefined, boolean>;

/** A page of a list is some 8 KB: so many are passed, or looked at, before others have their turn. */
const [pagesPassed, pagesLookedAt] = [256, 16];

function* searchSection(section: SectionContent, look: Look, search: SectionSearch): Steps {
  for (const { value, id } of placedValues(section)) {
    const place = { section: section.id, entry: id, path: '' };
    if (!(yield* look(value.name, { ...place, part: 'name' }, value.name))) return false;
    if (!(yield* searchValue(value, place, look, search))) return false;
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

type Items = Generator<readonly [number, Json] | null, undefined>;

/** What is still to be looked at of a value: a part of it, or the items of a list from one of them on. */
type Todo =
  | { readonly path: JsonPath; readonly key: string | null; readonly value: Json }
  | { readonly path: JsonPath; readonly items: Items };

function* searchValue(
  { name: ofWhole, value: whole }: NamedValue,
  place: { readonly section: SectionId; readonly entry: string },
  look: Look,
  { mayHold, shown = (text) => text }: SectionSearch,
): Steps {
  const todo: Todo[] = [{ path: '', key: null, value: whole }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if ('items' in next) {
      const item = next.items.next().value;
      if (item === undefined) continue;
      todo.push(next);
      if (item === null) yield undefined;
      // The number of an item is no text of the record.
      else todo.push({ path: childPath(next.path, String(item[0])), key: null, value: item[1] });
      continue;
    }
    const { path, key, value } = next;
    if (key !== null && !(yield* look(key, { ...place, path, part: 'key' }, ofWhole))) {
      return false;
    }
    if (!isBranch(value)) {
      // Nobody sees the characters of a picture.
      if (pictureIn(value) !== null) continue;
      const leaf = { ...place, path, part: 'value' } as const;
      if (!(yield* look(shown(leafText(value)), leaf, ofWhole))) return false;
      continue;
    }
    if (isList(value)) {
      todo.push({ path, items: itemsOf(value, mayHold) });
      continue;
    }
    for (const part of partsOf(value).reverse()) {
      const name = shown(part.key);
      todo.push({ path: childPath(path, name), key: name, value: part.value });
    }
  }
  return true;
}

/** The items of a list that may hold what is looked for, with their places; null where others may have their turn. */
function* itemsOf(list: readonly Json[], mayHold: SectionSearch['mayHold']): Items {
  const pages = mayHold === undefined ? undefined : pagesOf(list);
  let pause = 0;
  for (let at = 0; at < list.length;) {
    const { end, bytes } = pages?.pageOf(at) ?? { end: list.length, bytes: undefined };
    const isPassed = bytes !== undefined && mayHold?.(bytes) === false;
    for (; at < end && !isPassed; at++) yield [at, list[at] ?? null];
    at = end;
    pause += isPassed ? 1 / pagesPassed : 1 / pagesLookedAt;
    if (pause < 1) continue;
    pause = 0;
    yield null;
  }
  return undefined;
}

function isList(value: JsonBranch): value is readonly Json[] {
  return Array.isArray(value);
}
