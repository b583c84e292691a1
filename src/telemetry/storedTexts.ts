import { isLargeField } from './largeFieldStore.ts';
import type { LargeFieldStore } from './largeFieldStore.ts';
import { newId } from './newId.ts';
import { quoteJson } from './pythonText.ts';

/** Writes a text of a record as JSON: itself, or the address under which it is stored. */
export type TextWriter = (text: string) => string;

/** So many texts are on their way to the store at a time: enough to hide the round trips. */
const uploadsAtOnce = 4;

/**
 * Writes a record twice: first to learn its large texts, then, when they are stored, with their addresses. Equal texts are
 * stored once; `addresses` knows those of before, learns the new ones, and forgets what stands in the record no more. A
 * text that could not be stored stays in the record: upstream loses the whole record then, which helps nobody.
 */
export async function writeStored(
  store: LargeFieldStore,
  write: (text: TextWriter) => string,
  addresses: Map<string, string>,
  onError?: (error: unknown) => void,
): Promise<string> {
  const large = new Set<string>();
  const plain = write((text) => {
    if (isLargeField(text)) large.add(text);
    return quoteJson(text);
  });
  if (large.size === 0) {
    addresses.clear();
    return plain;
  }
  const known = new Map(addresses);
  const waiting = [...large].filter((text) => !known.has(text));
  for (const text of known.keys()) if (!large.has(text)) addresses.delete(text);
  const upload = async () => {
    for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) {
      try {
        const bytes = new TextEncoder().encode(text);
        const address: unknown = await store.upload(`${newId()}.txt`, bytes);
        if (typeof address !== 'string' || address === '')
          throw new TypeError('the store gave no address');
        addresses.set(text, address);
        known.set(text, address);
      } catch (error) {
        onError?.(error);
      }
    }
  };
  await Promise.all(Array.from({ length: uploadsAtOnce }, upload));
  return write((text) => quoteJson(known.get(text) ?? text));
}
