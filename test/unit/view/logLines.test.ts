import { expect, test } from 'vitest';
import { logItems } from '../../../src/view/logLines.ts';
import type { LogLevel } from '../../../src/trace/logLevel.ts';

const levels = ['INFO', 'INFO', 'WARN', 'INFO', 'DEBUG', 'INFO'];
const lines = levels.map((level, at) => ({ level, message: String(at), time: '' }));
const stream = (...of: number[]) => ({ lines: of, frames: of.length, text: '', reasoning: '' });

/** Items as the numbers of lines, and of streams behind an `s`. */
function shown(hidden: readonly LogLevel[], open: readonly number[], ...streams: number[][]) {
  return logItems(
    lines,
    streams.map((of) => stream(...of)),
    new Set(hidden),
    (nth) => open.includes(nth),
  )
    .map((item) => (item.kind === 'stream' ? `s${String(item.nth)}` : String(item.index)))
    .join(' ');
}

test.each([
  ['no stream', shown([], []), '0 1 2 3 4 5'],
  ['one in the place of its lines', shown([], [], [1, 3]), '0 s0 2 4 5'],
  ['one that is open', shown([], [0], [1, 3]), '0 s0 1 2 3 4 5'],
  ['two among each other', shown([], [1], [0, 3], [1, 4, 5]), 's0 s1 1 2 4 5'],
  ['its first line hidden', shown(['debug'], [], [4, 5]), '0 1 2 3 s0'],
  ['all of its lines hidden', shown(['info'], [], [1, 3]), '2 4'],
])('%s', (_name, items, expected) => {
  expect(items).toBe(expected);
});
