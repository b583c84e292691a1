import { describe, expect, it } from 'vitest';
import { decodeMetadata } from '../../../../src/sources/kafka/topicIdentity.ts';

const text = (value: string) => [value.length + 1, ...Buffer.from(value)];
const id = Array.from({ length: 16 }, (_value, at) => at + 1);
const noTags = [0];

/** An answer as a broker writes it: header, pause, brokers, cluster, controller, topics. */
function answer(topics: readonly (readonly number[])[], tags = noTags): Buffer {
  const broker = [...[0, 0, 0, 1], ...text('kafka-1.example'), ...[0, 0, 35, 132], 0, ...tags];
  return Buffer.from([
    ...[...tags, 0, 0, 0, 0],
    ...[3, ...broker, ...broker],
    ...[...text('cluster'), 0, 0, 0, 1],
    ...[topics.length + 1, ...topics.flat()],
  ]);
}

const topic = (code: number, ofId: readonly number[]) => [0, code, ...text('traces'), ...ofId];

describe('the answer of a broker', () => {
  it.each<[string, Buffer, object]>([
    [
      'holds the id',
      answer([topic(0, id)]),
      { kind: 'found', id: '0102030405060708090a0b0c0d0e0f10' },
    ],
    ['may have tags', answer([topic(0, id)], [1, 5, 2, 9, 9]), { kind: 'found' }],
    [
      'says that there is no such topic',
      answer([topic(3, Array<number>(16).fill(0))]),
      { kind: 'missing' },
    ],
    ['knows no topic at all', answer([]), { kind: 'missing' }],
    ['keeps the id to itself', answer([topic(29, Array<number>(16).fill(0))]), { kind: 'noId' }],
  ])('%s', (_name, bytes, expected) => {
    expect(decodeMetadata(bytes)).toMatchObject(expected);
  });

  it.each([0, 5, 20, 60])('cut off after %i bytes is an error', (length) => {
    expect(() => decodeMetadata(answer([topic(0, id)]).subarray(0, length))).toThrow(RangeError);
  });

  const many = [0xff, 0xff, 0xff, 0xff, 0x0f];
  it.each<[string, readonly number[]]>([
    ['tags in its head', [...many, 1, 0]],
    ['bytes of a tag', [1, 5, ...many]],
    ['brokers', [0, 0, 0, 0, 0, ...many]],
    ['letters of a name', [0, 0, 0, 0, 0, 2, 0, 0, 0, 1, ...many]],
    ['bytes of a number', [...many.slice(0, 4), ...many]],
  ])('that says it has billions of %s is an error at once', (_name, head) => {
    const bytes = Buffer.concat([Buffer.from(head), Buffer.alloc(64)]);
    expect(() => decodeMetadata(bytes)).toThrow(RangeError);
  });
});
