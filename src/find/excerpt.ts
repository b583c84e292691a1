import { wholeSign } from '../base/textPlaces.ts';
import type { Span } from './occurrences.ts';

/** What was found, with some of the text around it on one line. */
export interface Excerpt {
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

/** A list has a line for each: what is beyond its end nobody sees. */
const mostBefore = 30;
const mostFound = 120;
const mostAfter = 120;

/** Cuts what was found out of its text, no sign in half. */
export function excerpt(text: string, { offset, length }: Span): Excerpt {
  const end = offset + length;
  const from = wholeSign(text, Math.max(0, offset - mostBefore));
  const foundEnd = wholeSign(text, Math.min(end, offset + mostFound));
  const to = wholeSign(text, Math.min(text.length, end + mostAfter));
  return {
    before: (from > 0 ? '…' : '') + onOneLine(text.slice(from, offset)),
    found: onOneLine(text.slice(offset, foundEnd)) + (foundEnd < end ? '…' : ''),
    after: onOneLine(text.slice(end, to)) + (to < text.length ? '…' : ''),
  };
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
