import { expect, it } from 'vitest';

import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { GatheredSecrets } from '../../../src/decode/gatheredSecrets.ts';
import { usualRules } from '../../support/usualRules.ts';
import { sampleRecord } from '../../support/sampleRecords.ts';

/** A tool that echoes the password of another node, in a record that is large enough for its index to be kept. */
function largeRecord(password: string): Uint8Array {
  const root = JSON.parse(sampleRecord('succeeded', 1)) as { trace: Record<string, unknown>[] };
  const [first, second] = root.trace;
  if (first === undefined || second === undefined) throw new Error('The sample has changed');
  const pages = Array.from({ length: 2_000 }, (_, page) => ({ page, note: 'x'.repeat(200) }));
  first['data'] = { input: { password, pages }, output: {} };
  second['data'] = { input: { said: `Logged in with ${password}` }, output: {} };
  return new TextEncoder().encode(JSON.stringify(root));
}

function opened(password: string) {
  const value = largeRecord(password);
  const record = { topic: 't', partition: 0, offset: '1', timestampMs: null, key: null, value };
  const read = openRecord(record, usualRules);
  const pauses = [...read.prepare()].length;
  const shown = JSON.stringify(read.execution().runs.map(({ key }) => read.nodeData(key)));
  return { pauses, shown };
}

it('of a large record that is read again hide what they hid, and are not looked for again', () => {
  const first = opened('Wn7kq2zRt5');
  expect(first.pauses).toBeGreaterThan(1);
  expect(first.shown).toContain('Logged in with');
  expect(first.shown).not.toContain('Wn7kq2zRt5');
  const again = opened('Wn7kq2zRt5');
  expect(again.shown).toBe(first.shown);
  expect(again.pauses).toBeLessThan(first.pauses);
  // As long, in the same places.
  expect(opened('Kp4mq8vXs1').shown).not.toContain('Kp4mq8vXs1');
});

it('are not kept where there are many', () => {
  const gathered = new GatheredSecrets();
  gathered.keep(usualRules.names, ['Wn7kq2zRt5', 'x'.repeat(20_000)]);
  expect(gathered.by(usualRules.names)).toBeUndefined();
});
