import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { indexOfRecord } from '../../../src/decode/bytes/indexer.ts';
import { viewOfRecord } from '../../../src/decode/bytes/recordView.ts';
import { Tokens, windowBytes } from '../../../src/decode/bytes/tokens.ts';
import { createRandom } from '../../../src/sources/sample/random.ts';
import { sampleRecord } from '../../support/sampleRecords.ts';

const tokens = Tokens.make();
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);

function signsOf(text: string): string | undefined {
  const bytes = new TextEncoder().encode(text);
  const found = tokens?.of(bytes);
  return (
    found && String.fromCharCode(...found.places.slice(0, found.count).map((at) => bytes[at] ?? 0))
  );
}

describe('tokens', () => {
  it.each([
    ['signs, quotes, and where the rest begins', '{"a": [1, true,null ,-2.5e3]}', '{":[1,t,n,-]}'],
    ['no signs within a text', String.raw`{"a{[,:]}":"\"}\\"}`, '{":"}'],
    ['each word once', ' abc  def ', 'ad'],
    ['what touches', '1"a"2', '1"2'],
    ['spaces of all kinds', '{\t\r\n }', '{}'],
    ['other signs that are no spaces', '\u0000\f\u001a', '\u0000\f\u001a'],
    ['every escape', String.raw`"\"\\\/\b\f\n\r\t\u00e9"`, '"'],
    ['a text that doesn’t end', '["abc', '["'],
    ['nothing', '', ''],
  ])('%s', (_name, text, signs) => {
    // Wherever the blocks of 64 bytes part it.
    for (let before = 0; before < 130; before++) {
      expect(signsOf(' '.repeat(before) + text)).toBe(signs);
      expect(signsOf(`"${'\\\\'.repeat(before)}"${text}`)).toBe(`"${signs}`);
    }
  });

  it.each([
    ['no escape', String.raw`"\a"`],
    ['no digit in one', String.raw`"\u00g0"`],
    ['a digit too few', String.raw`"\u00e"`],
    ['a control sign', '"\u001f"'],
    ['the end of a line', '"\n"'],
  ])('none where a text holds %s', (_name, text) => {
    for (let before = 0; before < 130; before++) {
      expect(signsOf(' '.repeat(before) + text)).toBeUndefined();
    }
  });

  it('of what takes many windows, in order', () => {
    const items = Array.from({ length: 30_000 }, (_, at) => JSON.stringify({ [`"${at}`]: at }));
    const text = `[${items.join(', ')}]`;
    const bytes = new TextEncoder().encode(text);
    expect(bytes.length).toBeGreaterThan(5 * windowBytes);
    const found = tokens?.of(bytes);
    const places = [...(found?.places.slice(0, found.count) ?? [])];
    expect(places).toStrictEqual([...places].sort((a, b) => a - b));
    expect(places.length).toBe(2 + 6 * items.length - 1);
    expect(bytes[places[0] ?? -1]).toBe(0x5b);
    expect(places.at(-1)).toBe(bytes.length - 1);
    // And what is read behind it needs no more room than it.
    expect(signsOf('{}')).toBe('{}');
  });

  it('none of what is signs alone, where it is larger than a record mostly is', () => {
    expect(signsOf('['.repeat(2 * windowBytes))).toBeUndefined();
  });

  it('none in a runtime without WebAssembly', () => {
    expect(Tokens.make({})).toBeUndefined();
  });

  it('give back the memory that a large record needed, and what was found in it stays right', () => {
    const entries = Array.from({ length: 40_000 }, (_, id) => ({
      id: String(id),
      node_id: 'x'.repeat(80),
    }));
    const bytes = Buffer.from(JSON.stringify({ sid: 's', trace: entries }));
    const found = tokens?.rowsOf(bytes);
    const places = found?.places.slice(0, 100);
    expect(tokens?.words.byteLength).toBeGreaterThan(bytes.length);
    tokens?.letGo();
    expect(tokens?.words.byteLength).toBeLessThan(bytes.length / 4);
    expect(found?.places.slice(0, 100)).toEqual(places);
    expect(tokens?.rowsOf(bytes)?.entries).toBe(entries.length);
    tokens?.letGo();
  });

  it('have memory grow a few times for a record of megabytes, and not with each of its windows', () => {
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
    onTestFinished(() => grow.mockRestore());
    const windows = 100;
    const entry = { id: '1', node_id: 'begin' };
    const entries = (windows * windowBytes) / JSON.stringify(entry).length;
    const text = JSON.stringify({ sid: 's', trace: new Array(Math.ceil(entries)).fill(entry) });
    expect(Tokens.make()?.rowsOf(Buffer.from(text))).toBeDefined();
    expect(grow.mock.calls.length).toBeLessThan(windows / 5);
  });

  it('none where the machine has no memory for them, and then those of the next text', () => {
    class Instance {
      readonly exports: object;
      constructor(module: WebAssembly.Module) {
        const { memory, ...others } = new WebAssembly.Instance(module).exports;
        this.exports = { ...others, memory: withoutMore(memory as WebAssembly.Memory) };
      }
    }
    const scarce = Tokens.make({ WebAssembly: { Module: WebAssembly.Module, Instance } as never });
    const text = (length: number) => Buffer.from(JSON.stringify({ sid: 'x'.repeat(length) }));
    expect(scarce?.rowsOf(text(40 * windowBytes))).toBeUndefined();
    expect(scarce?.rowsOf(text(10))).toBeDefined();
  });
});

/** A memory that has a megabyte at most. */
function withoutMore(memory: WebAssembly.Memory): object {
  return {
    get buffer() {
      return memory.buffer;
    },
    grow: (pages: number) => {
      if (memory.buffer.byteLength + pages * 65_536 > 1024 * 1024) throw new RangeError('no more');
      return memory.grow(pages);
    },
  };
}

describe(`what is indexed is JSON (FUZZ_SEED=${seed})`, () => {
  const parts = [
    ...[
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      '"a"',
      '"sid":',
      '"trace":[',
      '"b":1',
      ' ',
      '\n',
      '\\',
      '\\"',
    ],
    ...[
      '\\u12',
      'e9',
      '1',
      '-',
      '0',
      '.5',
      'e+',
      'true',
      'null',
      'nul',
      '节',
      '\u0001',
      '"data":{',
    ],
  ];

  it('and what is no JSON is not', () => {
    const random = createRandom(seed);
    let indexed = 0;
    for (let round = 0; round < 60_000; round++) {
      const begin = random.pick(['{', '{"a":', '{"trace":[{"logs":[', '{"sid":"x"']);
      const length = random.int(1, 6);
      const middle = Array.from({ length }, () => random.pick(parts)).join('');
      const text = begin + middle + random.pick(['}', ']}', ']}]}', '"}']);
      const bytes = new TextEncoder().encode(text);
      const index = indexOfRecord(bytes);
      if (index === undefined) continue;
      indexed++;
      const root = JSON.parse(text) as Record<string, unknown>;
      expect(viewOfRecord(index)['sid'], text).toStrictEqual(root['sid']);
    }
    expect(indexed).toBeGreaterThan(500);
  });

  it('and what is cut off anywhere is not, whatever was read before', () => {
    const text = String.raw`{"si\\d":[{"b":1}],"trace":[{"n\\x":[[{"a":"b"}]],"logs":[{},[]]}],"status":{"code":0}}`;
    for (const name of ['succeeded', 'failed', 'robot'] as const) {
      const before = new TextEncoder().encode(sampleRecord(name, 1));
      for (let end = 1; end < text.length; end++) {
        expect(indexOfRecord(before)).toBeDefined();
        expect(indexOfRecord(new TextEncoder().encode(text.slice(0, end)))).toBeUndefined();
      }
    }
    expect(indexOfRecord(new TextEncoder().encode(text))).toBeDefined();
  });

  it('and what ends behind a name is not, where the record before had a sign at the place of a colon', () => {
    expect(indexOfRecord(new TextEncoder().encode('{"":1,"     ":1}'))).toBeDefined();
    const cut = String.raw`{"aaaaaaaaaa":1,"n\\x"`;
    expect(indexOfRecord(new TextEncoder().encode(cut))).toBeUndefined();
  });

  it('and what is cut off where a value is due is not, whatever stood in the memory before', () => {
    const cuts = ['{"x":', '{"x":[', '{"srv":', '{"trace":[', '{"trace":[{"data":', '{"x":[[1,'];
    for (const filling of ['z', '}', '\u007f', '节']) {
      const long = new TextEncoder().encode(`{"x":"${filling.repeat(8 * windowBytes)}"}`);
      for (const cut of cuts) {
        expect(indexOfRecord(long, false)).toBeDefined();
        expect(indexOfRecord(new TextEncoder().encode(cut)), cut).toBeUndefined();
        const text = `{"y":"${'y'.repeat(2 * windowBytes)}",${cut.slice(1)}`;
        expect(indexOfRecord(long, false)).toBeDefined();
        expect(indexOfRecord(new TextEncoder().encode(text)), cut).toBeUndefined();
      }
    }
  });

  it('wherever the end of a window falls', () => {
    const text = String.raw`{"x":"\\\"\u00e9\\","sid":"a\"b","trace":[{"id":"节","node_name":"n\\","logs":[-1.5e3,true]}]}`;
    for (let before = windowBytes - 120; before <= windowBytes; before++) {
      const long = `{"y":"${'y'.repeat(before - 9)}",${text.slice(1)}`;
      const index = indexOfRecord(new TextEncoder().encode(long));
      const view = index && viewOfRecord(index);
      expect(view?.['sid'], String(before)).toBe('a"b');
      expect((view?.['trace'] as { node_name: string }[])[0]?.node_name).toBe('n\\');
      const broken = long.replace('true', 'trua');
      expect(indexOfRecord(new TextEncoder().encode(broken))).toBeUndefined();
    }
  });
});
