import { expect, it } from 'vitest';
import { FrameCounter } from '../../../../src/sources/kafka/frameCounter.ts';

const frame = (bytes: number) => {
  const made = Buffer.alloc(4 + bytes, 1);
  made.writeInt32BE(bytes);
  return made;
};
const answers = Buffer.concat([5, 0, 1, 300, 70_000, 0].map(frame));

it.each([1, 2, 3, 4, 5, 7, 100, 65_536, answers.length])(
  'counts answers that come in pieces of %i bytes',
  (size) => {
    const counter = new FrameCounter();
    let count = 0;
    for (let at = 0; at < answers.length; at += size) {
      count += counter.take(answers.subarray(at, at + size));
    }
    expect(count).toBe(6);
  },
);

it('counts an answer when its last byte is there', () => {
  const counter = new FrameCounter();
  expect(counter.take(frame(9).subarray(0, 12))).toBe(0);
  expect(counter.take(Buffer.of(1))).toBe(1);
});
