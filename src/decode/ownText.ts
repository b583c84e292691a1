/** A part of a text so short is a copy anyhow. */
export const longestCopied = 12;

/** The same text without what it may be a part of: a slice keeps the whole of a long text in memory as long as it lives. */
export function ownText(text: string): string {
  if (text.length <= longestCopied) return text;
  // One byte for each character where that is enough.
  const encoding = /[^\0-\xff]/.test(text) ? 'utf16le' : 'latin1';
  if (text.length > shortest) return Buffer.from(text, encoding).toString(encoding);
  return room.toString(encoding, 0, room.write(text, encoding));
}

/** Names and subjects are shorter; for each of them bytes of its own would take as long as the copying. */
const shortest = 256;
const room = Buffer.alloc(2 * shortest);
