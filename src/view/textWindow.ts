import { newlinesIn, wholeSign } from '../base/textPlaces.ts';
import { formatCount } from '../texts/format.ts';
import type { Translate } from '../texts/translate.ts';
import type { LeftOutParts } from '../trace/execution.ts';

/** What of a long text is there to be shown, and which part of the whole it is; without `part` it is the whole. */
export interface GivenText {
  readonly text: string;
  readonly part?: Pick<LeftOutParts, 'size' | 'from' | 'lines'> | undefined;
}

/** Which signs of the whole text are shown. */
export interface TextChoice {
  readonly from: number;
  readonly to: number;
}

/** What is not shown on one side. */
export interface TextRest {
  /** 0 where it belongs to the line at the edge. */
  readonly lines: number;
  readonly chars: number;
}

/** A part of a long text as it is shown. */
export interface TextWindow extends TextChoice {
  readonly text: string;
  readonly before: TextRest;
  readonly behind: TextRest;
}

/** Before what is shown, or behind it. */
export type TextSide = 'before' | 'behind';

/** What one more step shows. */
export const linesPerStep = 40;

const firstLines = 15;
// One line of a megabyte would take the browser seconds to wrap.
const firstChars = 3_000;
const charsPerStep = 20_000;
/** Around a place that was found: as much as one reads to see what it is. */
const linesBefore = 8;
const charsBefore = 1_200;
/** Not worth a button. */
const fewChars = 80;

/** What is shown of a text: its first lines, or what was chosen as far as it is given. */
export function textWindow(given: GivenText, choice?: TextChoice): TextWindow {
  const { text, part } = given;
  const first = part?.from ?? 0;
  const end = first + text.length;
  const chosen = choice ?? firstOf(given);
  const isThere = chosen.from < end && chosen.to > first;
  const { from, to } = isThere ? chosen : firstOf(given);
  const begin = Math.max(0, from - first);
  const shownEnd = endWorthwhile(given, Math.min(text.length, to - first));
  const size = part?.size ?? text.length;
  const { before = 0, behind = 0 } = part?.lines ?? {};
  return {
    text: text.slice(begin, shownEnd),
    from: first + begin,
    to: first + shownEnd,
    before: { lines: before + newlinesIn(text, 0, begin), chars: first + begin },
    behind: {
      lines: behind + newlinesIn(text, shownEnd, text.length),
      chars: size - first - shownEnd,
    },
  };
}

/** What is chosen where somebody wants more on one side. */
export function moreOfText(given: GivenText, shown: TextWindow, side: TextSide): TextChoice {
  const { text } = given;
  const first = given.part?.from ?? 0;
  const { from, to } = shown;
  if (side === 'behind') {
    if (isAway(given, shown, side)) return { from, to: to + charsPerStep };
    return { from, to: first + forward(text, to - first, linesPerStep, charsPerStep) };
  }
  if (isAway(given, shown, side)) return { from: Math.max(0, from - charsPerStep), to };
  return { from: first + back(text, from - first, linesPerStep, charsPerStep), to };
}

/** Whether what comes next on one side is not given yet. */
export function isAway({ text, part }: GivenText, shown: TextWindow, side: TextSide): boolean {
  const first = part?.from ?? 0;
  if (side === 'before') return shown.from === first && first > 0;
  return shown.to === first + text.length && shown.behind.chars > 0;
}

/** Shows a place with what is around it; what is shown stays where it is within that. */
export function textAround(
  given: GivenText,
  choice: TextChoice | undefined,
  { offset, length }: { readonly offset: number; readonly length: number },
): TextChoice {
  const shown = textWindow(given, choice);
  if (offset >= shown.from && offset + length <= shown.to) return shown;
  const first = given.part?.from ?? 0;
  const { text } = given;
  const at = Math.max(0, Math.min(offset - first, text.length));
  const from = back(text, at, linesBefore, charsBefore);
  const to = forward(text, Math.min(text.length, at + length), firstLines, firstChars);
  return { from: first + from, to: first + to };
}

/** What the button says that shows more of it. */
export function restLabel(
  { lines, chars }: TextRest,
  side: TextSide,
  language: string,
  t: Translate,
): string {
  const next = Math.min(linesPerStep, lines);
  if (side === 'before') {
    if (lines === 0) return t('Show More ({0} Characters Before)', formatCount(chars, language));
    if (lines === 1) return t('Show 1 Earlier Line');
    return t('Show {0} Earlier Lines of {1}', next, formatCount(lines, language));
  }
  if (lines === 0) return t('Show More ({0} Characters Left)', formatCount(chars, language));
  if (lines === 1) return t('Show 1 More Line');
  return t('Show {0} More Lines of {1}', next, formatCount(lines, language));
}

function firstOf({ text, part }: GivenText): TextChoice {
  const from = part?.from ?? 0;
  return { from, to: from + forward(text, 0, firstLines, firstChars) };
}

/** The end, where what is left of the whole is so little that it is shown as well. */
function endWorthwhile({ text, part }: GivenText, end: number): number {
  const goesOn = part !== undefined && (part.from ?? 0) + text.length < part.size;
  const isLittle =
    !goesOn && text.length - end < fewChars && newlinesIn(text, end + 1, text.length) === 0;
  return isLittle ? text.length : end;
}

/** So many lines further on, or signs where these are more. */
function forward(text: string, from: number, lines: number, chars: number): number {
  const most = wholeSign(text, Math.min(text.length, from + chars));
  // What is shown before it ended with its line.
  let at = from > 0 && text[from] === '\n' ? from : from - 1;
  for (let count = 0; count < lines; count++) {
    at = text.indexOf('\n', at + 1);
    if (at === -1 || at > most) return most;
  }
  return at;
}

/** So many lines back, or signs. */
function back(text: string, from: number, lines: number, chars: number): number {
  const least = wholeSign(text, Math.max(0, from - chars));
  let at = from;
  for (let count = 0; count <= lines; count++) {
    if (at === 0) return 0;
    const newline = text.lastIndexOf('\n', at - 1);
    if (newline < least) return least < fewChars ? 0 : least;
    at = newline;
  }
  return at + 1;
}
