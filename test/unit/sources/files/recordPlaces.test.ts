import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ConsumedRecord } from '../../../../src/record/consumedRecord.ts';
import { createFileRecordSource } from '../../../../src/sources/files/fileRecordSource.ts';
import { RecordPlaces } from '../../../../src/sources/files/recordPlaces.ts';
import { readPlaced } from '../../../../src/sources/files/readRecords.ts';
import { recordFixtures } from '../../../support/fixtures.ts';
import { ManualClock } from '../../../support/manualClock.ts';
import { repositoryRoot } from '../../../support/paths.ts';
import { RecordingSink } from './recordingSink.ts';

const padding = 'x'.repeat(300);
const aLine = (n: number) => JSON.stringify({ n, padding });
const fiveLines = [1, 2, 3, 4, 5].map(aLine).join('\n');
const text = ({ value }: Partial<ConsumedRecord> = {}) =>
  value == null ? undefined : new TextDecoder().decode(value);

describe('records are read again by where they stand', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rpa-trace-places-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** What a source delivers of a file, and how it reads one of them again. */
  async function readOf(content: string | Uint8Array, name = 'a.jsonl') {
    const path = join(folder, name);
    await writeFile(path, content);
    const source = createFileRecordSource({
      files: [{ name, path }],
      clock: new ManualClock(),
    });
    const sink = new RecordingSink();
    await source.start(sink);
    const again = (offset: string) => source.fetch({ topic: name, partition: 0, offset });
    return { path, source, records: sink.records, again };
  }

  it('without looking for them', async () => {
    const { path, again } = await readOf(fiveLines);
    // Whoever looks for the fourth line finds another one now.
    await writeFile(path, fiveLines.replace('\n', ' '));
    expect(text(await again('4'))).toBe(aLine(4));
    expect(text(await again('2'))).toBe(aLine(2));
  });

  it('where something was written behind them', async () => {
    const { path, again } = await readOf(fiveLines);
    await writeFile(path, `${fiveLines}\n${aLine(6)}`);
    expect(text(await again('5'))).toBe(aLine(5));
    expect(text(await again('6'))).toBe(aLine(6));
  });

  it.each([
    ['what stands before them is longer', `${aLine(100)}\n${fiveLines.slice(aLine(1).length + 1)}`],
    ['the file is shorter', `{}\n{}\n${aLine(3)}`],
  ])('and are looked for where %s', async (_, content) => {
    const { path, again } = await readOf(fiveLines);
    await writeFile(path, content);
    expect(text(await again('3'))).toBe(aLine(3));
  });

  it('and are gone with their file', async () => {
    const { path, again } = await readOf(fiveLines);
    await rm(path);
    expect(await again('3')).toBeUndefined();
  });

  it.each([
    ['as it was', (file: string) => file, true],
    ['with another sign near its end', (file: string) => file.replace('é"}', 'è"}'), false],
    ['without its end', (file: string) => file.slice(0, -1_000_000), false],
  ])('of what is read in pieces, %s', async (_, change, isThere) => {
    const large = JSON.stringify({ n: 1, text: 'é'.repeat(3_000_000) });
    const path = join(folder, 'pieces.jsonl');
    const places = new RecordPlaces('pieces.jsonl', { path });
    const value = new TextEncoder().encode(large);
    const head = { topic: 'pieces.jsonl', partition: 0, offset: '1', timestampMs: null, key: null };
    places.note({ ...head, value }, 2);
    await writeFile(path, `\n\n${change(large)}`);
    expect(text(await places.read('1'))).toBe(isThere ? large : undefined);
  });

  it('of what is larger than what is read at once', async () => {
    const large = (n: number) => JSON.stringify({ n, text: 'é'.repeat(200_000) });
    const all = [aLine(1), large(2), aLine(3), large(4)];
    const { path, again } = await readOf(all.join('\n'));
    await writeFile(path, all.join('\n').replace('\n', ' '));
    for (const n of [4, 3, 2, 1, 2]) expect(text(await again(String(n)))).toBe(all[n - 1]);
  });

  it.each([
    ['a mark of its encoding', `\ufeff${fiveLines}`],
    ['an array', `[${fiveLines.replaceAll('\n', ',\n')}]`],
    ['objects over lines', [1, 2].map((n) => JSON.stringify({ n, padding }, null, 2)).join('\n')],
    ['several on a line', fiveLines.replaceAll('\n', ' ')],
    ['UTF-16', Buffer.from(`\ufeff${fiveLines}`, 'utf16le')],
    ['a packed file', gzipSync(fiveLines)],
    ['colours', fiveLines.replaceAll('"n"', '\u001b[34m"n"\u001b[0m')],
    ['a table', `offset,timestamp,value\n7,1700000000000,"${aLine(1).replaceAll('"', '""')}"`],
    ['texts', [1, 2].map((n) => JSON.stringify(aLine(n))).join('\n')],
    ['hexadecimal digits', Buffer.from(aLine(1)).toString('hex')],
    ['no record', `${padding} ${padding}`],
    ['small ones', '{"n":1}\n{"n":2}'],
  ])('all that it was: %s', async (_, content) => {
    const { records, again } = await readOf(content);
    expect(records.length).toBeGreaterThan(0);
    for (const record of records) expect(await again(record.offset)).toEqual(record);
  });

  it.each(recordFixtures())('%s', async (fixture) => {
    const { records, again } = await readOf(
      await readFile(join(repositoryRoot, 'test/fixtures/records', fixture)),
      fixture,
    );
    for (const record of records) expect(await again(record.offset)).toEqual(record);
  });

  it('not of the second of two files that have one name', async () => {
    const utf8 = (content: string) => new TextEncoder().encode(content);
    const files = [aLine(1), aLine(2)].map((line) => ({ name: 'same', bytes: utf8(line) }));
    const source = createFileRecordSource({ files, clock: new ManualClock() });
    await source.start(new RecordingSink());
    const found = await source.fetch({ topic: 'same', partition: 0, offset: '1' });
    expect(text(found)).toBe(aLine(1));
  });
});

it('notes more of them than it had room for', async () => {
  const all = Array.from({ length: 1_000 }, (_line, index) => aLine(index + 1));
  const bytes = new TextEncoder().encode(all.join('\n\n'));
  const places = new RecordPlaces('a', { bytes });
  for (const { record, standsAt } of readPlaced(bytes, 'a')) places.note(record, standsAt ?? -1);
  for (const at of [0, 1, 63, 64, 500, 999]) {
    expect(text(await places.read(String(2 * at + 1)))).toBe(all[at]);
    expect(await places.read(String(2 * at + 2))).toBeUndefined();
  }
});
