/**
 * The text with at most so many signs, and a mark where it was cut. A secret that is cut in two is none that a mask knows, so
 * a word stays whole or is left out, however long it is; of a text that is a word its beginning stays.
 */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const begin = isOfWord(text, longest) ? beginOfWord(text, longest) : longest;
  return `${copyOf(text.slice(0, begin === 0 ? longest : begin))}…`;
}

function beginOfWord(text: string, end: number): number {
  let begin = end;
  while (begin > 0 && isOfWord(text, begin - 1)) begin--;
  return begin;
}

/** Of a key or a token; Chinese has no blanks between its words. */
function isOfWord(text: string, at: number): boolean {
  const sign = text.charCodeAt(at);
  return sign > 0x20 && sign < 0x7f;
}

/** A part of a text keeps the whole of it in memory, and what is short is remembered. */
function copyOf(part: string): string {
  return Buffer.from(part, 'utf16le').toString('utf16le');
}
