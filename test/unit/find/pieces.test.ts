import { describe, expect, test } from 'vitest';

import { overlapSigns, pieceSigns, piecesOf } from '../../../src/find/pieces.ts';
import { searchSteps } from '../../../src/find/searchSections.ts';
import type { Finder } from '../../../src/find/finder.ts';

const finderOf =
  (pattern: RegExp): Finder =>
  (text, { most }) =>
    [...text.matchAll(pattern)].slice(0, most).map(({ index, 0: { length } }) => ({
      ...{ offset: index, length },
    }));

/** What is found in one text, read piece by piece, and how many turns others had. */
function found(text: string, pattern: RegExp, most = 1_000) {
  const places: (readonly [number, number])[] = [];
  const value = { name: 'text', value: text, form: 'text', round: null } as const;
  const steps = searchSteps([{ id: 'output', values: [value], logs: [], streams: [] }], {
    ...{ finder: finderOf(pattern), most, pieceSigns },
    onMatch: ({ offset, length }) => places.push([offset, length]),
  });
  let turns = 0;
  while (steps.next().done !== true) turns++;
  return { places, turns };
}

const filler = (length: number) => '-'.repeat(length);

describe('a long text', () => {
  test.each([
    ['at the end of a piece', pieceSigns - 3, 'needle'],
    ['at the begin of one', pieceSigns, 'needle'],
    ['within the overlap', pieceSigns + overlapSigns - 3, 'needle'],
    ['at its end', 3 * pieceSigns - 6, 'needle'],
    ['over a whole overlap', pieceSigns - 1, `n${'e'.repeat(overlapSigns - 8)}dle`],
  ])('is read piece by piece, and each match found once: %s', (_, at, needle) => {
    const text = filler(at) + needle + filler(3 * pieceSigns - at - needle.length);
    expect(found(text, /ne+dle/g)).toEqual({ places: [[at, needle.length]], turns: 3 });
  });

  test('begins and ends once', () => {
    const text = `a${filler(pieceSigns)}a${filler(pieceSigns)}a`;
    expect(found(text, /^a/g).places).toEqual([[0, 1]]);
    expect(found(text, /a$/g).places).toEqual([[text.length - 1, 1]]);
    // No word begins where a piece does.
    const word = 'a'.repeat(2 * pieceSigns);
    expect(found(word, /\ba/g).places).toEqual([[0, 1]]);
  });

  test('is not cut within a sign', () => {
    const text = '😀'.repeat(pieceSigns);
    const pieces = [...piecesOf(`-${text}`)];
    for (const piece of pieces) expect(piece.text.isWellFormed()).toBe(true);
    const own = pieces.map(({ text: part, begin, end }) => part.slice(begin, end)).join('');
    expect(own).toBe(`-${text}`);
    expect([...piecesOf('')]).toEqual([{ text: '', from: 0, begin: 0, end: 0 }]);
  });

  test('is read no further than wanted', () => {
    expect(found('x'.repeat(3 * pieceSigns), /x/g, 5).places).toHaveLength(5);
  });
});
