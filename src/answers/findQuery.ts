import type { Clock } from '../base/clock.ts';
import { RawNeedle } from '../decode/bytes/rawNeedle.ts';
import {
  type Finder,
  pathFinder,
  type PathQuery,
  pathQuery,
  wordFinder,
  type WordOptions,
} from '../find/finder.ts';
import { wordsFinder, wordsOf } from '../find/words.ts';
import { mayMatchMore } from '../find/longestMatch.ts';
import { requiredText } from '../find/requiredText.ts';
import { overlapSigns, pieceSigns } from '../find/pieces.ts';
import type { Matches } from '../masking/linearPattern.ts';
import type { FindFault, FindQuery } from '../protocol/find.ts';

/** How something is looked for: in the bytes first, and in texts once they are decoded. */
export interface Sought {
  readonly finder: Finder;
  /** All of them stand in the bytes that hold it: the one that tells most first. */
  readonly needles: readonly RawNeedle[];
  /** The same, in lower case, of a text. */
  readonly texts: readonly string[];
  /** Longer texts are read in pieces of so many signs: what reads them can't be interrupted. */
  readonly pieceSigns?: number;
  /** In texts that are read in pieces it may not be found: what it finds may be longer than pieces overlap. */
  readonly mayBeLong?: boolean;
  /** Where it is found nowhere: it is written as a pattern, and is none. */
  readonly noPattern?: FindFault;
  /** Whether it takes longer than anybody waits for: from then on nothing more is found. */
  readonly isLost: () => boolean;
}

/** How long a pattern may take, beside what it looks through: some twenty times as long as usual ones do. */
const mostMs = 500;
const mostMsPerSign = 0.002;

/** So many signs are read of a long text at least: as many as overlap. */
const leastPieceSigns = overlapSigns;
/** Of a pattern each of whose parts is looked at for each sign: some 100 ms. */
const mostParts = 4_000_000;

const never = () => false;

type Wanted = Pick<FindQuery, 'text' | 'isPattern' | 'matchCase' | 'wholeWord'>;

/** Looks for a text as it stands. */
export function asTyped(text: string): Sought {
  return { finder: wordFinder(text), isLost: never, ...standing(text) };
}

/** Reads what is looked for. The automaton behind patterns is loaded when somebody looks for one. */
export async function soughtOf(
  wanted: Wanted,
  clock: Pick<Clock, 'now'>,
): Promise<Sought | FindFault> {
  const { text, isPattern, matchCase, wholeWord } = wanted;
  const options = { matchCase, wholeWord };
  const faults: FindFault[] = [];
  const alone = isPattern ? undefined : slashed.exec(text.trim())?.[1];
  if (alone !== undefined) {
    const found = await patternOf({ ...wanted, text: alone }, clock);
    // `/+/` is no pattern, but an ordinary text.
    if (!('kind' in found) || found.kind !== 'invalid') return found;
    faults.push(found);
  }
  const path = pathQuery(text);
  const whole = isPattern ? await patternOf(wanted, clock) : null;
  const pattern = slashed.exec(path?.value ?? '')?.[1];
  const ofValue =
    pattern === undefined ? null : await patternOf({ ...wanted, text: pattern }, clock);
  if (path !== null && ofValue !== null && !('kind' in ofValue)) {
    if (whole === null) return atPath(path, ofValue, wordFinder(text, options));
    const there = atPath(path, ofValue, nowhere);
    return 'kind' in whole ? there : eitherOf(there, whole);
  }
  if (whole !== null) return whole;
  // `url:/[/` and `path:/+/` are no patterns, but ordinary texts.
  if (ofValue !== null && 'kind' in ofValue) {
    if (ofValue.kind !== 'invalid') return ofValue;
    faults.push(ofValue);
  }
  const [noPattern] = faults;
  const words =
    path === null
      ? ofWords(text, options)
      : atPath(path, ofWords(path.value, options), wordFinder(text, options));
  return { ...words, ...(noPattern && { noPattern }) };
}

/** How a regular expression is written where words are, too. */
const slashed = /^\/(.+)\/$/su;

const nowhere: Finder = () => [];

/** `file:/api/` may be a pattern at a path, and a pattern by itself. */
function eitherOf(one: Sought, other: Sought): Sought {
  return {
    ...other,
    finder: (text, at) => {
      const found = one.finder(text, at);
      return found.length > 0 ? found : other.finder(text, at);
    },
    ...standing(),
    isLost: () => one.isLost() || other.isLost(),
  };
}

function ofWords(typed: string, options: WordOptions): Sought {
  const words = wordsOf(typed).toSorted((a, b) => b.length - a.length);
  return { finder: wordsFinder(typed, options), isLost: never, ...standing(...words) };
}

/** A value at a path. */
function atPath(path: PathQuery, ofValue: Sought, asWords: Finder): Sought {
  const name = path.keys.at(-1) ?? '';
  // Of a list the bytes hold no places.
  const ofName = standing(/^\d+$/.test(name) ? '' : name);
  return {
    ...ofValue,
    finder: pathFinder(path, ofValue.finder, asWords),
    needles: [...ofValue.needles, ...ofName.needles],
    texts: [...ofValue.texts, ...ofName.texts],
  };
}

async function patternOf(
  { text, matchCase, wholeWord }: Wanted,
  clock: Pick<Clock, 'now'>,
): Promise<Sought | FindFault> {
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
    ...inTime(whereStands(required.toLowerCase(), matches.find), clock),
    ...{ pieceSigns: pieceFor(matches.size), mayBeLong: mayMatchMore(text, overlapSigns) },
    ...standing(required),
  };
}

/** A pattern of hundreds of parts takes as long for a sign as others for hundreds. */
function pieceFor(size: number): number {
  return Math.min(pieceSigns, Math.max(leastPieceSigns, Math.floor(mostParts / size)));
}

/** An automaton takes some twenty times as long as to look for a text that stands wherever it finds something. */
function whereStands(required: string, matches: Matches): Matches {
  if (required === '') return matches;
  return (text, ...rest) => (text.toLowerCase().includes(required) ? matches(text, ...rest) : []);
}

/** Whoever looks for `a(.*b)?` reads to the end of a text for each `a` in it: that has an end itself. */
function inTime(matches: Matches, clock: Pick<Clock, 'now'>): Pick<Sought, 'finder' | 'isLost'> {
  let leftMs = mostMs;
  return {
    finder: (text, { most }) => {
      if (leftMs < 0) return [];
      leftMs += text.length * mostMsPerSign;
      const untilMs = clock.now() + leftMs;
      const found = matches(text, most, () => clock.now() > untilMs);
      leftMs = untilMs - clock.now();
      return found;
    },
    isLost: () => leftMs < 0,
  };
}

function standing(...parts: readonly string[]): Pick<Sought, 'needles' | 'texts'> {
  const some = parts.filter((part) => part !== '');
  return {
    needles: some.map((part) => new RawNeedle(part)),
    texts: some.map((part) => part.toLowerCase()),
  };
}
