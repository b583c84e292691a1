import { formatCount } from '../texts/format.ts';
import type { Translate } from '../texts/translate.ts';

/** The beginning of a long text, as far as it is shown. */
export interface TextWindow {
  readonly text: string;
  /** Lines that are not shown; 0 when the rest belongs to the last shown line. */
  readonly restLines: number;
  /** Characters that are not shown. */
  readonly restChars: number;
}

/** What one more step shows. */
export const linesPerStep = 40;

const firstLines = 15;
// One line of a megabyte would take the browser seconds to wrap.
const firstChars = 3_000;
const charsPerStep = 20_000;

/** The first lines of a text; each step shows 40 more. */
export function textWindow(text: string, steps: number): TextWindow {
  const lines = firstLines + steps * linesPerStep;
  const chars = firstChars + steps * charsPerStep;
  const end = Math.min(endOfLine(text, lines), endOfCharacter(text, chars));
  if (text.length - end < 80 && !text.slice(end + 1).includes('\n')) {
    // Not worth a button.
    return { text, restLines: 0, restChars: 0 };
  }
  const rest = text.slice(end);
  return { text: text.slice(0, end), restLines: countNewlines(rest), restChars: rest.length };
}

/** What the button says that shows more of it. */
export function restLabel(
  { restLines, restChars }: TextWindow,
  language: string,
  t: Translate,
): string {
  if (restLines === 0)
    return t('Show More ({0} Characters Left)', formatCount(restChars, language));
  if (restLines === 1) return t('Show 1 More Line');
  const next = Math.min(linesPerStep, restLines);
  return t('Show {0} More Lines of {1}', next, formatCount(restLines, language));
}

/** How many steps show the character at `offset`. */
export function stepsToShow(text: string, offset: number): number {
  const line = countNewlines(text.slice(0, offset)) + 1;
  const byLine = Math.ceil((line - firstLines) / linesPerStep);
  const byChar = Math.ceil((offset + 80 - firstChars) / charsPerStep);
  return Math.max(0, byLine, byChar);
}

function endOfLine(text: string, line: number): number {
  let at = -1;
  for (let count = 0; count < line; count++) {
    at = text.indexOf('\n', at + 1);
    if (at === -1) return text.length;
  }
  return at;
}

function endOfCharacter(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const isHighSurrogate = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return isHighSurrogate ? end - 1 : end;
}

function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
