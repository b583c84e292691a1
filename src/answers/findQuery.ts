import { RawNeedle } from '../decode/bytes/rawNeedle.ts';
import { type Finder, pathFinder, pathQuery, wordFinder } from '../find/finder.ts';
import { requiredText } from '../find/requiredText.ts';
import type { FindFault, FindQuery } from '../protocol/find.ts';

/** How something is looked for: in the bytes first, and in texts once they are decoded. */
export interface Sought {
  readonly finder: Finder;
  /** All of them stand in the bytes that hold it: the one that tells most first. */
  readonly needles: readonly RawNeedle[];
  /** The same, in lower case, of a text. */
  readonly texts: readonly string[];
}

type Wanted = Pick<FindQuery, 'text' | 'isPattern' | 'matchCase' | 'wholeWord'>;

/** Reads what is looked for. The automaton behind patterns is loaded when somebody looks for one. */
export async function soughtOf(wanted: Wanted): Promise<Sought | FindFault> {
  if (wanted.isPattern) return patternOf(wanted);
  const { text, matchCase, wholeWord } = wanted;
  const options = { matchCase, wholeWord };
  const path = pathQuery(text);
  if (path === null) {
    return { finder: wordFinder(text, options), ...standing(text) };
  }
  const name = path.keys.at(-1) ?? '';
  // Of a list the bytes hold no places.
  return {
    finder: pathFinder(path, text, options),
    ...standing(path.value, /^\d+$/.test(name) ? '' : name),
  };
}

async function patternOf({ text, matchCase, wholeWord }: Wanted): Promise<Sought | FindFault> {
  const source = wholeWord ? String.raw`\b(?:${text})\b` : text;
  const flags = `${matchCase ? '' : 'i'}${/\\[pPu]\{/.test(text) ? 'u' : ''}`;
  let expression: RegExp;
  try {
    expression = new RegExp(source, flags);
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    return { kind: 'invalid', detail: words.slice(words.lastIndexOf(': ') + 2) };
  }
  const { linearMatches } = await import('../masking/linearPattern.ts');
  const matches = linearMatches(expression);
  if (matches === undefined) return { kind: 'notLinear', detail: '' };
  return {
    finder: (within, { most }) => matches(within, most),
    ...standing(requiredText(text)),
  };
}

function standing(...parts: readonly string[]): Pick<Sought, 'needles' | 'texts'> {
  const some = parts.filter((part) => part !== '');
  return {
    needles: some.map((part) => new RawNeedle(part)),
    texts: some.map((part) => part.toLowerCase()),
  };
}
