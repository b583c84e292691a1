import type { PastFailure } from '../analysis/pastExecution.ts';
import type { CauseId } from '../diagnosis/causes.ts';

/** Stands before each: another way to make them of what they are made of has another. */
export const signatureVersion = '3';

/**
 * What a signature was made of. Kept beside what the reader said of it: another release may read texts otherwise, and what
 * it makes of the same words is what he meant.
 */
export interface SignedWords extends Pick<PastFailure, 'nodeId' | 'text' | 'also'> {
  readonly cause?: CauseId | null;
  readonly code: number;
}

/** How a release reads what failures say. */
export interface Reading {
  /** A text but for what differs from run to run. */
  readonly normal: (text: string) => string;
  /** The cause that texts tell together; null for none. */
  readonly causeOf: (texts: readonly string[]) => CauseId | null;
}

/**
 * What makes failures of one flow the same, in words: their node, code, text but for what differs each time, and the cause where
 * another text tells it. The cause is looked for here, in what each said: the one that the history has of a failure was found
 * by the release that wrote it, which may have known other causes. Only where nothing else is kept, as of failures from before it
 * was, that one counts: it was found in what is gone. What the text itself tells counts by its words alone, and a category
 * follows from all of these.
 */
export function toldBy(
  { nodeId, text, cause = null, also = [] }: Omit<SignedWords, 'code'>,
  code: number,
  { normal, causeOf }: Reading,
): string {
  const words = normal(text);
  const isTold = causeOf([words]) !== null;
  const kept = also.length === 0 ? cause : null;
  // In the whole text: what differs each time may be a part of what tells one.
  const told = isTold ? null : (kept ?? causeOf([text, ...also]));
  return JSON.stringify([nodeId, asTextsTell(told), code, words]);
}

/** What the code of a service raised is said to be a fault of that service: by its texts alone, code raised it. */
function asTextsTell(cause: CauseId | null): CauseId | null {
  return cause === 'serviceFailed' ? 'codeRaised' : cause;
}

/** The same, in short. */
export function failureSignature(
  failure: Omit<SignedWords, 'code'>,
  code: number,
  reading: Reading,
): string {
  return `${signatureVersion}-${signatureOf(toldBy(failure, code, reading))}`;
}

/** What a signature is today, of what it was made of whenever that was; a part stays the part that it is. */
export function signatureToday(signature: string, words: SignedWords, reading: Reading): string {
  const part = signature.slice(ownSignature(signature).length);
  return failureSignature(words, words.code, reading) + part;
}

/** Without the part of it that is meant. */
export function ownSignature(signature: string): string {
  const part = signature.indexOf(partSign);
  return part === -1 ? signature : signature.slice(0, part);
}

/** Whether a signature is that of a failure with its own one and its text, or of a part that it is in. */
export function isSignatureOf(signature: string, own: string, text: string): boolean {
  if (ownSignature(signature) !== own) return false;
  return signature === own || signature === partSignature(own, text);
}

const partSign = '.';

/** The signature of what was told in these very words: a part of what its own signature tells. */
export function partSignature(signature: string, text: string): string {
  return `${signature}${partSign}${signatureOf(text)}`;
}

/**
 * A text as 64 bits, the same on each machine and in each version: what is kept of a problem beside its failures goes by
 * it. No cryptography: nobody gains by two problems of one name, and of ten thousand no two are likely to share it.
 */
export function signatureOf(text: string): string {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x9e3779b1);
    two = Math.imul(two ^ code, 0x5f356495);
  }
  one = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(two ^ (two >>> 13), 0xc2b2ae35);
  two = Math.imul(two ^ (two >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
  return [two, one].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
