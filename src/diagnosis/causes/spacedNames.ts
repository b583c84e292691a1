/** Names that say something: `RATE_LIMIT_EXCEEDED`, `NoSuchElementException`. */
const names =
  /\b(?:[A-Z][A-Z\d]{0,30}(?:_[A-Z\d]{1,30}){1,12}|[A-Z][a-z]{1,30}(?:[A-Z][a-z]{1,30}){1,12})\b/g;

/**
 * A text, and behind it, each on a line, what its names say when read as words: an engine has a name of its own for
 * what others write as a sentence.
 */
export function withSpacedNames(text: string): string {
  const spaced = (text.match(names) ?? []).map((name) =>
    name.replaceAll('_', ' ').replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
  );
  return spaced.length === 0 ? text : `${text}\n${spaced.join('\n')}`;
}
