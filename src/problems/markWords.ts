import type { Milliseconds } from '../trace/execution.ts';
import { isOfFlow, type ReaderMark, type ReaderSays } from './problemMark.ts';
import { ownSignature, type Reading, signatureToday, type SignedWords } from './signature.ts';

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

/** How texts are masked and read now. */
export interface TextsToday {
  /** By the rules of now as well: what was masked before stays so. */
  readonly masked: (text: string) => string;
  readonly reading: Reading;
}

/** The same by the rules of masking and the signatures of today, whenever it was said. */
export function markToday(mark: ReaderMark, { masked, reading }: TextsToday): ReaderMark {
  if (isOfFlow(mark)) return mark;
  const maskedOf = (of: SignedWords | undefined) =>
    of && { ...of, text: masked(of.text), also: of.also?.map(masked) };
  const today = (signature: string, of: SignedWords | undefined) =>
    of === undefined ? signature : signatureToday(signature, of, reading);
  const of = maskedOf(mark.of);
  const said = { ...mark, of, signature: today(mark.signature, of) };
  if (said.kind !== 'moved') return said;
  const intoOf = maskedOf(said.intoOf);
  return { ...said, intoOf, into: said.into === null ? null : today(said.into, intoOf) };
}

/** Whether both hold the same texts. */
export function areTextsAlike(a: ReaderMark, b: ReaderMark): boolean {
  const textsOf = (mark: ReaderMark) =>
    isOfFlow(mark) ? [] : [mark.of, mark.kind === 'moved' ? mark.intoOf : undefined];
  const joined = (mark: ReaderMark) =>
    textsOf(mark).flatMap((of) => [of?.text, ...(of?.also ?? [])]);
  return joined(a).join('\n') === joined(b).join('\n');
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
