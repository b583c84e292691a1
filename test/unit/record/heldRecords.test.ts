import { expect, test } from 'vitest';
import { HeldRecords } from '../../../src/record/heldRecords.ts';

const owners = { a: {}, b: {}, c: {}, d: {} };
const ten = () => new Uint8Array(10);

test('older records leave before all others, until they are used', () => {
  const { a, b, c, d } = owners;
  const held = new HeldRecords<object>();
  held.hold(a, ten());
  held.hold(b, ten());
  held.holdOlder(c, ten());
  held.holdOlder(d, ten());
  expect([held.bytes, held.count]).toEqual([40, 4]);
  expect(held.touch(d)).toBe(true);
  held.shrink(30);
  expect([a, b, c, d].map((owner) => held.of(owner) !== undefined)).toEqual([
    ...[true, true, false, true],
  ]);
  held.shrink(20);
  expect(held.of(a)).toBeUndefined();
  held.holdOlder(b, ten());
  expect([held.bytes, held.count]).toEqual([20, 2]);
  held.shrink(10);
  expect([held.of(b), held.of(d)?.byteLength]).toEqual([undefined, 10]);
  held.clear();
  expect([held.bytes, held.count]).toEqual([0, 0]);
});

test('what was used least recently leaves first, but for what is in use', () => {
  const held = new HeldRecords<{ readonly name: string }>();
  const all = Array.from('abcdef', (name) => ({ name }));
  const [a, b, c, , , f] = all;
  for (const owner of all) held.hold(owner, ten());
  held.touch(b!);
  held.hold(c!, ten());
  held.drop(f!);
  const left = () =>
    all
      .filter((owner) => held.of(owner) !== undefined)
      .map(({ name }) => name)
      .join('');
  const shrunk = [40, 30, 20, 10, 0].map((most) => {
    held.shrink(most, a);
    return left();
  });
  expect(shrunk).toEqual(['abce', 'abc', 'ac', 'a', 'a']);
  held.shrink(0);
  expect([left(), held.bytes, held.count]).toEqual(['', 0, 0]);
  held.hold(b!, ten());
  expect([left(), held.bytes, held.touch(a!)]).toEqual(['b', 10, false]);
});
