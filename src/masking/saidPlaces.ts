import { placesOf } from './placesOf.ts';
import { shortestSentence } from './shortestSentence.ts';
import type { Work } from './work.ts';

/** Tells where a record says a sentence itself. */
export interface SaidPlaces {
  /** Behind the sentence that holds what stands from `start` to `end`; -1 where none does. */
  endOfSentence(start: number, end: number): number;
}

/**
 * Finds all places of the sentences once: to look for them around each word takes the square of their length. What it
 * takes is counted as `work`.
 */
export function saidPlaces(text: string, sentences: readonly string[], work: Work): SaidPlaces {
  let spans: (readonly [start: number, end: number])[] | undefined;
  let next = 0;
  let before = 0;
  const find = () =>
    sentences
      .filter(({ length }) => length >= shortestSentence)
      .flatMap((sentence) =>
        [...placesOf(sentence, text, work)].map((at) => [at, at + sentence.length] as const),
      )
      .sort(([a], [b]) => a - b);
  return {
    endOfSentence(start, end) {
      spans ??= find();
      // Another word is looked for from the beginning.
      if (start < before) next = 0;
      before = start;
      // One sentence may begin in another: those that end sooner are passed.
      while ((spans[next]?.[1] ?? Infinity) < end) next++;
      const [from, to] = spans[next] ?? [Infinity, -1];
      return from <= start ? to : -1;
    },
  };
}
