import { mayBeginJson } from './jsonInBase64.ts';
import { SearchedText } from './searchedText.ts';
import type { NameJudge } from './secretNames.ts';
import { looksMixed } from './secretSpan.ts';
import type { SeenWords } from './seenWords.ts';
import { shortestSentence } from './shortestSentence.ts';
import { createWork, isTooCostly } from './work.ts';

/**
 * Whether words stand nowhere in a record but in the sentences that are shown, and in no base64 either: then it names
 * none of them. Seen in its bytes, each as a sign, where searching takes a third of what it takes in decoded text; UTF-8
 * holds the one where the text holds the other. Only yes is sure. `seen` is what is known of these bytes.
 */
export function areOnlySaid(
  words: readonly string[],
  sentences: readonly string[],
  bytes: Uint8Array,
  names: NameJudge,
  seen?: SeenWords,
): boolean {
  if (words.some(looksMixed)) return false;
  const unseen = seen?.unseen(words, sentences) ?? words;
  if (unseen.length === 0) return true;
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  if (seen?.isKnown !== true && mayBeginJson(raw)) return false;
  const said = sentences.filter(({ length }) => length >= shortestSentence).map(asBytes);
  const searched = new SearchedText(raw, said, names, createWork(raw.length));
  try {
    if (unseen.some((word) => searched.standsOutside(asBytes(word)))) return false;
    seen?.note(words, sentences);
    return true;
  } catch (error) {
    if (isTooCostly(error)) return false;
    throw error;
  }
}

function asBytes(text: string): string {
  return /[^\0-\x7f]/.test(text) ? Buffer.from(text).toString('latin1') : text;
}
