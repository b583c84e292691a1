/** Sentences one after the other: with a blank between them, except behind the full stops of Chinese. */
export function sentences(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .reduce((text, part) => {
      if (text === '') return part;
      return /[。！？；]$/.test(text) ? text + part : `${text} ${part}`;
    }, '');
}
