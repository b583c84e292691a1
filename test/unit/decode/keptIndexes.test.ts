import { setImmediate as loopTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { indexOfRecord } from '../../../src/decode/bytes/indexer.ts';
import { KeptIndexes } from '../../../src/decode/bytes/keptIndexes.ts';
import type { RecordIndex } from '../../../src/decode/bytes/recordIndex.ts';
import { viewOfRecord } from '../../../src/decode/bytes/recordView.ts';

const encoder = new TextEncoder();
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** A record of more than a quarter of a megabyte. */
function largeRecord(name: string, entries = 1_000): string {
  const trace = Array.from({ length: entries }, (_, n) => ({
    ...{
      id: `${name}-${String(n)}`,
      node_id: `rpa::${String(n)}`,
      node_name: `${name} ${String(n)}`,
    },
    ...{ next_log_ids: [`${name}-${String(n + 1)}`], start_time: 1_700_000_000_000 + n },
    data: { input: { text: 'x'.repeat(300) }, usage: { total_tokens: n } },
  }));
  return JSON.stringify({ sid: `sid-${name}`, trace, status: { code: 0 } });
}

function namesOf(index: RecordIndex | undefined): unknown[] {
  if (index === undefined) return [];
  const { sid, trace } = viewOfRecord(index);
  return [sid, ...(trace as readonly JsonObject[]).map((entry) => entry['node_name'])];
}

function namesIn(text: string): unknown[] {
  const { sid, trace } = JSON.parse(text) as { sid: string; trace: readonly JsonObject[] };
  return [sid, ...trace.map((entry) => entry['node_name'])];
}

describe('indexes of large records', () => {
  /** What is made of bytes, and how often that took an index. */
  function keptIndexes(mostBytes?: number) {
    const kept = new KeptIndexes(mostBytes);
    let made = 0;
    const of = (text: string) => {
      const bytes = encoder.encode(text);
      return kept.of(bytes, () => {
        made++;
        return indexOfRecord(bytes);
      });
    };
    return { kept, of, made: () => made };
  }

  it('are known again by what stands in the bytes, wherever these are', () => {
    const { of, made } = keptIndexes();
    const [one, two] = [largeRecord('one'), largeRecord('two')];
    for (const text of [one, two, one, one, two]) expect(namesOf(of(text))).toEqual(namesIn(text));
    expect(made()).toBe(2);
  });

  it('know what was looked for in the same bytes, and in no others', () => {
    const { of } = keptIndexes();
    const [one, two] = [largeRecord('one'), largeRecord('two')];
    const { seenWords, gatheredSecrets } = of(one) ?? {};
    expect([seenWords, gatheredSecrets]).not.toContain(undefined);
    expect(of(one)).toMatchObject({ seenWords, gatheredSecrets });
    expect(of(two)?.seenWords).not.toBe(seenWords);
    expect(of(two)?.gatheredSecrets).not.toBe(gatheredSecrets);
  });

  it('hold nothing of the bytes, nor does what made them', async () => {
    const { of } = keptIndexes();
    const bytesOf = (text: string) => of(text)?.json.bytes.buffer ?? {};
    const bytes = new WeakRef(bytesOf(largeRecord('let go of')));
    // What was referred to in this turn of the loop stays until the next.
    await loopTurn();
    collectGarbage();
    expect(bytes.deref()).toBeUndefined();
  });

  it('are of no other record, however alike', () => {
    const { of, made } = keptIndexes();
    const text = largeRecord('one');
    // As long as it, and its fields stand in the same places, or in others.
    const others = [
      text.replace('"one 7"', '"ONE 7"'),
      text.replace('"one 7"', '"one7"').replace('"one 8"', '"one 88"'),
    ];
    for (const each of [text, ...others, text]) expect(namesOf(of(each))).toEqual(namesIn(each));
    expect(made()).toBe(3);
  });

  it('take no more than they may: those that nobody asked for leave', () => {
    const texts = ['a', 'b', 'c'].map((name) => largeRecord(name));
    const { size = 0 } = indexOfRecord(encoder.encode(texts[0])) ?? {};
    const { kept, of, made } = keptIndexes(2.5 * size);
    const [a = '', b = '', c = ''] = texts;
    for (const text of [a, b, a, c, a]) of(text);
    expect(made()).toBe(3);
    expect(kept.bytes).toBe(2 * size);
    of(b);
    expect(made()).toBe(4);
  });

  it('are given where none may be kept', () => {
    const { kept, of } = keptIndexes(10);
    const text = largeRecord('one');
    expect(namesOf(of(text))).toEqual(namesIn(text));
    expect(kept.bytes).toBe(0);
  });

  it('are none where there is nothing to index', () => {
    const { kept, of, made } = keptIndexes();
    const text = `${largeRecord('one')}}`;
    expect(of(text)).toBeUndefined();
    expect(of(text)).toBeUndefined();
    expect([made(), kept.bytes]).toEqual([2, 0]);
  });
});

it.each([
  ['kept', true],
  ['at a glance', false],
])('a large record reads the same after others were read: %s', (_, isKept) => {
  const texts = ['a', 'b'].map((name) => largeRecord(name));
  const indexes = texts.map((text) => indexOfRecord(encoder.encode(text), isKept));
  indexOfRecord(encoder.encode('{"sid":"small"}'), isKept);
  expect(indexes.map(namesOf)).toEqual(texts.map(namesIn));
});
