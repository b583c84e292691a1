import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AnswerFrames } from '../../../../src/sources/kafka/answerFrames.ts';
import { KeptAnswers } from '../../../../src/sources/kafka/keptAnswers.ts';

/** A frame with `bytes` behind its length, of which the first four say what it answers. */
function frame(bytes: number, answers = 1): Buffer {
  const made = Buffer.alloc(4 + bytes, answers);
  made.writeInt32BE(bytes);
  if (bytes >= 4) made.writeInt32BE(answers, 4);
  return made;
}

/** A request as kafkajs writes it: its length, what it asks for in which version, and its number. */
function request(api: number, version: number, number: number): Buffer {
  const made = Buffer.alloc(20);
  made.writeInt32BE(16);
  made.writeInt16BE(api, 4);
  made.writeInt16BE(version, 6);
  made.writeInt32BE(number, 8);
  return made;
}

function reading() {
  const kept = new KeptAnswers();
  const given: Buffer[] = [];
  const frames = new AnswerFrames({ kept, onAnswer: (answer) => given.push(answer) });
  const asked = (api: number, version: number, number: number) => {
    frames.asked(request(api, version, number), (one) => one >= 4);
  };
  /** As a socket reads it, each piece in the place of the one before. */
  const take = (bytes: Buffer, size: number) => {
    const place = Buffer.alloc(size);
    let ended = 0;
    for (let at = 0; at < bytes.length; at += size) {
      const length = bytes.copy(place, 0, at, at + size);
      ended += frames.take(place.subarray(0, length));
    }
    place.fill(0);
    return ended;
  };
  return { kept, given, asked, take };
}

/** To compare hundreds of thousands of bytes one by one takes seconds. */
const digest = (bytes: Uint8Array) => hash('sha256', bytes);
const sizes = [1, 2, 3, 4, 5, 7, 9, 100, 65_536, 300_000];
const lengths = [5, 0, 1, 3, 4, 300, 70_000, 0, 200_000];

describe('what a broker sends', () => {
  it.each(sizes)('is cut into answers where it comes in pieces of %i bytes', (size) => {
    const { take, given } = reading();
    const answers = lengths.map((length, number) => frame(length, number));
    expect(take(Buffer.concat(answers), size)).toBe(lengths.length);
    expect(given.map(digest)).toEqual(answers.map(digest));
  });

  it.each(sizes)('is kept aside where it answers a fetch, in pieces of %i bytes', (size) => {
    const { take, given, asked, kept } = reading();
    const answers = lengths.map((length, number) => frame(length, number));
    asked(1, 11, 6);
    asked(1, 4, 8);
    // Another version, which is not read here; and something else than a fetch.
    asked(1, 3, 5);
    asked(3, 4, 7);
    expect(take(Buffer.concat(answers), size)).toBe(lengths.length);
    for (const [at, answer] of answers.entries()) {
      const isKept = at === 6 || at === 8;
      expect(given[at]?.readInt32BE()).toBe((given[at]?.length ?? 0) - 4);
      if (!isKept) expect(digest(given[at]!)).toBe(digest(answer));
      else {
        expect(given[at]?.readInt32BE(4)).toBe(at);
        expect(digest(kept.take(given[at]!.subarray(8))!)).toBe(digest(answer.subarray(8)));
      }
    }
  });

  it('counts when the last byte of an answer is there', () => {
    const { take } = reading();
    expect(take(frame(9).subarray(0, 12), 100)).toBe(0);
    expect(take(Buffer.of(1), 100)).toBe(1);
  });

  it('is believed to be as long as it says by as much as came of it', () => {
    const { take, given } = reading();
    const head = Buffer.alloc(12);
    head.writeUInt32BE(0xffff_ffff);
    expect(take(head, 100)).toBe(0);
    expect(given).toEqual([]);
  });
});

describe('the room of an answer', () => {
  it('is that of the next one once nobody reads it', () => {
    const { take, asked, kept, given } = reading();
    const rooms = [1, 2, 3].map((number) => {
      asked(1, 11, number);
      take(frame(100_000, number), 65_536);
      const answer = kept.take(given.at(-1)!.subarray(8))!;
      // The second is still read when the third comes.
      if (number !== 2) kept.free(answer);
      return answer.buffer;
    });
    expect(rooms[1]).toBe(rooms[0]);
    expect(rooms[2]).not.toBe(rooms[0]);
  });

  it('is there for each of some brokers that are read beside each other', () => {
    const { take, asked, kept, given } = reading();
    const read = (number: number) => {
      asked(1, 11, number);
      take(frame(100_000, number), 65_536);
      return kept.take(given.at(-1)!.subarray(8))!;
    };
    const first = [1, 2, 3, 4].map(read);
    for (const answer of first) kept.free(answer);
    const rooms = new Set(first.map(({ buffer }) => buffer));
    const isKnown = [5, 6, 7, 8].map((number) => rooms.has(read(number).buffer));
    expect(isKnown).toEqual([true, true, true, false]);
  });

  it('that a flood needed is given back by the first small answer', () => {
    const { take, asked, kept, given } = reading();
    const read = (number: number, bytes: number) => {
      asked(1, 11, number);
      take(frame(bytes, number), 65_536);
      const answer = kept.take(given.at(-1)!.subarray(8))!;
      kept.free(answer);
      return answer.buffer.byteLength;
    };
    expect(read(1, 4_000_000)).toBeGreaterThan(4_000_000);
    expect(read(2, 3_000_000)).toBeGreaterThan(4_000_000);
    expect(read(3, 100)).toBeGreaterThan(4_000_000);
    expect(read(4, 100)).toBeLessThan(1_000_000);
  });

  it('is read as long as a key is, where its value is gone', () => {
    const kept = new KeptAnswers();
    const answer = Buffer.alloc(9);
    const messages = [{ key: answer.subarray(2, 4), value: null }];
    const isFree = () => kept.room(9, 9).buffer === answer.buffer;
    kept.lend(answer, [[{ key: null, value: null }], messages]);
    expect(isFree()).toBe(false);
    kept.wereRead(messages);
    expect(isFree()).toBe(true);
  });

  it('of answers that nobody asks for in their turn is let go of', async () => {
    const kept = new KeptAnswers();
    const late = kept.keep(Buffer.alloc(9));
    const inTime = kept.keep(Buffer.alloc(9));
    await Promise.resolve();
    expect(kept.take(inTime)).toHaveLength(9);
    await new Promise(setImmediate);
    expect(kept.take(late)).toBeUndefined();
  });

  it('is given for its ticket once, and for nothing else', () => {
    const kept = new KeptAnswers();
    const ticket = kept.keep(Buffer.from('answer'));
    expect(kept.take(Buffer.alloc(8))).toBeUndefined();
    expect(String(kept.take(ticket))).toBe('answer');
    expect(kept.take(ticket)).toBeUndefined();
  });
});
