/** A line of a text, without what ends it. */
export interface TextLine {
  /** From 1. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** The lines of a text, as editors count them. */
export function* linesOf(text: string): Generator<TextLine> {
  const ends = /\r\n|\r|\n/g;
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  let number = 1;
  for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
    yield { number: number++, start, end: end.index };
    start = ends.lastIndex;
  }
  yield { number, start, end: text.length };
}
