import { describe, expect, it } from 'vitest';
import { crc32c, Crc32c } from '../../../../src/sources/kafka/crc32c.ts';

describe('crc32c', () => {
  // The examples of RFC 3720, B.4, and the check value of every list of checksums.
  it.each<[string, Buffer, number]>([
    ['nothing', Buffer.alloc(0), 0],
    ['the digits', Buffer.from('123456789'), 0xe3069283],
    ['zeros', Buffer.alloc(32), 0x8a9136aa],
    ['ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
    ['bytes that rise', Buffer.from([...Array(32).keys()]), 0x46dd794e],
    ['bytes that fall', Buffer.from([...Array(32).keys()].reverse()), 0x113fdb5c],
  ])('of %s is as the standard says', (_name, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  it('is the same in a runtime without WebAssembly, of any length', () => {
    const plain = new Crc32c({});
    const lengths = [...Array(70).keys(), 49_151, 49_152, 49_153, 98_304, 150_000];
    for (const length of lengths) {
      const bytes = Buffer.from(Array.from({ length }, (_, at) => (at * 7919) >>> 3));
      expect(crc32c(bytes), String(length)).toBe(plain.of(bytes));
    }
  });

  it('does not depend on where the bytes stand', () => {
    const bytes = Buffer.from('..0123456789abcdef');
    expect(crc32c(bytes.subarray(2))).toBe(crc32c(Buffer.from('0123456789abcdef')));
  });
});
