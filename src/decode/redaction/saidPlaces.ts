/** Shorter sentences are hardly more than a word. */
const shortestSentence = 16;

/** Tells where a record says a sentence itself. */
export interface SaidPlaces {
  /** Behind the sentence that holds what stands from `start` to `end`; -1 where none does. */
  endOfSentence(start: number, end: number): number;
}

/** Finds all places of the sentences once: to look for them around each word takes the square of their length. */
export function saidPlaces(text: string, sentences: readonly string[]): SaidPlaces {
  let spans: (readonly [start: number, end: number])[] | undefined;
  let next = 0;
  let before = 0;
  const find = () =>
    sentences
      .filter(({ length }) => length >= shortestSentence)
      .flatMap((sentence) => placesOf(sentence, text))
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

function placesOf(sentence: string, text: string): (readonly [number, number])[] {
  const places: (readonly [number, number])[] = [];
  const { length } = sentence;
  for (let at = text.indexOf(sentence); at >= 0; at = text.indexOf(sentence, at + length)) {
    places.push([at, at + length]);
  }
  return places;
}
