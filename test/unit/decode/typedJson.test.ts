import { describe, expect, it } from 'vitest';

import { withoutTypes } from '../../../src/decode/typedJson.ts';

describe('a date of MongoDB', () => {
  it.each([
    [{ $date: { $numberLong: '1565546054692' } }, 1_565_546_054_692],
    [{ $date: '2026-11-03T08:30:01Z' }, '2026-11-03T08:30:01Z'],
  ])('%j', (at, value) => {
    expect(withoutTypes({ sid: { $oid: '65' }, at })).toEqual({ sid: '65', at: value });
  });
});
