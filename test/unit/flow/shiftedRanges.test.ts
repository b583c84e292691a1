import { describe, expect, test } from 'vitest';
import { ShiftedRanges, type TextChange } from '../../../src/flow/shiftedRanges.ts';

const text = 'one [two] three';
const two = { start: 5, end: 8 };

function apply(before: string, changes: readonly TextChange[]): string {
  return changes.reduce(
    (now, { rangeOffset, rangeLength, text: put }) =>
      now.slice(0, rangeOffset) + put + now.slice(rangeOffset + rangeLength),
    before,
  );
}

/** What the range of “two” holds after the changes. */
function after(...changes: readonly TextChange[]): string | undefined {
  const ranges = new ShiftedRanges([two]);
  ranges.change(changes);
  const range = ranges.at(0);
  return range && apply(text, changes).slice(range.start, range.end);
}

function at(rangeOffset: number, rangeLength: number, put: string): TextChange {
  return { rangeOffset, rangeLength, text: put };
}

describe('a range while its text is edited', () => {
  test.each([
    ['typed before it', [at(0, 0, 'x\ny')], 'two'],
    ['typed right before it', [at(5, 0, 'x')], 'two'],
    ['typed in it', [at(6, 0, 'x')], 'txwo'],
    ['typed right behind it', [at(8, 0, 'x')], 'two'],
    ['typed behind it', [at(12, 0, 'x')], 'two'],
    ['deleted before it', [at(0, 4, '')], 'two'],
    ['a part of it replaced', [at(6, 2, 'oast')], 'toast'],
    ['deleted over its begin', [at(3, 3, '')], 'wo'],
    ['deleted over its end', [at(7, 4, '')], 'tw'],
    ['replaced over its begin', [at(0, 6, 'zzz')], 'wo'],
    ['deleted', [at(5, 3, '')], undefined],
    ['replaced with more', [at(2, 9, 'zzzzzzz')], undefined],
    ['two cursors, the later one first', [at(12, 0, 'x'), at(0, 0, 'x')], 'two'],
    ['typed and undone', [at(0, 0, 'xyz'), at(0, 3, '')], 'two'],
  ])('%s', (_, changes, expected) => {
    expect(after(...changes)).toBe(expected);
  });

  test('that was lost stays lost', () => {
    const ranges = new ShiftedRanges([two]);
    ranges.change([at(5, 3, ''), at(0, 0, 'two')]);
    expect(ranges.at(0)).toBeUndefined();
    expect(ranges.at(1)).toBeUndefined();
  });
});
