/** A secret that is cut in two is none that a mask knows, so a text is cut between words. A longer word is no secret. */
const longestWord = 256;

/** The text with at most so many signs, and a mark where it was cut. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const kept = text.slice(0, longest);
  const tail = kept.slice(-longestWord);
  const word = /\S*$/.exec(tail)?.[0].length ?? 0;
  const isWhole = word === tail.length || /\s/.test(text.charAt(longest));
  const end = isWhole ? longest : longest - word;
  return `${copyOf(kept.slice(0, end))}…`;
}

/** A part of a text keeps the whole of it in memory, and what is short is remembered. */
function copyOf(part: string): string {
  return Buffer.from(part, 'utf16le').toString('utf16le');
}
