import { describe, expect, test } from 'vitest';

import { Ingest } from '../../../src/intake/ingest.ts';
import { executionRecords } from '../../../src/answers/executionRecords.ts';
import { rejectedText } from '../../../src/answers/rejectedText.ts';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import { recordWith } from '../../support/fixtures.ts';
import { engineParts } from '../engine/world.ts';

const secret = 'sk-EXAMPLE-7f3a9b2c4d5e6f708192';

/** A store that refused `record`, and what the source gives when it is asked again. */
function refused(record: ConsumedRecord, again: () => Promise<ConsumedRecord | undefined>) {
  const { store, rejected, flows, redaction } = engineParts();
  new Ingest(store, rejected, flows, redaction).take([record], 0);
  const asked: string[] = [];
  const room = executionRecords(store, redaction, ({ offset }) => {
    asked.push(offset);
    return again();
  });
  const text = rejectedText(record, rejected, room, redaction.rules);
  return { text, asked, rejected };
}

const large = recordWith(`not JSON ${'x '.repeat(3_000)} token=${secret} the end`, { offset: '7' });

describe('the text of a rejected record', () => {
  test('is read again from its source when only its beginning is kept, masked', async () => {
    const { text, asked } = refused(large, () => Promise.resolve(large));
    const { text: whole, ...rest } = await text;
    expect(rest).toEqual({ form: 'text', whole: true });
    expect(whole).toMatch(/^not JSON x x .* token=••••8192 the end$/);
    expect(asked).toEqual(['7']);
  });

  test('of a printed Python literal is read again as well', async () => {
    const printed = recordWith(`b'{"note": "${'\\xe4\\xb8\\xad '.repeat(2_000)} the end"}'`);
    const { text } = refused(printed, () => Promise.resolve(printed));
    expect((await text).text).toContain('the end');
  });

  test('is what is kept when that is all of it', async () => {
    const small = recordWith('hello');
    const { text, asked } = refused(small, () => Promise.reject(new Error('not asked')));
    expect(await text).toEqual({ text: 'hello', form: 'text', whole: true });
    expect(asked).toEqual([]);
  });

  test.each<[string, () => Promise<ConsumedRecord | undefined>]>([
    ['the source doesn’t have it any more', () => Promise.resolve(undefined)],
    ['the source can’t be asked', () => Promise.reject(new Error('no broker'))],
    ['the position holds another one', () => Promise.resolve(recordWith('other'))],
    ['it holds another one of its size', () => Promise.resolve({ ...large, timestampMs: 5 })],
    ['it became a tombstone', () => Promise.resolve({ ...large, value: null })],
  ])('is its beginning when %s', async (_, again) => {
    const { text } = refused(large, again);
    const { text: beginning, whole } = await text;
    expect(beginning).toHaveLength(2048);
    expect(whole).toBe(false);
  });

  test('hides what another part of it names as secret, in the beginning too', async () => {
    const echo = recordWith(`login with hunter-2-and-more failed {"password": "hunter-2-and-more"`);
    const { text } = refused(echo, () => Promise.resolve(echo));
    expect((await text).text).not.toContain('hunter-2');
  });

  test('is not given for a record that is not listed', async () => {
    const { rejected, room, redaction, fetched } = engineParts();
    await expect(rejectedText(large, rejected, room, redaction.rules)).rejects.toMatchObject({
      reason: 'notFound',
    });
    expect(fetched).toEqual([]);
  });
});
