import { quoteSource, type SecretSpan } from './secretSpan.ts';

const opening = new RegExp(String.raw`[bfruBFRUN@$]{0,2}("""|'''|${quoteSource})`, 'y');
/** What joins two texts to one; without a sign between them both have the same quotes. */
const joint = /\s{0,40}([+.]?)\s{0,40}(?=[bfru]{0,2}(["']))/iy;

/** A text in quotes that starts here, and those that it is joined with; undefined when none starts. */
export function quotedValues(text: string, from: number): SecretSpan[] | undefined {
  const spans: SecretSpan[] = [];
  let at = from;
  for (let times = 0; times < 20; times++) {
    const span = quotedValue(text, at);
    if (span === undefined) break;
    if (span.end > span.start) spans.push({ start: span.start, end: span.end });
    const rest = times === 0 ? behindInnerQuote(text, span) : undefined;
    if (rest !== undefined) return [{ start: span.start, end: rest }];
    joint.lastIndex = span.next;
    const found = joint.exec(text);
    if (found === null || (found[1] === '' && found[2] !== text.slice(span.end, span.next))) {
      return spans;
    }
    at = joint.lastIndex;
  }
  return at === from && spans.length === 0 ? undefined : spans;
}

const innerQuote =
  /["'](?![\w-]{1,40}\s?=)[\w$@#!%^*+~?-][\w$@#!%^*+~?'";&,.-]{0,80}(?=["'](?:$|[\s,;)\]}]))/y;

/** `"a"b'c;d"`: nobody escaped the quote in it. Where the value ends then; undefined where it ended before. */
function behindInnerQuote(
  text: string,
  { end, next }: { end: number; next: number },
): number | undefined {
  if (next !== end + 1) return undefined;
  innerQuote.lastIndex = end;
  if (!innerQuote.test(text)) return undefined;
  return text.charAt(innerQuote.lastIndex) === text.charAt(end) ? innerQuote.lastIndex : undefined;
}

export function quotedValue(
  text: string,
  at: number,
): { start: number; end: number; next: number } | undefined {
  const quote = quoteOpenedAt(text, at);
  if (quote === undefined) return undefined;
  const start = at + quote.lead + quote.sign.length;
  const end = endOfQuoted(text, start, quote.sign);
  if (end === text.length && onlyClosers.test(text.slice(start, start + 100))) return undefined;
  return { start, end, next: end + quote.sign.length };
}

/** The quote that stands here, with how many letters before it; a plain one, as JSON has it, needs no expression. */
function quoteOpenedAt(text: string, at: number): { lead: number; sign: string } | undefined {
  if (text.charCodeAt(at) === 0x22 && text.charCodeAt(at + 1) !== 0x22) return plainQuote;
  opening.lastIndex = at;
  const sign = opening.exec(text)?.[1];
  return sign === undefined ? undefined : { lead: opening.lastIndex - at - sign.length, sign };
}

const plainQuote = { lead: 0, sign: '"' };

/** Behind a quote that opens nothing: it closed a text that stands further out. */
const onlyClosers = /^[\s\]})]*$/;

/** A quoted value ends at the same quote behind as many backslashes; where none comes (a text cut off), at the end. */
function endOfQuoted(text: string, begin: number, opened: string): number {
  if (opened !== '"' && (/^["']{3}/.test(opened) || !/^\\*["'`]$/.test(opened))) {
    const end = text.indexOf(opened, begin);
    return end < 0 ? text.length : end;
  }
  const backslashes = opened.length - 1;
  const quote = opened.slice(-1);
  for (let at = text.indexOf(quote, begin); at >= 0; at = text.indexOf(quote, at + 1)) {
    let before = at;
    while (before > begin && text.charCodeAt(before - 1) === 0x5c) before--;
    // Fewer backslashes close a string further out: the value was cut off within it.
    if (at - before <= backslashes) return before;
  }
  return text.length;
}
