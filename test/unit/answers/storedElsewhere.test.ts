import { expect, test } from 'vitest';
import { StoredElsewhere } from '../../../src/answers/storedElsewhere.ts';
import type { FoundPlace } from '../../../src/protocol/find.ts';
import { countWork } from '../../support/countWork.ts';

const name = `/${'0'.repeat(32)}.txt`;

test.each([
  ['what ends like an address', (length: number) => name.repeat(length)],
  ['what ends one that goes on', (length: number) => `https:${name.repeat(length)}`],
  ['what begins one', (length: number) => 'https:'.repeat(length * 6) + name.repeat(length)],
])('looks at each sign of a text once: %s', (_name, textOf) => {
  const work = (length: number) => {
    const parts = [Buffer.from(textOf(length))];
    return countWork(() => {
      new StoredElsewhere().lookAt(parts, {} as FoundPlace);
    }).units;
  };
  expect(work(2_000) / work(500)).toBeLessThan(4.4);
});
