import { type Finder, wordFinder, type WordOptions } from './finder.ts';
import { ancestors } from './jsonPath.ts';
import type { Span } from './occurrences.ts';

/** Each is looked for in all of a text; who types more has copied a sentence. */
const mostWords = 12;
const phraseOrWord = /(?<!\S)(?:"([^"]+)"|“([^”]+)”)(?!\S)|\S+/g;

/** What was typed as words, and as phrases where they stand in quotes; as one phrase where there are too many. */
export function wordsOf(typed: string): readonly string[] {
  const words = Array.from(typed.matchAll(phraseOrWord), ([word, ...phrases]) => {
    // One of the two forms of quotes, or neither.
    const phrase = phrases.join('');
    return phrase.trim() === '' ? word : phrase;
  });
  return words.length > mostWords ? [typed.trim()] : [...new Set(words)];
}

/**
 * Finds words that all occur: one at least in the text, the others there or on the way to it, which are the names of step and
 * value, and keys. Where it stands as it was typed, that alone: of a sentence that was copied nobody wants each word.
 */
export function wordsFinder(typed: string, options?: WordOptions): Finder {
  const words = wordsOf(typed).map((word) => wordFinder(word, options));
  const [only = wordFinder('')] = words;
  if (words.length < 2) return only;
  const whole = wordFinder(typed.trim(), options);
  return (text, at) => {
    const asTyped = whole(text, at);
    if (asTyped.length > 0) return asTyped;
    const found = words.map((word) => word(text, at));
    if (found.every((spans) => spans.length === 0)) return [];
    const way = wayTo(at);
    const isMissing = found.some(
      (spans, index) => spans.length === 0 && words[index]?.(way, { ...at, most: 1 }).length === 0,
    );
    return isMissing ? [] : besideEachOther(found.flat()).slice(0, at.most);
  };
}

function wayTo({ place, name, step = '' }: Parameters<Finder>[1]): string {
  const keys = place.part === 'name' ? [] : ancestors(place.path).map(({ key }) => key);
  return [step, place.part === 'name' ? '' : name, ...keys].join('\n');
}

/** From left to right; of those that overlap the first and longest. */
function besideEachOther(spans: readonly Span[]): readonly Span[] {
  const sorted = spans.toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  let end = 0;
  return sorted.filter(({ offset, length }) => {
    if (offset < end) return false;
    end = offset + length;
    return true;
  });
}
