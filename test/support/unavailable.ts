/**
 * A part of the tests that this machine truly can't have: the sentence says what is missing and how
 * to get it. Whoever catches it counts the part as skipped, never as passed.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}
