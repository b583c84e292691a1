import { describe, expect, it } from 'vitest';

import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import { rejectReasonText } from '../../../src/texts/rejectReasonTexts.ts';
import { aRecord } from '../../support/builders.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const sid = 'spf00970001@hf1a2094e36ee0009782';
const mb = 1_000_000;
const bytes = (...values: number[]) => aRecord({ value: new Uint8Array(values) });

/** A trace whose one node got what `input` says, in JSON. */
function traceOf(input: string, more = ''): ConsumedRecord {
  return recordWith(
    `{"sid": "${sid}", "sub": "workflow", "status": {"code": 0, "message": ""}, "answer": "x", ${more}` +
      `"trace": [{"id": "a", "node_id": "ifly-code::1", "data": {"input": ${input}}}]}`,
  );
}

/** All that the inspector shows of the one node and of the execution, as it is sent to the panel. */
function shown(record: ConsumedRecord): string {
  const decoded = decodeRecord(record, usualRules);
  if (!decoded.ok) throw new Error(decoded.error.reason);
  const opened = openRecord(record, usualRules);
  const { runs } = opened.execution();
  return JSON.stringify([
    runs,
    runs.map(({ key }) => opened.nodeData(key)),
    opened.executionData(),
  ]);
}

describe('what is no trace is rejected with a sentence', () => {
  const deep = (n: number) => '[{"a":'.repeat(n) + '1' + '}]'.repeat(n);
  it.each<[string, ConsumedRecord, string]>([
    ['a tombstone', aRecord({ value: null }), 'A deletion mark without content'],
    ['nothing', bytes(), 'Empty'],
    ['zeros', bytes(0, 0, 0, 0), 'Empty'],
    ["a schema registry's magic byte", bytes(0, 0, 0, 0, 7, 0x7b, 0x7d), 'JSON, but not a trace'],
    ['gzip', bytes(0x1f, 0x8b, 8, 0, 0), 'Compressed content'],
    ['UTF-16', bytes(0xff, 0xfe, 0x7b, 0, 0x7d, 0), 'JSON, but not a trace'],
    ['UTF-16 without a mark', bytes(0x7b, 0, 0x7d, 0), 'JSON, but not a trace'],
    ['Latin-1', bytes(0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d), 'Not UTF-8 text'],
    ['an overlong slash', bytes(0xc0, 0xaf), 'Not UTF-8 text'],
    ['a surrogate in UTF-8', bytes(0x22, 0xed, 0xa0, 0x80, 0x22), 'Not UTF-8 text'],
    ['true', recordWith('true'), 'JSON, but not an object'],
    ['null', recordWith('null'), 'JSON, but not an object'],
    ['a text', recordWith('"hello"'), 'JSON, but not an object'],
    ['XML', recordWith('<trace/>'), 'Not JSON'],
    ['YAML', recordWith('sid: x\nsub: y\n'), 'Not JSON'],
    ['two records in one', recordWith('{"sid": "x"}\n{"sid": "y"}'), 'Not JSON'],
    ['Python that breaks off', recordWith("{'sid': 'x', 'status': {"), 'Not JSON'],
    ['an empty object', recordWith('{}'), 'JSON, but not a trace'],
    [
      "another service's JSON",
      recordWith('{"traceId": "1", "spans": []}'),
      'JSON, but not a trace',
    ],
    ['100,000 levels', recordWith(deep(50_000)), 'JSON, but not an object'],
    ['100,000 levels, cut off', recordWith(deep(50_000).slice(0, -9)), 'JSON that breaks off'],
    ['20 MB of a list', recordWith(`[${'1,'.repeat(10 * mb)}1]`), 'JSON, but not an object'],
    ['20 MB of one text', recordWith(`"${'x'.repeat(20 * mb)}"`), 'JSON, but not an object'],
    ['20 MB of brackets', recordWith('['.repeat(20 * mb)), 'Nested too deeply'],
    [
      '20 MB of brackets in a text',
      recordWith(`["${'['.repeat(20 * mb)}"]`),
      'JSON, but not an object',
    ],
    ['20 MB of quotes', recordWith('"'.repeat(20 * mb)), 'Not JSON'],
    [
      '20 MB, cut off',
      recordWith(`{"sid": "x", "y": "${'x'.repeat(20 * mb)}`),
      'JSON that breaks off',
    ],
  ])('%s', (_name, record, sentence) => {
    // What goes wild takes minutes, which no test has.
    const decoded = decodeRecord(record, usualRules);
    expect(decoded).toMatchObject({ ok: false });
    if (decoded.ok) return;
    expect(rejectReasonText(decoded.error.reason)).toBe(sentence);
    expect(decoded.error.preview.length).toBeLessThanOrEqual(2_048);
  });
});

describe('what is a trace is shown, whatever stands in it', () => {
  it('begins with a byte-order mark', () => {
    expect(
      shown(recordWith(`\ufeff${new TextDecoder().decode(traceOf('{}').value ?? undefined)}`)),
    ).toContain('ifly-code');
  });

  it('keeps every digit of integers beyond 2^53', () => {
    const seen = shown(
      traceOf('{"a": 9007199254740993, "b": "[123456789012345678901]", "c": -9223372036854775808}'),
    );
    for (const digits of ['9007199254740993', '123456789012345678901', '-9223372036854775808']) {
      expect(seen).toContain(digits);
    }
  });

  it('takes the last of duplicate keys, and masks both', () => {
    const seen = shown(
      traceOf('{"password": "PLANTED-1", "password": "PLANTED-2", "a": 1, "a": 2}'),
    );
    expect(seen).not.toContain('PLANTED');
    expect(seen).toContain('"name":"a","value":2');
    // One of duplicate records' fields is read, the same by all.
    expect(decodeRecord(traceOf('{}', '"sid": "second", '), usualRules)).toMatchObject({
      value: { summary: { sid: 'second' } },
    });
  });

  it('takes __proto__, constructor and toString for names', () => {
    const seen = shown(
      traceOf(
        '{"__proto__": {"x": 1}, "constructor": 2, "toString": 3, "hasOwnProperty": 4}',
        '"__proto__": {"sub": "rpa-server"}, ',
      ),
    );
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
      expect(seen).toContain(`"name":"${name}"`);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect(({} as Record<string, unknown>)['sub']).toBeUndefined();
  });

  it('shows lone surrogates as the panel can draw them', () => {
    const seen = shown(
      traceOf('{"half": "\\ud83d and \\udc00", "\\ud800": "password=PLANTED\\udfff"}'),
    );
    expect(seen).toContain('\\ud83d and \\udc00');
    expect(seen).not.toContain('PLANTED');
    expect(() => structuredClone(JSON.parse(seen) as unknown)).not.toThrow();
  });

  it('shows 100,000 levels down to where it cuts them', () => {
    const seen = shown(
      traceOf(`{"deep": ${'['.repeat(1e5)}${']'.repeat(1e5)}, "text": "${'['.repeat(1e5)}"}`),
    );
    expect(seen).toContain('…');
  });

  it('shows huge lists, and 100,000 entries, keys and logs', () => {
    expect(shown(traceOf(`{"list": [${'1,'.repeat(mb)}1]}`)).length).toBeGreaterThan(2 * mb);
    const keys = Array.from({ length: 1e5 }, (_, index) => `"k${index}": ${index}`);
    expect(shown(traceOf(`{${keys.join()}}`))).toContain('k99999');
    const entries = Array.from(
      { length: 1e5 },
      (_, index) => `{"id": "${index}", "node_id": "x::${index}"}`,
    );
    const many = recordWith(
      `{"sid": "${sid}", "sub": "workflow", "status": {"code": 0}, "trace": [${entries.join()}]}`,
    );
    expect(decodeRecord(many, usualRules)).toMatchObject({
      ok: true,
      value: { summary: { runCount: 1e5 } },
    });
  });

  it('decodes 20 MB, its secrets masked', () => {
    const filler = 'order SO-1001, vendor 合肥启明办公; '.repeat(500_000);
    const record = traceOf(`{"text": "${filler} password=PLANTED-1x"}`);
    expect(record.value?.byteLength).toBeGreaterThan(20 * mb);
    expect(decodeRecord(record, usualRules).ok).toBe(true);
    expect(shown(record)).not.toContain('PLANTED');
  }, 60_000);

  it.each([
    'sid',
    'sub',
    'status',
    'trace',
    'usage',
    'srv',
    'question',
    'answer',
    'start_time',
    'flow_id',
  ])('has %s of every kind', (field) => {
    for (const value of [
      'null',
      '7',
      '""',
      '"x"',
      '[]',
      '[[]]',
      '{}',
      'true',
      '-1',
      '1e400',
      'NaN',
      '"\\ud800"',
      '{"a": [null]}',
    ]) {
      const decoded = decodeRecord(withField(field, value), usualRules);
      if (!decoded.ok) expect(decoded.error.reason).toBe('notATrace');
      else expect(() => shown(withField(field, value))).not.toThrow();
    }
  });
});

function withField(field: string, value: string): ConsumedRecord {
  const text = new TextDecoder().decode(traceOf('{}').value ?? undefined);
  return recordWith(`${text.slice(0, -1)}, "${field}": ${value}}`);
}
