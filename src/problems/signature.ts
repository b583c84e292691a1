import type { PastFailure } from '../analysis/pastExecution.ts';

/** Stands before each: another way to make them has another, so that old ones are known as such. */
export const signatureVersion = '2';

/** What makes failures of one flow the same, in words: their node, cause, code, and text but for what differs each time. */
export function toldBy(
  { nodeId, cause, category, text }: PastFailure,
  code: number,
  normal: (text: string) => string,
): string {
  return JSON.stringify([nodeId, cause ?? category, code, normal(text)]);
}

/** The same, in short. */
export function failureSignature(
  failure: PastFailure,
  code: number,
  normal: (text: string) => string,
): string {
  return `${signatureVersion}-${signatureOf(toldBy(failure, code, normal))}`;
}

/** The signature of what was told in these very words: a part of what its own signature tells. */
export function partSignature(signature: string, text: string): string {
  return `${signature}.${signatureOf(text)}`;
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
