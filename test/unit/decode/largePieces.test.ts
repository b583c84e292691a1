import { describe, expect, test } from 'vitest';

import { GatheredSecrets } from '../../../src/decode/gatheredSecrets.ts';
import { recordPieces } from '../../../src/decode/recordPieces.ts';
import { RecordSecrets } from '../../../src/decode/recordSecrets.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';
import { piecesByIndex } from '../../support/piecesByIndex.ts';
import { usualRules } from '../../support/usualRules.ts';

describe.each<[string, (text: string) => Iterable<string>]>([
  ['text', recordPieces],
  ['index', piecesByIndex],
])('secrets of megabytes by their %s', (_, piecesOf) => {
  /** Some megabytes of entries, one of which names a secret. */
  const secret = 'Wn7kq2zRt5';
  const large = JSON.stringify({
    sid: 's',
    trace: Array.from({ length: 6_000 }, (_, index) => ({
      ...{ id: String(index), note: 'x'.repeat(200) },
      ...(index === 4_321 ? { password: secret } : {}),
    })),
    api_key: 'Kp4mq8vXs1',
  });

  test('secrets of a large record are found with pauses, and once', () => {
    const secrets = new RecordSecrets(piecesOf(large), usualRules.names);
    const pauses = [...secrets.gather()].length;
    expect(pauses).toBeGreaterThan(3);
    expect(secrets.all()).toEqual([secret, 'Kp4mq8vXs1']);
    expect([...secrets.gather()]).toEqual([]);
  });

  test.each<[string, object]>([
    ['none', { title: 'an invoice', customer: 'Müller Ltd.', text: 'Paper, white' }],
    ['many names that could have some', { key: 1, tokens: 12, 'pass on': 'to the next' }],
    ['a text within', { text: JSON.stringify([{ page: 1, note: '密码框' }]) }],
  ])('of one large value too: between %s', (_, row) => {
    const rows = Array.from({ length: 20_000 }, (_unused, index) => ({ index, ...row }));
    const list = [...rows, { password: secret }, ...rows];
    const text = JSON.stringify({ trace: [{ data: { output: { list } } }] });
    const secrets = new RecordSecrets(piecesOf(text), usualRules.names);
    expect([...secrets.gather()].length).toBeGreaterThan(text.length / 200_000);
    expect(secrets.all()).toEqual([secret]);
  });

  test('two that look for them share the work', () => {
    const alone = [...new RecordSecrets(piecesOf(large), usualRules.names).gather()].length;
    const secrets = new RecordSecrets(piecesOf(large), usualRules.names);
    const both = [secrets.gather(), secrets.gather()];
    let pauses = 0;
    while (both.map((one) => one.next().done === true).includes(false)) pauses += 1;
    expect(pauses).toBeLessThanOrEqual(Math.ceil(alone / 2));
    expect(secrets.all()).toContain(secret);
  });

  test('what was gathered before is known, by the same names alone', () => {
    const gathered = new GatheredSecrets();
    const gather = (names = usualRules.names) => {
      const secrets = new RecordSecrets(piecesOf(large), names, gathered);
      return { pauses: [...secrets.gather()].length, all: secrets.all() };
    };
    const first = gather();
    expect(gather()).toEqual({ pauses: 0, all: first.all });
    const others = gather(createRedactionRules({ patterns: [], names: ['sid'] }).names);
    expect(others.pauses).toBeGreaterThan(3);
    expect(gather().pauses).toBeGreaterThan(3);
  });

  test('what is not finished with pauses is finished at once', () => {
    const secrets = new RecordSecrets(piecesOf(large), usualRules.names);
    secrets.gather().next();
    expect(secrets.all()).toContain(secret);
  });
});
