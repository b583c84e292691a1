/** Shorter sentences are hardly more than a word. */
export const shortestSentence = 16;
