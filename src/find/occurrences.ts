/** A part of a text. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/**
 * Where the needle stands, from left to right without overlaps, at most `most` times; case doesn't matter. Those that are
 * not wanted are never kept: a text of megabytes may hold a letter millions of times.
 */
export function occurrences(
  text: string,
  needle: string,
  most = Infinity,
  isWanted: (span: Span) => boolean = () => true,
): Span[] {
  if (needle === '') return [];
  const lower = foldCase(text);
  const wanted = foldCase(needle);
  const found: Span[] = [];
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length)) {
    if (found.length >= most) break;
    const span = { offset: at, length: wanted.length };
    if (isWanted(span)) found.push(span);
  }
  return found;
}

/** Lower case without changing any position: `İ` would become two characters. */
function foldCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
