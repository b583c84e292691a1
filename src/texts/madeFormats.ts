/** More than all languages, zones and forms of one page are; a page has one language and ten forms. */
const mostFormats = 64;

// Only what was made: what a format tells is the same with them and without.
const formats = new Map<string, Intl.DateTimeFormat>();

/** A format of moments. To make one takes a hundred times as long as to use it, and each row of a list tells two moments. */
export function dateFormat(
  language: string,
  parts: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  // The computer may be taken to another zone, and its summer begins.
  const key = JSON.stringify([new Date().getTimezoneOffset(), language, parts]);
  let format = formats.get(key);
  if (format === undefined) {
    if (formats.size >= mostFormats) formats.clear();
    formats.set(key, (format = new Intl.DateTimeFormat(language, parts)));
  }
  return format;
}
