const address = /^https?:\/\/.+\/[0-9a-f]{32}\.txt(?:\?.*)?$/;

/** Whether a text is the address that a service left in place of a large value it stored elsewhere. */
export function isStoredText(text: string): boolean {
  // Blanks first: behind each address that is followed by one the rest would be read again.
  return text.startsWith('http') && !/\s/.test(text) && address.test(text);
}
