import { RawNeedle } from '../decode/bytes/rawNeedle.ts';
import { type Finder, pathFinder, pathQuery, wordFinder } from '../find/finder.ts';
import { requiredText } from '../find/requiredText.ts';
import type { FindFault, FindQuery } from '../protocol/find.ts';

/** How something is looked for: in the bytes first, and in texts once they are decoded. */
export interface Sought {
  readonly finder: Finder;
  /** All of them stand in the bytes that hold it. */
  readonly needles: readonly RawNeedle[];
}

type Wanted = Pick<FindQuery, 'text' | 'isPattern' | 'matchCase' | 'wholeWord'>;

/** Reads what is looked for. The automaton behind patterns is loaded when somebody looks for one. */
export async function soughtOf(wanted: Wanted): Promise<Sought | FindFault> {
  if (wanted.isPattern) return patternOf(wanted);
  const { text, matchCase, wholeWord } = wanted;
  const options = { matchCase, wholeWord };
  const path = pathQuery(text);
  if (path === null) {
    return { finder: wordFinder(text, options), needles: [new RawNeedle(text)] };
  }
  const name = path.keys.at(-1) ?? '';
  // Of a list the bytes hold no places.
  const texts = [/^\d+$/.test(name) ? '' : name, path.value].filter((part) => part !== '');
  return {
    finder: pathFinder(path, text, options),
    needles: texts.map((part) => new RawNeedle(part)),
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
  const required = requiredText(text);
  return {
    finder: (within, { most }) => matches(within, most),
    needles: required === '' ? [] : [new RawNeedle(required)],
  };
}
