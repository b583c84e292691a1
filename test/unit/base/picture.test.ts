import { describe, expect, test } from 'vitest';
import { pictureIn } from '../../../src/base/picture.ts';

const address = (form: string, hex: string) =>
  `data:image/${form};base64,${Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('base64')}`;
const png = (width: string, height: string) =>
  address('png', `89504e470d0a1a0a 0000000d 49484452 ${width} ${height} 0806000000`);
const jpeg = 'ffd8 ffe0 0004 0000 ffdb 0003 00 ffc0 0011 08 0150 0640 03 01 22 00';
const webp = (kind: string, rest: string) =>
  address('webp', `52494646 00000000 57454250 ${kind} 00000000 ${rest}`.padEnd(120, '0'));

describe('a picture', () => {
  test.each([
    ['PNG', png('00000500', '000002d0'), 1280, 720],
    ['GIF', address('gif', '474946383961 4001 f000 00'), 320, 240],
    ['JPEG', address('jpeg', jpeg), 1600, 336],
    ['WebP, extended', webp('56503858', '00000000 ff0400 cf0200'), 1280, 720],
    ['WebP, lossless', webp('5650384c', '2f ffc4b300'), 1280, 720],
    ['WebP, lossy', webp('56503820', '000000 9d012a 0005 d002'), 1280, 720],
  ])('is known by its head: %s', (_name, value, width, height) => {
    expect(pictureIn(value)).toEqual({ address: value, width, height });
  });

  test.each([
    ['a number', 3],
    ['a text', 'data:text/plain;base64,AAAA'],
    ['an SVG', 'data:image/svg+xml;base64,PHN2Zz48L3N2Zz4='],
    ['an SVG in the open', 'data:image/svg+xml,<svg onload="alert(1)"/>'],
    ['an address', 'https://files.example/shot.png'],
    ['no base64', 'data:image/png;base64,"><script>'],
    ['cut off', png('00000500', '').slice(0, 50)],
    ['without a size', png('00000000', '000002d0')],
    ['a bomb', png('0000ffff', '0000ffff')],
    ['a JPEG without a frame', address('jpeg', 'ffd8 ffe0 0004 0000')],
    ['a JPEG of something else', address('jpeg', 'ffd8 00e0 0004 0000 0000 0000 0000')],
    ['a WebP of another kind', webp('56503800', '00')],
    ['a short WebP', address('webp', '52494646')],
    ['more than is drawn', `${png('00000001', '00000001')}${'A'.repeat(16_000_000)}`],
  ])('%s is none', (_name, value) => {
    expect(pictureIn(value)).toBeNull();
  });
});
