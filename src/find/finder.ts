import type { Span } from './occurrences.ts';
import { occurrences } from './occurrences.ts';
import { ancestors } from './jsonPath.ts';
import type { SearchPlace } from './places.ts';

/** Finds in a text that stands at a place of a value with this name, at most `most` times, from left to right. */
export type Finder = (
  text: string,
  at: {
    readonly place: SearchPlace;
    readonly name: string;
    readonly most: number;
    /** The name of the step that it stands in. */
    readonly step?: string;
  },
) => readonly Span[];

/** How words are looked for. */
export interface WordOptions {
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
}

/** Finds words as they were typed; nothing for none. */
export function wordFinder(words: string, options?: WordOptions): Finder {
  return (text, { most }) => wordsIn(text, words, most, options);
}

function wordsIn(text: string, words: string, most: number, options?: WordOptions): Span[] {
  if (options === undefined) return occurrences(text, words, most);
  const { matchCase, wholeWord } = options;
  return occurrences(
    text,
    words,
    most,
    ({ offset, length }) =>
      (!matchCase || text.startsWith(words, offset)) &&
      (!wholeWord || isWhole(text, offset, offset + length)),
  );
}

const wordSign = /[\p{L}\p{N}_]/u;
/** Written without blanks between words: each sign may be one. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Whether no word goes on before or behind. */
function isWhole(text: string, from: number, to: number): boolean {
  return !isWithin(text, from) && !isWithin(text, to);
}

function isWithin(text: string, at: number): boolean {
  const before = signBefore(text, at);
  const behind = String.fromCodePoint(text.codePointAt(at) ?? 0x20);
  if (unspaced.test(before) || unspaced.test(behind)) return false;
  return wordSign.test(before) && wordSign.test(behind);
}

function signBefore(text: string, at: number): string {
  const unit = text.charAt(at - 1);
  return /[\udc00-\udfff]/.test(unit) ? text.slice(at - 2, at) : unit || ' ';
}

/** A way to a value and what it shall hold: `lines[0].price:12`, `total:`. */
export interface PathQuery {
  /** From the outermost that was named, in lower case. */
  readonly keys: readonly string[];
  readonly value: string;
}

const pathText =
  /^((?:[\p{ID_Start}_$][\p{ID_Continue}$-]*|\[\d+\])(?:\.[\p{ID_Continue}$-]+|\[(?:\d+|"[^"]*")\])*):(?!\/\/)\s*([^]*)$/u;
const pathStep = /[^.[\]"]+|"[^"]*"/g;

/** Reads `path:value`; null where a text is none. It may be a text with a colon all the same. */
export function pathQuery(text: string): PathQuery | null {
  const found = pathText.exec(text.trim());
  if (found === null) return null;
  const [, path = '', value = ''] = found;
  const keys = (path.match(pathStep) ?? []).map((step) => step.replaceAll('"', '').toLowerCase());
  return keys.length === 0 ? null : { keys, value };
}

/**
 * Finds the value of a path in those that the path ends at, with no value what stands under it; and the whole as words.
 * Places in lists may be left out: `lines.price` is that of each.
 */
export function pathFinder({ keys, value }: PathQuery, ofValue: Finder, asWords: Finder): Finder {
  // A place in a list is no text of the record: what stands there is found in its place.
  const part = value !== '' || isIndex(keys.at(-1) ?? '') ? 'value' : undefined;
  return (text, at) => {
    const found = asWords(text, at);
    if (found.length > 0 || !isAtPath(keys, at)) return found;
    if (part === undefined) {
      return at.place.part === 'value' ? [] : [{ offset: 0, length: text.length }];
    }
    if (at.place.part !== 'value') return [];
    return value === '' ? [{ offset: 0, length: text.length }] : ofValue(text, at);
  };
}

const isIndex = (key: string) => /^\d+$/.test(key);

function isAtPath(
  keys: readonly string[],
  { place, name }: { readonly place: SearchPlace; readonly name: string },
): boolean {
  if (place.section === 'logs') return false;
  const own =
    place.part === 'name' ? [] : ancestors(place.path).map(({ key }) => key.toLowerCase());
  const all = [place.section, name.toLowerCase(), ...own];
  let wanted = keys.length - 1;
  for (let at = all.length - 1; at >= 0 && wanted >= 0; at--) {
    if (all[at] === keys[wanted]) wanted--;
    else if (!isIndex(all[at] ?? '')) return false;
  }
  return wanted < 0;
}
