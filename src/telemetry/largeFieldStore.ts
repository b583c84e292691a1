/** Where texts lie that are too long for a record. */
export interface LargeFieldStore {
  /** Stores the bytes under the name and gives the address that stands in the record instead. */
  upload(name: string, bytes: Uint8Array): Promise<string>;
}

/**
 * The longest text that stays in a record, in UTF-8 bytes. Upstream asks Python for the size of the bytes
 * object, which is 33 more than its content, and compares that with 5,120.
 */
export const longestInlineBytes = 5_087;

/** Whether the services would store the text elsewhere. */
export function isLargeField(text: string): boolean {
  // A UTF-16 unit is one to three bytes of UTF-8: most texts are decided by their length alone.
  if (text.length > longestInlineBytes) return true;
  if (text.length * 3 <= longestInlineBytes) return false;
  return Buffer.byteLength(text) > longestInlineBytes;
}
