import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../../../src/sources/kafka/byteReader.ts';

const reader = (...bytes: readonly number[]) => new ByteReader(Buffer.from(bytes));

describe('numbers of variable length', () => {
  it.each<[number[], number, number]>([
    [[0], 0, 0],
    [[1], -1, 1],
    [[2], 1, 2],
    [[0xac, 2], 150, 300],
    [[0xff, 0xff, 0xff, 0xff, 0x0f], -2_147_483_648, 4_294_967_295],
  ])('%j are read with a sign and without', (bytes, signed, unsigned) => {
    expect(reader(...bytes).varint()).toBe(signed);
    expect(reader(...bytes).varlong()).toBe(signed);
    expect(reader(...bytes).unsignedVarint()).toBe(unsigned);
  });

  it('that do not end are an error', () => {
    for (const bytes of [[], [0x80], [0xff, 0xff, 0xff, 0xff, 0xff, 0]]) {
      expect(() => reader(...bytes).varint()).toThrow(RangeError);
      expect(() => reader(...bytes).unsignedVarint()).toThrow(RangeError);
    }
  });
});
