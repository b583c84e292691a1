import { describe, expect, it } from 'vitest';

import { foldedText, roughShape, volatileShape } from '../../../src/compare/shapes.ts';

const own = { beginMs: Date.UTC(2026, 10, 3, 8, 30), sid: 'spf00000001@hf1a2094e57960009782' };

describe('what differs in every run', () => {
  it.each([
    ['3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33', 'id'],
    ['8eb4d8d2d46a42a9bdc19b10c0d976f7', 'id'],
    [own.sid, 'sid'],
    ['rpa00000002@hf1a2094e57960009782', 'sid'],
    ['2026-11-03T08:30:01.123Z', 'time'],
    ['2026-11-03 16:30:01', 'time'],
    ['2026年11月3日 16时30分', 'time'],
    ['2026-11-03', 'time'],
    ['16:30:01', 'time'],
    ['SO-20261103-000017', 'time'],
    [own.beginMs + 500, 'time'],
    [Math.floor(own.beginMs / 1000), 'time'],
    [String(own.beginMs), 'time'],
    // What the business knows.
    ['2027-03-01', null],
    ['INV-20391', null],
    ['6222020200012345678', null],
    [1280.5, null],
    [4_102_444_800_000, null],
    ['', null],
    [true, null],
  ])('%j is %s', (value, shape) => {
    expect(volatileShape(value, 'value', own)).toBe(shape);
  });

  it.each([
    ['duration_ms', 12],
    ['costTime', '1.2 s'],
    ['耗时', 3],
  ])('is how long something took: %s', (name, value) => {
    expect(volatileShape(value, name, own)).toBe('duration');
  });

  it.each([
    ['ran at 2026-11-03 08:30:01 as 3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33', 'ran at <time> as <id>'],
    [`${own.sid} took 812 ms`, '<sid> took <ms>'],
    ['due 2027-03-01, 1280.5 CNY', 'due 2027-03-01, 1280.5 CNY'],
    [`at ${String(own.beginMs)}`, 'at <time>'],
  ])('is folded within %j', (text, folded) => {
    expect(foldedText(text, own)).toBe(folded);
  });

  it.each([
    [null, 'nothing'],
    ['', 'nothing'],
    [7, 'number'],
    [[1], 'list'],
    ['INV-20391', 'A-9'],
    ['发票12', '字9'],
    ['Dear customer, good day', 'text'],
  ])('%j is roughly %s', (value, shape) => {
    expect(roughShape(value, own)).toBe(shape);
  });
});
