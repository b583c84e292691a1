/**
 * Replaces each text of JSON that has an escape in it; one that breaks off stays as it is. An expression
 * would try each quote of such a text anew, down to its end (minutes for a megabyte), and exhaust the stack
 * at ten megabytes. Here every place is looked at once.
 */
export function replaceEscapedLiterals(text: string, replace: (literal: string) => string): string {
  let replaced = '';
  let copied = 0;
  let begin = nextQuote(text, 0);
  let backslash = text.indexOf('\\', begin + 1);
  while (begin >= 0 && backslash >= 0) {
    if (backslash < begin) backslash = text.indexOf('\\', begin + 1);
    let end = text.indexOf('"', begin + 1);
    const isEscaped = backslash >= 0 && backslash < end;
    while (backslash >= 0 && backslash < end) {
      const behind = backslash + 2;
      // What is escaped may be the quote itself.
      if (end < behind) end = text.indexOf('"', behind);
      backslash = text.indexOf('\\', behind);
    }
    if (end < 0) break;
    if (!isEscaped) {
      begin = end;
      continue;
    }
    replaced += text.slice(copied, begin) + replace(text.slice(begin, end + 1));
    copied = end + 1;
    begin = nextQuote(text, copied);
  }
  return replaced + text.slice(copied);
}

/** A quote behind a backslash is a part of a text further out. */
function nextQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at > 0 && text.charAt(at - 1) === '\\') at = text.indexOf('"', at + 1);
  return at;
}
