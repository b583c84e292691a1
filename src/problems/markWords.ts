import type { Milliseconds } from '../trace/execution.ts';
import { isOfFlow, type ReaderMark, type ReaderSays } from './problemMark.ts';
import { ownSignature, signatureToday, type SignedWords } from './signature.ts';

/** Of what a signature was made; null where nobody knows it. */
export type WordsOf = (signature: string) => SignedWords | null;

/** What is said, with what its signatures were made of. */
export function withWords(says: ReaderSays, atMs: Milliseconds, wordsOf: WordsOf): ReaderMark {
  if (isOfFlow(says)) return { ...says, atMs };
  const of = wordsOf(says.signature) ?? undefined;
  if (says.kind !== 'moved') return { ...says, of, atMs };
  const intoOf = says.into === null ? undefined : (wordsOf(says.into) ?? undefined);
  return { ...says, of, intoOf, atMs };
}

/** What is said, without what anything was made of. */
export function withoutWords(mark: ReaderMark): ReaderMark {
  if (isOfFlow(mark)) return mark;
  const said = { ...mark, of: undefined };
  return said.kind === 'moved' ? { ...said, intoOf: undefined } : said;
}

/** The same by the signatures of today, whenever it was said. */
export function markToday(mark: ReaderMark, normal: (text: string) => string): ReaderMark {
  if (isOfFlow(mark)) return mark;
  const today = (signature: string, of: SignedWords | undefined) =>
    of === undefined ? signature : signatureToday(signature, of, normal);
  const signature = today(mark.signature, mark.of);
  if (mark.kind !== 'moved') return { ...mark, signature };
  return { ...mark, signature, into: mark.into === null ? null : today(mark.into, mark.intoOf) };
}

/** Of what marks say that a signature was made; null where none does. */
export function wordsOfMarks(marks: readonly ReaderMark[], signature: string): SignedWords | null {
  const own = ownSignature(signature);
  for (const mark of marks) {
    if (isOfFlow(mark)) continue;
    if (mark.of !== undefined && ownSignature(mark.signature) === own) return mark.of;
    if (mark.kind !== 'moved' || mark.into === null || mark.intoOf === undefined) continue;
    if (ownSignature(mark.into) === own) return mark.intoOf;
  }
  return null;
}
